/** What tracing a transaction takes and answers. */
import { z } from 'zod';
import { amount, depositsReply } from './schemas.ts';

export const traceQuery = z.strictObject({
  tx: z
    .string()
    .regex(/^0x[0-9a-fA-F]{1,64}$/, 'must be a transaction hash: 0x and up to 64 hex digits')
    .transform((hash) => `0x${hash.slice(2).toLowerCase().padStart(64, '0')}`),
});

export const traceReply = z.strictObject({
  txHash: z.string(),
  /** Whether anything of the transaction has been seen for this org. */
  found: z.boolean(),
  /** For people: what is known, and what to do next. */
  explanation: z.string(),
  transfers: z.array(
    depositsReply.shape.deposits.element.extend({
      /** Null where the token is none that is credited: its units are no dollars. */
      amountUsd: amount.nullable(),
      amountUnits: z.string().regex(/^[0-9]+$/),
      symbol: z.string().nullable(),
      outcome: z.enum(['credited', 'waiting', 'not_credited', 'taken_back']),
      explanation: z.string(),
    }),
  ),
  /** There are more transfers in it than these. */
  more: z.boolean(),
});
