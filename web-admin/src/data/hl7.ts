/* Cuts the text of an HL7 v2 message for display: segments, fields with their numbers, and delimiters apart from data.
 * It never changes the text: joining all pieces gives the segment back (HL7 2.5.1 §2.5). */

export interface Piece {
  text: string;
  delimiter: boolean;
}

export interface Field {
  number: number;
  pieces: Piece[];
  /* How many characters of a very long field are not shown. */
  hidden: number;
}

export interface Segment {
  name: string;
  /* 1 for the first segment of this name, 2 for the next … */
  occurrence: number;
  separator: string;
  fields: Field[];
}

export interface Place {
  segment: string;
  occurrence: number;
  field: number | null;
}

const LONGEST = 600;

function piecesOf(text: string, delimiters: string): Piece[] {
  const pieces: Piece[] = [];
  for (const char of text) {
    const delimiter = delimiters.includes(char);
    const last = pieces[pieces.length - 1];
    if (last && last.delimiter === delimiter) last.text += char;
    else pieces.push({ text: char, delimiter });
  }
  return pieces;
}

function fieldOf(number: number, text: string, delimiters: string): Field {
  const shown = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  return { number, pieces: piecesOf(shown, delimiters), hidden: text.length - shown.length };
}

function header(line: string): boolean {
  return /^(MSH|FHS|BHS)/.test(line);
}

export function segments(raw: string): Segment[] {
  const lines = raw.split(/\r\n|\r|\n/).filter((line) => line !== "");
  const first = lines.find(header);
  const separator = first?.charAt(3) || "|";
  const encoding = first?.split(separator)[1] ?? "^~\\&";
  const seen = new Map<string, number>();
  return lines.map((line) => {
    const [name = "", ...values] = line.split(separator);
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    /* In a header segment the separator itself is field 1, so the first value is field 2. */
    const shift = header(line) ? 2 : 1;
    const fields = values.map((text, index) =>
      fieldOf(index + shift, text, header(line) && index === 0 ? "" : encoding),
    );
    return { name, occurrence, separator, fields };
  });
}

/* Reads the two usual ways to name a place: ERR-2's "PID^1^5" and the spoken "PID-5", "PID[2]-5". */
export function placeOf(location: string | null | undefined): Place | null {
  const text = location ?? "";
  const parts = /^([A-Z][A-Z0-9]{2})\^(\d*)(?:\^(\d*))?/.exec(text);
  if (parts) return place(parts[1], parts[2], parts[3]);
  const spoken = /([A-Z][A-Z0-9]{2})(?:[[(](\d+)[\])])?(?:[-.](\d+))?/.exec(text);
  return spoken ? place(spoken[1], spoken[2], spoken[3]) : null;
}

function place(segment = "", occurrence = "", field = ""): Place {
  return { segment, occurrence: Number(occurrence) || 1, field: field ? Number(field) : null };
}
