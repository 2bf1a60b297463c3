import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import {
  pauseDestination,
  putDestination,
  removeDestination,
  resendDead,
  type Destination,
  type Setting,
} from "../data/api";
import { duration, stamp } from "../data/format";
import { go, href } from "../data/route";
import { useMay } from "../data/session";
import { Mark } from "../parts/badge";
import { Notice, Problem } from "../parts/notice";
import { Detail, Facts } from "../parts/split";
import { DestinationForm } from "./destination_form";
import { useWork } from "./message_actions";

export function State({ row }: { row: Destination }) {
  if (row.paused) return <Mark tone="warn">Paused</Mark>;
  if (row.attempts > 0) return <Mark tone="bad">Failing</Mark>;
  return row.waiting > 0 ? <Mark tone="busy">Sending</Mark> : <Mark tone="ok">Ready</Mark>;
}

interface Props {
  row: Destination;
  settings: Setting[];
  back: string;
  changed: () => void;
}

export function DestinationView({ row, settings, back, changed }: Props) {
  const administers = useMay("ADMIN");
  const waiting = row.waiting > 0 ? `${row.waiting}, the oldest for ${duration(row.ageSeconds)}` : "none";
  const sent = (outcome: string) => href("messages", "", { direction: "out", peer: row.name, outcome });
  return (
    <Detail title={row.name} name={row.name} back={back}>
      <Facts
        rows={[
          ["State", <State row={row} />],
          ["Address", <span className="mono">{`${row.settings.host}:${row.settings.port}`}</span>],
          ["Is told", row.settings.send],
          ["Gets as it came", row.settings.forward],
          ["Waiting", waiting],
          ["Attempts", row.attempts > 0 && String(row.attempts)],
          ["Last sent", row.lastSent && stamp(row.lastSent)],
          [
            "Messages",
            <span className="links">
              <a href={sent("")}>All</a>
              <a href={sent("queued")}>Waiting</a>
              <a href={sent("dead")}>{`Dead letters (${row.dead})`}</a>
            </span>,
          ],
        ]}
      />
      {row.error && (
        <Notice tone="bad" title="The last attempt failed">
          {row.error}
        </Notice>
      )}
      <Acts key={row.name} row={row} back={back} changed={changed} />
      {administers && (
        <DestinationForm
          key={`${row.name} settings`}
          settings={settings}
          values={row.settings}
          save={(values) => putDestination(row.name, values)}
          saved={changed}
        />
      )}
    </Detail>
  );
}

/* Pause and go on, dead letters once more, and the end of it, which is asked twice. */
function Acts({ row, back, changed }: Omit<Props, "settings">) {
  const manages = useMay("MESSAGE_MANAGE");
  const administers = useMay("ADMIN");
  const { busy, problem, run } = useWork(changed);
  const [sure, setSure] = useState(false);
  const [again, setAgain] = useState("");
  if (!manages) return null;
  return (
    <div className="actions">
      <Problem problem={problem} />
      {again && <Notice tone="ok" title={`${again} dead ${again === "1" ? "letter waits" : "letters wait"} again`} />}
      <div className="buttons">
        <Button size="xs" loading={busy} onClick={() => run(pauseDestination(row.name, !row.paused))}>
          {row.paused ? "Resume" : "Pause"}
        </Button>
        {row.dead > 0 && (
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={() => run(resendDead(row.name), (done) => setAgain(done.count))}
          >
            Send the dead letters once more
          </Button>
        )}
        {administers && (
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={() => (sure ? run(removeDestination(row.name), () => go(back)) : setSure(true))}
            onBlur={() => setSure(false)}
          >
            {sure ? `Remove ${row.name}: what waits is discarded` : "Remove"}
          </Button>
        )}
      </div>
    </div>
  );
}

export function NewDestination({ settings, back, changed }: Omit<Props, "row">) {
  const [name, setName] = useState("");
  const values = Object.fromEntries(settings.map((one) => [one.name, one.usual]));
  const saved = () => {
    changed();
    go(href("destinations", name.trim()));
  };
  return (
    <Detail title="New destination" name="new" back={back}>
      <TextInput size="xs" label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <DestinationForm
        settings={settings}
        values={values}
        ready={name.trim() !== ""}
        save={(chosen) => putDestination(name.trim(), chosen)}
        saved={saved}
      />
    </Detail>
  );
}
