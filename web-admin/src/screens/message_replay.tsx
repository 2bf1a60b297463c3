import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { getReplay, replayMessages, type ApiError, type MessageItem, type Replay } from "../data/api";
import { asProblem } from "../data/live";
import { Notice, Problem } from "../parts/notice";

const LOOK_MS = 1000;

/* Gives the dead letters at hand once more, all of them, and tells how that goes. */
export function ReplayAll({ rows, changed }: { rows: MessageItem[]; changed: () => void }) {
  const [run, setRun] = useState<string | null>(null);
  const [told, setTold] = useState<Replay | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const over = told !== null && told.done >= told.messages;

  useEffect(() => {
    if (run === null || over) return undefined;
    const timer = window.setInterval(() => {
      getReplay(run).then(setTold, (cause: unknown) => setProblem(asProblem(cause)));
    }, LOOK_MS);
    return () => window.clearInterval(timer);
  }, [run, over]);
  useEffect(() => {
    if (over) changed();
  }, [over, changed]);

  const start = () => {
    setTold(null);
    setProblem(null);
    replayMessages(rows.map((row) => String(row.id))).then(
      (asked) => setRun(asked.run),
      (cause: unknown) => setProblem(asProblem(cause)),
    );
  };
  return (
    <>
      <Problem problem={problem} />
      {told && (
        <Notice tone={told.refused > 0 ? "warn" : "ok"} title={`${told.done} of ${told.messages} given once more`}>
          {told.accepted} accepted, {told.refused} refused again
        </Notice>
      )}
      {rows.length > 0 && (
        <div className="buttons">
          <Button size="xs" variant="default" loading={run !== null && !over} onClick={start}>
            {`Give ${rows.length === 1 ? "this one" : `these ${rows.length}`} once more`}
          </Button>
        </div>
      )}
    </>
  );
}
