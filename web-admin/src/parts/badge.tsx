import { Badge } from "@mantine/core";
import { stateOf, type Tone } from "../data/states";

/* A state as a word with a coloured dot; the word alone is enough for who cannot tell the colours apart. */
export function Mark({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge className="mark" data-tone={tone} variant="default" size="sm" radius="sm">
      {children}
    </Badge>
  );
}

export function StateMark(props: { states: Parameters<typeof stateOf>[0]; name: string | number | null | undefined }) {
  const { label, tone } = stateOf(props.states, props.name);
  return label ? <Mark tone={tone}>{label}</Mark> : <span className="faint">none</span>;
}
