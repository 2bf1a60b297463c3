import { useEffect, useRef, type ReactNode } from "react";
import { go } from "../data/route";

/* A list with, beside it on wide screens and instead of it on narrow ones, the one thing that was picked from it. */
export function Split({ list, detail }: { list: ReactNode; detail: ReactNode }) {
  return (
    <div className="split" data-open={detail ? true : undefined}>
      <div className="split-list">{list}</div>
      {detail}
    </div>
  );
}

interface DetailProps {
  title: ReactNode;
  /* Changes when another thing is shown: then the heading takes the focus, so that the keyboard follows the eye. */
  name: string;
  back: string;
  children: ReactNode;
}

export function Detail({ title, name, back, children }: DetailProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [name]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) go(back);
    };
    window.addEventListener("keydown", close);
    return () => window.removeEventListener("keydown", close);
  }, [back]);
  return (
    <section className="detail" aria-labelledby="detail-title">
      <div className="detail-head">
        <h2 id="detail-title" tabIndex={-1} ref={heading}>
          {title}
        </h2>
        <a className="close" href={back} aria-label="Close details" title="Close (Esc)">
          <span aria-hidden="true">×</span>
        </a>
      </div>
      <div className="detail-body">{children}</div>
    </section>
  );
}

/* Names and values, two columns; a row without a value is left out. */
export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  const filled = rows.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
  return (
    <dl className="facts">
      {filled.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
