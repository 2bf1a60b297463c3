import type { MessageSegment, Origin } from "../data/api";
import { useOffered } from "../parts/screen_link";

/* A message taken apart: each field that says something, with its name. */
export function Segments({ segments }: { segments: MessageSegment[] }) {
  if (segments.length === 0) return null;
  return (
    <details className="fold">
      <summary>Segments and fields ({segments.length})</summary>
      {segments.map((segment) => (
        <table key={`${segment.name} ${segment.occurrence}`} className="mini">
          <caption>
            <b className="mono">{segment.name}</b>
            {segment.occurrence > 1 && ` ${segment.occurrence}`} {segment.title}
          </caption>
          <tbody>
            {segment.fields.map((field) => (
              <tr key={field.n}>
                <th scope="row">
                  <span className="mono">{`${segment.name}-${field.n}`}</span> {field.name}
                </th>
                <td className="mono break">
                  {field.value}
                  {field.bytes !== undefined && <em>… {field.bytes} bytes in all</em>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </details>
  );
}

/* Which value went where, and by which row of the map. */
export function Origins({ fields }: { fields: Origin[] }) {
  if (fields.length === 0) return null;
  const valued = fields.some((field) => field.value);
  return (
    <details className="fold">
      <summary>Where each value came from ({fields.length})</summary>
      <table className="mini">
        <caption className="sr">Where each value came from</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {valued && <th scope="col">Value</th>}
            <th scope="col">Place</th>
            <th scope="col">Rule</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field, index) => (
            <tr key={index}>
              <td className="mono">{field.field}</td>
              {valued && <td className="break">{field.removed ? <em>removed</em> : field.value}</td>}
              <td className="mono">{field.place}</td>
              <td className="mono">{`${field.location} ${field.transform}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/* The versions of documents it made. */
export function Wrote({ wrote }: { wrote: { reference: string; version: string }[] }) {
  const reads = useOffered("reports");
  if (wrote.length === 0) return null;
  return (
    <section>
      <h3>What it wrote</h3>
      <ul className="plain">
        {wrote.map(({ reference, version }) => (
          <li key={reference} className="mono break">
            {reads ? <a href={`/fhir/${reference}/_history/${version}`}>{reference}</a> : reference} version {version}
          </li>
        ))}
      </ul>
    </section>
  );
}
