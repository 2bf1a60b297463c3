import type { AuditItem } from "../data/api";
import { stamp } from "../data/format";
import { href } from "../data/route";
import { ACTION, OUTCOME } from "../data/states";
import { StateMark } from "../parts/badge";
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
  return (
    <>
      <Facts
        rows={[
          ["Outcome", <StateMark states={OUTCOME} name={row.outcome} />],
          ["Time", stamp(row.time)],
          ["Action", row.action && (ACTION[row.action] ?? row.action)],
          ["Who", row.who],
          ["Door", row.door],
          ["From address", mono(row.address)],
          ["Object", mono([row.objectType, row.objectId].filter(Boolean).join("/"))],
          ["Patient ID", mono(row.patient)],
          ["Accession", mono(row.accession)],
          [
            "Study UID",
            row.studyUid && (
              <a className="mono break" href={href("studies", row.studyUid)}>
                {row.studyUid}
              </a>
            ),
          ],
          ["Request", mono(row.request)],
          ["Number", mono(String(row.id))],
          ["Seal", row.sealed ? "sealed in the chain" : "not sealed yet"],
          ["See also", <SeeAlso row={row} />],
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

function SeeAlso({ row }: { row: AuditItem }) {
  return (
    <span className="links">
      {row.patient && <a href={href("audit", "", { patient: row.patient })}>All on this patient</a>}
      {row.who && <a href={href("audit", "", { who: row.who })}>All by this user</a>}
      <a href={href("audit", "", { kind: row.kind })}>All of this kind</a>
    </span>
  );
}
