// The CapabilityStatement against the server: what it lists works, what it does not list is refused.
import { CORE, definitions, examples } from './definitions.mjs';
import { posted, WRONG } from './examples.mjs';
import { get, json, outcome, request } from './server.mjs';

const ALL = ['read', 'vread', 'update', 'patch', 'delete', 'history-instance', 'history-type', 'create', 'search-type'];
// A value each kind of parameter takes, whatever is stored.
const VALUES = {
  token: 'zzz', string: 'zzz', reference: 'Patient/zzz', date: '2020-01-01', number: '1', quantity: '1', uri: 'urn:zzz',
  composite: null, special: null,
};
const CODES = { 'AuditEvent.outcome': '0' }; // codes that are numbers, and refused when they are none
const PATCH = '[{"op":"add","path":"/language","value":"en"}]';
const part = (name, kind, value) => ({ name, [`value${kind}`]: value });
const add = (type) => JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'operation', part: [
  part('type', 'Code', 'add'), part('path', 'String', type), part('name', 'String', 'language'), part('value', 'Code', 'fr')] }] });
const xmlAdd = (type) => `<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/><part><name value="type"/>`
  + `<valueCode value="add"/></part><part><name value="path"/><valueString value="${type}"/></part><part><name value="name"/>`
  + `<valueString value="language"/></part><part><name value="value"/><valueCode value="fr"/></part></parameter></Parameters>`;
const remove = (type) => `<diff xmlns:f="http://hl7.org/fhir"><remove sel="f:${type}/f:language"/></diff>`;
// A change in each format the server names, one after the other.
const PATCHES = {
  'application/json-patch+json': () => PATCH,
  'application/xml-patch+xml': remove,
  'application/fhir+json': add,
  'application/fhir+xml': xmlAdd,
};

// A resource of the type that is nobody else's: the last posted one, made again.
async function own(type) {
  const sample = posted.filter((p) => p.type === type).pop();
  if (!sample) return null;
  const { id, meta, identifier, ...rest } = sample.resource;
  return rest;
}

async function status(method, path, options, wanted) {
  const answer = await request(method, path, options);
  if (![wanted].flat().includes(answer.status)) throw new Error(`${method} ${path}: ${answer.status} ${outcome(answer.text)}`);
  return answer;
}

