import type { AuditItem } from "../data/api";
import { objectOf, stamp } from "../data/format";
import { ACTION, OUTCOME } from "../data/states";
import { StateMark } from "../parts/badge";
import { ScreenLink, useSeeAlso } from "../parts/screen_link";
import { Detail, Facts } from "../parts/split";
import { Empty } from "../parts/table";

interface Props {
  id: string;
  row: AuditItem | undefined;
  back: string;
}

export function AuditDetail({ id, row, back }: Props) {
  return (
    <Detail title={row ? row.kind : "Audit event"} name={id} back={back}>
      {row ? <Event row={row} /> : <Empty title="This event is not among the loaded rows">Load older rows.</Empty>}
    </Detail>
  );
}

const mono = (text: string | null) => text && <span className="mono break">{text}</span>;

function Event({ row }: { row: AuditItem }) {
  const also = useSeeAlso([
    { screen: "audit", params: { patient: row.patient }, text: "All on this patient" },
    { screen: "audit", params: { who: row.who }, text: "All by this user" },
    { screen: "audit", params: { kind: row.kind }, text: "All of this kind" },
  ]);
  return (
    <>
      <Facts
        rows={[
          ["Outcome", <StateMark states={OUTCOME} name={row.outcome} />],
          ["Time", stamp(row.time)],
          ["Action", row.action && (ACTION[row.action] ?? row.action)],
          ["Who", row.who || <span className="faint">—</span>],
          ["Door", row.door],
          ["From address", mono(row.address)],
          ["Object", mono(objectOf(row.objectType, row.objectId))],
          ["Patient ID", mono(row.patient)],
          ["Accession", mono(row.accession)],
          [
            "Study UID",
            row.studyUid && (
              <ScreenLink className="mono break" screen="studies" id={row.studyUid}>
                {row.studyUid}
              </ScreenLink>
            ),
          ],
          ["Request", mono(row.request)],
          ["Number", mono(String(row.id))],
          ["Seal", row.sealed ? "sealed in the chain" : "not sealed yet"],
          ["See also", also],
        ]}
      />
      <Extra detail={row.detail} />
    </>
  );
}

/* The detail is text or a small JSON value, as the event's kind has it. */
function Extra({ detail }: { detail: unknown }) {
  if (detail === null || detail === undefined || detail === "") return null;
  const text = typeof detail === "string" ? detail : JSON.stringify(detail, null, 2);
  return (
    <>
      <h3 className="part">Detail</h3>
      <pre className="raw" tabIndex={0}>
        {text}
      </pre>
    </>
  );
}
