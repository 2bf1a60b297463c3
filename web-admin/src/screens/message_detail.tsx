import { getMessage, type MessageDetail } from "../data/api";
import { stamp } from "../data/format";
import { useLive } from "../data/live";
import { href } from "../data/route";
import { ACK } from "../data/states";
import { StateMark } from "../parts/badge";
import { Hl7Text } from "../parts/hl7_text";
import { Notice, Problem } from "../parts/notice";
import { useSeeAlso } from "../parts/screen_link";
import { Detail, Facts } from "../parts/split";
import { Waiting } from "../parts/table";
import { Actions, SentActions } from "./message_actions";
import { Origins, Segments, Wrote } from "./message_parts";

export function MessageView({ id, back }: { id: string; back: string }) {
  const live = useLive(`message ${id}`, (signal) => getMessage(id, signal), 0);
  const message = live.data;
  return (
    <Detail title={message ? message.trigger || "Unreadable message" : "Message"} name={id} back={back}>
      <Problem problem={live.problem} />
      {live.loading && !message && <Waiting />}
      {message && <Content message={message} changed={live.reload} />}
    </Detail>
  );
}

function Content({ message, changed }: { message: MessageDetail; changed: () => void }) {
  const { accession, patientId } = message;
  const also = useSeeAlso([
    { screen: "studies", params: { find: accession }, text: "Studies" },
    { screen: "reports", params: { find: accession }, text: "Reports" },
    { screen: "audit", params: { patient: patientId }, text: "Audit of the patient" },
  ]);
  const warnings = message.warnings ?? [];
  const made = message.made ?? [];
  const wrong = message.error?.location ?? null;
  return (
    <>
      <Facts
        rows={[
          ["Answer", <StateMark states={ACK} name={message.ackCode} />],
          ["Outcome", [message.outcome, message.settled].filter(Boolean).join(", ")],
          ["Kept", message.held || message.patientHeld ? "on hold" : message.emptied && `bytes went ${stamp(message.emptied)}`],
          ["Made of", message.original && <Again message={message} />],
          ["Given again", made.length > 0 && <Made made={made} />],
          ["Received", message.received && stamp(message.received)],
          ["Composed", message.created && stamp(message.created)],
          ["Destination", message.destination && <a href={href("destinations", message.destination)}>{message.destination}</a>],
          ["Tells of", message.event && <TellsOf message={message} />],
          ["Attempts", message.attempts !== undefined && attempts(message)],
          ["Control id", message.controlId && <span className="mono break">{message.controlId}</span>],
          ["Sender", message.sender && <span className="mono">{message.sender}</span>],
          ["Patient ID", message.patientId && <span className="mono">{message.patientId}</span>],
          ["Accession", message.accession && <span className="mono">{message.accession}</span>],
          ["Character set", message.characterSet],
          ["See also", also],
        ]}
      />
      {message.error && (
        <Notice tone="bad" title={trouble(message, wrong)}>
          {message.error.text}
          {message.error.code !== null && <span className="code"> ({message.error.code})</span>}
        </Notice>
      )}
      {warnings.length > 0 && (
        <Notice tone="warn" title={warnings.length === 1 ? "Warning" : `${warnings.length} warnings`}>
          <ul className="plain">
            {warnings.map((text, index) => (
              <li key={index}>{text}</li>
            ))}
          </ul>
        </Notice>
      )}
      {message.direction === "out" ? (
        <SentActions message={message} changed={changed} />
      ) : (
        <Actions message={message} changed={changed} />
      )}
      <div className="pair">
        <Hl7Text title="Message" raw={message.raw} wrong={wrong} />
        {message.acceptAck && <Hl7Text title="Commit acknowledgement" raw={message.acceptAck} />}
        {message.ack ? (
          <Hl7Text title={message.acceptAck ? "Application acknowledgement" : "Acknowledgement"} raw={message.ack} />
        ) : (
          !message.acceptAck && <Notice tone="quiet">No acknowledgement.</Notice>
        )}
      </div>
      <Wrote wrote={message.wrote ?? []} />
      <Segments segments={message.segments ?? []} />
      <Origins fields={message.fields ?? []} />
    </>
  );
}

/* "STEP_NEW of Task/…"; what was forwarded, or is acknowledged, is a message here. */
function TellsOf({ message }: { message: MessageDetail }) {
  const { event = "", source = "" } = message;
  const came = source.startsWith("message/");
  return (
    <>
      <span className="mono">{event}</span> of{" "}
      {came ? <a href={href("messages", source.slice("message/".length))}>a message</a> : <span className="mono">{source}</span>}
    </>
  );
}

function attempts(message: MessageDetail): string {
  const last = message.answered ?? message.attempted;
  return `${message.attempts}${last ? `, the last ${stamp(last)}` : ""}`;
}

function trouble(message: MessageDetail, wrong: string | null): string {
  if (message.direction === "out") return message.outcome === "queued" ? "Not delivered yet" : "Not accepted";
  return `Refused${wrong ? ` at ${wrong}` : ""}`;
}

function Again({ message }: { message: MessageDetail }) {
  return (
    <>
      <a href={href("messages", message.original)}>{message.direction === "out" ? "another message" : "a refused message"}</a>
      {message.resubmittedBy && `, by ${message.resubmittedBy}`}
    </>
  );
}

function Made({ made }: { made: NonNullable<MessageDetail["made"]> }) {
  return (
    <span className="links">
      {made.map((one) => (
        <a key={one.id} href={href("messages", one.id)}>
          {one.by ? `${one.ackCode} by ${one.by}` : one.outcome}
        </a>
      ))}
    </span>
  );
}
