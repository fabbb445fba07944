/** Schemas of the calls about holds. */
import { z } from 'zod';
import { HOLD_DURATION_MAX_MS } from '../../core/ledger/commands.ts';
import { HEARTBEAT_MS_MAX, HEARTBEAT_MS_MIN } from '../../core/ledger/heartbeat.ts';
import { ADVICES } from '../../core/ledger/advice.ts';
import { ENTRY_TYPES } from '../../core/ledger/vocabulary.ts';
import type { HoldView } from '../../views/hold.ts';
import { cursor, limit, text, usd } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';
import { chargeFields, mustCharge } from '../money/charge.ts';
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
const [HEARTBEAT_SECONDS_MIN, HEARTBEAT_SECONDS_MAX] = [HEARTBEAT_MS_MIN / 1_000, HEARTBEAT_MS_MAX / 1_000];
const heartbeatMessage = `must be a whole number of seconds from ${HEARTBEAT_SECONDS_MIN} to ${HEARTBEAT_SECONDS_MAX}`;
const heartbeatSeconds = z
  .int(heartbeatMessage)
  .min(HEARTBEAT_SECONDS_MIN, heartbeatMessage)
  .max(HEARTBEAT_SECONDS_MAX, heartbeatMessage);
const flag = z.boolean('must be true or false');
const holdId = z.string().min(1, 'must not be empty').max(100, 'is too long for a hold id');

export const holdBody = mustCharge(
  z.strictObject({
    /** Either the amount, or an action and its quantity; neither where a free gift card is held. */
    ...chargeFields,
    serviceType,
    ...noteFields,
    expiresInSeconds: seconds.optional(),
    useGiftCard: flag.default(false),
    /** Draws from this hold, and not from what is available. */
    parentHoldId: holdId.optional(),
    /** The hold ends unless its owner reports at least so often. */
    heartbeatSeconds: heartbeatSeconds.optional(),
    ...keyFields,
  }),
  (input) => 'useGiftCard' in input && input.useGiftCard === true,
).meta({ examples: [{ serviceType: 'SKU_PURCHASE', amountUsd: '25.00', expiresInSeconds: 900 }] });

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

/** The key is of no use: a report moves no money, and each one counts. */
export const heartbeatHoldBody = z.strictObject({ holdId, ...keyFields });

export const heartbeatHoldReply = z.strictObject({
  holdId: z.string(),
  heartbeatSeconds: z.int(),
  /** When the hold ends without another report. */
  aliveUntil: time,
  /** When it ends in any case. */
  expiresAt: time,
});

export const HOLD_STATES = ['open', 'captured', 'released', 'expired'] as const;

export const holdReply = z.strictObject({
  holdId: z.string(),
  serviceType: serviceName.nullable(),
  /** What is held; zero when a free gift card is held instead. */
  amountUsd: amount,
  useGiftCard: z.boolean(),
  parentHoldId: z.string().nullable(),
  ...pricingShown,
  ...notesShown,
  createdAt: time,
  /** When it ends in any case. */
  expiresAt: time,
  heartbeatSeconds: z.int().nullable(),
  /** When it ends without a report; null where nobody has to report. */
  aliveUntil: time.nullable(),
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
  /** What went back from it to its parent. */
  returnedUsd: amount,
  /** What the hold has left; zero once it is closed. */
  holdLeftUsd: amount,
  /** The same as `holdLeftUsd`. */
  remainingUsd: amount,
  /** What its parent has left; null where it has none. */
  parentRemainingUsd: amount.nullable(),
  /** Whether further captures like this one can be paid from what the hold has left and what is available, or its parent has left. */
  advice: z.enum(ADVICES),
  giftCardUsed: z.boolean(),
  createdAt: time,
  ...outcomeFields,
});

export const releaseHoldReply = z.strictObject({
  holdId: z.string(),
  serviceType: serviceName.nullable(),
  /** What went back to the available balance. */
  releasedUsd: amount,
  /** What went back to its parent. */
  returnedUsd: amount,
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
  /** What its parent has left; null where it has none. */
  parentRemainingUsd: amount.nullable(),
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
  /** Only holds that draw from this one. */
  parentHoldId: holdId.optional(),
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
  childrenUsd: amount,
  parentHoldId: z.string().nullable(),
  ...notesShown,
  createdAt: time,
  expiresAt: time.nullable(),
  heartbeatSeconds: z.int().nullable(),
  aliveUntil: time.nullable(),
  closedAt: time.nullable(),
}) satisfies z.ZodType<HoldView>;

export const holdsReply = z.strictObject({ holds: z.array(holdView), nextCursor });
