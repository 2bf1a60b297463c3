/* Every call to /admin/api and /fhir, typed. Screens call these functions and never fetch() themselves. */
import type { Bundle, DiagnosticReport, ImagingStudy, Observation, OperationOutcome } from "./fhir";

export interface Session {
  name: string;
  display: string;
  roles: string[];
  permissions: string[];
}

export interface Status {
  name: string;
  version: string;
  profile: string;
  time: string;
  aeTitle: string;
  ports: { http: number; dicom: number; hl7: number };
  counts: {
    orders: number;
    studies: number;
    instances: number;
    reports: number;
    messages: number;
    auditEvents: number;
  };
  storage: { freeBytes: number; readOnly: boolean };
}

export interface WorklistItem {
  stepId: string;
  task: string | null;
  accession: string | null;
  patientName: string | null;
  patientId: string | null;
  birthDate: string | null;
  sex: string | null;
  modality: string | null;
  station: string | null;
  start: string | null;
  status: string;
  procedure: string | null;
  requestedProcedureId: string | null;
  studyUid: string | null;
  priority: string | null;
}

export interface Worklist {
  date: string;
  items: WorklistItem[];
}

export interface StudyItem {
  studyUid: string;
  patientName: string | null;
  patientId: string | null;
  accession: string | null;
  started: string | null;
  modalities: string[] | null;
  series: number;
  instances: number;
  bytes: number;
  description: string | null;
  link: { state: string; rung: string | null; order: string | null } | null;
  imagingStudy: string | null;
}

export interface ReportItem {
  report: string;
  status: string;
  title: string | null;
  issued: string | null;
  patientName: string | null;
  patientId: string | null;
  accession: string | null;
  link: { state: string; rung: string | null; evidence: string | null } | null;
  studyUid: string | null;
}

export interface MessageItem {
  id: string | number;
  direction?: "in" | "out";
  received?: string;
  trigger: string | null;
  controlId: string | null;
  sender: string | null;
  ackCode: string | null;
  outcome: string | null;
  patientId: string | null;
  accession: string | null;
  warningCount: number;
  /* What became of a refused message: "", resubmitted or dismissed. */
  settled?: string | null;
  held?: boolean;
  original?: string;
  resubmittedBy?: string | null;
  error?: { code: string | number | null; text: string | null; location: string | null } | null;
  /* Of one that left: when it was composed, where to, what of, and how its delivery goes. */
  created?: string;
  destination?: string;
  event?: string;
  source?: string;
  attempts?: number;
  attempted?: string;
  answered?: string;
}

export interface MessageField {
  n: number;
  name?: string;
  value: string;
  /* Of a value that was cut: how long it is. */
  bytes?: number;
}

export interface MessageSegment {
  name: string;
  occurrence: number;
  title?: string;
  fields: MessageField[];
}

/* Where one value was taken from, and by which row of the map. */
export interface Origin {
  group: number;
  field: string;
  value?: string | null;
  place: string;
  location: string;
  transform: string;
  removed: boolean;
}

export interface MessageDetail extends MessageItem {
  raw: string;
  /* The commit acknowledgement of enhanced mode; ack is the application's then. */
  acceptAck?: string;
  ack: string | null;
  characterSet?: string | null;
  warnings: string[] | null;
  segments?: MessageSegment[];
  wrote?: { reference: string; version: string }[];
  fields?: Origin[];
  made?: { id: string; ackCode: string; by?: string; outcome?: string }[];
  address?: string | null;
  sha256?: string;
  /* When its bytes aged out. */
  emptied?: string;
  patientHeld?: boolean;
}

/* What a message would get and do. */
export interface Trial {
  trigger: string | null;
  controlId: string | null;
  sender: string | null;
  outcome: string;
  ackCode: string | null;
  ack: string;
  error: { code: string; text: string; location: string } | null;
  warnings: string[];
  fields: Origin[];
  worklist: Record<string, { vr: string; Value?: unknown[] }>[];
  bundle: Bundle<{ resourceType: string; id?: string }>;
}

export interface Resubmitted {
  message?: string;
  ackCode: string;
  ack: string;
  error?: string;
}

export interface Replay {
  run: string;
  messages: number;
  done: number;
  accepted: number;
  refused: number;
}

/* The filters of the message list, by the names the server gives them. */
export const MESSAGE_FILTERS = [
  "direction",
  "patient",
  "accession",
  "order",
  "control",
  "peer",
  "trigger",
  "outcome",
  "text",
  "from",
  "to",
] as const;
export type MessageFilter = Partial<Record<(typeof MESSAGE_FILTERS)[number], string>>;

