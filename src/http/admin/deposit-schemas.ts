/** Schemas of the operator's calls about deposits. */
import { z } from 'zod';
import { DEPOSIT_STATES } from '../../core/deposits/states.ts';
import { VOTE_KINDS } from '../../db/deposits/votes.ts';
import type { InboxView, TracedView } from '../../views/deposit.ts';
import { cursor, limit, moment, text } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';

export const inboxQuery = z.strictObject({
  state: z
    .enum(DEPOSIT_STATES, `must be one of ${DEPOSIT_STATES.join(', ')}`)
    .optional()
    .describe('Only deposits in this state.'),
  reason: text(200)
    .optional()
    .meta({
      description: 'Only deposits with exactly this reason, such as `unknown_sender`.',
      examples: ['unknown_sender'],
    }),
  chain: text(64)
    .optional()
    .meta({ description: 'Only deposits on this chain.', examples: ['eip155:8453'] }),
  from: moment.optional().describe('Only deposits of this time or later.'),
  to: moment.optional().describe('Only deposits before this time.'),
  limit,
  cursor,
});

export const assignBody = z.strictObject({
  org: z.uuid('must be the id of an org').describe('The org that it is assigned to.'),
  reason: text(1000).meta({ description: 'Why, in words.', examples: ['the org showed the transaction'] }),
});
export const ignoreBody = z.strictObject({
  reason: text(1000).meta({ description: 'Why, in words.', examples: ['sent by mistake and returned'] }),
});
export const noteBody = z.strictObject({
  note: text(1000).meta({
    description: 'What to note.',
    examples: ['sign the challenge to prove that you own the address'],
  }),
});

const snapshot = z.record(z.string(), z.unknown());

export const inboxDeposit = z
  .strictObject({
    id: z.uuid().describe('The id.'),
    state: z.enum(DEPOSIT_STATES).describe('The present state.'),
    reason: z
      .string()
      .nullable()
      .meta({
        description: 'Why, in words or as a code such as `unknown_sender`; null when the state says enough.',
        examples: ['unknown_sender'],
      }),
    amountUsd: amount
      .nullable()
      .describe('The amount in USD; null when the token is not one that is credited, since its units are not dollars.'),
    amountUnits: z
      .string()
      .regex(/^[0-9]+$/)
      .meta({ description: 'The amount in base units of the token.', examples: ['10000000'] }),
    chain: z.string().meta({ description: 'The chain, as a CAIP-2 id.', examples: ['eip155:8453'] }),
    token: z.string().meta({
      description: 'The address of the token contract.',
      examples: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'],
    }),
    symbol: z
      .string()
      .nullable()
      .meta({
        description: 'The symbol of the token as configured; null for a token that is no longer configured.',
        examples: ['USDC'],
      }),
    txHash: z.string().meta({
      description: 'The hash of the transaction on the chain.',
      examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
    }),
    ordinal: z.int().min(0).describe('The position of the transfer among the logs of its transaction.'),
    fromAddress: z.string().meta({
      description: 'The address that sent the transfer.',
      examples: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
    }),
    toAddress: z.string().meta({
      description: 'The address that received the transfer.',
      examples: ['0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'],
    }),
    blockNumber: z.int().min(0).describe('The number of the block.'),
    blockHash: z.string().meta({
      description: 'The hash of the block.',
      examples: ['0x1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f'],
    }),
    blockTime: time.describe('The time of the block.'),
    org: z.uuid().nullable().describe('The id of the org; null while nobody owns it.'),
    setAside: z.boolean().describe('Whether an operator set it aside.'),
    assignment: z
      .strictObject({
        org: z.uuid().describe('The id of the org.'),
        by: z.enum(['claim', 'admin']).describe('How it was assigned.'),
        actor: z
          .string()
          .meta({ description: 'Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.', examples: ['key:0aB3dE7z'] }),
        reason: z
          .string()
          .meta({ description: 'Why, in words or as a code such as `unknown_sender`.', examples: ['unknown_sender'] }),
        at: time.describe('When it was done.'),
      })
      .nullable()
      .describe('How it was assigned to an org; null where its sender decides.'),
    entryId: z
      .string()
      .nullable()
      .meta({
        description: 'The entry that credited it; null while it is not credited.',
        examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
      }),
    revision: z.int().min(0).describe('How often the chain changed its mind about the transfer.'),
    observedAt: time.describe('When it was first seen.'),
    creditedAt: time.nullable().describe('When it was credited; null while it is not.'),
    updatedAt: time.describe('When it was last changed.'),
    acts: z
      .array(
        z.strictObject({
          id: z.uuid().describe('The id.'),
          action: z.enum(['assign', 'ignore', 'note']).describe('What was done.'),
          actor: z
            .string()
            .meta({ description: 'Who did it: `key:<id>`, `user:<id>` or `cli:<name>`.', examples: ['key:0aB3dE7z'] }),
          words: z.string().meta({ description: 'What the operator wrote.', examples: ['agreed with the customer'] }),
          before: snapshot.describe('What was there before.'),
          after: snapshot.describe('What was there afterwards.'),
          at: time.describe('When it was done.'),
        }),
      )
      .describe('What operators did, newest first.'),
  })
  .meta({ id: 'InboxDeposit' }) satisfies z.ZodType<InboxView>;

export const tracedDeposit = inboxDeposit
  .extend({
    observations: z
      .array(
        z.strictObject({
          blockNumber: z.int().min(0).describe('The number of the block.'),
          blockHash: z.string().meta({
            description: 'The hash of the block.',
            examples: ['0x5fb1f3a5a9c6fd0a0d8a8e8f3f2a9c1a4d8b6c3e2f1a0b9c8d7e6f5a4b3c2d1e'],
          }),
          amountUnits: z
            .string()
            .meta({ description: 'The amount in base units of the token.', examples: ['10500000'] }),
          observedAt: time.describe('When it was read.'),
          orphanedAt: time
            .nullable()
            .describe('When that block was found to have left the chain; null while it is part of it.'),
        }),
      )
      .describe('Every block in which the transfer was read, the first one first.'),
    votes: z
      .array(
        z.strictObject({
          rpc: z.string().meta({ description: 'The host of the RPC.', examples: ['rpc.example'] }),
          vote: z.enum(VOTE_KINDS).describe('What it said of the transfer.'),
          detail: z.string().meta({ description: 'The same in words.', examples: ['the log is in the block'] }),
          at: time.describe('When it was asked.'),
        }),
      )
      .describe('What each RPC said of the transfer when it was asked last, by its logs and by its receipt.'),
  })
  .meta({ id: 'TracedDeposit' }) satisfies z.ZodType<TracedView>;

export const inboxReply = z.strictObject({ deposits: z.array(inboxDeposit).describe('The deposits.'), nextCursor });
