import { Button } from "@mantine/core";
import { useState } from "react";
import { placeOf, segments, type Field, type Place, type Segment } from "../data/hl7";

interface Props {
  title: string;
  raw: string;
  /* Where the message was found wrong, as ERR-2 says it. */
  wrong?: string | null;
}

/* A message as it was received: a segment a line, delimiters paler than data, each field's name under the pointer. */
export function Hl7Text({ title, raw, wrong }: Props) {
  const place = placeOf(wrong);
  const lines = segments(raw);
  return (
    <figure className="hl7">
      <figcaption>
        <h3>{title}</h3>
        <Copy text={raw} />
      </figcaption>
      {/* Focusable so that the keyboard can scroll it. */}
      <pre tabIndex={0} aria-label={title}>
        {lines.map((segment, index) => (
          <Line key={index} segment={segment} place={place} />
        ))}
      </pre>
    </figure>
  );
}

function Line({ segment, place }: { segment: Segment; place: Place | null }) {
  const hit = place?.segment === segment.name && place.occurrence === segment.occurrence;
  return (
    <span className="hl7-line" data-wrong={(hit && place.field === null) || undefined}>
      <b>{segment.name}</b>
      {segment.fields.map((field) => (
        <FieldText key={field.number} segment={segment} field={field} wrong={hit && place.field === field.number} />
      ))}
      {"\n"}
    </span>
  );
}

function FieldText({ segment, field, wrong }: { segment: Segment; field: Field; wrong: boolean }) {
  const name = `${segment.name}-${field.number}`;
  return (
    <>
      <i className="sep">{segment.separator}</i>
      <span className="field" title={name} data-wrong={wrong || undefined}>
        {field.pieces.map((piece, index) => (piece.delimiter ? <i key={index}>{piece.text}</i> : piece.text))}
        {field.hidden > 0 && <em>… {field.hidden} more characters</em>}
        {/* An empty field that should hold something is marked too. */}
        {wrong && field.pieces.length === 0 && <em>empty</em>}
      </span>
    </>
  );
}

function Copy({ text }: { text: string }) {
  const [said, setSaid] = useState("Copy");
  const copy = () => {
    navigator.clipboard.writeText(text.replace(/\r\n?/g, "\n")).then(
      () => setSaid("Copied"),
      () => setSaid("Not allowed"),
    );
  };
  /* Browsers offer the clipboard on HTTPS and on the local machine only. */
  if (!("clipboard" in navigator)) return null;
  return (
    <Button size="compact-xs" variant="default" onClick={copy} onBlur={() => setSaid("Copy")}>
      {said}
    </Button>
  );
}