const FORMATS = new Set(); // of patches, as the statement lists them
// What each interaction does; made: {type, id, body} of a resource that may be changed and deleted.
const EXERCISES = {
  create: async (type, made) => {
    const answer = await status('POST', `/${type}`, { body: JSON.stringify(made.body), headers: { Prefer: 'return=minimal' } }, 201);
    made.id = answer.headers.get('Location').match(/\/([^/]+)\/_history\//)[1];
  },
  read: (type, made) => status('GET', `/${type}/${made.id}`, {}, 200),
  vread: (type, made) => status('GET', `/${type}/${made.id}/_history/1`, {}, 200),
  update: (type, made) => status('PUT', `/${type}/${made.id}`, { body: JSON.stringify({ ...made.body, id: made.id, language: 'de' }) }, 200),
  patch: async (type, made) => {
    for (const format of ['application/json-patch+json', 'application/xml-patch+xml', 'application/fhir+json',
      'application/xml-patch+xml', 'application/fhir+xml'].filter((f) => FORMATS.has(f)))
      await status('PATCH', `/${type}/${made.id}`, { body: PATCHES[format](type), type: format }, 200);
  },
  'history-instance': (type, made) => status('GET', `/${type}/${made.id}/_history`, {}, 200),
  'history-type': (type) => status('GET', `/${type}/_history?_count=1`, {}, 200),
  'search-type': (type) => status('GET', `/${type}?_count=1`, {}, 200),
  delete: async (type, made) => {
    await status('DELETE', `/${type}/${made.id}`, {}, 204);
    await status('GET', `/${type}/${made.id}`, {}, 410);
  },
};
const ORDER = ['create', 'read', 'vread', 'update', 'patch', 'history-instance', 'history-type', 'search-type', 'delete'];
const REFUSALS = {
  create: (type, made) => status('POST', `/${type}`, { body: JSON.stringify(made.body ?? { resourceType: type }) }, [403, 404, 405]),
  update: (type, made) => status('PUT', `/${type}/x`, { body: JSON.stringify({ ...(made.body ?? { resourceType: type }), id: 'x' }) }, [403, 404, 405]),
  patch: (type) => status('PATCH', `/${type}/x`, { body: PATCH, type: 'application/json-patch+json' }, [403, 404, 405]),
  delete: (type) => status('DELETE', `/${type}/x`, {}, [403, 404, 405]),
  'history-instance': (type) => status('GET', `/${type}/x/_history`, {}, [404, 405]),
  'history-type': (type) => status('GET', `/${type}/_history`, {}, [404, 405]),
  'search-type': (type) => status('GET', `/${type}`, {}, [404, 405]),
  read: (type) => status('GET', `/${type}/x`, {}, [404, 405]),
  vread: (type) => status('GET', `/${type}/x/_history/1`, {}, [404, 405]),
};

async function judgeInteractions(check, row) {
  const listed = new Set((row.interaction ?? []).map((i) => i.code));
  const made = { body: await own(row.type) };
  for (const code of ORDER.filter((c) => listed.has(c))) {
    if (listed.has('create') && !made.body) continue; // no official example to make one of; told below
    if (!listed.has('create') && code !== 'search-type' && code !== 'history-type') continue; // read-only: see emitted
    await check(`${row.type} ${code} is listed and works`, () => EXERCISES[code](row.type, made));
  }
  for (const code of ALL.filter((c) => !listed.has(c)))
    await check(`${row.type} ${code} is not listed and refused`, () => REFUSALS[code](row.type, made));
}

async function judgeParameters(check, row, names) {
  const listed = new Map((row.searchParam ?? []).map((p) => [p.name, p]));
  for (const { name, type } of listed.values()) {
    const value = CODES[`${row.type}.${name}`] ?? VALUES[type];
    if (value === undefined) await check(`${row.type}?${name} has a known type`, () => Promise.reject(new Error(type)));
    if (value) await check(`${row.type}?${name} is listed and taken`, () => status('GET', `/${row.type}?${name}=${value}&_count=1`, {}, 200));
  }
  const foreign = names.find((n) => !listed.has(n) && !n.startsWith('_'));
  await check(`${row.type}?${foreign} is not listed and refused`, () => status('GET', `/${row.type}?${foreign}=x`, {}, 400));
}

export async function judge(check) {
  const statement = await get('/metadata');
  const rows = statement.rest[0].resource;
  for (const format of statement.patchFormat) FORMATS.add(format);
  await check('every patch format listed is known here', async () => {
    const strange = statement.patchFormat.filter((f) => !PATCHES[f]);
    if (strange.length) throw new Error(strange.join(', '));
  });
  const names = [...new Set(rows.flatMap((r) => (r.searchParam ?? []).map((p) => p.name)))];
  const withExamples = new Set(examples().filter((e) => !WRONG[e.name]).map((e) => e.type));
  for (const row of rows) {
    await judgeInteractions(check, row);
    await judgeParameters(check, row, names);
  }
  await check('every type of the core list is there', async () => {
    const missing = [...CORE, 'AuditEvent'].filter((type) => !rows.some((r) => r.type === type));
    if (missing.length) throw new Error(missing.join(', '));
  });
  await check('every type with an example could be written', async () => {
    const missing = [...withExamples].filter((type) => !posted.some((p) => p.type === type));
    if (missing.length) throw new Error(missing.join(', '));
  });
  for (const { code } of statement.rest[0].interaction ?? [])
    await check(`system interaction ${code} is listed and works`, () => SYSTEM[code]());
  for (const { name, type } of (statement.rest[0].searchParam ?? []).filter((p) => VALUES[p.type]))
    await check(`?${name} of the system is listed and taken`, () => status('GET', `/?${name}=${VALUES[type]}&_count=1`, {}, 200));
  await check('a parameter of one type is refused of the system', () => status('GET', '/?birthdate=2020', {}, 400));
  for (const url of statement.rest[0].compartment ?? []) {
    const centre = definitions('CompartmentDefinition').find((d) => d.url === url);
    await check(`compartment ${url} is listed and searched`, () => judgeCompartment(centre));
  }
}

// Every type the definition puts into a compartment is searched there; one it does not is refused.
async function judgeCompartment({ code, resource }) {
  const id = posted.find((p) => p.type === code)?.resource.id ?? 'zzz';
  await status('PUT', `/${code}/${id}`, { body: JSON.stringify({ ...(posted.find((p) => p.type === code)?.resource ?? { resourceType: code }), id }) }, [200, 201]);
  for (const { code: type, param } of resource) {
    const inside = param || type === code;
    const wanted = !inside ? 404 : type === 'AuditEvent' ? 400 : 200; // the trail is searched alone
    await status('GET', `/${code}/${id}/${type}?_count=1`, {}, wanted);
  }
  await status('GET', `/${code}/${id}/*?_count=1`, {}, 200);
}

const bundle = (type) => JSON.stringify({ resourceType: 'Bundle', type, entry: [{ request: { method: 'GET', url: 'Patient?_count=1' } }] });
const SYSTEM = {
  transaction: () => json('POST', '/', { body: bundle('transaction') }),
  batch: () => json('POST', '/', { body: bundle('batch') }),
  'search-system': () => json('GET', '/?_type=Patient,Observation&_count=1'),
  'history-system': () => json('GET', '/_history?_count=1'),
};
