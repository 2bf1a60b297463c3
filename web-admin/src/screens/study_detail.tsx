import { Table } from "@mantine/core";
import { readImagingStudy, type StudyItem } from "../data/api";
import { idOf, type ImagingStudy, type Series } from "../data/fhir";
import { byteSize, count, personName, plural, stamp } from "../data/format";
import { useLive } from "../data/live";
import { href } from "../data/route";
import { DOCUMENT, LINK, RUNG } from "../data/states";
import { StateMark } from "../parts/badge";
import { Problem } from "../parts/notice";
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
        <Empty title="This study is not among the loaded rows">Load older rows, or clear the find box.</Empty>
      )}
    </Detail>
  );
}

function Summary({ row }: { row: StudyItem }) {
  const rung = row.link?.rung;
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
        [
          "Size",
          `${plural(row.instances, "instance")} in ${plural(row.series, "series", "series")}, ${byteSize(row.bytes)}`,
        ],
        [
          "See also",
          <span className="links">
            <a href={href("reports", "", { find: row.studyUid })}>Reports</a>
            {row.patientId && <a href={href("audit", "", { patient: row.patientId })}>Audit of the patient</a>}
          </span>,
        ],
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
      <Table.Td className="num">{series.number ?? "–"}</Table.Td>
      <Table.Td>{series.modality?.code}</Table.Td>
      <Table.Td className="wide">
        <span className="patient">
          <span>{[series.description, bodySite].filter(Boolean).join(" · ") || "–"}</span>
          <span className="sub mono break">{series.uid}</span>
        </span>
      </Table.Td>
      <Table.Td className="num">{count(series.numberOfInstances ?? series.instance?.length)}</Table.Td>
      <Table.Td className="num-left">{stamp(series.started)}</Table.Td>
    </Table.Tr>
  );
}
