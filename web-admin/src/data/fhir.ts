/* The parts of the FHIR R4 resources that the screens show; everything is optional because the server may hold less. */

export interface Coding {
  system?: string;
  code?: string;
  display?: string;
}

export interface CodeableConcept {
  coding?: Coding[];
  text?: string;
}

export interface Reference {
  reference?: string;
  display?: string;
  identifier?: Identifier;
}

export interface Identifier {
  system?: string;
  value?: string;
  type?: CodeableConcept;
}

export interface Attachment {
  contentType?: string;
  data?: string;
  url?: string;
  title?: string;
  size?: number;
}

export interface Series {
  uid?: string;
  number?: number;
  modality?: Coding;
  description?: string;
  numberOfInstances?: number;
  bodySite?: Coding;
  started?: string;
  instance?: { uid?: string; sopClass?: Coding; number?: number }[];
}

export interface ImagingStudy {
  id?: string;
  status?: string;
  identifier?: Identifier[];
  modality?: Coding[];
  subject?: Reference;
  started?: string;
  basedOn?: Reference[];
  description?: string;
  numberOfSeries?: number;
  numberOfInstances?: number;
  series?: Series[];
}

export interface DiagnosticReport {
  id?: string;
  status?: string;
  code?: CodeableConcept;
  category?: CodeableConcept[];
  subject?: Reference;
  basedOn?: Reference[];
  imagingStudy?: Reference[];
  performer?: Reference[];
  resultsInterpreter?: Reference[];
  effectiveDateTime?: string;
  issued?: string;
  conclusion?: string;
  conclusionCode?: CodeableConcept[];
  presentedForm?: Attachment[];
  result?: Reference[];
}

export interface Observation {
  id?: string;
  status?: string;
  code?: CodeableConcept;
  valueString?: string;
  valueQuantity?: { value?: number; comparator?: string; unit?: string };
  valueCodeableConcept?: CodeableConcept;
  valueDateTime?: string;
  valueInteger?: number;
  valueBoolean?: boolean;
  note?: { text?: string }[];
}

export interface OperationOutcome {
  issue?: { severity?: string; code?: string; diagnostics?: string; details?: CodeableConcept }[];
}

export interface Bundle<T> {
  entry?: { resource?: T; search?: { mode?: string } }[];
}

export function conceptText(concept: CodeableConcept | undefined): string {
  const coding = concept?.coding?.[0];
  return concept?.text ?? coding?.display ?? coding?.code ?? "";
}

/* "ImagingStudy/42" or an absolute URL → "42". */
export function idOf(reference: string | null | undefined): string {
  const parts = (reference ?? "").split("/_history/")[0]?.split("/") ?? [];
  return parts[parts.length - 1] ?? "";
}

export function referenceText(reference: Reference | undefined): string {
  return reference?.display ?? reference?.reference ?? reference?.identifier?.value ?? "";
}

export function observationValue(seen: Observation): string {
  if (seen.valueString !== undefined) return seen.valueString;
  if (seen.valueQuantity) {
    const { comparator = "", value = "", unit = "" } = seen.valueQuantity;
    return `${comparator}${value} ${unit}`.trim();
  }
  if (seen.valueCodeableConcept) return conceptText(seen.valueCodeableConcept);
  if (seen.valueDateTime !== undefined) return seen.valueDateTime;
  if (seen.valueInteger !== undefined) return String(seen.valueInteger);
  if (seen.valueBoolean !== undefined) return seen.valueBoolean ? "yes" : "no";
  return (seen.note ?? []).map((note) => note.text ?? "").join("\n");
}
