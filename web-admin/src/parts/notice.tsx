import { Alert } from "@mantine/core";
import type { ReactNode } from "react";
import type { ApiError } from "../data/api";
import type { Tone } from "../data/states";

/* A message in a coloured frame. Failures interrupt a screen reader, the rest waits its turn. */
export function Notice({ tone, title, children }: { tone: Tone; title?: string; children?: ReactNode }) {
  return (
    <Alert
      className="notice"
      data-tone={tone}
      variant="default"
      {...(title === undefined ? {} : { title })}
      role={tone === "bad" ? "alert" : "status"}
    >
      {children}
    </Alert>
  );
}

const HEADINGS: Record<number, string> = {
  0: "No connection",
  403: "Not permitted",
  404: "Not found",
};

/* Why something could not be loaded. With data still on the screen it says that the data may be old. */
export function Problem({ problem, stale = false }: { problem: ApiError | null; stale?: boolean }) {
  if (!problem) return null;
  return (
    <Notice tone="bad" title={HEADINGS[problem.status] ?? "This could not be loaded"}>
      {problem.message}
      {problem.code && problem.status > 0 && <span className="code"> ({problem.code})</span>}
      {stale && " What is shown below may be out of date."}
    </Notice>
  );
}
