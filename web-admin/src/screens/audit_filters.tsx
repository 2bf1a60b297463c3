import { Button, TextInput } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { AUDIT_FILTERS, type AuditFilter } from "../data/api";
import { go, href } from "../data/route";

const FIELDS: Record<(typeof AUDIT_FILTERS)[number], { label: string; type: string }> = {
  patient: { label: "Patient ID", type: "text" },
  who: { label: "Who", type: "text" },
  kind: { label: "What", type: "text" },
  from: { label: "From", type: "date" },
  to: { label: "To", type: "date" },
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
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const chosen = Object.entries(values).map(([name, value]) => [name, value.trim()]);
    go(href("audit", "", Object.fromEntries(chosen) as Record<string, string>));
  };
  return (
    <form className="filter-form" onSubmit={apply} role="search" aria-label="Filter audit events">
      {AUDIT_FILTERS.map((name) => (
        <TextInput
          key={name}
          size="xs"
          name={name}
          label={FIELDS[name].label}
          type={FIELDS[name].type}
          {...(name === "kind" ? { list } : {})}
          value={values[name] ?? ""}
          onChange={(event) => {
            const value = event.currentTarget.value;
            setValues((now) => ({ ...now, [name]: value }));
          }}
        />
      ))}
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
