/* How each state is called and coloured, on every screen the same.
 * TO ADD A STATE: a row here. An unknown state is shown as the server wrote it, in grey. */

export type Tone = "ok" | "busy" | "wait" | "warn" | "bad" | "quiet";

interface State {
  label: string;
  tone: Tone;
}

type States = Record<string, State>;

/* Scheduled Procedure Step Status, PS3.3 C.4.10, and the ends a step can have. */
export const STEP: States = {
  SCHEDULED: { label: "Scheduled", tone: "wait" },
  ARRIVED: { label: "Arrived", tone: "busy" },
  READY: { label: "Ready", tone: "busy" },
  STARTED: { label: "Started", tone: "busy" },
  "IN PROGRESS": { label: "In progress", tone: "busy" },
  DEPARTED: { label: "Departed", tone: "quiet" },
  COMPLETED: { label: "Completed", tone: "ok" },
  DISCONTINUED: { label: "Discontinued", tone: "warn" },
  CANCELED: { label: "Cancelled", tone: "quiet" },
  CANCELLED: { label: "Cancelled", tone: "quiet" },
};

export const LINK: States = {
  LINKED: { label: "Linked", tone: "ok" },
  UNLINKED: { label: "Unlinked", tone: "warn" },
  WAITING: { label: "Waiting", tone: "wait" },
  HELD: { label: "Held", tone: "bad" },
};

/* How a study or report was matched to its order, strongest first. */
export const RUNG: Record<string, string> = {
  "study-uid": "by Study UID",
  accession: "by accession number",
  "filler-order": "by filler order",
  "placer-order": "by placer order",
  "procedure-id": "by patient and procedure id",
};

/* DiagnosticReport.status and ImagingStudy.status, FHIR R4. */
export const DOCUMENT: States = {
  REGISTERED: { label: "Registered", tone: "wait" },
  AVAILABLE: { label: "Available", tone: "ok" },
  PARTIAL: { label: "Partial", tone: "busy" },
  PRELIMINARY: { label: "Preliminary", tone: "busy" },
  FINAL: { label: "Final", tone: "ok" },
  AMENDED: { label: "Amended", tone: "warn" },
  CORRECTED: { label: "Corrected", tone: "warn" },
  APPENDED: { label: "Appended", tone: "warn" },
  CANCELLED: { label: "Cancelled", tone: "quiet" },
  "ENTERED-IN-ERROR": { label: "Entered in error", tone: "bad" },
  UNKNOWN: { label: "Unknown", tone: "quiet" },
};

/* HL7 table 0008. */
export const ACK: States = {
  AA: { label: "AA accepted", tone: "ok" },
  CA: { label: "CA accepted", tone: "ok" },
  AE: { label: "AE error", tone: "bad" },
  CE: { label: "CE error", tone: "bad" },
  AR: { label: "AR rejected", tone: "bad" },
  CR: { label: "CR rejected", tone: "bad" },
};

/* EventOutcomeIndicator, PS3.15 A.5.2. */
export const OUTCOME: States = {
  "0": { label: "Success", tone: "quiet" },
  "4": { label: "Minor failure", tone: "warn" },
  "8": { label: "Serious failure", tone: "bad" },
  "12": { label: "Major failure", tone: "bad" },
};

export const ACTION: Record<string, string> = { C: "Create", R: "Read", U: "Update", D: "Delete", E: "Execute" };

export const PRIORITY: States = {
  STAT: { label: "STAT", tone: "bad" },
  ASAP: { label: "ASAP", tone: "warn" },
  URGENT: { label: "Urgent", tone: "warn" },
  HIGH: { label: "High", tone: "warn" },
};

export function stateOf(states: States, name: string | number | null | undefined): State {
  const text = String(name ?? "");
  return states[text.toUpperCase().replace(/_/g, " ")] ?? states[text.toUpperCase()] ?? { label: text, tone: "quiet" };
}
