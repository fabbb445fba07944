/** Schemas of the trace of a transaction. */
import { z } from 'zod';
import { findTxHash } from '../../core/chains/transfer.ts';
import { depositView } from './schemas.ts';
import { amount } from '../endpoint/fields.ts';

export const traceQuery = z.strictObject({
  tx: z
    .string()
    .transform((text, context) => {
      const hash = findTxHash(text);
      if (hash !== undefined) return hash;
      context.addIssue({ code: 'custom', message: 'must be a transaction hash: 0x and up to 64 hex digits' });
      return z.NEVER;
    })
    .meta({
      description: 'The hash of the transaction: 0x and up to 64 hex digits.',
      examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
    }),
});

export const traceReply = z.strictObject({
  txHash: z.string().meta({
    description: 'The hash of the transaction.',
    examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
  }),
  found: z.boolean().describe('Whether any transfer of the transaction has been seen for this org.'),
  explanation: z.string().meta({
    description: 'What is known, and what to do next, for people.',
    examples: ['The transfer waits for 3 more blocks.'],
  }),
  transfers: z
    .array(
      depositView.extend({
        amountUsd: amount
          .nullable()
          .describe(
            'The amount in USD; null when the token is not one that is credited, since its units are not dollars.',
          ),
        amountUnits: z
          .string()
          .regex(/^[0-9]+$/)
          .meta({ description: 'The amount in base units of the token.', examples: ['10000000'] }),
        symbol: z
          .string()
          .nullable()
          .meta({
            description: 'The symbol of the token; null for a token that is not configured.',
            examples: ['USDC'],
          }),
        outcome: z.enum(['credited', 'waiting', 'not_credited', 'taken_back']).describe('What came of the transfer.'),
        explanation: z.string().meta({
          description: 'What is known, and what to do next, for people.',
          examples: ['The transfer waits for 3 more blocks.'],
        }),
      }),
    )
    .describe('The transfers of the transaction that concern the org.'),
  more: z.boolean().describe('Whether the transaction has more transfers than these.'),
});
