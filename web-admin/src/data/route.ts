/* The address of a screen: #/studies/42?find=CT → { screen: "studies", id: "42", params }. */
import { useSyncExternalStore } from "react";

export interface Route {
  screen: string;
  id: string;
  params: URLSearchParams;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const [screen = "", ...rest] = path.split("/").filter(Boolean).map(decode);
  return { screen, id: rest.join("/"), params: new URLSearchParams(query) };
}

export function href(screen: string, id = "", params: Record<string, string> | URLSearchParams = {}): string {
  const search = new URLSearchParams(params);
  for (const [name, value] of [...search]) if (value === "") search.delete(name);
  const path = `#/${screen}${id ? `/${encodeURIComponent(id)}` : ""}`;
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}

export function go(to: string, replace = false): void {
  if (!replace) {
    window.location.hash = to;
    return;
  }
  window.history.replaceState(null, "", to);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parseRoute(hash);
}
