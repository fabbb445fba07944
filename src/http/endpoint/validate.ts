/** The building blocks of request schemas, and the check that lists everything wrong with a request. */
import { z } from 'zod';
import type { InputIssue } from '../../core/errors.ts';
import { findNameProblem } from '../../core/foreign-text.ts';
import { toCount } from '../../core/integers.ts';
import { AMOUNT_NOT_TEXT, parseSignedUsd, parseUsd, parseUsdOrZero, readAmount } from '../../core/money.ts';

const LIMIT_MAX = 100;
const LIMIT_DEFAULT = 20;
const CURSOR_LENGTH_MAX = 512;
/** A control character that is neither tab nor line break. */
const CONTROL_CHARACTER = /[^\P{Cc}\t\n\r]/u;

type Checked<T> =
  | { readonly value: T; readonly issues?: never }
  | { readonly issues: InputIssue[]; readonly value?: never };

/** Checks an input against a schema and lists everything that is wrong with it. */
export function check<T>(schema: z.ZodType<T>, input: unknown): Checked<T> {
  const parsed = schema.safeParse(input, {
    error: (issue) => (issue.code === 'invalid_type' && issue.input === undefined ? 'is required' : undefined),
  });
  return parsed.success ? { value: parsed.data } : { issues: parsed.error.issues.flatMap(listIssues) };
}

function listIssues(issue: z.core.$ZodIssue): InputIssue[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not a known field' }));
}

/** A query's parameters by name; a repeated name is an issue, since parsers differ in which value they take. */
export function readQuery(url: string): Checked<Readonly<Record<string, unknown>>> {
  if (!url.includes('?')) return { value: {} };
  const parameters = new URL(url, 'http://localhost').searchParams;
  const names = [...parameters.keys()];
  const strange = names.filter((name) => /^(metadata\[)?__proto__\]?$/.test(name));
  if (strange.length > 0) return { issues: strange.map((path) => ({ path, message: 'is not a known field' })) };
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  if (twice.size > 0) return { issues: [...twice].map((path) => ({ path, message: 'is given more than once' })) };
  const plain = [...parameters].filter(([name]) => !IN_BRACKETS.test(name));
  const metadata = [...parameters].flatMap(([name, value]) => {
    const [, inner] = IN_BRACKETS.exec(name) ?? [];
    return inner === undefined ? [] : [[inner, value] as const];
  });
  const filters = metadata.length === 0 ? [] : [['metadata', Object.fromEntries(metadata)] as const];
  return { value: Object.fromEntries<unknown>([...plain, ...filters]) };
}

/** A filter by one pair of metadata: `metadata[key]=value`. */
const IN_BRACKETS = /^metadata\[(.+)\]$/s;

function money(parse: (written: string) => bigint): z.ZodType<bigint, string> {
  return z
    .string({ error: ({ input }) => (input === undefined ? 'is required' : AMOUNT_NOT_TEXT) })
    .transform((written, context) => {
      const { micros, problem } = readAmount(parse, written);
      if (problem === undefined) return micros;
      context.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    });
}

const AMOUNT_PATTERN = '(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?';

/** A decimal USD amount above zero, as a string; gives micros. */
export const usd = money(parseUsd).meta({
  pattern: `^${AMOUNT_PATTERN}$`,
  description: 'Decimal USD as a string, such as `10.50`.',
  // The generator leaves out the examples of what transforms its input, unless they are put in last.
  override: { examples: ['10.50'] },
});
/** A decimal USD amount, as a string, that may be zero (thresholds, limits); gives micros. */
export const usdOrZero = money(parseUsdOrZero).meta({
  pattern: `^${AMOUNT_PATTERN}$`,
  description: 'Decimal USD as a string, such as `5.00`; may be zero.',
  override: { examples: ['5.00'] },
});
/** A decimal USD amount other than zero, as a string, with a minus for a negative one; gives micros. */
export const signedUsd = money(parseSignedUsd).meta({
  pattern: `^-?${AMOUNT_PATTERN}$`,
  description: 'Decimal USD as a string, such as `-3.20`.',
  override: { examples: ['-3.20'] },
});

/** Text of 1 to lengthMax characters, without control characters other than tab and line breaks. */
export function text(lengthMax: number): z.ZodString {
  return z
    .string()
    .min(1, 'must not be empty')
    .max(lengthMax, `must be at most ${lengthMax} characters`)
    .refine(isPlainText, NOT_PLAIN);
}

/** A name that people read and compare: text of 1 to lengthMax characters that shows something and keeps its direction. */
export function nameText(lengthMax: number): z.ZodString {
  return text(lengthMax).superRefine((value, context) => {
    const message = value === '' ? undefined : findNameProblem(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
}

/** Whether a text is free of control characters, other than tab and line breaks, and of half surrogate pairs. */
export function isPlainText(value: string): boolean {
  return value.isWellFormed() && !CONTROL_CHARACTER.test(value);
}

export const NOT_PLAIN = 'must not contain control characters';

const NOT_A_MOMENT = 'must be an ISO 8601 time with a zone, such as 2026-01-31T00:00:00Z';
/** A time whose zone begins with a space: in a query a plus that is not escaped means one. */
const PLUS_LOST = /^\d{4}-\d{2}-\d{2}T[\d:.]+ \d{2}:?\d{2}$/;
const PLUS = 'must be an ISO 8601 time with a zone: in a URL the + of a zone such as +02:00 is written %2B';

const METADATA_NAME_CHARS_MAX = 40;
const METADATA_VALUE_CHARS_MAX = 500;

/** Pairs of text: names of 1 to 40 characters, each with a value of up to 500. */
export function metadataOf(pairsMax: number): z.ZodType<Record<string, string>> {
  const value = z
    .string()
    .max(METADATA_VALUE_CHARS_MAX, `must be at most ${METADATA_VALUE_CHARS_MAX} characters`)
    .refine(isPlainText, NOT_PLAIN);
  return z
    .record(nameText(METADATA_NAME_CHARS_MAX), value)
    .refine((all) => Object.keys(all).length <= pairsMax, `must have at most ${pairsMax} names`);
}

/** A moment since 1970 in ISO 8601 with a zone; gives a Date. */
export const moment = z.iso
  .datetime({ offset: true, error: ({ input }) => (PLUS_LOST.test(String(input)) ? PLUS : NOT_A_MOMENT) })
  .transform((value, context) => {
    const date = new Date(value);
    if (date.getTime() >= 0) return date;
    context.addIssue({ code: 'custom', message: 'must be a time since 1970' });
    return z.NEVER;
  });

/** How many rows a page has at most. */
export const limit = z
  .string()
  .regex(/^[1-9][0-9]{0,2}$/, `must be a whole number from 1 to ${LIMIT_MAX}`)
  .transform(toCount)
  .refine((value) => value <= LIMIT_MAX, `must be a whole number from 1 to ${LIMIT_MAX}`)
  .default(LIMIT_DEFAULT)
  .meta({
    description: `How many rows a page has at most, from 1 to ${LIMIT_MAX}.`,
    // In a URL everything is text; for clients it is a number.
    override: ({ jsonSchema }) => {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT });
    },
  });

/** Where a page begins: the nextCursor of the page before. */
export const cursor = z
  .string()
  .min(1)
  .max(CURSOR_LENGTH_MAX)
  .optional()
  .meta({ description: 'Where the page begins: the `nextCursor` of the page before. Opaque.' });
