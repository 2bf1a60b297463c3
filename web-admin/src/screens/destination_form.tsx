import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { Setting } from "../data/api";
import { Problem } from "../parts/notice";
import { useWork } from "./message_actions";

type Values = Record<string, string>;

interface Props {
  settings: Setting[];
  values: Values;
  /* False: something beside the settings is missing. */
  ready?: boolean;
  save: (values: Values) => Promise<void>;
  saved: () => void;
}

/* Every setting the server knows, by its own table: what was changed is sent. */
export function DestinationForm({ settings, values, ready = true, save, saved }: Props) {
  const [changes, setChanges] = useState<Values>({});
  const { busy, problem, run } = useWork(saved);
  const changed = Object.fromEntries(Object.entries(changes).filter(([name, value]) => value !== values[name]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(save(changed), () => setChanges({}));
  };
  return (
    <form className="settings" onSubmit={submit} aria-label="Settings">
      {settings.map((setting) => (
        <Field
          key={setting.name}
          setting={setting}
          value={changes[setting.name] ?? values[setting.name] ?? ""}
          change={(value) => setChanges((now) => ({ ...now, [setting.name]: value }))}
        />
      ))}
      <Problem problem={problem} />
      <div className="buttons">
        <Button size="xs" type="submit" loading={busy} disabled={!ready || Object.keys(changed).length === 0}>
          Save
        </Button>
        {Object.keys(changed).length > 0 && (
          <Button size="xs" variant="default" onClick={() => setChanges({})}>
            Undo
          </Button>
        )}
      </div>
    </form>
  );
}

interface FieldProps {
  setting: Setting;
  value: string;
  change: (value: string) => void;
}

function Field({ setting, value, change }: FieldProps) {
  const label = setting.name.replace(/_/g, " ");
  const usual = setting.usual && setting.kind !== "choice" ? ` Usually ${setting.usual}.` : "";
  const described = { size: "xs", label, description: `${setting.meaning}.${usual}` } as const;
  if (setting.kind === "switch")
    return (
      <Checkbox
        {...described}
        checked={value === "true"}
        onChange={(event) => change(String(event.currentTarget.checked))}
      />
    );
  if (setting.kind === "choice")
    return (
      <NativeSelect
        {...described}
        data={setting.bounds.split("|")}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    );
  return (
    <TextInput
      {...described}
      inputMode={setting.kind === "number" ? "numeric" : "text"}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
