import { TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { dayOf } from "../data/format";

const FORM = "YYYY-MM-DD";

interface Props {
  label?: string;
  "aria-label"?: string;
  value: string;
  disabled?: boolean;
  /* Called with a whole day, or with "" when the field was emptied; never with half a day. */
  onPick: (day: string) => void;
}

/* A day as it is written everywhere else. The browser's own date field would follow the browser's language: a day
 * such as 03/04/2026 means two different days to two people. */
export function DateField({ value, onPick, ...rest }: Props) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const wrong = text.trim() !== "" && dayOf(text) === "";

  useEffect(() => setText(value), [value]);
  /* Keeps a form from being sent with half a day; the browser then points to the field. */
  useEffect(() => input.current?.setCustomValidity(wrong ? `Write the day as ${FORM}.` : ""), [wrong]);

  const type = (typed: string) => {
    setText(typed);
    setTold(false);
    if (typed.trim() === "" || dayOf(typed)) onPick(dayOf(typed));
  };
  const leave = () => {
    setTold(wrong);
    if (!wrong) setText(value);
  };
  return (
    <TextInput
      {...rest}
      ref={input}
      className="date-field"
      size="xs"
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      placeholder={FORM}
      value={text}
      error={told && wrong && `Use ${FORM}`}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={leave}
    />
  );
}
