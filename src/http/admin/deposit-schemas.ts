/** Schemas of the operator's calls about deposits. */
import { z } from 'zod';
import { DEPOSIT_STATES } from '../../core/deposits/states.ts';
import { VOTE_KINDS } from '../../db/deposits/votes.ts';
import type { InboxView, TracedView } from '../../views/deposit.ts';
import { cursor, limit, moment, text } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';

export const inboxQuery = z.strictObject({
  state: z.enum(DEPOSIT_STATES, `must be one of ${DEPOSIT_STATES.join(', ')}`).optional(),
  /** The exact reason of a deposit: `unknown_sender`, `wrong_asset`, ... */
  reason: text(200).optional(),
  chain: text(64).optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit,
  cursor,
});

export const assignBody = z.strictObject({
  org: z.uuid('must be the id of an org'),
  reason: text(1000),
});
export const ignoreBody = z.strictObject({ reason: text(1000) });
export const noteBody = z.strictObject({ note: text(1000) });

const snapshot = z.record(z.string(), z.unknown());

export const inboxDeposit = z.strictObject({
  id: z.uuid(),
  state: z.enum(DEPOSIT_STATES),
  /** Why the rules put it in this state; what people wrote is in `acts`. */
  reason: z.string().nullable(),
  /** Null when the token is not one that is credited, since its units are not dollars. */
  amountUsd: amount.nullable(),
  /** Base units of the token. */
  amountUnits: z.string().regex(/^[0-9]+$/),
  chain: z.string(),
  token: z.string(),
  /** As configured; null for a token that is no longer configured. */
  symbol: z.string().nullable(),
  txHash: z.string(),
  ordinal: z.int().min(0),
  fromAddress: z.string(),
  toAddress: z.string(),
  blockNumber: z.int().min(0),
  blockHash: z.string(),
  blockTime: time,
  org: z.uuid().nullable(),
  /** Whether an operator set it aside. */
  setAside: z.boolean(),
  assignment: z
    .strictObject({
      org: z.uuid(),
      by: z.enum(['claim', 'admin']),
      actor: z.string(),
      reason: z.string(),
      at: time,
    })
    .nullable(),
  entryId: z.string().nullable(),
  revision: z.int().min(0),
  observedAt: time,
  creditedAt: time.nullable(),
  updatedAt: time,
  /** What operators did to it, newest first. */
  acts: z.array(
    z.strictObject({
      id: z.uuid(),
      action: z.enum(['assign', 'ignore', 'note']),
      /** `key:<id>`, `user:<id>`, or the user at the command line. */
      actor: z.string(),
      words: z.string(),
      before: snapshot,
      after: snapshot,
      at: time,
    }),
  ),
}) satisfies z.ZodType<InboxView>;

export const tracedDeposit = inboxDeposit.extend({
  /** Every block in which the transfer was read, the first one first. */
  observations: z.array(
    z.strictObject({
      blockNumber: z.int().min(0),
      blockHash: z.string(),
      /** Base units of the token. */
      amountUnits: z.string(),
      observedAt: time,
      /** When that block was found to have left the chain; null while it is part of it. */
      orphanedAt: time.nullable(),
    }),
  ),
  /** What each RPC said of the transfer when it was asked last, by its logs and by its receipt. */
  votes: z.array(z.strictObject({ rpc: z.string(), vote: z.enum(VOTE_KINDS), detail: z.string(), at: time })),
}) satisfies z.ZodType<TracedView>;

export const inboxReply = z.strictObject({ deposits: z.array(inboxDeposit), nextCursor });
