/** Schemas of the trace of a transaction. */
import { z } from 'zod';
import { findTxHash } from '../../core/chains/transfer.ts';
import { depositsReply } from './schemas.ts';
import { amount } from '../endpoint/fields.ts';

export const traceQuery = z.strictObject({
  tx: z.string().transform((text, context) => {
    const hash = findTxHash(text);
    if (hash !== undefined) return hash;
    context.addIssue({ code: 'custom', message: 'must be a transaction hash: 0x and up to 64 hex digits' });
    return z.NEVER;
  }),
});

export const traceReply = z.strictObject({
  txHash: z.string(),
  /** Whether any transfer of the transaction has been seen for this org. */
  found: z.boolean(),
  /** For people: what is known, and what to do next. */
  explanation: z.string(),
  transfers: z.array(
    depositsReply.shape.deposits.element.extend({
      /** Null when the token is not one that is credited, since its units are not dollars. */
      amountUsd: amount.nullable(),
      amountUnits: z.string().regex(/^[0-9]+$/),
      symbol: z.string().nullable(),
      outcome: z.enum(['credited', 'waiting', 'not_credited', 'taken_back']),
      explanation: z.string(),
    }),
  ),
  /** Whether the transaction has more transfers than these. */
  more: z.boolean(),
});
