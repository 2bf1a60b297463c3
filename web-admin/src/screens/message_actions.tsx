import { Button } from "@mantine/core";
import { useState } from "react";
import { dismissMessage, holdMessage, resubmit, type ApiError, type MessageDetail, type Resubmitted } from "../data/api";
import { asProblem } from "../data/live";
import { href } from "../data/route";
import { Notice, Problem } from "../parts/notice";
import { useOffered } from "../parts/screen_link";

/* What one may do with a message: hold it from ageing out; a refused one: edit it and give it once more, or dismiss it. */
export function Actions({ message, changed }: { message: MessageDetail; changed: () => void }) {
  const manages = useOffered("dry-run");
  const [text, setText] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [answer, setAnswer] = useState<Resubmitted | null>(null);
  const id = String(message.id);
  const waits = message.outcome === "refused" && !message.settled && !message.emptied;

  const run = <T,>(work: Promise<T>, then: (done: T) => void) => {
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
          <Button size="xs" onClick={() => setText(message.raw.replace(/\r\n?/g, "\n"))}>
            Edit and give once more
          </Button>
        )}
        {waits && text === null && (
          <Button size="xs" variant="default" loading={busy} onClick={() => run(dismissMessage(id), () => undefined)}>
            Dismiss
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={busy}
          onClick={() => run(holdMessage(id, !message.held), () => undefined)}
        >
          {message.held ? "Release the hold" : "Hold from ageing out"}
        </Button>
      </div>
      {text !== null && (
        <>
          <textarea
            className="editor"
            aria-label="The message, edited"
            rows={10}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <div className="buttons">
            <Button size="xs" loading={busy} onClick={give}>
              Give once more
            </Button>
            <Button size="xs" variant="default" onClick={() => setText(null)}>
              Cancel
            </Button>
          </div>
        </>
      )}
    </div>
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
