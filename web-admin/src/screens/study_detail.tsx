import { Table } from "@mantine/core";
import { findImagingStudy, readImagingStudy, type StudyItem } from "../data/api";
import { idOf, referenceText, type ImagingStudy, type Series } from "../data/fhir";
import { byteSize, count, personName, plural, stamp } from "../data/format";
import { useLive } from "../data/live";
import { DOCUMENT, LINK, RUNG } from "../data/states";
import { StateMark } from "../parts/badge";
import { Problem } from "../parts/notice";
import { useSeeAlso } from "../parts/screen_link";
import { Detail, Facts } from "../parts/split";
import { Empty, Waiting } from "../parts/table";

interface Props {
  uid: string;
  row: StudyItem | undefined;
  back: string;
}

export function StudyDetail({ uid, row, back }: Props) {
  return (
    <Detail title={row ? personName(row.patientName) || "No name" : "Study"} name={uid} back={back}>
      {row ? (
        <>
          <Summary row={row} />
          {row.imagingStudy ? (
            <Document id={idOf(row.imagingStudy)} />
          ) : (
            <Empty title="This study has no document yet" />
          )}
        </>
      ) : (
        <Unlisted uid={uid} />
      )}
    </Detail>
  );
}

function Summary({ row }: { row: StudyItem }) {
  const rung = row.link?.rung;
  const also = useSeeAlso([
    { screen: "reports", params: { find: row.studyUid }, text: "Reports" },
    { screen: "audit", params: { patient: row.patientId }, text: "Audit of the patient" },
  ]);
  return (
    <Facts
      rows={[
        [
          "Link",
          <>
            <StateMark states={LINK} name={row.link?.state ?? "unlinked"} /> {rung && (RUNG[rung] ?? rung)}
          </>,
        ],
        ["Order", row.link?.order && <span className="mono">{row.link.order}</span>],
        ["Patient ID", row.patientId && <span className="mono">{row.patientId}</span>],
        ["Accession", row.accession && <span className="mono">{row.accession}</span>],
        ["Study UID", <span className="mono break">{row.studyUid}</span>],
        ["Started", stamp(row.started)],
        ["Description", row.description],
        ["Size", `${imagesOf(row.instances, row.series)}, ${byteSize(row.bytes)}`],
        ["See also", also],
      ]}
    />
  );
}

const imagesOf = (instances: number, series: number) =>
  `${plural(instances, "instance")} in ${plural(series, "series", "series")}`;

/* A study that is older than the loaded rows is looked up by its UID, and its document says what there is to know. */
function Unlisted({ uid }: { uid: string }) {
  const live = useLive(`study ${uid}`, (signal) => findImagingStudy(uid, signal), 0);
  if (live.problem) return <Problem problem={live.problem} />;
  if (live.loading) return <Waiting />;
  if (!live.data) return <Empty title="There is no such study">No image of it has arrived.</Empty>;
  return (
    <>
      <DocumentSummary uid={uid} study={live.data} />
      <SeriesTable study={live.data} />
    </>
  );
}

function DocumentSummary({ uid, study }: { uid: string; study: ImagingStudy }) {
  const also = useSeeAlso([{ screen: "reports", params: { find: uid }, text: "Reports" }]);
  const accession = study.identifier?.find((one) => one.type?.coding?.some((coding) => coding.code === "ACSN"));
  const orders = (study.basedOn ?? []).map(referenceText).filter(Boolean);
  return (
    <Facts
      rows={[
        ["Order", orders.length > 0 && <span className="mono">{orders.join(", ")}</span>],
        ["Accession", accession && <span className="mono">{accession.value}</span>],
        ["Study UID", <span className="mono">{uid}</span>],
        ["Started", stamp(study.started)],
        ["Description", study.description],
        ["Size", imagesOf(study.numberOfInstances ?? 0, study.numberOfSeries ?? 0)],
        ["See also", also],
      ]}
    />
  );
}

function Document({ id }: { id: string }) {
  const live = useLive(`ImagingStudy ${id}`, (signal) => readImagingStudy(id, signal), 0);
  if (live.problem) return <Problem problem={live.problem} />;
  if (!live.data) return <Waiting />;
  return <SeriesTable study={live.data} />;
}

const byNumber = (a: Series, b: Series) => (a.number ?? 0) - (b.number ?? 0);

function SeriesTable({ study }: { study: ImagingStudy }) {
  const series = [...(study.series ?? [])].sort(byNumber);
  return (
    <>
      <h3 className="part">
        Series <StateMark states={DOCUMENT} name={study.status} />
      </h3>
      {series.length === 0 ? (
        <Empty title="No series">The study is ordered; no image of it has arrived.</Empty>
      ) : (
        <div className="table-box">
          <Table className="data">
            <caption className="sr">Series of the study</caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col" className="num">
                  No.
                </Table.Th>
                <Table.Th scope="col">Modality</Table.Th>
                <Table.Th scope="col">Description</Table.Th>
                <Table.Th scope="col" className="num">
                  Instances
                </Table.Th>
                <Table.Th scope="col">Started</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {series.map((one, index) => (
                <SeriesRow key={one.uid ?? index} series={one} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </>
  );
}

function SeriesRow({ series }: { series: Series }) {
  const bodySite = series.bodySite?.display ?? series.bodySite?.code;
  return (
    <Table.Tr>
      <Table.Td className="num">{series.number ?? "—"}</Table.Td>
      <Table.Td>{series.modality?.code}</Table.Td>
      <Table.Td className="wide">
        <span className="patient">
          <span>{[series.description, bodySite].filter(Boolean).join(" · ") || "—"}</span>
          <span className="sub mono break">{series.uid}</span>
        </span>
      </Table.Td>
      <Table.Td className="num">{count(series.numberOfInstances ?? series.instance?.length)}</Table.Td>
      <Table.Td className="num-left">{stamp(series.started)}</Table.Td>
    </Table.Tr>
  );
}
