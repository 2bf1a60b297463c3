import { Clip } from "./clip";
import { clockOf, dateOf, personName, stamp } from "../data/format";

/* A patient in a table cell: the name, and the id under it. */
export function Patient({ name, id, more }: { name: string | null; id: string | null; more?: string }) {
  const shown = personName(name);
  return (
    <span className="patient">
      <span className="patient-name">{shown || <span className="faint">no name</span>}</span>
      <span className="sub">
        <Clip text={id} />
        {id && more && " · "}
        {more}
      </span>
    </span>
  );
}

/* A moment in a table cell: the clock, and the day under it. */
export function Moment({ time, seconds = false }: { time: string | null; seconds?: boolean }) {
  if (!time) return <span className="faint">—</span>;
  const clock = seconds ? stamp(time).slice(11) : clockOf(time);
  return (
    <span className="patient" title={stamp(time)}>
      <span>{clock || dateOf(time)}</span>
      {clock && <span className="sub">{dateOf(time)}</span>}
    </span>
  );
}
