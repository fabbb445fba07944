/** Reads JSON strictly: valid UTF-8 only, no name twice in one object, no half of a surrogate pair, bounded depth. */
import { Refusal } from '../../core/errors.ts';

/** Deepest nesting of objects and arrays; valid bodies need only a few levels. */
const DEPTH_MAX = 32;

const utf8 = new TextDecoder('utf-8', { fatal: true });

declare global {
  // ECMAScript 2026 adds these (JSON.parse source text access); the compiler's library does not declare them yet.
  interface JSON {
    parse(
      text: string,
      reviver: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
    /** A value that is written as this text, which must be the JSON of a string, number, boolean or null. */
    rawJSON(text: string): object;
  }
}

/** A number of a body as it was written; its digits never pass through floating point. */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/**
 * Parses a body.
 * @throws Refusal VALIDATION_FAILED when it is not valid JSON in UTF-8, is nested too deeply, an object names a field
 *   twice (parsers differ in which value they take), or a text contains half of a surrogate pair (which an escape can
 *   write, but the database cannot store).
 */
export function parseJson(bytes: Uint8Array): unknown {
  return parseStrictly(bytes, (text) => JSON.parse(text));
}

/** Parses a body, with an ExactNumber for each number. @throws Refusal as `parseJson`. */
export function parseExactJson(bytes: Uint8Array): unknown {
  return parseStrictly(bytes, (text) =>
    JSON.parse(text, (_name, value, { source }) =>
      typeof value === 'number' && source !== undefined ? new ExactNumber(source) : value,
    ),
  );
}

function parseStrictly(bytes: Uint8Array, parse: (text: string) => unknown): unknown {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = parse(text);
  } catch {
    throw invalid('', 'the body is not valid JSON in UTF-8');
  }
  const twice = findRepeatedName(text);
  if (twice !== undefined) throw invalid(twice, 'is given more than once');
  // Only an escape can bring half a pair into text that was valid UTF-8.
  if (text.includes('\\u')) refuseHalfPairs(value, '');
  return value;
}

/** Refuses half of a surrogate pair in any text or name of a value; a name is reported at its object. */
function refuseHalfPairs(value: unknown, path: string): void {
  const children = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const texts = typeof value === 'string' ? [value] : children.map(([name]) => name);
  if (!texts.every((text) => text.isWellFormed())) {
    throw invalid(path, `${path === '' ? 'the body ' : ''}contains half of a surrogate pair, which is not text`);
  }
  for (const [name, child] of children) refuseHalfPairs(child, path === '' ? name : `${path}.${name}`);
}

function invalid(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', path === '' ? message : `${path} ${message}`, {
    issues: [{ path, message }],
  });
}

const [QUOTE, BACKSLASH, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 58, 91, 93, 123, 125];

/**
 * The first name that one object of a valid JSON text has twice; undefined when there is none.
 * @throws Refusal VALIDATION_FAILED when it is nested deeper than DEPTH_MAX.
 */
export function findRepeatedName(text: string): string | undefined {
  // One set for each open object, undefined for each open array.
  const open: (Set<string> | undefined)[] = [];
  // The last string that was met, quotes included.
  let [start, end] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      [start, end] = [at, endOfString(text, at)];
      at = end - 1;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      if (open.length >= DEPTH_MAX) throw invalid('', `must not be nested deeper than ${DEPTH_MAX} levels`);
      open.push(code === OPEN_OBJECT ? new Set() : undefined);
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) open.pop();
    else if (code === COLON) {
      const names = open.at(-1);
      const name: unknown = JSON.parse(text.slice(start, end));
      if (names !== undefined && typeof name === 'string') {
        if (names.has(name)) return name;
        names.add(name);
      }
    }
  }
  return undefined;
}

/** The position after the closing quote of the string that begins at `start`, in valid JSON. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at + 1;
}
