import { getReports, type ReportItem } from "../data/api";
import { idOf } from "../data/fhir";
import { matches } from "../data/format";
import { usePages } from "../data/live";
import { href, type Route } from "../data/route";
import { DOCUMENT, LINK, RUNG } from "../data/states";
import { StateMark } from "../parts/badge";
import { Clip } from "../parts/clip";
import { Problem } from "../parts/notice";
import { Moment, Patient } from "../parts/patient";
import { Split } from "../parts/split";
import { DataTable, Empty, More, RowLink, Waiting, type Column } from "../parts/table";
import { FindBox, Toolbar } from "../parts/toolbar";
import { ReportDetail } from "./report_detail";

const keyOf = (row: ReportItem) => idOf(row.report);

export function ReportsScreen({ route }: { route: Route }) {
  const pages = usePages("reports", getReports, keyOf);
  const find = route.params.get("find") ?? "";
  const all = pages.data?.items ?? [];
  const rows = all.filter((row) => found(row, find));
  const picked = all.find((row) => keyOf(row) === route.id);
  const list = (
    <>
      <Problem problem={pages.problem} stale={pages.data !== null} />
      {pages.data === null && !pages.problem && <Waiting />}
      {pages.data && all.length === 0 && (
        <Empty title="No reports yet">A report appears here as soon as it arrives by HL7 or FHIR.</Empty>
      )}
      {all.length > 0 && rows.length === 0 && (
        <Empty title="No report matches">The report may not have arrived yet. Only loaded rows are searched.</Empty>
      )}
      {rows.length > 0 && (
        <DataTable caption="Reports" columns={columns(route)} rows={rows} keyOf={keyOf} selected={route.id} />
      )}
      <More pages={pages} shown={rows.length} />
    </>
  );
  return (
    <>
      <Toolbar title="Reports" loading={pages.loading}>
        <FindBox route={route} label="Find in reports" />
      </Toolbar>
      <Split
        list={list}
        detail={route.id && <ReportDetail id={route.id} row={picked} back={href("reports", "", route.params)} />}
      />
    </>
  );
}

function found(row: ReportItem, find: string): boolean {
  const { report, title, status, patientName, patientId, accession, link, studyUid } = row;
  return matches(
    find,
    report,
    title,
    status,
    patientName?.replace(/\^/g, " "),
    patientId,
    accession,
    link?.state,
    studyUid,
  );
}

const columns = (route: Route): Column<ReportItem>[] => [
  {
    head: "Patient",
    cell: (row) => (
      <RowLink to={href("reports", keyOf(row), route.params)} current={keyOf(row) === route.id}>
        <Patient name={row.patientName} id={row.patientId} />
      </RowLink>
    ),
  },
  { head: "Status", cell: (row) => <StateMark states={DOCUMENT} name={row.status} /> },
  { head: "Link", cell: (row) => <Link row={row} /> },
  { head: "Accession", cell: (row) => <Clip text={row.accession} />, kind: "code" },
  { head: "Report", cell: (row) => row.title || <span className="faint">untitled</span>, kind: "wide" },
  { head: "Issued", cell: (row) => <Moment time={row.issued} />, kind: "num-left spare" },
];

function Link({ row }: { row: ReportItem }) {
  const rung = row.link?.rung;
  return (
    <span className="patient">
      <StateMark states={LINK} name={row.link?.state ?? "waiting"} />
      {rung && <span className="sub">{RUNG[rung] ?? rung}</span>}
    </span>
  );
}
