import { Button, Checkbox } from "@mantine/core";
import { getWorklist, type WorklistItem } from "../data/api";
import { addDays, clockOf, dateOf, longDate, matches, plural } from "../data/format";
import { useLive } from "../data/live";
import { go, href, type Route } from "../data/route";
import { PRIORITY, STEP, stateOf } from "../data/states";
import { StateMark } from "../parts/badge";
import { Clip } from "../parts/clip";
import { DateField } from "../parts/date_field";
import { Problem } from "../parts/notice";
import { Patient } from "../parts/patient";
import { DataTable, Empty, Waiting, type Column } from "../parts/table";
import { FindBox, Toolbar } from "../parts/toolbar";
import { Images } from "./images";

const ALL = "all";

export function WorklistScreen({ route }: { route: Route }) {
  /* An empty date means today, and the server knows best when the site's day begins. */
  const asked = route.params.get("date") ?? "";
  const find = route.params.get("find") ?? "";
  const live = useLive(`worklist ${asked}`, (signal) => getWorklist(asked, signal));
  const every = asked === ALL;
  const day = every ? "" : live.data?.date || asked;
  const rows = (live.data?.items ?? []).filter((row) => found(row, find));

  return (
    <>
      <Toolbar title="Worklist" note={every ? "every open step" : longDate(day)} loading={live.loading}>
        <DayPicker day={day} every={every} find={find} />
        <FindBox route={route} label="Find in worklist" />
      </Toolbar>
      <Problem problem={live.problem} stale={live.data !== null} />
      {live.data && <Summary rows={rows} />}
      {live.data === null && !live.problem && <Waiting />}
      {live.data && rows.length === 0 && <Nothing find={find} every={every} />}
      {rows.length > 0 && (
        <DataTable
          caption="Scheduled steps"
          columns={every ? [DAY, ...COLUMNS] : COLUMNS}
          rows={rows}
          keyOf={(row) => row.stepId}
        />
      )}
    </>
  );
}

function found(row: WorklistItem, find: string): boolean {
  const { accession, patientId, patientName, modality, station, procedure, status, requestedProcedureId, stepId } = row;
  const name = patientName?.replace(/\^/g, " ");
  return matches(find, accession, patientId, name, modality, station, procedure, status, requestedProcedureId, stepId);
}

const DAY: Column<WorklistItem> = { head: "Day", cell: (row) => dateOf(row.start), kind: "num-left" };

const COLUMNS: Column<WorklistItem>[] = [
  { head: "Start", cell: (row) => <span className="strong">{clockOf(row.start) || "—"}</span>, kind: "num-left" },
  { head: "Status", cell: (row) => <StateMark states={STEP} name={row.status} /> },
  {
    head: "Patient",
    cell: (row) => (
      <Patient name={row.patientName} id={row.patientId} more={[row.birthDate, row.sex].filter(Boolean).join(" · ")} />
    ),
  },
  { head: "Accession", cell: (row) => <Clip text={row.accession} />, kind: "code" },
  {
    head: "Procedure",
    cell: (row) => (
      <span className="patient">
        <span>{row.procedure}</span>
        <span className="sub">{[row.requestedProcedureId, row.stepId].filter(Boolean).join(" · ")}</span>
      </span>
    ),
    kind: "wide",
  },
  { head: "Modality", cell: (row) => row.modality },
  { head: "Station", cell: (row) => row.station, kind: "code extra" },
  { head: "Priority", cell: (row) => <Priority name={row.priority} />, kind: "extra" },
  {
    head: "Study",
    cell: (row) => row.studyUid && <Images uid={row.studyUid} accession={row.accession} />,
  },
];

function Priority({ name }: { name: string | null }) {
  if (!name) return null;
  const { tone } = stateOf(PRIORITY, name);
  return tone === "quiet" ? <span className="faint">{name}</span> : <StateMark states={PRIORITY} name={name} />;
}

function DayPicker({ day, every, find }: { day: string; every: boolean; find: string }) {
  const show = (date: string) => go(href("worklist", "", { date, find }));
  return (
    <div className="day" role="group" aria-label="Day of the worklist">
      <Button
        size="xs"
        variant="default"
        aria-label="Previous day"
        disabled={!day}
        onClick={() => show(addDays(day, -1))}
      >
        ‹
      </Button>
      <DateField aria-label="Date" value={day} disabled={every} onPick={(picked) => picked && show(picked)} />
      <Button size="xs" variant="default" aria-label="Next day" disabled={!day} onClick={() => show(addDays(day, 1))}>
        ›
      </Button>
      <Button size="xs" variant="default" onClick={() => show("")}>
        Today
      </Button>
      <Checkbox
        size="xs"
        label="Every open step"
        checked={every}
        onChange={(event) => show(event.currentTarget.checked ? ALL : "")}
      />
    </div>
  );
}

function Summary({ rows }: { rows: WorklistItem[] }) {
  if (rows.length === 0) return null;
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(row.status, (sums.get(row.status) ?? 0) + 1);
  return (
    <p className="summary">
      <span>{plural(rows.length, "step")}</span>
      {[...sums].map(([status, n]) => (
        <span key={status}>
          {n} {stateOf(STEP, status).label.toLowerCase()}
        </span>
      ))}
    </p>
  );
}

function Nothing({ find, every }: { find: string; every: boolean }) {
  if (find) return <Empty title="No step matches">Change or clear the words in the find box.</Empty>;
  if (every) return <Empty title="No open steps">Every scheduled step is completed or cancelled.</Empty>;
  return (
    <Empty title="Nothing is scheduled on this day">
      Steps appear here as soon as an order arrives by HL7 or FHIR. Use the arrows for another day.
    </Empty>
  );
}
