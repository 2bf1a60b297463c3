import { Button } from "@mantine/core";
import { useState } from "react";
import { dryRun, type ApiError, type Trial } from "../data/api";
import { asProblem } from "../data/live";
import type { Route } from "../data/route";
import { ACK } from "../data/states";
import { StateMark } from "../parts/badge";
import { Hl7Text } from "../parts/hl7_text";
import { Notice, Problem } from "../parts/notice";
import { Facts } from "../parts/split";
import { Empty } from "../parts/table";
import { Toolbar } from "../parts/toolbar";
import { Origins } from "./message_parts";

/* A message pasted here is worked on as if its sender had sent it, and then undone. */
export function DryRunScreen(_: { route: Route }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [trial, setTrial] = useState<Trial | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const start = () => {
    setBusy(true);
    setProblem(null);
    setTrial(null);
    dryRun(text)
      .then(setTrial)
      .catch((cause: unknown) => setProblem(asProblem(cause)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Toolbar title="Try a message" note="what it would get and do, without effect" loading={busy} />
      <div className="trial">
        <textarea
          className="editor"
          aria-label="HL7 message"
          placeholder={"MSH|^~\\&|…"}
          rows={12}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div className="buttons">
          <Button size="xs" loading={busy} disabled={text.trim() === ""} onClick={start}>
            Try
          </Button>
        </div>
        <Problem problem={problem} />
        {trial ? <Told trial={trial} /> : <Empty title="Paste a message and try it">Nothing is stored.</Empty>}
      </div>
    </>
  );
}

function Told({ trial }: { trial: Trial }) {
  const entries = trial.bundle.entry ?? [];
  const refused = trial.error;
  return (
    <>
      <Facts
        rows={[
          ["Answer", <StateMark states={ACK} name={trial.ackCode} />],
          ["Outcome", trial.outcome],
          ["Trigger", trial.trigger],
          ["Sender", trial.sender && <span className="mono">{trial.sender}</span>],
          ["Control id", trial.controlId && <span className="mono break">{trial.controlId}</span>],
        ]}
      />
      {refused && (
        <Notice tone="bad" title={`It would be refused${refused.location ? ` at ${refused.location}` : ""}`}>
          {refused.text} <span className="code">({refused.code})</span>
        </Notice>
      )}
      {trial.warnings.length > 0 && (
        <Notice tone="warn" title={trial.warnings.length === 1 ? "Warning" : `${trial.warnings.length} warnings`}>
          <ul className="plain">
            {trial.warnings.map((one, index) => (
              <li key={index}>{one}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Hl7Text title="Acknowledgement" raw={trial.ack} />
      {trial.worklist.map((step, index) => (
        <Data key={index} title={`Worklist step ${index + 1}`} value={step} open={index === 0} />
      ))}
      {entries.map((entry, index) => (
        <Data key={index} title={`${entry.resource?.resourceType ?? "Document"} it would write`} value={entry.resource} />
      ))}
      <Origins fields={trial.fields} />
    </>
  );
}

function Data({ title, value, open = false }: { title: string; value: unknown; open?: boolean }) {
  return (
    <details className="fold" open={open}>
      <summary>{title}</summary>
      <pre className="raw" tabIndex={0} aria-label={title}>
        {JSON.stringify(value, null, 2)}
      </pre>
    </details>
  );
}
