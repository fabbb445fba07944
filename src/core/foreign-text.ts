/** Text that others wrote (nodes, receivers, files), in a form that can be stored, listed and printed. */

/** Longest text that is kept of somebody else's message. */
export const FOREIGN_TEXT_MAX = 500;
/**
 * What no line of a list should hold: control characters (PostgreSQL cannot store NUL), direction controls, which make
 * other text look different, and other characters that show nothing.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const MARK = '\ufffd';

/**
 * The text in one line of at most `lengthMax` UTF-16 units: each line break and tab is a space, and each character that
 * cannot be stored or shown is U+FFFD. Text that is fine stays as it is.
 */
export function cleanText(text: string, lengthMax = FOREIGN_TEXT_MAX): string {
  const shown = text
    .slice(0, lengthMax)
    .toWellFormed()
    .replaceAll(/[\t\n\v\f\r\u0085\u2028\u2029]/g, ' ')
    .replaceAll(UNSHOWABLE, MARK);
  return text.length > lengthMax && shown.endsWith(MARK) ? shown.slice(0, -1) : shown;
}

/** The same for a text that may be missing. */
export function cleanOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : cleanText(text);
}

/** Characters that turn the direction of what follows: a name with one can look like another. */
const DIRECTION = /\p{Bidi_Control}/u;
/** A character that shows something. */
const VISIBLE = /[^\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/u;

/** What keeps a text from being a name that people read and compare; undefined when it is one. */
export function findNameProblem(text: string): string | undefined {
  if (DIRECTION.test(text)) return 'must not contain characters that change the direction of text';
  return VISIBLE.test(text) ? undefined : 'must contain a character that can be seen';
}

/** The text for a terminal: control and direction characters, which could rewrite what is around it, by their numbers. */
export function fencedText(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|\p{Bidi_Control}/gu, (one) => {
    return `<U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
