// Whatever the server emits must please two validators that are not ours.
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import fhirPackage from 'fhir';
import { posted } from './examples.mjs';
import { CORE, definitions } from './definitions.mjs';
import { base, request, XML_TYPE } from './server.mjs';

const converter = new fhirPackage.Fhir();
indexStructureDefinitionBundle({
  resourceType: 'Bundle',
  type: 'collection',
  // The types themselves, not the profiles on them.
  entry: definitions('StructureDefinition')
    .filter((d) => d.derivation !== 'constraint')
    .map((resource) => ({ resource })),
});

// What the validator holds against documents that R4 allows.
const STRICTER = [
  /base64Binary format/, // R4 allows blanks and line breaks between the groups
  /timing\[x\]\.event Expected array/, // it looks for the array below the choice's other name
  /concept\[\d+\]\.code (Invalid code format|String must contain)/, // R4 allows several words, and a no-break space
  /Constraint ras-2 not met/, // a probability below one hundred, which it takes for no decimal
  /Constraint bdl-8 not met/, // an entry without fullUrl makes the expression empty, which is no violation
];

// A validator's warnings are advice; its errors throw.
function validated(resource) {
  try {
    validateResource(resource);
  } catch (e) {
    const issues = (e.outcome?.issue ?? [{ details: { text: e.message } }]).filter((i) => i.severity !== 'warning' && !STRICTER.some((s) => s.test(`${i.expression ?? ''} ${i.details?.text}`)));
    if (issues.length) throw new Error(issues.map((i) => `${i.expression ?? ''} ${i.details?.text}`).join('; '));
  }
}

// Numbers have no exponent in the converter's grammar.
const converted = (xml, type) => {
  const theirs = converter.xmlToObj(xml);
  if (theirs.resourceType !== type) throw new Error(`the converter reads ${theirs.resourceType}`);
};

const ERRORS = [
  ['GET', '/Patient/nobody'],
  ['GET', '/Nothing'],
  ['GET', '/Patient?nothing=1'],
  ['GET', '/Patient?birthdate=yesterday'],
  ['GET', '/Patient/a%20b'],
  ['PUT', '/Patient/x', '{"resourceType":"Patient","id":"y"}'],
  ['POST', '/Patient', '{"resourceType":"Patient","sex":1,"gender":"none","contact":{}}'],
  ['POST', '/Patient', '{"resourceType":'],
  ['POST', '/Patient', '<Patient/>'],
  ['DELETE', '/Patient'],
  ['POST', '/', '{"resourceType":"Patient"}'],
  ['POST', '/$nothing', '{"resourceType":"Parameters"}'],
];

// Addresses whose answers are resources, for each type that has something to show.
function addresses() {
  const first = CORE.flatMap((type) => posted.filter((p) => p.type === type).slice(0, 2));
  return [
    '/metadata',
    '/Patient?_count=5',
    '/Patient?_summary=count',
    '/Patient?_count=3&_elements=name,gender',
    '/Observation?_count=20&_include=Observation:subject',
    '/DiagnosticReport?_include=DiagnosticReport:result&_revinclude=Provenance:target',
    '/AuditEvent?_count=20',
    '/SearchParameter?_count=200',
    '/OperationDefinition',
    '/StructureDefinition?_count=5',
    ...['Patient', 'Observation', 'Bundle', 'Timing', 'string', 'Resource'].map((type) => `/StructureDefinition/${type}`),
    ...CORE.map((type) => `/${type}?_count=10`),
    ...first.flatMap((p) => [`/${p.type}/${p.id}`, `/${p.type}/${p.id}/_history`, `/${p.type}/${p.id}/_history/1`]),
  ];
}

async function judgeBoth(check, method, path, body) {
  await check(`${method} ${path} pleases the validator`, async () => {
    validated(JSON.parse((await request(method, path, { body })).text));
  });
  await check(`${method} ${path} pleases the converter`, async () => {
    const plain = JSON.parse((await request(method, path, { body })).text);
    if (/\de[+-]?\d/i.test(JSON.stringify(plain))) return; // see above
    converted((await request(method, path, { body, accept: XML_TYPE })).text, plain.resourceType);
  });
}

export async function judge(check) {
  for (const path of addresses()) await judgeBoth(check, 'GET', path);
  for (const [method, path, body] of ERRORS) {
    await judgeBoth(check, method, path, body);
    await check(`${method} ${path} is refused with an OperationOutcome`, async () => {
      const answer = await request(method, path, { body });
      if (answer.status < 400 || JSON.parse(answer.text).resourceType !== 'OperationOutcome') throw new Error(`${answer.status}`);
    });
  }
  for (const { type, id, resource } of posted)
    await check(`${base}/${type}/${id} pleases the validator`, async () => validated(resource));
}
