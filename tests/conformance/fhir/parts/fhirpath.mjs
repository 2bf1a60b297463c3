// Our FHIRPath interpreter beside one that is not ours: every invariant and every search expression of the
// specification, and the phrases below, over official examples of every type.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4/index.js';
import { CORE, definitions, examples, pathOf } from './definitions.mjs';

const LARGEST = 20_000; // bytes of an example; theirs is slow on larger ones
const OF_CORE = 2; // examples of a core type; of others one

// What no invariant happens to say.
const PHRASES = [
  'descendants().count()', 'children().count()', 'descendants().ofType(dateTime).count()',
  'descendants().where($this is Coding).code',
  'id.length()', 'id.upper()', 'id.substring(1, 3)', "id.indexOf('e')", "id.replace('e', 'E')", "id.matches('^[a-z]+$')",
  "id.replaceMatches('[aeiou]', '_')", 'id.toChars().count()', "id.split('-').count()", "id.startsWith('a')", "id.endsWith('e')",
  'descendants().ofType(decimal).select($this * 2)', 'descendants().ofType(integer).select($this + 1)',
  'descendants().ofType(decimal).select($this / 3 > 1)', 'descendants().ofType(decimal).select($this.round(1))',
  'descendants().ofType(integer).select($this mod 7)', 'descendants().ofType(Period).select(start <= end)',
  'descendants().ofType(boolean).select($this.not())', 'children().ofType(code).first()', 'children().ofType(code).last()',
  'children().ofType(code).tail().count()', 'children().ofType(code).skip(1).take(2)', 'children().ofType(code).isDistinct()',
  'descendants().ofType(code).distinct().count()', "children().ofType(code).aggregate($total & $this, '')",
  'descendants().ofType(uri).all($this.exists())', 'descendants().ofType(Coding).exists(system.exists())',
  "descendants().ofType(Coding).where(system.contains('loinc')).code", 'descendants().ofType(Identifier).select(system & value)',
  'descendants().ofType(Reference).reference.count()', "descendants().ofType(Quantity).select(value.toString() & ' ' & unit)",
  'descendants().ofType(Quantity).value.toDecimal()', 'descendants().ofType(HumanName).select(iif(family.exists(), family, text))',
  'descendants().ofType(date).select($this.toString().length())', 'descendants().ofType(instant).count()', 'contained.count()',
  'contained.id', 'meta.profile', 'text.status', 'text.`div`.exists()', 'repeat(item).linkId', 'repeat(contained).count()',
  '(1 | 2 | 2).count()', "'a' in ('a' | 'b')", "('a' | 'b') contains 'c'", '{} or true', '{} and false', '{} xor true', 'true implies {}',
  '1 = 1.0', "'1'.toInteger() + 1", '@2020-01-31 + 1 month', '@2020-02-29 + 1 year', '@2020-01-01T10:00:00Z < @2020-01-01T10:00:01Z',
  '@2020 = @2020-01', '@T10:30 < @T11:00', "'abc' ~ 'ABC'", "1 'mg' = 0.001 'g'", '1.23.round(1)', '(-5).abs()', '7.5.floor()',
  '7.5.ceiling()', '2.power(3)', '16.sqrt()', '5 div 2', '-5 mod 3', "'x' & {}", '(1|2|3).where($index > 0)', '(1|2|3).exclude(2)',
];

