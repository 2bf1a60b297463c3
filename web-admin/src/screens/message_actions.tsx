import { Button } from "@mantine/core";
import { useState } from "react";
import {
  discardMessage,
  dismissMessage,
  holdMessage,
  resendMessage,
  resubmit,
  type ApiError,
  type MessageDetail,
  type Resubmitted,
} from "../data/api";
import { asProblem } from "../data/live";
import { href } from "../data/route";
import { useMay } from "../data/session";
import { Notice, Problem } from "../parts/notice";

interface Props {
  message: MessageDetail;
  changed: () => void;
}

/* Work that is asked for by a button: whether it goes on, and what was wrong with it. */
export function useWork(changed: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const run = <T,>(work: Promise<T>, then: (done: T) => void = () => undefined) => {
    setBusy(true);
    setProblem(null);
    work
      .then((done) => {
        then(done);
        changed();
      })
      .catch((cause: unknown) => setProblem(asProblem(cause)))
      .finally(() => setBusy(false));
  };
  return { busy, problem, run };
}

/* What one may do with a message that came: hold it from ageing out; a refused one: edit it and give it once more, or
 * dismiss it. */
export function Actions({ message, changed }: Props) {
  const manages = useMay("MESSAGE_MANAGE");
  const { busy, problem, run } = useWork(changed);
  const [text, setText] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Resubmitted | null>(null);
  const id = String(message.id);
  const waits = message.outcome === "refused" && !message.settled && !message.emptied;
  const give = () =>
    run(resubmit(id, text ?? ""), (done) => {
      setAnswer(done);
      if (done.ackCode === "AA") setText(null);
    });

  if (!manages) return null;
  return (
    <div className="actions">
      <Problem problem={problem} />
      {answer && <Answer answer={answer} />}
      <div className="buttons">
        {waits && text === null && (
          <Button size="xs" onClick={() => setText(lines(message.raw))}>
            Edit and give once more
          </Button>
        )}
        {waits && text === null && (
          <Button size="xs" variant="default" loading={busy} onClick={() => run(dismissMessage(id))}>
            Dismiss
          </Button>
        )}
        <Hold message={message} busy={busy} run={run} />
      </div>
      {text !== null && <Editor text={text} change={setText} busy={busy} verb="Give once more" done={give} />}
    </div>
  );
}

/* One that left: a dead letter is edited and sent once more, or discarded. */
export function SentActions({ message, changed }: Props) {
  const manages = useMay("MESSAGE_MANAGE");
  const { busy, problem, run } = useWork(changed);
  const [text, setText] = useState<string | null>(null);
  const [made, setMade] = useState("");
  const id = String(message.id);
  const settled = message.outcome !== "queued" && !message.emptied;
  const send = () =>
    run(resendMessage(id, text ?? ""), (done) => {
      setMade(done.id);
      setText(null);
    });

  if (!manages) return null;
  return (
    <div className="actions">
      <Problem problem={problem} />
      {made && (
        <Notice tone="ok" title="It waits to be sent">
          <a href={href("messages", made)}>The new message</a>
        </Notice>
      )}
      <div className="buttons">
        {settled && text === null && (
          <Button size="xs" onClick={() => setText(lines(message.raw))}>
            Edit and send once more
          </Button>
        )}
        {message.outcome === "dead" && text === null && (
          <Button size="xs" variant="default" loading={busy} onClick={() => run(discardMessage(id))}>
            Discard
          </Button>
        )}
        <Hold message={message} busy={busy} run={run} />
      </div>
      {text !== null && <Editor text={text} change={setText} busy={busy} verb="Send once more" done={send} />}
    </div>
  );
}

const lines = (raw: string) => raw.replace(/\r\n?/g, "\n");

interface HoldProps {
  message: MessageDetail;
  busy: boolean;
  run: (work: Promise<void>) => void;
}

function Hold({ message, busy, run }: HoldProps) {
  return (
    <Button
      size="xs"
      variant="default"
      loading={busy}
      onClick={() => run(holdMessage(String(message.id), !message.held))}
    >
      {message.held ? "Release the hold" : "Hold from ageing out"}
    </Button>
  );
}

interface EditorProps {
  text: string;
  change: (text: string | null) => void;
  busy: boolean;
  verb: string;
  done: () => void;
}

function Editor({ text, change, busy, verb, done }: EditorProps) {
  return (
    <>
      <textarea
        className="editor"
        aria-label="The message, edited"
        rows={10}
        spellCheck={false}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <div className="buttons">
        <Button size="xs" loading={busy} onClick={done}>
          {verb}
        </Button>
        <Button size="xs" variant="default" onClick={() => change(null)}>
          Cancel
        </Button>
      </div>
    </>
  );
}

function Answer({ answer }: { answer: Resubmitted }) {
  const accepted = answer.ackCode === "AA";
  return (
    <Notice tone={accepted ? "ok" : "bad"} title={accepted ? "Accepted" : `Refused again (${answer.ackCode})`}>
      {answer.error && <div>{answer.error}</div>}
      {answer.message && <a href={href("messages", answer.message)}>The new message</a>}
    </Notice>
  );
}
