import { Loader, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { go, href, type Route } from "../data/route";

interface ToolbarProps {
  title: string;
  note?: ReactNode;
  loading: boolean;
  children?: ReactNode;
}

export function Toolbar({ title, note, loading, children }: ToolbarProps) {
  return (
    <div className="toolbar">
      <div className="toolbar-title">
        <h1>{title}</h1>
        {note && <span className="faint">{note}</span>}
        <span className="pulse" aria-hidden="true">
          {loading && <Loader size={12} />}
        </span>
      </div>
      <div className="toolbar-tools">{children}</div>
    </div>
  );
}

/* Narrows the loaded rows; the words are part of the address, so another screen can link to "these rows". */
export function FindBox({ route, label }: { route: Route; label: string }) {
  const typed = (value: string) => {
    const params = new URLSearchParams(route.params);
    params.set("find", value);
    go(href(route.screen, route.id, params), true);
  };
  return (
    <TextInput
      className="find"
      size="xs"
      type="search"
      aria-label={label}
      placeholder={label}
      value={route.params.get("find") ?? ""}
      onChange={(event) => typed(event.currentTarget.value)}
    />
  );
}
