// Counting, and telling what failed. A check is a sentence and a function that throws when the sentence is not true.
let passed = 0;
let failed = 0;

export function checker(part) {
  return async (sentence, body) => {
    try {
      await body();
      passed++;
    } catch (e) {
      failed++;
      console.log(`${part}: ${sentence}: ${e instanceof Error ? e.message : JSON.stringify(e)}`.slice(0, 600));
    }
  };
}

export function summary() {
  console.log(`conformance: ${passed} passed, ${failed} failed`);
  return failed || !passed ? 1 : 0;
}

export function same(got, want, what) {
  const difference = differ(got, want, '');
  if (difference) throw new Error(`${what}: ${difference}`);
}

// Where two trees differ first, or ''.
function differ(a, b, at) {
  if (a === b) return '';
  if (typeof a !== typeof b || a === null || b === null || typeof a !== 'object' || Array.isArray(a) !== Array.isArray(b))
    return `at ${at || 'the root'}: ${JSON.stringify(a)?.slice(0, 120)} for ${JSON.stringify(b)?.slice(0, 120)}`;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const below = differ(a[key], b[key], Array.isArray(a) ? `${at}[${key}]` : `${at}.${key}`);
    if (below) return below;
  }
  return '';
}
