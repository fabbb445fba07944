/** Schemas of the calls about holds. */
import { z } from 'zod';
import { HOLD_DURATION_MAX_MS } from '../../core/ledger/commands.ts';
import { ADVICES } from '../../core/ledger/advice.ts';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import type { HoldView } from '../../views/hold.ts';
import { cursor, limit, text, usd } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';
import { chargeFields } from '../money/charge.ts';
import {
  keyFields,
  metadataFilter,
  noteFields,
  notesShown,
  pricingShown,
  outcomeFields,
  serviceName,
  serviceType,
} from '../money/schemas.ts';

const SECONDS_MAX = HOLD_DURATION_MAX_MS / 1_000;
const secondsMessage = `must be a whole number of seconds from 1 to ${SECONDS_MAX}`;
const seconds = z.int(secondsMessage).min(1, secondsMessage).max(SECONDS_MAX, secondsMessage);
const flag = z.boolean('must be true or false');
const holdId = z.string().min(1, 'must not be empty').max(100, 'is too long for a hold id');

export const holdBody = z
  .strictObject({
    /** Either the amount, or an action and its quantity; neither where a free gift card is held. */
    ...chargeFields,
    serviceType,
    ...noteFields,
    expiresInSeconds: seconds.optional(),
    useGiftCard: flag.default(false),
    ...keyFields,
  })
  .meta({ examples: [{ serviceType: 'SKU_PURCHASE', amountUsd: '25.00', expiresInSeconds: 900 }] });

export const consumeHoldBody = z.strictObject({
  holdId,
  amountUsd: usd,
  final: flag.default(true),
  allowOverrun: flag.default(false),
  ...keyFields,
});

export const releaseHoldBody = z.strictObject({ holdId, reason: text(1000).optional(), ...keyFields });

export const extendHoldBody = z.strictObject({ holdId, expiresInSeconds: seconds, ...keyFields });

export const growHoldBody = z
  .strictObject({
    holdId,
    /** Either how much to add, or how much the hold shall have left then. */
    byUsd: usd.optional(),
    toUsd: usd.optional(),
    ...keyFields,
  })
  .meta({ examples: [{ holdId: 'hold_...', byUsd: '5.00' }] });

export const HOLD_STATES = ['open', 'captured', 'released', 'expired'] as const;

export const holdReply = z.strictObject({
  holdId: z.string(),
  serviceType: serviceName.nullable(),
  /** What is held; zero when a free gift card is held instead. */
  amountUsd: amount,
  useGiftCard: z.boolean(),
  ...pricingShown,
  ...notesShown,
  createdAt: time,
  expiresAt: time,
  ...outcomeFields,
});

export const consumeHoldReply = z.strictObject({
  holdId: z.string(),
  entryId: z.string(),
  type: z.enum(ENTRY_TYPES),
  serviceType: serviceName.nullable(),
  /** What was debited; zero when a free gift card paid. */
  amountUsd: amount,
  /** The part of it that the hold did not cover. */
  overrunUsd: amount,
  /** What went back from the hold to the available balance. */
  releasedUsd: amount,
  /** What the hold has left; zero once it is closed. */
  holdLeftUsd: amount,
  /** The same as `holdLeftUsd`. */
  remainingUsd: amount,
  /** Whether further captures like this one can be paid from what the hold has left and what is available. */
  advice: z.enum(ADVICES),
  giftCardUsed: z.boolean(),
  createdAt: time,
  ...outcomeFields,
});

export const releaseHoldReply = z.strictObject({
  holdId: z.string(),
  serviceType: serviceName.nullable(),
  releasedUsd: amount,
  giftCardReturned: z.boolean(),
  reason: z.string().nullable(),
  createdAt: time,
  ...outcomeFields,
});

export const growHoldReply = z.strictObject({
  holdId: z.string(),
  serviceType: serviceName.nullable(),
  /** What was added. */
  addedUsd: amount,
  /** What the hold has left with it. */
  holdLeftUsd: amount,
  remainingUsd: amount,
  createdAt: time,
  ...outcomeFields,
});

export const extendHoldReply = z.strictObject({
  holdId: z.string(),
  serviceType: serviceName.nullable(),
  createdAt: time,
  expiresAt: time,
  ...outcomeFields,
});

export const holdsQuery = z.strictObject({
  state: z.enum(HOLD_STATES, `must be one of ${HOLD_STATES.join(', ')}`).optional(),
  serviceType: serviceType.optional(),
  reference: text(255).optional(),
  metadata: metadataFilter.optional(),
  limit,
  cursor,
});

const holdView = z.strictObject({
  holdId: z.string(),
  /** `open`, or what ended it; capturedUsd says how much of it was captured before. */
  state: z.enum(HOLD_STATES),
  serviceType: serviceName,
  useGiftCard: z.boolean(),
  amountUsd: amount,
  leftUsd: amount,
  capturedUsd: amount,
  ...notesShown,
  createdAt: time,
  expiresAt: time.nullable(),
  closedAt: time.nullable(),
}) satisfies z.ZodType<HoldView>;

export const holdsReply = z.strictObject({ holds: z.array(holdView), nextCursor });