const DIFFERS = [
  /resolve\(\)/, // theirs asks a server, later; ours takes the type the reference names
  /\.value as \w+\)/, // theirs takes one value alone; R4 writes its search expressions so
  /hasExtension\(/, // theirs has not this function of R4's expressions
  /ofType\(ElementDefinition\)\.select\(path\.matches/, // theirs refuses escapes that regular expressions of R4 have
];
// The order of descendants is nobody's promise.
const ANY_ORDER = /descendants\(\)/;
// Theirs does not know the types behind its content references.
const UNTYPED = ['ExampleScenario'];

function snapshotRules(definition) {
  const rules = [];
  for (const element of definition.snapshot?.element ?? [])
    for (const rule of element.constraint ?? []) if (rule.expression) rules.push({ path: element.path, ...rule });
  return rules;
}

// The expression with the elements of its path as focus, asked of the whole resource.
function placed(rule, type) {
  const path = rule.path.replace(/\[x\]/g, '');
  if (path === type) return rule.expression;
  return `${path}.select(${rule.expression})`;
}

function expressionsOf(type, structures, parameters) {
  const found = new Set(PHRASES);
  const own = structures.find((s) => s.url === `http://hl7.org/fhir/StructureDefinition/${type}`);
  for (const rule of snapshotRules(own)) found.add(placed(rule, type));
  for (const s of structures.filter((s) => s.kind === 'complex-type' && s.derivation !== 'constraint' && !s.abstract))
    for (const rule of snapshotRules(s))
      if (rule.path === s.type && s.type !== 'Extension')
        found.add(`descendants().ofType(${s.type}).select(${rule.expression})`);
  for (const p of parameters) if (p.base.includes(type) && p.expression) found.add(p.expression);
  return [...found].filter((e) => !e.includes('\n') && !/htmlChecks|memberOf|trace\(/.test(e));
}

class Ours {
  constructor() {
    this.process = spawn(process.env.FHIRPATH_PROGRAM, ['-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async ask(file, expressions) {
    this.process.stdin.write(`D ${file}\n` + expressions.map((e) => `E ${e}\n`).join(''));
    const answers = [];
    for (let i = 0; i < expressions.length; i++) answers.push(JSON.parse((await this.lines.next()).value));
    return answers;
  }

  async end() {
    this.process.stdin.end();
    await once(this.process, 'exit');
  }
}

const compiled = {};

function theirs(resource, expression) {
  try {
    compiled[expression] ??= fhirpath.compile(expression, model);
    return compiled[expression](resource, { resource, rootResource: resource });
  } catch (e) {
    return { error: String(e?.message ?? e) };
  }
}

// One spelling for what both may spell in several ways.
function plain(value) {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return typeof value === 'number' ? Number(value.toPrecision(10)) : value;
  if (typeof value.asStr === 'string') return value.asStr;
  if ('unit' in value && 'value' in value && value.constructor?.name === 'FP_Quantity') return value.toString();
  const keys = Object.keys(value).filter((k) => k !== '__path__').sort();
  return Object.fromEntries(keys.map((k) => [k, plain(value[k])]));
}

function told(answer, expression) {
  if (!Array.isArray(answer)) return 'error';
  const items = answer.map(plain).filter((v) => v !== null).map((v) => JSON.stringify(v));
  return `[${(ANY_ORDER.test(expression) ? items.sort() : items).join(',')}]`;
}

function chosen() {
  const taken = {};
  return examples()
    .filter((e) => !UNTYPED.includes(e.type) && statSync(pathOf(e.name)).size < LARGEST)
    .filter((e) => (taken[e.type] = (taken[e.type] ?? 0) + 1) <= (CORE.includes(e.type) ? OF_CORE : 1));
}

export async function judge(check) {
  const structures = definitions('StructureDefinition');
  const parameters = definitions('SearchParameter').filter((p) => p.base);
  const known = {};
  const ours = new Ours();
  for (const example of chosen()) {
    const resource = JSON.parse(example.text);
    const expressions = (known[example.type] ??= expressionsOf(example.type, structures, parameters));
    const answers = await ours.ask(pathOf(example.name), expressions);
    for (const [i, expression] of expressions.entries()) {
      if (DIFFERS.some((d) => d.test(expression))) continue;
      await check(`${example.name}: ${expression}`, () => {
        const [mine, other] = [told(answers[i], expression), told(theirs(resource, expression), expression)];
        const why = answers[i].error ?? '';
        if (mine !== other) throw new Error(`ours ${mine.slice(0, 150)}, theirs ${other.slice(0, 150)} ${why}`);
      });
    }
  }
  await ours.end();
}
