/** Reads JSON strictly: valid UTF-8 only, no name twice in one object, no half of a surrogate pair, bounded depth. */
import { Refusal } from '../../core/errors.ts';
import { DEPTH_MAX, findRepeatedName, TooDeep } from '../../core/repeated-name.ts';

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
  const twice = repeatedNameIn(text);
  if (twice !== undefined) throw invalid(twice, 'is given more than once');
  // Most code that copies an object drops this name or gives it a meaning, so that it would be lost in silence.
  const mayHide = text.includes('__proto__') || text.includes('\\u');
  if (mayHide && hasName(value, '__proto__')) throw invalid('__proto__', 'is not a known field');
  // Only an escape can bring half a pair into text that was valid UTF-8.
  if (text.includes('\\u')) refuseHalfPairs(value, '');
  return value;
}

function repeatedNameIn(text: string): string | undefined {
  try {
    return findRepeatedName(text);
  } catch (error) {
    if (error instanceof TooDeep) throw invalid('', `must not be nested deeper than ${DEPTH_MAX} levels`);
    throw error;
  }
}

/** Whether an object anywhere in a parsed value has a field of that name. */
function hasName(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, name) || Object.values(value).some((child) => hasName(child, name));
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
