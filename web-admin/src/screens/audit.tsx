import { AUDIT_FILTERS, getAudit, type AuditItem } from "../data/api";
import { objectOf } from "../data/format";
import { usePages } from "../data/live";
import { href, type Route } from "../data/route";
import { ACTION, OUTCOME } from "../data/states";
import { StateMark } from "../parts/badge";
import { Clip } from "../parts/clip";
import { FilterForm, filterOf, type FilterField } from "../parts/filter_form";
import { Problem } from "../parts/notice";
import { Moment } from "../parts/patient";
import { Split } from "../parts/split";
import { DataTable, Empty, More, RowLink, Waiting, type Column } from "../parts/table";
import { Toolbar } from "../parts/toolbar";
import { AuditDetail } from "./audit_detail";
import { useVerify, VerifyAnswer, VerifyButton } from "./audit_verify";

const keyOf = (row: AuditItem) => String(row.id);

const FIELDS: Record<"patient" | "who" | "from" | "to", FilterField> = {
  patient: { label: "Patient ID" },
  who: { label: "Who" },
  from: { label: "From", day: true },
  to: { label: "To", day: true },
};

export function AuditScreen({ route }: { route: Route }) {
  const filter = filterOf(AUDIT_FILTERS, route);
  const key = `audit ${JSON.stringify(filter)}`;
  const pages = usePages(key, (before, signal) => getAudit(filter, before, signal), keyOf);
  const rows = pages.data?.items ?? [];
  const picked = rows.find((row) => keyOf(row) === route.id);
  const verify = useVerify();
  const filtered = Object.keys(filter).length > 0;
  const list = (
    <>
      <Problem problem={pages.problem} stale={pages.data !== null} />
      {pages.data === null && !pages.problem && <Waiting />}
      {pages.data && rows.length === 0 && (
        <Empty title={filtered ? "No event matches these filters" : "No audit events yet"}>
          {filtered && <a href={href("audit")}>Clear the filters</a>}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable caption="Audit events" columns={columns(route)} rows={rows} keyOf={keyOf} selected={route.id} />
      )}
      <More pages={pages} shown={rows.length} />
    </>
  );
  return (
    <>
      <Toolbar title="Audit" note="who did what, newest first" loading={pages.loading}>
        <VerifyButton verify={verify} />
      </Toolbar>
      <VerifyAnswer verify={verify} />
      <FilterForm
        key={key}
        screen="audit"
        label="Filter audit events"
        names={AUDIT_FILTERS}
        fields={{ ...FIELDS, kind: { label: "What", choices: [...new Set(rows.map((row) => row.kind))].sort() } }}
        filter={filter}
      />
      <Split
        list={list}
        detail={
          route.id && pages.data && <AuditDetail id={route.id} row={picked} back={href("audit", "", route.params)} />
        }
      />
    </>
  );
}

const columns = (route: Route): Column<AuditItem>[] => [
  {
    head: "Time",
    cell: (row) => (
      <RowLink to={href("audit", keyOf(row), route.params)} current={keyOf(row) === route.id}>
        <Moment time={row.time} seconds />
      </RowLink>
    ),
    kind: "num-left",
  },
  {
    head: "What",
    cell: (row) => (
      <span className="patient">
        <span className="mono strong">{row.kind}</span>
        <span className="sub">{row.action && (ACTION[row.action] ?? row.action)}</span>
      </span>
    ),
  },
  { head: "Outcome", cell: (row) => <StateMark states={OUTCOME} name={row.outcome} /> },
  {
    head: "Who",
    cell: (row) => (
      <span className="patient">
        {row.who ? <Clip text={row.who} /> : <span className="faint">—</span>}
        <span className="sub">{[row.door, row.address].filter(Boolean).join(" · ")}</span>
      </span>
    ),
  },
  { head: "Patient", cell: (row) => <Clip text={row.patient} />, kind: "code" },
  { head: "Accession", cell: (row) => row.accession, kind: "code" },
  {
    head: "Object",
    cell: (row) => <Clip text={objectOf(row.objectType, row.objectId)} />,
    kind: "code extra",
  },
  {
    head: "Sealed",
    cell: (row) => (row.sealed ? <span className="faint">sealed</span> : <span className="faint">not yet</span>),
    kind: "extra",
  },
];
