import { getMessage, type MessageDetail } from "../data/api";
import { stamp } from "../data/format";
import { useLive } from "../data/live";
import { ACK } from "../data/states";
import { StateMark } from "../parts/badge";
import { Hl7Text } from "../parts/hl7_text";
import { Notice, Problem } from "../parts/notice";
import { useSeeAlso } from "../parts/screen_link";
import { Detail, Facts } from "../parts/split";
import { Waiting } from "../parts/table";

export function MessageView({ id, back }: { id: string; back: string }) {
  const live = useLive(`message ${id}`, (signal) => getMessage(id, signal), 0);
  const message = live.data;
  return (
    <Detail title={message ? message.trigger || "Unreadable message" : "Message"} name={id} back={back}>
      <Problem problem={live.problem} />
      {live.loading && !message && <Waiting />}
      {message && <Content message={message} />}
    </Detail>
  );
}

function Content({ message }: { message: MessageDetail }) {
  const { accession, patientId } = message;
  const also = useSeeAlso([
    { screen: "studies", params: { find: accession }, text: "Studies" },
    { screen: "reports", params: { find: accession }, text: "Reports" },
    { screen: "audit", params: { patient: patientId }, text: "Audit of the patient" },
  ]);
  const warnings = message.warnings ?? [];
  const wrong = message.error?.location ?? null;
  return (
    <>
      <Facts
        rows={[
          ["Answer", <StateMark states={ACK} name={message.ackCode} />],
          ["Outcome", message.outcome],
          ["Received", stamp(message.received)],
          ["Control id", message.controlId && <span className="mono break">{message.controlId}</span>],
          ["Sender", message.sender && <span className="mono">{message.sender}</span>],
          ["Patient ID", message.patientId && <span className="mono">{message.patientId}</span>],
          ["Accession", message.accession && <span className="mono">{message.accession}</span>],
          ["Character set", message.characterSet],
          ["See also", also],
        ]}
      />
      {message.error && (
        <Notice tone="bad" title={`Refused${wrong ? ` at ${wrong}` : ""}`}>
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
      <div className="pair">
        <Hl7Text title="Message" raw={message.raw} wrong={wrong} />
        {message.ack ? (
          <Hl7Text title="Acknowledgement" raw={message.ack} />
        ) : (
          <Notice tone="quiet">No acknowledgement was sent.</Notice>
        )}
      </div>
    </>
  );
}
