/* How values are written on the screens. Times are shown as the server wrote them, in the site's zone: a reading
 * room and a browser may disagree about the zone, and the site's clock is the one on the record. */

/* "FAMILY^Given^Middle^Prefix^Suffix", possibly several representations divided by "=" → "Family, Given Middle". */
export function personName(pn: string | null | undefined): string {
  const group = (pn ?? "").split("=").find((part) => part.replace(/\^/g, "").trim() !== "") ?? "";
  const [family = "", given = "", middle = ""] = group.split("^").map((part) => part.trim());
  const first = [given, middle].filter(Boolean).join(" ");
  return [family, first].filter(Boolean).join(", ");
}

const STAMP = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?/;

export function dateOf(time: string | null | undefined): string {
  return STAMP.exec(time ?? "")?.[1] ?? time ?? "";
}

export function clockOf(time: string | null | undefined): string {
  return STAMP.exec(time ?? "")?.[2] ?? "";
}

/* Date and time to the second; a time given in UTC says so. */
export function stamp(time: string | null | undefined): string {
  const match = STAMP.exec(time ?? "");
  if (!match) return time ?? "";
  const [, day = "", minutes = "", seconds = "", zone = ""] = match;
  if (!minutes) return day;
  return `${day} ${minutes}${seconds}${zone === "Z" ? " UTC" : ""}`;
}

/* A typed day, "2026-11-24" or as in DICOM and HL7 "20261124" → "2026-11-24"; "" when it is not a day. */
export function dayOf(text: string): string {
  const match = /^([12]\d{3})(-?)(\d{2})\2(\d{2})$/.exec(text.trim());
  if (!match) return "";
  const day = `${match[1]}-${match[3]}-${match[4]}`;
  return addDays(day, 0) === day && !Number.isNaN(Date.parse(day)) ? day : "";
}

export function addDays(day: string, days: number): string {
  const moved = new Date(`${day}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return Number.isNaN(moved.getTime()) ? day : moved.toISOString().slice(0, 10);
}

const WEEKDAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

export function longDate(day: string): string {
  const when = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(when.getTime()) ? day : WEEKDAY.format(when);
}

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

export function byteSize(bytes: number | null | undefined): string {
  let value = bytes ?? 0;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit] ?? ""}`;
}

const NUMBER = new Intl.NumberFormat("en-GB");

export const count = (value: number | null | undefined): string => NUMBER.format(value ?? 0);

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/* "ARCHIVE_ADMIN" → "archive admin" */
export const words = (name: string): string => name.toLowerCase().replace(/_/g, " ");

/* What an audit event is about. Some ids bring the type of their resource, "ImagingStudy/42"; it is said once. */
export function objectOf(type: string | null, id: string | null): string {
  if (id && /^[A-Z][A-Za-z]*\//.test(id)) return id;
  return [type, id].filter(Boolean).join("/");
}

/* Whether a row holds every word the user typed, in any of its text values. */
export function matches(needle: string, ...values: (string | null | undefined)[]): boolean {
  const hay = values.filter(Boolean).join(" ").toLowerCase();
  return needle
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word));
}

/* "45 s", "12 min", "3 h", "2 d". */
export function duration(seconds: number): string {
  const units: [number, string][] = [
    [86400, "d"],
    [3600, "h"],
    [60, "min"],
  ];
  const unit = units.find(([length]) => seconds >= 2 * length);
  return unit ? `${Math.floor(seconds / unit[0])} ${unit[1]}` : `${seconds} s`;
}
