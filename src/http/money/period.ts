/** The fields by which a call names a period, and the answer of a call that gives a CSV file. */
import { z } from 'zod';
import { BYTE_ORDER_MARK, CSV_TYPE } from '../../views/csv.ts';
import type { Reply } from '../server/reply.ts';

const INSTANT_CHARS_MAX = 40;
const instant = z.string().max(INSTANT_CHARS_MAX).optional();

/** A month, or a range of days or moments, in a time zone; core/reports/period.ts reads them. */
export const periodFields = {
  month: instant.meta({
    description: 'A month such as `2026-01`, in place of `from` and `to`.',
    examples: ['2026-01'],
  }),
  from: instant.meta({
    description: 'The first day, which begins at midnight in the time zone, or a moment (ISO 8601 with a zone).',
    examples: ['2026-01-01'],
  }),
  to: instant.meta({
    description: 'The first day or moment that does not belong to it any more.',
    examples: ['2026-02-01T00:00:00Z'],
  }),
  timeZone: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'The zone of days and months; UTC when left out.', examples: ['Europe/Berlin'] }),
};

/** A moment, in a time zone; core/reports/period.ts reads it. */
export const momentFields = {
  at: instant.meta({
    description: 'A day, which means its beginning, or a moment (ISO 8601 with a zone); now when left out.',
    examples: ['2026-02-01'],
  }),
  timeZone: periodFields.timeZone,
};

/** Asks for a byte order mark at the beginning of a CSV file. */
export const byteOrderMark = z
  .enum(['true', 'false'])
  .optional()
  .meta({ description: '`true` puts a byte order mark in front, by which Excel knows UTF-8.' });

/** An answer that is a CSV file, made piece by piece. */
export function csvReply(filename: string, bom: 'true' | 'false' | undefined, pieces: AsyncIterable<string>): Reply {
  const headers = { 'Content-Type': CSV_TYPE, 'Content-Disposition': `attachment; filename="${filename}"` };
  return { headers, pieces: bom === 'true' ? marked(pieces) : pieces };
}

async function* marked(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let mark = BYTE_ORDER_MARK;
  for await (const piece of pieces) {
    yield mark + piece;
    mark = '';
  }
}

/** A file that is made already, as the only piece. */
export async function* onePiece(text: string): AsyncGenerator<string> {
  yield text;
}
