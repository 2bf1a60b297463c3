/* Keeps what a screen shows up to date: loads at once, then every 15 s while the page is visible and somebody is
 * there. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, type Cursor, type Page } from "./api";
import { recentlyUsed } from "./presence";

const EVERY_MS = 15_000;

export interface Live<T> {
  data: T | null;
  problem: ApiError | null;
  loading: boolean;
  reload: () => void;
}

interface Held<T> {
  key: string;
  data: T | null;
  problem: ApiError | null;
}

export function asProblem(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError(-1, "UNREADABLE", "The server's answer could not be read.");
}

/* Calls back now, every 15 s, and when the page becomes visible again. */
function useTick(tick: () => void, every: number): void {
  const latest = useRef(tick);
  latest.current = tick;
  useEffect(() => {
    if (every <= 0) return undefined;
    const wake = () => {
      if (document.visibilityState === "visible" && recentlyUsed()) latest.current();
    };
    const timer = window.setInterval(wake, every);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [every]);
}

/* One value, addressed by key; a new key starts empty. A failed refresh keeps the last value and tells the problem.
 * every = 0 loads once: each read of a clinical document is an audit event, so details are not polled. */
export function useLive<T>(
  key: string,
  load: (signal: AbortSignal, held: T | null) => Promise<T>,
  every = EVERY_MS,
): Live<T> {
  const [held, setHeld] = useState<Held<T>>({ key, data: null, problem: null });
  const [loading, setLoading] = useState(true);
  const current = useRef(held);
  current.current = held;
  const loader = useRef(load);
  loader.current = load;
  const running = useRef<AbortController | null>(null);

  const reload = useCallback(() => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const last = current.current.key === key ? current.current.data : null;
    setLoading(true);
    loader.current(control.signal, last).then(
      (data) => {
        if (control.signal.aborted) return;
        setHeld({ key, data, problem: null });
        setLoading(false);
      },
      (cause: unknown) => {
        if (control.signal.aborted) return;
        setHeld({ key, data: last, problem: asProblem(cause) });
        setLoading(false);
      },
    );
  }, [key]);

  useEffect(() => {
    reload();
    return () => running.current?.abort();
  }, [reload]);
  useTick(reload, every);

  const mine = held.key === key;
  return { data: mine ? held.data : null, problem: mine ? held.problem : null, loading: loading || !mine, reload };
}

export interface Pages<T> extends Live<Page<T>> {
  more: () => void;
  loadingMore: boolean;
}

/* New first page over older rows. Without overlap rows between them would be missing, so the older ones go. */
function merge<T>(fresh: Page<T>, held: Page<T> | null, idOf: (item: T) => string): Page<T> {
  if (!held) return fresh;
  const ids = new Set(fresh.items.map(idOf));
  if (held.items.length <= fresh.items.length || !held.items.some((item) => ids.has(idOf(item)))) return fresh;
  return { items: [...fresh.items, ...held.items.filter((item) => !ids.has(idOf(item)))], next: held.next };
}

/* A list that is read page by page with a cursor; the refresh reads the first page only. */
export function usePages<T>(
  key: string,
  load: (before: Cursor, signal?: AbortSignal) => Promise<Page<T>>,
  idOf: (item: T) => string,
): Pages<T> {
  const [older, setOlder] = useState<{ key: string; page: Page<T> } | null>(null);
  const [loadingMore, setLoadingMore] = useState(false);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const live = useLive<Page<T>>(key, (signal) => load(null, signal));
  const first = live.data;
  const data = first && merge(first, older?.key === key ? older.page : null, idOf);

  const more = () => {
    if (!data || data.next === null || loadingMore) return;
    setLoadingMore(true);
    load(data.next)
      .then((page) => {
        setOlder({ key, page: { items: [...data.items, ...page.items], next: page.next } });
        setFailed(null);
      })
      .catch((cause: unknown) => setFailed(asProblem(cause)))
      .finally(() => setLoadingMore(false));
  };
  return { ...live, data, problem: live.problem ?? failed, more, loadingMore };
}
