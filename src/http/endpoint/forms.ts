/** The forms of bodies, answers and problems on the surfaces. */
import { z } from 'zod';
import { formatUsd } from '../../core/money.ts';
import type { Form } from '../server/surface.ts';
import { nextCursor } from './fields.ts';
import { parseExactJson, parseJson } from './json.ts';

/** Amounts are decimal strings, so plain JSON is exact; answers and problems are written unchanged. */
export const PLAIN: Form = {
  readBody: parseJson,
  writeBody: (body) => JSON.stringify(body),
  showBody: (body) => body,
  problemMembers: () => ({}),
  problemFields: {},
  problemPrefix: '',
  problemExamples: {},
};

/**
 * Amounts are JSON numbers of dollars with up to six places. A bigint in an answer is micros and is written as such a
 * number; problems carry their text as `error` as well.
 */
export const WALLET: Form = {
  readBody: parseExactJson,
  writeBody: (body) => writeNumbers(body, formatUsd),
  showBody: (body) => body,
  problemMembers: (detail) => ({ error: detail }),
  problemPrefix: 'Wallet',
  problemFields: { error: z.string().describe('The same text as `detail`.') },
  problemExamples: { error: 'Not found' },
};

/** A list of the credits surface: its rows are the `data`, and the cursor of the next page is beside them. */
export class CreditsPage<T> {
  readonly rows: readonly T[];
  readonly nextCursor: string | null;

  constructor(rows: readonly T[], next: string | null) {
    this.rows = rows;
    this.nextCursor = next;
  }
}

/** Schemas of such lists. */
const PAGES = new WeakSet<z.ZodType>();

/** The schema of a list of the credits surface, whose handler answers a {@link CreditsPage}. */
export function creditsPage<T extends z.ZodType>(row: T): z.ZodArray<T> {
  const rows = z.array(row);
  PAGES.add(rows);
  return rows;
}

/**
 * Amounts are JSON numbers of whole credits, as is a bigint in an answer. Answers come in an envelope,
 * `{"success": true, "data": ...}`, and problems say `"success": false`.
 */
export const CREDITS: Form = {
  readBody: parseExactJson,
  writeBody: (data) =>
    writeNumbers(
      data instanceof CreditsPage
        ? { success: true, data: data.rows, next_cursor: data.nextCursor }
        : { success: true, data },
      String,
    ),
  showBody: (data) =>
    z.strictObject({
      success: z.literal(true).describe('Always true: the call succeeded.'),
      data: data.describe('The answer.'),
      ...(PAGES.has(data) ? { next_cursor: nextCursor } : {}),
    }),
  problemMembers: () => ({ success: false }),
  problemPrefix: 'Credits',
  problemFields: { success: z.literal(false).describe('Always false: the call was refused, or failed.') },
  problemExamples: { success: false },
};

/** Amounts are JSON numbers of whole micro-dollars, as is a bigint in an answer. */
export const MICROS: Form = {
  readBody: parseExactJson,
  writeBody: (body) => writeNumbers(body, String),
  showBody: (body) => body,
  problemMembers: () => ({}),
  problemFields: PLAIN.problemFields,
  problemPrefix: '',
  problemExamples: {},
};

/** JSON in which each bigint is the number that `write` gives for it, with exactly those digits. */
function writeNumbers(body: unknown, write: (amount: bigint) => string): string {
  return JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'bigint' ? JSON.rawJSON(write(value)) : value,
  );
}
