import { Button } from "@mantine/core";
import { useState } from "react";
import { ApiError, verifyAudit, type AuditVerdict } from "../data/api";
import { count } from "../data/format";
import { Notice, Problem } from "../parts/notice";

export interface Verify {
  busy: boolean;
  verdict: AuditVerdict | null;
  problem: ApiError | null;
  start: () => void;
}

/* Has the server recompute the hash chain. It may take a while on a large trail, so the button shows that it works. */
export function useVerify(): Verify {
  const [busy, setBusy] = useState(false);
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const start = () => {
    setBusy(true);
    setVerdict(null);
    setProblem(null);
    verifyAudit()
      .then(setVerdict)
      .catch((cause: unknown) => {
        const unreadable = new ApiError(-1, "UNREADABLE", "The server's answer could not be read.");
        setProblem(cause instanceof ApiError ? cause : unreadable);
      })
      .finally(() => setBusy(false));
  };
  return { busy, verdict, problem, start };
}

export function VerifyButton({ verify }: { verify: Verify }) {
  return (
    <Button size="xs" variant="default" loading={verify.busy} onClick={verify.start}>
      Verify chain
    </Button>
  );
}

export function VerifyAnswer({ verify }: { verify: Verify }) {
  if (!verify.verdict) return <Problem problem={verify.problem} />;
  const { verdict, text, events, sealed, unsealed, checkpoints } = verify.verdict;
  const whole = verdict === 0;
  return (
    <Notice tone={whole ? "ok" : "bad"} title={whole ? "The chain is intact" : `The chain is broken (code ${verdict})`}>
      {text && <div>{text}</div>}
      <div>
        {count(events)} events, {count(sealed)} sealed, {count(unsealed)} not sealed yet, {count(checkpoints)} signed
        checkpoints
      </div>
    </Notice>
  );
}
