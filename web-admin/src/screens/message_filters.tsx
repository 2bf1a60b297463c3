import { Button, TextInput } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { MESSAGE_FILTERS, type MessageFilter } from "../data/api";
import { go, href, type Route } from "../data/route";
import { DateField } from "../parts/date_field";

type Name = (typeof MESSAGE_FILTERS)[number];

const FIELDS: Record<Name, { label: string; day?: boolean; choices?: string[] }> = {
  patient: { label: "Patient ID" },
  accession: { label: "Accession" },
  order: { label: "Order number" },
  control: { label: "Control id" },
  peer: { label: "Sender" },
  trigger: { label: "Trigger" },
  outcome: {
    label: "Outcome",
    choices: ["accepted", "refused", "dead", "resubmitted", "dismissed", "again", "held"],
  },
  text: { label: "Words" },
  from: { label: "From", day: true },
  to: { label: "To", day: true },
};

export function messageFilter(route: Route): MessageFilter {
  const filter: MessageFilter = {};
  for (const name of MESSAGE_FILTERS) {
    const value = route.params.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/* The filters are part of the address, so a search can be kept as a bookmark and the back button undoes it. */
export function MessageFilters({ filter }: { filter: MessageFilter }) {
  const [values, setValues] = useState<MessageFilter>(filter);
  const list = useId();
  const set = (name: Name, value: string) => setValues((now) => ({ ...now, [name]: value }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const chosen = Object.entries(values).map(([name, value]) => [name, value.trim()]);
    go(href("messages", "", Object.fromEntries(chosen) as Record<string, string>));
  };
  return (
    <form className="filter-form narrow" onSubmit={apply} role="search" aria-label="Filter messages">
      {MESSAGE_FILTERS.map((name) => {
        const { label, day, choices } = FIELDS[name];
        const value = values[name] ?? "";
        if (day) return <DateField key={name} label={label} value={value} onPick={(picked) => set(name, picked)} />;
        return (
          <TextInput
            key={name}
            size="xs"
            name={name}
            label={label}
            {...(choices ? { list } : {})}
            value={value}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      })}
      <datalist id={list}>
        {FIELDS.outcome.choices?.map((choice) => (
          <option key={choice} value={choice} />
        ))}
      </datalist>
      <Button size="xs" type="submit">
        Apply
      </Button>
      {Object.keys(filter).length > 0 && (
        <Button size="xs" variant="default" onClick={() => go(href("messages"))}>
          Clear
        </Button>
      )}
    </form>
  );
}
