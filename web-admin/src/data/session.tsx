/* Who is signed in. Holds no secret: the session is a cookie that scripts cannot read. */
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { ApiError, currentSession, onSignedOut, signIn, signOut, type Session } from "./api";
import { idleMs, LEAVE_AFTER_MS, present } from "./presence";

type State =
  | { kind: "asking" }
  | { kind: "out"; notice: string }
  | { kind: "unreachable"; text: string }
  | { kind: "in"; session: Session };

interface SessionDoor {
  state: State;
  enter: (user: string, password: string) => Promise<void>;
  leave: (notice?: string) => void;
  retry: () => void;
}

const Context = createContext<SessionDoor | null>(null);

const EXPIRED = "Your session has ended. Please sign in again.";
const UNKEPT = "Your roles do not let the server recognise you after a reload. Please sign in again.";
const IDLE = "You were signed out because nobody used this page for 15 minutes.";

export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ kind: "asking" });

  const retry = useCallback(() => {
    setState({ kind: "asking" });
    currentSession().then(
      (session) => setState(session ? { kind: "in", session } : { kind: "out", notice: "" }),
      (cause: unknown) => {
        if (cause instanceof ApiError && cause.status === 403) return setState({ kind: "out", notice: UNKEPT });
        const text = cause instanceof ApiError ? cause.message : "The server's answer could not be read.";
        setState({ kind: "unreachable", text });
      },
    );
  }, []);

  const enter = useCallback(async (user: string, password: string) => {
    const session = await signIn(user, password);
    present();
    setState({ kind: "in", session });
  }, []);

  const leave = useCallback((notice = "You are signed out.") => {
    /* The screen is cleared first: what the server answers must not keep a patient's name in view. */
    setState({ kind: "out", notice });
    signOut().catch(() => {
      const unsure = "The server did not confirm the sign-out. Close this browser if others use it.";
      setState((now) => (now.kind === "out" ? { kind: "out", notice: unsure } : now));
    });
  }, []);

  useEffect(retry, [retry]);

  useEffect(() => {
    onSignedOut(() => setState((now) => (now.kind === "in" ? { kind: "out", notice: EXPIRED } : now)));
  }, []);

  const signedIn = state.kind === "in";
  useEffect(() => {
    if (!signedIn) return undefined;
    const timer = window.setInterval(() => {
      if (idleMs() > LEAVE_AFTER_MS) leave(IDLE);
    }, 10_000);
    return () => window.clearInterval(timer);
  }, [signedIn, leave]);

  const door = useMemo(() => ({ state, enter, leave, retry }), [state, enter, leave, retry]);
  return <Context.Provider value={door}>{children}</Context.Provider>;
}

/* What the server would refuse is not offered; it decides all the same. */
export function useMay(permission: string): boolean {
  const { state } = useSession();
  return state.kind === "in" && state.session.permissions.includes(permission);
}

export function useSession(): SessionDoor {
  const door = useContext(Context);
  if (!door) throw new Error("useSession outside of SessionProvider");
  return door;
}
