import { Button, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { getStatus, type Session, type Status } from "../data/api";
import { byteSize, clockOf, count, dateOf } from "../data/format";
import { useLive } from "../data/live";
import { href } from "../data/route";
import { useSession } from "../data/session";
import type { Screen } from "../screens";
import { Notice } from "./notice";

interface Props {
  session: Session;
  screens: Screen[];
  here: string;
}

export function Header({ session, screens, here }: Props) {
  const live = useLive("status", (signal) => getStatus(signal));
  const status = live.data;
  return (
    <header className="head">
      <div className="head-top">
        <a className="brand" href={href(screens[0]?.path ?? "")}>
          <Logo />
          <span className="brand-name">{status?.name || "Isocentre"}</span>
        </a>
        {status && <Build status={status} />}
        {live.problem && live.problem.status !== 403 && <span className="offline">Status unknown</span>}
        {status && <Counts status={status} />}
        <User session={session} />
      </div>
      <nav className="tabs" aria-label="Screens">
        {screens.map((screen) => (
          <a
            key={screen.path}
            href={href(screen.path)}
            {...(screen.path === here ? { "aria-current": "page" as const } : {})}
          >
            {screen.title}
          </a>
        ))}
        {status && (
          <span className="site-clock" title="Time at the site">
            {dateOf(status.time)} {clockOf(status.time)}
          </span>
        )}
      </nav>
      {status?.storage.readOnly && (
        <Notice tone="bad" title="Storage is read-only">
          New images are refused until the volume is writable again. {byteSize(status.storage.freeBytes)} free.
        </Notice>
      )}
    </header>
  );
}

function Build({ status }: { status: Status }) {
  const { aeTitle, ports } = status;
  const doors = `AE title ${aeTitle} · HTTP ${ports.http} · DICOM ${ports.dicom} · HL7 ${ports.hl7}`;
  return (
    <span className="build" title={doors}>
      <span>{status.version}</span>
      {status.profile !== "production" && <span className="profile">{status.profile}</span>}
      <span className="aet">{status.aeTitle}</span>
    </span>
  );
}

function Counts({ status }: { status: Status }) {
  const { counts, storage } = status;
  const rows: [string, string][] = [
    ["Orders", count(counts.orders)],
    ["Studies", count(counts.studies)],
    ["Instances", count(counts.instances)],
    ["Reports", count(counts.reports)],
    ["Messages", count(counts.messages)],
    ["Audit events", count(counts.auditEvents)],
    ["Free", byteSize(storage.freeBytes)],
  ];
  return (
    <dl className="counts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function User({ session }: { session: Session }) {
  const { leave } = useSession();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <div className="user">
      <span className="user-name" title={session.roles.join(", ")}>
        {session.display || session.name}
      </span>
      <Button size="compact-xs" variant="subtle" className="quiet-button" onClick={() => setColorScheme(other)}>
        {other === "dark" ? "Dark" : "Light"}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => leave()}>
        Sign out
      </Button>
    </div>
  );
}

export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" />
      <circle cx="16" cy="16" r="7.5" />
      <path d="M16 4.5v7M16 20.5v7M4.5 16h7M20.5 16h7" />
    </svg>
  );
}