export interface Destination {
  name: string;
  paused: boolean;
  waiting: number;
  ageSeconds: number;
  dead: number;
  attempts: number;
  error: string;
  lastSent: string;
  settings: Record<string, string>;
}

/* One row of hl7/out/settings.def. */
export interface Setting {
  name: string;
  kind: "text" | "list" | "number" | "switch" | "choice";
  usual: string;
  bounds: string;
  meaning: string;
}

export interface Destinations {
  items: Destination[];
  settings: Setting[];
}

export interface AuditItem {
  id: string | number;
  time: string;
  kind: string;
  action: string | null;
  outcome: number;
  who: string | null;
  door: string | null;
  request: string | null;
  objectType: string | null;
  objectId: string | null;
  patient: string | null;
  studyUid: string | null;
  accession: string | null;
  address: string | null;
  detail: unknown;
  sealed: boolean;
}

export interface AuditVerdict {
  verdict: number;
  text: string;
  events: number;
  sealed: number;
  unsealed: number;
  checkpoints: number;
}

export interface Page<T> {
  items: T[];
  next: string | number | null;
}

/* The filters of the audit list, by the names the server gives them. */
export const AUDIT_FILTERS = ["patient", "who", "kind", "from", "to"] as const;
export type AuditFilter = Partial<Record<(typeof AUDIT_FILTERS)[number], string>>;

/* What went wrong, in words a user can act on. status 0: the server could not be reached; -1: its answer
 * could not be read. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
  ) {
    super(text);
    this.name = "ApiError";
  }
}

let signedOut: () => void = () => undefined;

/* The one listener told when the server answers 401: the session is over, whichever screen noticed it. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

const PAGE = 100;

interface Call {
  method?: string;
  body?: unknown;
  signal?: AbortSignal | undefined;
  accept?: string;
}

async function problemOf(response: Response): Promise<ApiError> {
  const fallback = FALLBACK_TEXT[response.status] ?? `The server answered ${response.status}.`;
  try {
    const body = (await response.json()) as { error?: { code?: string; text?: string } } & OperationOutcome;
    const issue = body.issue?.[0];
    const text = body.error?.text ?? issue?.diagnostics ?? issue?.details?.text ?? fallback;
    return new ApiError(response.status, body.error?.code ?? issue?.code ?? "", text);
  } catch {
    return new ApiError(response.status, "", fallback);
  }
}

const FALLBACK_TEXT: Record<number, string> = {
  401: "You are not signed in.",
  403: "Your roles do not permit this.",
  404: "There is no such record.",
  503: "The server is not ready.",
};

async function send(path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: call.accept ?? "application/json",
    /* Proves that the call comes from this page; a foreign form cannot set it. */
    "X-Requested-With": "isocentre",
  };
  const init: RequestInit = { method: call.method ?? "GET", headers, credentials: "same-origin", cache: "no-store" };
  if (call.body !== undefined) {
    headers["Content-Type"] = "application/json";
    init.body = JSON.stringify(call.body);
  }
  if (call.signal) init.signal = call.signal;
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "UNREACHABLE", "The server cannot be reached.");
  }
}

async function request(path: string, call: Call = {}): Promise<Response> {
  const response = await send(path, call);
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (problem.status === 401) signedOut();
  throw problem;
}

async function json<T>(path: string, call: Call = {}): Promise<T> {
  const response = await request(path, call);
  return (await response.json()) as T;
}

