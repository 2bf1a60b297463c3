import { Button, TextInput } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { AUDIT_FILTERS, type AuditFilter } from "../data/api";
import { go, href } from "../data/route";
import { DateField } from "../parts/date_field";

const FIELDS: Record<(typeof AUDIT_FILTERS)[number], { label: string; day?: boolean }> = {
  patient: { label: "Patient ID" },
  who: { label: "Who" },
  kind: { label: "What" },
  from: { label: "From", day: true },
  to: { label: "To", day: true },
};

interface Props {
  filter: AuditFilter;
  /* Kinds in the rows at hand, offered while typing. */
  kinds: string[];
}

/* The filters are part of the address, so a search can be kept as a bookmark and the back button undoes it. */
export function AuditFilters({ filter, kinds }: Props) {
  const [values, setValues] = useState<AuditFilter>(filter);
  const list = useId();
  const set = (name: (typeof AUDIT_FILTERS)[number], value: string) =>
    setValues((now) => ({ ...now, [name]: value }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const chosen = Object.entries(values).map(([name, value]) => [name, value.trim()]);
    go(href("audit", "", Object.fromEntries(chosen) as Record<string, string>));
  };
  return (
    <form className="filter-form" onSubmit={apply} role="search" aria-label="Filter audit events">
      {AUDIT_FILTERS.map((name) => {
        const { label, day } = FIELDS[name];
        const value = values[name] ?? "";
        if (day) return <DateField key={name} label={label} value={value} onPick={(picked) => set(name, picked)} />;
        return (
          <TextInput
            key={name}
            size="xs"
            name={name}
            label={label}
            {...(name === "kind" ? { list } : {})}
            value={value}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      })}
      <datalist id={list}>
        {kinds.map((kind) => (
          <option key={kind} value={kind} />
        ))}
      </datalist>
      <Button size="xs" type="submit">
        Apply
      </Button>
      {Object.keys(filter).length > 0 && (
        <Button size="xs" variant="default" onClick={() => go(href("audit"))}>
          Clear
        </Button>
      )}
    </form>
  );
}
