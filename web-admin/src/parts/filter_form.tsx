import { Button, TextInput } from "@mantine/core";
import { useId, useState, type FormEvent } from "react";
import { go, href, type Route } from "../data/route";
import { DateField } from "./date_field";

export interface FilterField {
  label: string;
  day?: boolean;
  /* Offered while typing. */
  choices?: string[];
}

type Values<Name extends string> = Partial<Record<Name, string>>;

interface Props<Name extends string> {
  screen: string;
  label: string;
  /* In their order; a filter without a field is kept as it is. */
  names: readonly Name[];
  fields: Partial<Record<Name, FilterField>>;
  filter: Values<Name>;
  className?: string;
}

/* What of an address filters the rows. */
export function filterOf<Name extends string>(names: readonly Name[], route: Route): Values<Name> {
  const filter: Values<Name> = {};
  for (const name of names) {
    const value = route.params.get(name);
    if (value) filter[name] = value;
  }
  return filter;
}

/* The filters are part of the address, so a search can be kept as a bookmark and the back button undoes it. */
export function FilterForm<Name extends string>(props: Props<Name>) {
  const { screen, label, names, fields, filter, className = "" } = props;
  const [values, setValues] = useState<Values<Name>>(filter);
  const lists = useId();
  const shown = names.filter((name) => fields[name]);
  const kept = names.filter((name) => !fields[name] && filter[name]);
  const set = (name: Name, value: string) => setValues((now) => ({ ...now, [name]: value }));
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const chosen = names.map((name) => [name, (values[name] ?? "").trim()]);
    go(href(screen, "", Object.fromEntries(chosen) as Record<string, string>));
  };
  const clear = () => go(href(screen, "", Object.fromEntries(kept.map((name) => [name, filter[name] ?? ""]))));
  return (
    <form className={`filter-form ${className}`} onSubmit={apply} role="search" aria-label={label}>
      {shown.map((name) => {
        const field = fields[name] as FilterField;
        const value = values[name] ?? "";
        const list = field.choices ? `${lists}${name}` : "";
        if (field.day)
          return <DateField key={name} label={field.label} value={value} onPick={(picked) => set(name, picked)} />;
        return (
          <TextInput
            key={name}
            size="xs"
            name={name}
            label={field.label}
            {...(list ? { list } : {})}
            value={value}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        );
      })}
      {shown.map((name) => (
        <datalist key={name} id={`${lists}${name}`}>
          {fields[name]?.choices?.map((choice) => <option key={choice} value={choice} />)}
        </datalist>
      ))}
      <Button size="xs" type="submit">
        Apply
      </Button>
      {shown.some((name) => filter[name]) && (
        <Button size="xs" variant="default" onClick={clear}>
          Clear
        </Button>
      )}
    </form>
  );
}
