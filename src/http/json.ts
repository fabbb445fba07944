/** Reads JSON as strictly as money deserves: UTF-8 only, and no name twice in one object. */
import { Refusal } from '../core/errors.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The value in a body.
 * @throws Refusal VALIDATION_FAILED when it is no JSON in UTF-8, or an object names a field twice (of which parsers
 * differ in what they take).
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw invalid('', 'the body is not valid JSON in UTF-8');
  }
  const twice = findRepeatedName(text);
  if (twice !== undefined) throw invalid(twice, 'is given more than once');
  return value;
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', path === '' ? message : `${path} ${message}`, {
    issues: [{ path, message }],
  });
}

/** In valid JSON: strings, and the punctuation that opens and closes. Everything else is skipped. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** The first name that one object of a valid JSON text has twice. */
export function findRepeatedName(text: string): string | undefined {
  // One set for each open object, undefined for each open array.
  const open: (Set<string> | undefined)[] = [];
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const names = open.at(-1);
      const name: unknown = JSON.parse(previous);
      if (names !== undefined && typeof name === 'string') {
        if (names.has(name)) return name;
        names.add(name);
      }
    }
    previous = token;
  }
  return undefined;
}
