import { getStudies, type StudyItem } from "../data/api";
import { byteSize, count, matches } from "../data/format";
import { usePages } from "../data/live";
import { href, type Route } from "../data/route";
import { LINK, RUNG } from "../data/states";
import { StateMark } from "../parts/badge";
import { Clip } from "../parts/clip";
import { Problem } from "../parts/notice";
import { Moment, Patient } from "../parts/patient";
import { Split } from "../parts/split";
import { DataTable, Empty, More, RowLink, Waiting, type Column } from "../parts/table";
import { FindBox, Toolbar } from "../parts/toolbar";
import { StudyDetail } from "./study_detail";

const keyOf = (row: StudyItem) => row.studyUid;

export function StudiesScreen({ route }: { route: Route }) {
  const pages = usePages("studies", getStudies, keyOf);
  const find = route.params.get("find") ?? "";
  const all = pages.data?.items ?? [];
  const rows = all.filter((row) => found(row, find));
  const picked = all.find((row) => row.studyUid === route.id);
  const list = (
    <>
      <Problem problem={pages.problem} stale={pages.data !== null} />
      {pages.data === null && !pages.problem && <Waiting />}
      {pages.data && all.length === 0 && (
        <Empty title="No studies yet">A study appears here as soon as a modality sends its first image.</Empty>
      )}
      {all.length > 0 && rows.length === 0 && (
        <Empty title="No study matches">Images may not have arrived yet. Only loaded rows are searched.</Empty>
      )}
      {rows.length > 0 && (
        <DataTable caption="Studies" columns={columns(route)} rows={rows} keyOf={keyOf} selected={route.id} />
      )}
      <More pages={pages} shown={rows.length} />
    </>
  );
  return (
    <>
      <Toolbar title="Studies" loading={pages.loading}>
        <FindBox route={route} label="Find in studies" />
      </Toolbar>
      <Split
        list={list}
        detail={
          route.id && pages.data && <StudyDetail uid={route.id} row={picked} back={href("studies", "", route.params)} />
        }
      />
    </>
  );
}

function found(row: StudyItem, find: string): boolean {
  const { studyUid, patientId, patientName, accession, description, modalities, link } = row;
  const name = patientName?.replace(/\^/g, " ");
  return matches(find, studyUid, patientId, name, accession, description, modalities?.join(" "), link?.state);
}

const columns = (route: Route): Column<StudyItem>[] => [
  {
    head: "Patient",
    cell: (row) => (
      <RowLink to={href("studies", row.studyUid, route.params)} current={row.studyUid === route.id}>
        <Patient name={row.patientName} id={row.patientId} />
      </RowLink>
    ),
  },
  { head: "Link", cell: (row) => <Link row={row} /> },
  { head: "Accession", cell: (row) => <Clip text={row.accession} />, kind: "code" },
  { head: "Started", cell: (row) => <Moment time={row.started} />, kind: "num-left" },
  { head: "Modality", cell: (row) => (row.modalities ?? []).join(", ") },
  { head: "Description", cell: (row) => row.description, kind: "wide extra" },
  { head: "Series", cell: (row) => count(row.series), kind: "num spare" },
  { head: "Instances", cell: (row) => count(row.instances), kind: "num spare" },
  { head: "Size", cell: (row) => byteSize(row.bytes), kind: "num extra" },
];

function Link({ row }: { row: StudyItem }) {
  const rung = row.link?.rung;
  return (
    <span className="patient">
      <StateMark states={LINK} name={row.link?.state ?? "unlinked"} />
      {rung && <span className="sub">{RUNG[rung] ?? rung}</span>}
    </span>
  );
}