function query(values: Record<string, string | number | null | undefined>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

export type Cursor = string | number | null;

/* A wrong password is an answer, not the end of a session, so these three do not tell the listener. */
export async function signIn(user: string, password: string): Promise<Session> {
  const response = await send("/admin/api/session", { method: "POST", body: { user, password } });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Session;
}

export async function currentSession(): Promise<Session | null> {
  const response = await send("/admin/api/session", {});
  if (response.status === 401) return null;
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Session;
}

export async function signOut(): Promise<void> {
  const response = await send("/admin/api/session", { method: "DELETE" });
  if (!response.ok && response.status !== 401) throw await problemOf(response);
}

export const getStatus = (signal?: AbortSignal) => json<Status>("/admin/api/status", { signal });

export const getWorklist = (date: string, signal?: AbortSignal) =>
  json<Worklist>(`/admin/api/worklist${query({ date })}`, { signal });

export const getStudies = (before: Cursor, signal?: AbortSignal) =>
  json<Page<StudyItem>>(`/admin/api/studies${query({ limit: PAGE, before })}`, { signal });

export const getReports = (before: Cursor, signal?: AbortSignal) =>
  json<Page<ReportItem>>(`/admin/api/reports${query({ limit: PAGE, before })}`, { signal });

export const getMessages = (filter: MessageFilter, before: Cursor, signal?: AbortSignal) =>
  json<Page<MessageItem>>(`/admin/api/messages${query({ ...filter, limit: PAGE, before })}`, { signal });

export const getMessage = (id: string, signal?: AbortSignal) =>
  json<MessageDetail>(`/admin/api/messages/${encodeURIComponent(id)}`, { signal });

const act = (path: string, body: unknown) => request(path, { method: "POST", body }).then(() => undefined);

export const dismissMessage = (id: string) => act(`/admin/api/messages/${encodeURIComponent(id)}/dismiss`, {});

export const holdMessage = (id: string, held: boolean) =>
  act(`/admin/api/messages/${encodeURIComponent(id)}/hold`, { held });

export const resubmit = (id: string, message: string) =>
  json<Resubmitted>(`/admin/api/messages/${encodeURIComponent(id)}/resubmit`, { method: "POST", body: { message } });

export const dryRun = (message: string) => json<Trial>("/admin/api/hl7/dry-run", { method: "POST", body: { message } });

export const replayMessages = (messages: string[]) =>
  json<{ run: string; messages: number }>("/admin/api/hl7/replay", { method: "POST", body: { messages } });

export const getReplay = (run: string, signal?: AbortSignal) =>
  json<Replay>(`/admin/api/hl7/replay/${encodeURIComponent(run)}`, { signal });

const sentPath = (id: string) => `/admin/api/hl7/sent/${encodeURIComponent(id)}`;

export const resendMessage = (id: string, raw: string) =>
  json<{ id: string }>(`${sentPath(id)}/resubmit`, { method: "POST", body: { raw } });

export const discardMessage = (id: string) => act(`${sentPath(id)}/discard`, {});

export const resendDead = (destination: string) =>
  json<{ count: string }>("/admin/api/hl7/sent/replay", { method: "POST", body: { destination, outcome: "dead" } });

const destinationPath = (name: string) => `/admin/api/hl7/destinations/${encodeURIComponent(name)}`;

export const getDestinations = (signal?: AbortSignal) => json<Destinations>("/admin/api/hl7/destinations", { signal });

export const putDestination = (name: string, settings: Record<string, string>) =>
  request(destinationPath(name), { method: "PUT", body: settings }).then(() => undefined);

export const removeDestination = (name: string) =>
  request(destinationPath(name), { method: "DELETE" }).then(() => undefined);

export const pauseDestination = (name: string, paused: boolean) =>
  act(`${destinationPath(name)}/${paused ? "pause" : "resume"}`, {});

export const getAudit = (filter: AuditFilter, before: Cursor, signal?: AbortSignal) =>
  json<Page<AuditItem>>(`/admin/api/audit${query({ ...filter, limit: PAGE, before })}`, { signal });

export const verifyAudit = () => json<AuditVerdict>("/admin/api/audit/verify", { method: "POST" });

const FHIR = { accept: "application/fhir+json" };

export const readImagingStudy = (id: string, signal?: AbortSignal) =>
  json<ImagingStudy>(`/fhir/ImagingStudy/${encodeURIComponent(id)}`, { ...FHIR, signal });

/* The document of a study by its UID, or null. An ordered study has one before its first image arrives. */
export async function findImagingStudy(uid: string, signal?: AbortSignal): Promise<ImagingStudy | null> {
  const identifier = `urn:dicom:uid|urn:oid:${uid}`;
  const found = await json<Bundle<ImagingStudy>>(`/fhir/ImagingStudy${query({ identifier })}`, { ...FHIR, signal });
  return found.entry?.find((entry) => entry.search?.mode === "match")?.resource ?? null;
}

export const readReport = (id: string, signal?: AbortSignal) =>
  json<DiagnosticReport>(`/fhir/DiagnosticReport/${encodeURIComponent(id)}`, { ...FHIR, signal });

export const readObservation = (id: string, signal?: AbortSignal) =>
  json<Observation>(`/fhir/Observation/${encodeURIComponent(id)}`, { ...FHIR, signal });

/* A Binary's own bytes: asking for its content type makes the server send them bare instead of wrapped in JSON. */
export async function readBinary(id: string, contentType: string, signal?: AbortSignal): Promise<Blob> {
  const path = `/fhir/Binary/${encodeURIComponent(id)}`;
  return (await request(path, { accept: contentType, signal })).blob();
}
