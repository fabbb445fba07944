/** Finds a name that one object of a JSON text has twice: parsers differ in which value they take. */

/** Deepest nesting of objects and arrays; valid texts need only a few levels. */
export const DEPTH_MAX = 32;

/** A JSON text is nested deeper than DEPTH_MAX. */
export class TooDeep extends Error {
  override name = 'TooDeep';
}

const [QUOTE, BACKSLASH, COLON, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [34, 92, 58, 91, 93, 123, 125];

/**
 * The first name that one object of a valid JSON text has twice; undefined when there is none.
 * @throws TooDeep when it is nested deeper than DEPTH_MAX.
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
      if (open.length >= DEPTH_MAX) throw new TooDeep();
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
