import { getMessages, MESSAGE_FILTERS, type MessageItem } from "../data/api";
import { matches } from "../data/format";
import { usePages } from "../data/live";
import { href, type Route } from "../data/route";
import { ACK, stateOf } from "../data/states";
import { Mark, StateMark } from "../parts/badge";
import { Clip } from "../parts/clip";
import { FilterForm, filterOf, type FilterField } from "../parts/filter_form";
import { Problem } from "../parts/notice";
import { Moment } from "../parts/patient";
import { Split } from "../parts/split";
import { DataTable, Empty, More, RowLink, Waiting, type Column } from "../parts/table";
import { FindBox, Toolbar } from "../parts/toolbar";
import { useOffered } from "../parts/screen_link";
import { MessageView } from "./message_detail";
import { ReplayAll } from "./message_replay";

const keyOf = (row: MessageItem) => String(row.id);

type Name = Exclude<(typeof MESSAGE_FILTERS)[number], "direction">;

const fieldsOf = (out: boolean): Record<Name, FilterField> => ({
  patient: { label: "Patient ID" },
  accession: { label: "Accession" },
  order: { label: "Order number" },
  control: { label: "Control id" },
  peer: { label: out ? "Destination" : "Sender" },
  trigger: { label: "Trigger" },
  outcome: {
    label: "Outcome",
    choices: out
      ? ["queued", "accepted", "dead", "resubmitted", "discarded", "again", "held"]
      : ["accepted", "refused", "dead", "resubmitted", "dismissed", "again", "held"],
  },
  text: { label: "Words" },
  from: { label: "From", day: true },
  to: { label: "To", day: true },
});

export function MessagesScreen({ route }: { route: Route }) {
  const filter = filterOf(MESSAGE_FILTERS, route);
  const out = filter.direction === "out";
  const key = `messages ${JSON.stringify(filter)}`;
  const pages = usePages(key, (before, signal) => getMessages(filter, before, signal), keyOf);
  const filtered = Object.keys(filter).some((name) => name !== "direction");
  const dead = filter.outcome === "dead";
  const manages = useOffered("dry-run");
  const find = route.params.get("find") ?? "";
  const all = pages.data?.items ?? [];
  const rows = all.filter((row) => found(row, find));
  const list = (
    <>
      {dead && manages && !out && <ReplayAll rows={rows} changed={pages.reload} />}
      <Problem problem={pages.problem} stale={pages.data !== null} />
      {pages.data === null && !pages.problem && <Waiting />}
      {pages.data && all.length === 0 && (
        <Empty title={filtered ? "No message matches these filters" : "No messages yet"}>
          {filtered ? (
            <a href={href("messages", "", out ? OUT : {})}>Clear the filters</a>
          ) : (
            `Every HL7 message the server ${out ? "sends" : "receives"} is kept here with its acknowledgement.`
          )}
        </Empty>
      )}
      {all.length > 0 && rows.length === 0 && <Empty title="No message matches">Only loaded rows are searched.</Empty>}
      {rows.length > 0 && (
        <DataTable caption="HL7 messages" columns={columns(route, out)} rows={rows} keyOf={keyOf} selected={route.id} />
      )}
      <More pages={pages} shown={rows.length} />
    </>
  );
  return (
    <>
      <Toolbar title="HL7 messages" note={out ? "sent" : "received"} loading={pages.loading}>
        <a href={href("messages", "", out ? {} : OUT)}>{out ? "Received" : "Sent"}</a>
        <a href={href("messages", "", { ...(out ? OUT : {}), outcome: "dead" })}>Dead letters</a>
        <FindBox route={route} label="Find in messages" />
      </Toolbar>
      <FilterForm
        key={key}
        screen="messages"
        label="Filter messages"
        names={MESSAGE_FILTERS}
        fields={fieldsOf(out)}
        filter={filter}
        className="narrow"
      />
      <Split list={list} detail={route.id && <MessageView id={route.id} back={href("messages", "", route.params)} />} />
    </>
  );
}

function found(row: MessageItem, find: string): boolean {
  const { trigger, controlId, sender, destination, ackCode, outcome, patientId, accession } = row;
  return matches(find, trigger, controlId, sender, destination, ackCode, outcome, patientId, accession);
}

const OUT = { direction: "out" };

const columns = (route: Route, out: boolean): Column<MessageItem>[] => [
  {
    head: out ? "Composed" : "Received",
    cell: (row) => (
      <RowLink to={href("messages", keyOf(row), route.params)} current={keyOf(row) === route.id}>
        <Moment time={row.received ?? row.created ?? null} seconds />
      </RowLink>
    ),
    kind: "num-left",
  },
  { head: "Trigger", cell: (row) => row.trigger || <span className="faint">unreadable</span>, kind: "code strong" },
  { head: "Answer", cell: (row) => <Answer row={row} /> },
  { head: "Control id", cell: (row) => <Clip text={row.controlId} />, kind: "code spare" },
  { head: out ? "Destination" : "Sender", cell: (row) => <Clip text={row.sender ?? row.destination ?? null} />, kind: "code extra" },
  {
    head: "Accession, patient",
    cell: (row) => (
      <span className="patient">
        <Clip text={row.accession} />
        <span className="sub">
          <Clip text={row.patientId} />
        </span>
      </span>
    ),
    kind: "code",
  },
];

function Answer({ row }: { row: MessageItem }) {
  /* "AA accepted" needs no second "accepted". */
  const said = stateOf(ACK, row.ackCode).label.split(" ").includes(row.outcome ?? "");
  return (
    <span className="patient">
      <span>
        <StateMark states={ACK} name={row.ackCode} />
        {row.warningCount > 0 && (
          <>
            {" "}
            <Mark tone="warn">{`${row.warningCount} warning${row.warningCount === 1 ? "" : "s"}`}</Mark>
          </>
        )}
      </span>
      {(row.settled || (row.outcome && !said)) && <span className="sub">{row.settled || row.outcome}</span>}
    </span>
  );
}
