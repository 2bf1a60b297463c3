// The server under judgement: plain fetch, nothing of its code.
const BASE = process.env.BASE_URL;
const authorization = 'Basic ' + Buffer.from(`${process.env.USER}:${process.env.PASSWORD}`).toString('base64');
export const JSON_TYPE = 'application/fhir+json';
export const XML_TYPE = 'application/fhir+xml';

export async function request(method, path, { body, type = JSON_TYPE, accept = JSON_TYPE, headers = {} } = {}) {
  const answer = await fetch(path.startsWith('http') ? path : BASE + path, {
    method,
    body,
    headers: { Authorization: authorization, Accept: accept, ...(body === undefined ? {} : { 'Content-Type': type }), ...headers },
  });
  const text = await answer.text();
  if (answer.status >= 500) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return { status: answer.status, headers: answer.headers, text };
}

// The parsed answer; an error unless the status is the one wanted.
export async function json(method, path, options = {}, wanted = [200, 201]) {
  const answer = await request(method, path, options);
  if (!wanted.includes(answer.status)) throw new Error(`${method} ${path}: ${answer.status} ${outcome(answer.text)}`);
  return answer.text ? JSON.parse(answer.text) : undefined;
}

export function outcome(text) {
  try {
    return JSON.parse(text).issue.map((i) => `${i.expression ?? ''} ${i.diagnostics ?? i.details?.text ?? i.code}`).join('; ');
  } catch {
    return text.slice(0, 300);
  }
}

export const get = (path, options) => json('GET', path, options);
export const base = BASE;
