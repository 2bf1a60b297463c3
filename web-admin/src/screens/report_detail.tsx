import { readReport, type ReportItem } from "../data/api";
import { conceptText, referenceText, type DiagnosticReport } from "../data/fhir";
import { personName, stamp } from "../data/format";
import { useLive } from "../data/live";
import { DOCUMENT, LINK, RUNG } from "../data/states";
import { Form } from "../parts/attachment";
import { StateMark } from "../parts/badge";
import { Problem } from "../parts/notice";
import { Results } from "../parts/results";
import { ScreenLink, useSeeAlso } from "../parts/screen_link";
import { Detail, Facts } from "../parts/split";
import { Empty, Waiting } from "../parts/table";

interface Props {
  id: string;
  row: ReportItem | undefined;
  back: string;
}

export function ReportDetail({ id, row, back }: Props) {
  const live = useLive(`DiagnosticReport ${id}`, (signal) => readReport(id, signal), 0);
  const report = live.data;
  const title = row?.title || conceptText(report?.code) || "Report";
  return (
    <Detail title={title} name={id} back={back}>
      <Problem problem={live.problem} />
      {live.loading && !report && <Waiting />}
      {report && (
        <>
          <Summary report={report} row={row} />
          <Content report={report} />
        </>
      )}
    </Detail>
  );
}

function Summary({ report, row }: { report: DiagnosticReport; row: ReportItem | undefined }) {
  const rung = row?.link?.rung;
  const patientId = row?.patientId ?? null;
  const also = useSeeAlso([{ screen: "audit", params: { patient: patientId }, text: "Audit of the patient" }]);
  const authors = [...(report.resultsInterpreter ?? []), ...(report.performer ?? [])]
    .map(referenceText)
    .filter(Boolean);
  const patient = [personName(row?.patientName), row?.patientId].filter(Boolean).join(" · ");
  return (
    <Facts
      rows={[
        ["Status", <StateMark states={DOCUMENT} name={report.status} />],
        [
          "Link",
          row && (
            <>
              <StateMark states={LINK} name={row.link?.state ?? "waiting"} /> {rung && (RUNG[rung] ?? rung)}
            </>
          ),
        ],
        ["Evidence", row?.link?.evidence && <span className="mono break">{row.link.evidence}</span>],
        ["Patient", patient || referenceText(report.subject)],
        ["Accession", row?.accession && <span className="mono">{row.accession}</span>],
        ["Issued", stamp(report.issued)],
        ["Examined", stamp(report.effectiveDateTime)],
        ["By", [...new Set(authors)].join("; ")],
        ["Study", <Study report={report} row={row} />],
        ["See also", also],
      ]}
    />
  );
}

function Study({ report, row }: { report: DiagnosticReport; row: ReportItem | undefined }) {
  const references = (report.imagingStudy ?? []).map(referenceText).filter(Boolean);
  if (row?.studyUid) {
    return (
      <ScreenLink className="mono break" screen="studies" id={row.studyUid}>
        {row.studyUid}
      </ScreenLink>
    );
  }
  return references.length > 0 ? (
    <span className="mono">{references.join(", ")}</span>
  ) : (
    <span className="faint">none</span>
  );
}

function Content({ report }: { report: DiagnosticReport }) {
  const forms = report.presentedForm ?? [];
  const results = report.result ?? [];
  const codes = (report.conclusionCode ?? []).map(conceptText).filter(Boolean);
  if (!report.conclusion && forms.length === 0 && results.length === 0) {
    return <Empty title="This report has no text">Its status may still be registered.</Empty>;
  }
  return (
    <>
      {report.conclusion && (
        <>
          <h3 className="part">Conclusion</h3>
          <div className="prose">{report.conclusion}</div>
        </>
      )}
      {codes.length > 0 && <p className="prose">{codes.join("; ")}</p>}
      {forms.map((form, index) => (
        <Form key={index} form={form} number={index + 1} />
      ))}
      {results.length > 0 && <Results references={results} />}
    </>
  );
}
