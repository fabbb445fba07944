/** Schemas of the call that explains decisions. */
import { z } from 'zod';
import { REFUSAL_CODES } from '../../core/errors.ts';
import { REFUSERS } from '../../core/explain/kept-refusal.ts';
import { LOT_SOURCES } from '../../core/ledger/head.ts';
import { amount, time } from '../endpoint/fields.ts';
import { entryView, pricingShown } from '../money/schemas.ts';

const ID_CHARS_MAX = 100;

export const explainQuery = z.strictObject({
  /** The id of an entry. */
  entry: z.string().max(ID_CHARS_MAX).optional(),
  /** The id of a hold: why it was opened, and what became of it. */
  hold: z.string().max(ID_CHARS_MAX).optional(),
  /** The id of a request some of whose commands were refused: `requestId` of the problem, or the answer's `X-Request-Id`. */
  requestId: z
    .string()
    .regex(/^[0-9A-Za-z._-]{1,64}$/, 'must be the id of a request')
    .optional(),
});

const change = z.strictObject({
  change: z.enum([
    'available',
    'amount',
    'budget',
    'quantity',
    'time',
    'openHolds',
    'overrun',
    'frozen',
    'restricted',
    'suspension',
  ]),
  byUsd: amount.nullable(),
  byQuantity: z.string().nullable(),
  earlierSeconds: z.number().nullable(),
  text: z.string(),
});

const decision = z
  .strictObject({
    outcome: z.enum(['accepted', 'refused']),
    operation: z.string(),
    at: time,
    /** For people. */
    explanation: z.string(),
    refusal: z.strictObject({ code: z.enum(REFUSAL_CODES), message: z.string(), by: z.enum(REFUSERS) }).nullable(),
    /** What would have turned the decision round, the nearest first. */
    changes: z.array(change),
    before: z
      .strictObject({
        entryId: z.string().nullable(),
        availableUsd: amount,
        heldUsd: amount,
        debtUsd: amount,
        frozenUsd: amount,
        freeGiftCards: z.int(),
      })
      .nullable(),
    /** Whether the rule decides the same again on that state; null where it was not the rule that refused. */
    reproduced: z.boolean().nullable(),
    /** Whether it is known what each lot had left, and how many entries were read to find out. */
    state: z.strictObject({ complete: z.boolean(), entriesRead: z.int().min(0) }),
    lots: z.array(
      z.strictObject({
        lotId: z.string(),
        source: z.enum(LOT_SOURCES).nullable(),
        promotional: z.boolean(),
        expiresAt: time.nullable(),
        deltaUsd: amount,
        leftUsd: amount,
      }),
    ),
    price: z.strictObject(pricingShown),
    asked: z.strictObject({
      actor: z.string().nullable(),
      requestId: z.string().nullable(),
      idempotencyKey: z.string().nullable(),
      appId: z.string().nullable(),
      userId: z.string().nullable(),
      teamId: z.string().nullable(),
    }),
    entries: z.array(entryView),
  })
  .meta({ id: 'Decision' });

export const explainReply = z.strictObject({
  /** One for an entry or a hold; for a request, one for each of its refused commands, up to 20. */
  decisions: z.array(decision).min(1),
  /** For a hold: what became of it. */
  hold: z
    .strictObject({
      holdId: z.string(),
      state: z.enum(['open', 'captured', 'released', 'expired']),
      leftUsd: amount,
      capturedUsd: amount,
      expiresAt: time.nullable(),
      closedAt: time.nullable(),
    })
    .nullable(),
});
