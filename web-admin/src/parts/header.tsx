import { Button, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { getStatus, type Session, type Status } from "../data/api";
import { byteSize, clockOf, count, dateOf, words } from "../data/format";
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
  /* Without this permission the server would refuse, and keep a refusal in the audit trail, every 15 s. */
  const told = session.permissions.includes("SESSION");
  const live = useLive<Status | null>("status", async (signal) => (told ? getStatus(signal) : null));
  const status = live.data;
  return (
    <header className="head">
      <div className="head-top">
        <a className="brand" href={href(screens[0]?.path ?? "")}>
          <Logo />
          <span className="brand-name" title={status?.name}>
            {status?.name || "Isocentre"}
          </span>
        </a>
        {status && <Build status={status} />}
        {live.problem && <span className="offline">Status unknown</span>}
        {status && <Counts status={status} />}
        <User session={session} />
      </div>
      <nav className="tabs" aria-label="Screens">
        {screens.map((screen) => (
          <Tab key={screen.path} screen={screen} current={screen.path === here} />
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

/* On a narrow page the tabs scroll; the current one is brought into view. */
function Tab({ screen, current }: { screen: Screen; current: boolean }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (current) link.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <a ref={link} href={href(screen.path)} {...(current ? { "aria-current": "page" as const } : {})}>
      {screen.title}
    </a>
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
  /* The library would hold transitions back with a <style> element, which the policy forbids. */
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  const name = session.display || session.name;
  return (
    <div className="user">
      <span className="user-name" title={[name, ...session.roles.map(words)].join(", ")}>
        {name}
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
