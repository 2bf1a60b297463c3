// The official definitions and examples, from the package hl7.fhir.r4.examples.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const folder = dirname(createRequire(import.meta.url).resolve('hl7.fhir.r4.examples/package.json'));
const names = readdirSync(folder).filter((n) => /^[A-Z]\w+-.*\.json$/.test(n)).sort();

// What the spine's list names; AuditEvent is read from the trail and can not be written.
export const CORE = [
  'Patient', 'ServiceRequest', 'Task', 'ImagingStudy', 'DiagnosticReport', 'Observation', 'Practitioner', 'Organization',
  'Location', 'Device', 'Endpoint', 'Encounter', 'DocumentReference', 'Binary',
];
// Definitions by the hundred: some of each are enough.
const MANY = { StructureDefinition: 12, SearchParameter: 0, ValueSet: 20, CodeSystem: 20, ConceptMap: 12, OperationDefinition: 12 };

export function pathOf(name) {
  return `${folder}/${name}`;
}

export function load(name) {
  return readFileSync(`${folder}/${name}`, 'utf8');
}

// [{name, type, text}] of every type, or of one.
export function examples(type) {
  const taken = {};
  return names
    .map((name) => ({ name, type: name.slice(0, name.indexOf('-')) }))
    .filter((e) => (!type || e.type === type) && e.type !== 'AuditEvent' && e.type !== 'CapabilityStatement')
    .filter((e) => (taken[e.type] = (taken[e.type] ?? 0) + 1) <= (MANY[e.type] ?? Infinity))
    .map((e) => ({ ...e, text: load(e.name) }));
}

export function definitions(type) {
  return names.filter((n) => n.startsWith(`${type}-`)).map((n) => JSON.parse(load(n)));
}
