import { Button } from "@mantine/core";
import { getDestinations, type Destination } from "../data/api";
import { duration, matches, stamp } from "../data/format";
import { useLive } from "../data/live";
import { go, href, type Route } from "../data/route";
import { useMay } from "../data/session";
import { Mark } from "../parts/badge";
import { Clip } from "../parts/clip";
import { Problem } from "../parts/notice";
import { Split } from "../parts/split";
import { DataTable, Empty, RowLink, Waiting, type Column } from "../parts/table";
import { FindBox, Toolbar } from "../parts/toolbar";
import { DestinationView, NewDestination, State } from "./destination_detail";

const NEW = "+";

/* Who is sent HL7 messages, and how that goes. */
export function DestinationsScreen({ route }: { route: Route }) {
  const live = useLive("destinations", getDestinations);
  const administers = useMay("ADMIN");
  const find = route.params.get("find") ?? "";
  const all = live.data?.items ?? [];
  const rows = all.filter((row) => matches(find, row.name, row.settings.host, row.error));
  const picked = all.find((row) => row.name === route.id);
  const back = href("destinations", "", route.params);
  const list = (
    <>
      <Problem problem={live.problem} stale={live.data !== null} />
      {live.data === null && !live.problem && <Waiting />}
      {live.data && all.length === 0 && (
        <Empty title="No destinations yet">Whoever shall be sent HL7 messages is entered here.</Empty>
      )}
      {all.length > 0 && rows.length === 0 && <Empty title="No destination matches" />}
      {rows.length > 0 && (
        <DataTable
          caption="HL7 destinations"
          columns={columns(route)}
          rows={rows}
          keyOf={(row) => row.name}
          selected={route.id}
        />
      )}
    </>
  );
  const settings = live.data?.settings ?? [];
  const detail = (
    <>
      {picked && <DestinationView row={picked} settings={settings} back={back} changed={live.reload} />}
      {route.id === NEW && live.data && <NewDestination settings={settings} back={back} changed={live.reload} />}
    </>
  );
  return (
    <>
      <Toolbar title="Destinations" note="who is sent HL7 messages" loading={live.loading}>
        {administers && (
          <Button size="xs" variant="default" onClick={() => go(href("destinations", NEW))}>
            New destination
          </Button>
        )}
        <FindBox route={route} label="Find in destinations" />
      </Toolbar>
      <Split list={list} detail={(picked || route.id === NEW) && detail} />
    </>
  );
}

const columns = (route: Route): Column<Destination>[] => [
  {
    head: "Name",
    cell: (row) => (
      <RowLink to={href("destinations", row.name, route.params)} current={row.name === route.id}>
        <span className="strong">{row.name}</span>
      </RowLink>
    ),
  },
  { head: "State", cell: (row) => <State row={row} /> },
  { head: "Waiting", cell: (row) => row.waiting, kind: "num" },
  { head: "Oldest", cell: (row) => (row.waiting > 0 ? duration(row.ageSeconds) : ""), kind: "num" },
  { head: "Dead letters", cell: (row) => (row.dead > 0 ? <Mark tone="bad">{String(row.dead)}</Mark> : "0"), kind: "num" },
  { head: "Last error", cell: (row) => <Clip text={row.error} />, kind: "extra" },
  { head: "Last sent", cell: (row) => row.lastSent && stamp(row.lastSent), kind: "num-left extra" },
  { head: "Address", cell: (row) => `${row.settings.host}:${row.settings.port}`, kind: "code extra" },
];
