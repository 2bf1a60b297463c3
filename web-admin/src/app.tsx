import { Button, Loader } from "@mantine/core";
import { useEffect } from "react";
import { words } from "./data/format";
import { go, href, useRoute } from "./data/route";
import { useSession } from "./data/session";
import type { Session } from "./data/api";
import { Fault } from "./parts/fault";
import { Header } from "./parts/header";
import { Notice } from "./parts/notice";
import { Offered } from "./parts/screen_link";
import { Empty } from "./parts/table";
import { SignInScreen } from "./screens/sign_in";
import { screensFor } from "./screens";

export function App() {
  const { state, retry } = useSession();
  if (state.kind === "in") return <Desk session={state.session} />;
  if (state.kind === "out") return <SignInScreen notice={state.notice} />;
  return (
    <main className="alone">
      {state.kind === "asking" ? (
        <Loader aria-label="Loading" />
      ) : (
        <div className="alone-card">
          <Notice tone="bad" title="No connection">
            {state.text}
          </Notice>
          <Button onClick={retry}>Try again</Button>
        </div>
      )}
    </main>
  );
}

function Desk({ session }: { session: Session }) {
  const route = useRoute();
  const screens = screensFor(session.permissions);
  const screen = screens.find((one) => one.path === route.screen);
  const first = screens[0];

  useEffect(() => {
    if (!screen && first) go(href(first.path), true);
  }, [screen, first]);
  useEffect(() => {
    document.title = screen ? `${screen.title} · Isocentre` : "Isocentre";
  }, [screen]);

  const Body = screen?.component;
  return (
    <div className="desk">
      <a className="skip" href="#main" onClick={skip}>
        Skip to content
      </a>
      <Fault>
        <Header session={session} screens={screens} here={screen?.path ?? ""} />
      </Fault>
      <main id="main" tabIndex={-1}>
        {/* Another screen is another chance. */}
        <Fault key={route.screen}>
          <Offered.Provider value={screens.map((one) => one.path)}>{Body && <Body route={route} />}</Offered.Provider>
        </Fault>
        {!first && <Nothing roles={session.roles} />}
      </main>
    </div>
  );
}

/* Some roles are for systems or for other tools; who has only those is told so, instead of being refused five times. */
function Nothing({ roles }: { roles: string[] }) {
  const named = roles.length > 0 ? ` (${roles.map(words).join(", ")})` : "";
  return (
    <Empty title="No screens for you here">
      You are signed in, but your roles{named} include none of the screens; an administrator can change that.
    </Empty>
  );
}

/* The hash is the address of the screen, so the jump is made by hand. */
function skip(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
