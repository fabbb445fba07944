/** The forms of bodies, answers and problems on the surfaces. */
import { z } from 'zod';
import { formatUsd } from '../../core/money.ts';
import type { Form } from '../server/surface.ts';
import { parseExactJson, parseJson } from './json.ts';

/** Amounts are decimal strings, so plain JSON is exact; answers and problems are written unchanged. */
export const PLAIN: Form = {
  readBody: parseJson,
  writeBody: (body) => JSON.stringify(body),
  showBody: (body) => body,
  problemMembers: () => ({}),
  problemFields: {},
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
  problemFields: { error: z.string() },
};

/**
 * Amounts are JSON numbers of whole credits, as is a bigint in an answer. Answers come in an envelope,
 * `{"success": true, "data": ...}`, and problems say `"success": false`.
 */
export const CREDITS: Form = {
  readBody: parseExactJson,
  writeBody: (data) => writeNumbers({ success: true, data }, String),
  showBody: (data) => z.strictObject({ success: z.literal(true), data }),
  problemMembers: () => ({ success: false }),
  problemFields: { success: z.literal(false) },
};

/** Amounts are JSON numbers of whole micro-dollars, as is a bigint in an answer. */
export const MICROS: Form = {
  readBody: parseExactJson,
  writeBody: (body) => writeNumbers(body, String),
  showBody: (body) => body,
  problemMembers: () => ({}),
  problemFields: {},
};

/** JSON in which each bigint is the number that `write` gives for it, with exactly those digits. */
function writeNumbers(body: unknown, write: (amount: bigint) => string): string {
  return JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'bigint' ? JSON.rawJSON(write(value)) : value,
  );
}
