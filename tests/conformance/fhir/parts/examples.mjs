// Every example is posted and read back, in JSON and in XML, and must be what it was.
import fhirPackage from 'fhir';
import { same } from './check.mjs';
import { examples } from './definitions.mjs';
import { json, outcome, request, XML_TYPE } from './server.mjs';

const converter = new fhirPackage.Fhir();

// Examples that break rules of their own specification; each must be refused, for that reason. The list is closed: what
// else is refused is our fault. The whole package holds 23 such documents (README).
export const WRONG = {
  'DeviceMetric-example.json': 'DeviceMetric.parent',
  'DeviceUseStatement-example.json': 'DeviceUseStatement.reasonReference[0]',
  'ImplementationGuide-fhir.json': "element 'name' is required",
  'MedicationRequest-medrx0301.json': 'MedicationRequest.dispenseRequest.performer',
  'Observation-clinical-gender.json': 'Observation.performer[0]',
  'Questionnaire-qs1.json': "element 'linkId' is required",
};
// Two examples that share an identifier, which is one person's here.
const COLLIDES = ['Patient-mom.json'];
const LARGEST = 16 << 20; // bytes of a body; what is larger must be refused as too large
const NO_EXPONENT = ['Observation-decimal.json']; // the converter's decimals have none, FHIR's do

export const posted = []; // {type, id, resource}: what is on the server now

// The stamps are the server's own.
function bare(resource) {
  const { id, meta, ...rest } = JSON.parse(JSON.stringify(resource));
  if (resource.resourceType === 'Subscription') {
    delete rest.status; // the server's to decide, with the error
    delete rest.error;
    delete rest.channel.header; // secrets are not given back
  }
  const { versionId, lastUpdated, ...kept } = meta ?? {};
  return Object.keys(kept).length ? { ...rest, meta: kept } : rest;
}

async function post(example, type, body) {
  const answer = await request('POST', `/${example.type}`, { body, type, headers: { Prefer: 'return=minimal' } });
  if (answer.status !== 201) throw new Error(`${answer.status} ${outcome(answer.text)}`);
  return answer.headers.get('Location').match(/\/([^/]+)\/_history\/1$/)[1];
}

async function roundJson(example) {
  const id = await post(example, 'application/fhir+json', example.text);
  const resource = await json('GET', `/${example.type}/${id}`, {}, [200]);
  same(bare(resource), bare(JSON.parse(example.text)), 'read as JSON');
  posted.push({ type: example.type, id, resource });
  return id;
}

// Out as XML, through a converter that is not ours, and in again in the place of the first.
async function roundXml(example, id) {
  const xml = await request('GET', `/${example.type}/${id}`, { accept: XML_TYPE });
  if (!NO_EXPONENT.includes(example.name)) {
    const theirs = converter.xmlToObj(xml.text);
    if (theirs.resourceType !== example.type || theirs.id !== id) throw new Error('the converter reads another resource');
  }
  const gone = await request('DELETE', `/${example.type}/${id}`);
  if (gone.status !== 204) throw new Error(`DELETE: ${gone.status} ${outcome(gone.text)}`);
  posted.pop();
  const again = await post(example, XML_TYPE, xml.text);
  const back = await json('GET', `/${example.type}/${again}`, {}, [200]);
  same(normal(bare(back)), normal(bare(JSON.parse(example.text))), 'by way of XML');
  posted.push({ type: example.type, id: again, resource: back });
}

// xhtml has several spellings of one text: what a reader sees counts.
function normal(resource) {
  const seen = (div) => div.replace(/<[^>]*>|&[#\w]+;/g, ' ').replace(/\W+/g, '');
  return JSON.parse(JSON.stringify(resource, (key, value) => (key === 'div' ? seen(value) : value)));
}

async function refused(example, status, why) {
  const answer = await request('POST', `/${example.type}`, { body: example.text });
  const said = outcome(answer.text);
  if (answer.status !== status || !said.includes(why)) throw new Error(`${answer.status} ${said}`);
}

export async function judge(check) {
  for (const example of examples()) {
    let id;
    const wrong = WRONG[example.name];
    if (COLLIDES.includes(example.name)) {
      await check(`${example.name} is refused`, () => refused(example, 409, 'identifier'));
      continue;
    }
    if (wrong) await check(`${example.name} is refused`, () => refused(example, 422, wrong));
    else if (Buffer.byteLength(example.text) > LARGEST) await check(`${example.name} is too large`, () => refused(example, 413, ''));
    else await check(`${example.name} is posted and read`, async () => (id = await roundJson(example)));
    if (id) await check(`${example.name} goes by way of XML`, () => roundXml(example, id));
  }
}
