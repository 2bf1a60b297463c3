import { useEffect, useState } from "react";
import { readBinary } from "../data/api";
import { idOf, type Attachment } from "../data/fhir";
import { byteSize } from "../data/format";
import { useLive } from "../data/live";
import { Problem } from "./notice";
import { Waiting } from "./table";

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.replace(/\s/g, ""));
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

async function load(form: Attachment, type: string, signal: AbortSignal): Promise<Blob> {
  if (form.data !== undefined) return new Blob([bytesOf(form.data)], { type });
  return new Blob([await readBinary(idOf(form.url), type, signal)], { type });
}

/* One presented form of a report: text is shown here, anything else becomes a link to the bytes. The type is what the
 * document declares, and only these two are ever opened in a window: HTML from a sender would run as this page. */
export function Form({ form, number }: { form: Attachment; number: number }) {
  const type = (form.contentType ?? "application/octet-stream").split(";")[0]?.trim().toLowerCase() ?? "";
  const title = form.title ?? `Document ${number}`;
  const key = `form ${form.url ?? ""} ${form.data?.length ?? 0} ${form.data?.slice(0, 64) ?? ""}`;
  const live = useLive(key, (signal) => load(form, type, signal), 0);
  return (
    <section className="form">
      <h3 className="part">
        {title} <span className="faint">{type}</span>
      </h3>
      <Problem problem={live.problem} />
      {live.loading && !live.data && <Waiting />}
      {live.data &&
        (type === "text/plain" ? <PlainText blob={live.data} /> : <Bytes blob={live.data} type={type} name={title} />)}
    </section>
  );
}

function PlainText({ blob }: { blob: Blob }) {
  const [text, setText] = useState("");
  useEffect(() => {
    let current = true;
    void blob.text().then((read) => current && setText(read));
    return () => {
      current = false;
    };
  }, [blob]);
  return <div className="prose">{text.replace(/\r\n?/g, "\n")}</div>;
}

const ENDINGS: Record<string, string> = { "application/pdf": ".pdf", "text/html": ".html", "application/rtf": ".rtf" };

function Bytes({ blob, type, name }: { blob: Blob; type: string; name: string }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  if (!address) return null;
  return (
    <p className="links">
      {type === "application/pdf" && (
        <a href={address} target="_blank" rel="noreferrer">
          Open PDF
        </a>
      )}
      <a href={address} download={`${name}${ENDINGS[type] ?? ""}`}>
        Download
      </a>
      <span className="faint">{byteSize(blob.size)}</span>
    </p>
  );
}
