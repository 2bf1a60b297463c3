// Every search parameter, asked for values that another engine finds by the official expression.
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4/index.js';
import { posted } from './examples.mjs';
import { CORE, definitions } from './definitions.mjs';
import { probes } from './probes.mjs';
import { request, outcome } from './server.mjs';

// Its components name each other's definitions (R4 erratum), so that neither kind fits its expression.
const ERRATA = ['DocumentReference-relationship'];
// Answered from the archive's own rows, which take no modifier: asking with one must be refused.
const ARCHIVE = ['ImagingStudy?instance', 'ImagingStudy?dicom-class'];
const NOWHERE = ['_query', '_filter', '_has', '_list', '_type', '_content', '_text']; // no expression to evaluate

// "(x as T)" of several x is refused by the engine, where the specification means each of them.
const each = (expression) => expression.replace(/\(([\w.]+) as (\w+)\)/g, '$1.ofType($2)');

// resolve() would fetch; that the target has a type is seen from the reference's text.
function evaluate(resource, expression) {
  const [, path, target] = expression.match(/^(.*)\.where\(resolve\(\) is (\w+)\)(.*)$/s) ?? [null, expression];
  const found = fhirpath.evaluate(resource, each(path), { resource }, model);
  return target ? found.filter((r) => (r.reference ?? '').startsWith(`${target}/`) || r.type === target) : found;
}

// The alternatives of a union that begin with this type; "(Observation.value as Quantity)" begins with it too.
function own(expression, type) {
  const parts = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= expression.length; i++) {
    if ('(['.includes(expression[i])) depth++;
    if (')]'.includes(expression[i])) depth--;
    if (i === expression.length || (expression[i] === '|' && depth === 0)) {
      parts.push(expression.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parts.filter((p) => new RegExp(`^\\(*(${type}|Resource|DomainResource)\\b`).test(p));
}

function valuesOf(resource, definition, type) {
  return own(definition.expression, type).flatMap((e) => {
    const rooted = e.replace(/^(\(*)(Resource|DomainResource)\b/, `$1${type}`);
    return evaluate(resource, rooted);
  });
}

async function found(type, query) {
  const answer = await request('GET', `/${type}?${query}&_count=1000&_elements=id`);
  if (answer.status !== 200) throw new Error(`?${query}: ${answer.status} ${outcome(answer.text)}`);
  return (JSON.parse(answer.text).entry ?? []).filter((e) => e.search.mode === 'match').map((e) => e.resource.id);
}

// What the other engine finds; its own failure is one of ours to look at.
async function judged(check, sentence, find) {
  let values = [];
  await check(sentence, async () => (values = find()));
  return values;
}

async function judgeOne(check, type, definition) {
  const { code } = definition;
  let asked = 0;
  for (const { id, resource } of posted.filter((p) => p.type === type)) {
    const values = await judged(check, `${type}.${code} is evaluated`, () => valuesOf(resource, definition, type));
    for (const value of values) {
      for (const { query, hit } of probes(definition, value, { resource, evaluate })) {
        if (ARCHIVE.includes(`${type}?${code}`) && /^[\w-]+:/.test(query)) continue;
        if (!hit && values.length > 1 && !query.includes('zzz')) continue; // another value may answer it
        asked++;
        await check(`${type}/${id} ${hit ? 'is' : 'is not'} found by ${query}`, async () => {
          const ids = await found(type, query);
          if (ids.includes(id) !== hit) throw new Error(`${ids.length} others`);
        });
      }
    }
  }
  if (ARCHIVE.includes(`${type}?${code}`)) {
    await check(`${type}?${code} takes no modifier`, async () => {
      const { status } = await request('GET', `/${type}?${code}:missing=true`);
      if (status !== 400) throw new Error(`${status}`);
    });
    return;
  }
  await check(`${type}?${code}:missing tells who has it (${asked} values asked for)`, async () => {
    if (['composite', 'special'].includes(definition.type) || code === '_id' || code === '_lastUpdated') return;
    const has = new Set(await found(type, `${code}:missing=false`));
    const lacks = new Set(await found(type, `${code}:missing=true`));
    for (const { id } of posted.filter((p) => p.type === type))
      if (has.has(id) === lacks.has(id)) throw new Error(`${type}/${id} is in ${has.has(id) ? 'both' : 'neither'}`);
  });
}

export async function judge(check) {
  const all = definitions('SearchParameter').filter((d) => d.expression && !NOWHERE.includes(d.code) && !ERRATA.includes(d.id));
  // Parameters of extensions are no parameters of R4's own lists.
  const official = all.filter((d) => !/extension\(|extension\.where/.test(d.expression));
  for (const type of CORE) {
    const here = official.filter((d) => d.base.some((b) => [type, 'Resource', 'DomainResource'].includes(b)));
    const once = here.filter((d, i) => here.findIndex((other) => other.code === d.code) === i);
    for (const definition of once) await judgeOne(check, type, definition);
  }
}
