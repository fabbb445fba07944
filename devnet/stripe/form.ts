/** Reads the form encoding of the Stripe API: nested parameters in brackets, such as `line_items[0][price]=p`. */

/** A decoded parameter. Everything is text; the parameters' schemas read numbers and booleans out of it. */
export type FormValue = string | FormValue[] | { [name: string]: FormValue };

/** Most levels of nesting. */
const DEPTH_MAX = 10;
const PART = /\[([^\]]*)\]/gy;

/** Decodes a body or a query. `a[]=x` and `a[0]=x` append to lists. @throws Error for a name that is malformed */
export function decodeForm(text: string): { [name: string]: FormValue } {
  const root = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text)) put(root, partsOf(name), value);
  return plainOf(root);
}

/** The parts of a name: `a[b][0]` gives a, b and 0. */
function partsOf(name: string): string[] {
  const head = /^[^[\]]+/.exec(name)?.[0];
  if (head === undefined) throw new Error(`malformed parameter: ${name}`);
  const parts = [head];
  PART.lastIndex = head.length;
  while (PART.lastIndex < name.length) {
    const part = PART.exec(name);
    if (part === null || parts.length >= DEPTH_MAX) throw new Error(`malformed parameter: ${name}`);
    parts.push(part[1] ?? '');
  }
  return parts;
}

function put(into: Map<string, unknown>, parts: readonly string[], value: string): void {
  const [part = '', ...rest] = parts;
  const key = part === '' ? String(into.size) : part;
  if (rest.length === 0) {
    into.set(key, value);
    return;
  }
  const held = into.get(key);
  const next = held instanceof Map ? (held as Map<string, unknown>) : new Map<string, unknown>();
  into.set(key, next);
  put(next, rest, value);
}

/** A map whose keys are 0, 1, 2 ... is a list. */
function valueOf(value: unknown): FormValue {
  if (!(value instanceof Map)) return String(value);
  const map = value as Map<string, unknown>;
  const isList = map.size > 0 && [...map.keys()].every((key) => /^\d+$/.test(key));
  return isList ? [...map.values()].map(valueOf) : plainOf(map);
}

function plainOf(map: ReadonlyMap<string, unknown>): { [name: string]: FormValue } {
  return Object.fromEntries([...map].map(([key, one]) => [key, valueOf(one)]));
}
