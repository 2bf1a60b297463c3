// From a value to questions: searches that must find its resource, and searches that must not.
// TO ADD A KIND OF PARAMETER: a function here under its name, giving [{query, hit}].
const escaped = (text) => encodeURIComponent(String(text).replace(/([\\,|$])/g, '\\$1'));
const hit = (query) => ({ query, hit: true });
const miss = (query) => ({ query, hit: false });

function token(code, value) {
  if (typeof value !== 'object') return [hit(`${code}=${escaped(value)}`), miss(`${code}=zzz-${escaped(value)}`)];
  if (value.coding) return value.coding.flatMap((c) => token(code, c)).concat(textOf(code, value.text));
  if (value.value !== undefined && value.code === undefined) {
    const both = value.system && /:/.test(value.system) ? [hit(`${code}=${escaped(value.system)}|${escaped(value.value)}`)] : [];
    return [hit(`${code}=${escaped(value.value)}`), miss(`${code}=urn:zzz|${escaped(value.value)}`), ...both];
  }
  if (value.code === undefined) return textOf(code, value.text ?? value.display);
  return [
    hit(`${code}=${escaped(value.code)}`),
    hit(`${code}=${value.system ? escaped(value.system) : ''}|${escaped(value.code)}`),
    miss(`${code}:not=${escaped(value.code)}`),
    miss(`${code}=urn:zzz|${escaped(value.code)}`),
  ];
}

const textOf = (code, text) => (text ? [hit(`${code}:text=${escaped(text.slice(0, 12))}`)] : []);

function string(code, value) {
  const texts = typeof value === 'object' ? stringsOf(value) : [value];
  return texts.filter((t) => t.trim()).flatMap((t) => [
    hit(`${code}=${escaped(t.toUpperCase())}`),
    hit(`${code}:exact=${escaped(t)}`),
    hit(`${code}:contains=${escaped(t.slice(1, 9).trim() || t)}`),
    miss(`${code}:exact=${escaped(`${t}zzz`)}`),
  ]);
}

// HumanName and Address: each of their texts.
function stringsOf(value) {
  const { family, given, prefix, suffix, text, line, city, district, state, postalCode, country } = value;
  return [family, given, prefix, suffix, text, line, city, district, state, postalCode, country].flat().filter(Boolean);
}

function reference(code, value) {
  if (typeof value === 'string') return [hit(`${code}=${escaped(value)}`)];
  if (!value.reference) {
    const { system, value: name } = value.identifier ?? {};
    return name ? [hit(`${code}:identifier=${system ? escaped(system) : ''}|${escaped(name)}`)] : [];
  }
  if (value.reference.startsWith('#')) return [];
  const literal = value.reference.match(/^([A-Z]\w+)\/([^/]+)$/);
  return [
    hit(`${code}=${escaped(value.reference)}`),
    miss(`${code}=${escaped(`${value.reference}-zzz`)}`),
    ...(literal ? [hit(`${code}:${literal[1]}=${escaped(literal[2])}`)] : []),
  ];
}

function date(code, value) {
  const whole = typeof value === 'string' ? [value] : [];
  const { start, end } = typeof value === 'object' ? value : {};
  return [
    ...whole.flatMap((t) => [hit(`${code}=${escaped(t)}`), hit(`${code}=ge${escaped(t)}`), miss(`${code}=ne${escaped(t)}`)]),
    ...(start ? [hit(`${code}=ge${escaped(start)}`), hit(`${code}=ap${escaped(start)}`)] : []),
    ...(end ? [hit(`${code}=le${escaped(end)}`), miss(`${code}=sa${escaped(end)}`)] : []),
    ...(whole.length || (start && end) ? [miss(`${code}=lt1800`), hit(`${code}=gt1800`), miss(`${code}=sa2200`)] : []),
  ];
}

function number(code, value) {
  return [hit(`${code}=${value}`), hit(`${code}=ge${value}`), miss(`${code}=gt${Number(value) + 1}`)];
}

function quantity(code, value) {
  // ">60" is no 60; more figures than a JavaScript number holds are not the document's any more.
  if (value.value === undefined || value.comparator || String(value.value).length > 15) return [];
  const v = escaped(value.value);
  const unit = value.code ? [hit(`${code}=${v}|${escaped(value.system ?? '')}|${escaped(value.code)}`), hit(`${code}=${v}||${escaped(value.code)}`)] : [];
  return [hit(`${code}=${v}`), hit(`${code}=le${v}`), miss(`${code}=gt${v}`), miss(`${code}=${v}|urn:zzz|zzz`), ...unit];
}

function uri(code, value) {
  return [hit(`${code}=${escaped(value)}`), miss(`${code}=${escaped(`${value}zzz`)}`)];
}

// Two components of one element: their values together find it.
function composite(code, value, definition, { evaluate }) {
  const parts = definition.component.map((c) => evaluate(value, c.expression).map(partText).filter(Boolean));
  if (parts.some((p) => !p.length)) return [];
  return [hit(`${code}=${parts.map((p) => p[0]).join('$')}`), miss(`${code}=${parts[0][0]}$zzz-none`)].slice(0, /date|quantity/.test(code) ? 1 : 2);
}

function partText(value) {
  if (typeof value !== 'object') return escaped(value);
  if (value.comparator) return undefined;
  if (value.coding) return value.coding[0] && `${escaped(value.coding[0].system ?? '')}|${escaped(value.coding[0].code)}`;
  if (value.reference) return escaped(value.reference);
  if (value.value !== undefined) return escaped(value.value);
  return value.code && `${escaped(value.system ?? '')}|${escaped(value.code)}`;
}

function special(code, value) {
  if (code !== 'near') return [];
  return [hit(`near=${value.latitude}|${value.longitude}|1|km`), miss(`near=${-value.latitude}|${value.longitude}|1|km`)];
}

const KINDS = { token, string, reference, date, number, quantity, uri, composite, special };

export function probes(definition, value, engine) {
  return KINDS[definition.type](definition.code, value, definition, engine);
}
