/** Schemas of the calls about holds. */
import { z } from 'zod';
import { HOLD_DURATION_MAX_MS } from '../../core/ledger/commands.ts';
import { HEARTBEAT_MS_MAX, HEARTBEAT_MS_MIN } from '../../core/ledger/heartbeat.ts';
import { ADVICES } from '../../core/ledger/advice.ts';
import type { HoldView } from '../../views/hold.ts';
import { cursor, limit, text, usd } from '../endpoint/validate.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';
import { chargeFields, mustCharge } from '../money/charge.ts';
import { HOLD_EXAMPLE } from '../money/examples.ts';
import {
  entryType,
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
const ID_META = {
  description: 'The id of the hold.',
  examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40'],
};
/** The hold that a call is about. */
const namedHold = holdId.meta(ID_META);

// Fields of answers.
const holdShown = z.string().meta(ID_META);
const serviceShown = serviceName
  .nullable()
  .meta({ description: 'The service that is charged; null where none is.', examples: ['AI_API'] });
const ofHold = { holdId: holdShown, serviceType: serviceShown };
const parentShown = z
  .string()
  .nullable()
  .meta({
    description: 'The hold that it draws from; null where it draws on the balance.',
    examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38'],
  });
const leftShown = {
  holdLeftUsd: amount.describe('What the hold has left, in USD; zero once it is closed.'),
  remainingUsd: amount.describe('The same as `holdLeftUsd`.'),
  parentRemainingUsd: amount
    .nullable()
    .describe('What the parent of the hold has left, in USD; null where it has none.'),
};
const reportsShown = {
  heartbeatSeconds: z
    .int()
    .nullable()
    .describe('How often its owner has to report, in seconds; null where nobody has to.'),
  aliveUntil: time.nullable().describe('When it ends without another report; null where nobody has to report.'),
};

export const holdBody = mustCharge(
  z.strictObject({
    /** Either the amount, or an action and its quantity; neither where a free gift card is held. */
    ...chargeFields,
    serviceType,
    ...noteFields,
    expiresInSeconds: seconds.optional().describe('How long the hold lasts from now on, in seconds.'),
    useGiftCard: flag.default(false).describe('Whether a free gift card is held in place of money.'),
    parentHoldId: holdId.optional().meta({
      description: 'Draws from this hold, and not from what is available.',
      examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38'],
    }),
    heartbeatSeconds: heartbeatSeconds
      .optional()
      .describe('The hold ends unless its owner reports at least so often, in seconds.'),
    ...keyFields,
  }),
  (input) => 'useGiftCard' in input && input.useGiftCard === true,
).meta({ examples: [{ serviceType: 'SKU_PURCHASE', amountUsd: '25.00', expiresInSeconds: 900 }] });

export const consumeHoldBody = z.strictObject({
  holdId: namedHold,
  amountUsd: usd.describe('What to debit, in USD.'),
  final: flag.default(true).describe('Whether the hold is closed, and what is left of it is freed.'),
  allowOverrun: flag.default(false).describe('Whether a cost above the hold may be taken from the available balance.'),
  ...keyFields,
});

export const releaseHoldBody = z.strictObject({
  holdId: namedHold,
  reason: text(1000)
    .optional()
    .meta({ description: 'Why, in words.', examples: ['the chat was cancelled'] }),
  ...keyFields,
});

export const extendHoldBody = z.strictObject({
  holdId: namedHold,
  expiresInSeconds: seconds.describe('How long the hold lasts from now on, in seconds.'),
  ...keyFields,
});

export const growHoldBody = z
  .strictObject({
    holdId: namedHold,
    byUsd: usd.optional().describe('How much to add, in USD.'),
    toUsd: usd.optional().describe('How much the hold shall have left, in USD; in place of `byUsd`.'),
    ...keyFields,
  })
  .meta({ examples: [{ holdId: 'hold_...', byUsd: '5.00' }] });

/** The key is of no use: a report moves no money, and each one counts. */
export const heartbeatHoldBody = z.strictObject({
  holdId: namedHold,
  ...keyFields,
});

export const heartbeatHoldReply = z
  .strictObject({
    holdId: holdShown,
    heartbeatSeconds: z.int().describe('How often its owner has to report, in seconds.'),
    aliveUntil: time.describe('When it ends without another report.'),
    expiresAt: time.describe('When the hold ends in any case.'),
  })
  .meta({ id: 'HoldAlive' });

export const HOLD_STATES = ['open', 'captured', 'released', 'expired'] as const;

export const holdReply = z
  .strictObject({
    ...ofHold,
    amountUsd: amount.describe('What is held, in USD; zero when a free gift card is held instead.'),
    useGiftCard: z.boolean().describe('Whether a free gift card is held in place of money.'),
    parentHoldId: parentShown,
    ...pricingShown,
    ...notesShown,
    createdAt: time.describe('When the hold was opened.'),
    expiresAt: time.describe('When the hold ends in any case.'),
    ...reportsShown,
    ...outcomeFields,
  })
  .meta({ id: 'HoldOpened', examples: [HOLD_EXAMPLE] });

export const consumeHoldReply = z
  .strictObject({
    holdId: holdShown,
    entryId: z
      .string()
      .meta({ description: 'The first of the entries.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    type: entryType.describe('What kind of entry it is.'),
    serviceType: serviceShown,
    amountUsd: amount.describe('What was debited, in USD; zero when a free gift card paid.'),
    overrunUsd: amount.describe('The part of it that the hold did not cover, in USD.'),
    releasedUsd: amount.describe('What went back to the available balance, in USD.'),
    returnedUsd: amount.describe('What went back to the parent of the hold, in USD.'),
    ...leftShown,
    advice: z
      .enum(ADVICES)
      .meta({ id: 'HoldAdvice' })
      .describe(
        'Whether further captures like this one can be paid from what the hold has left and what is available, or its parent has left.',
      ),
    giftCardUsed: z.boolean().describe('Whether a free gift card paid.'),
    createdAt: time.describe('When it was recorded.'),
    ...outcomeFields,
  })
  .meta({ id: 'HoldCaptured' });

export const releaseHoldReply = z
  .strictObject({
    ...ofHold,
    releasedUsd: amount.describe('What went back to the available balance, in USD.'),
    returnedUsd: amount.describe('What went back to the parent of the hold, in USD.'),
    giftCardReturned: z.boolean().describe('Whether a free gift card went back.'),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why, in words.', examples: ['the chat was cancelled'] }),
    createdAt: time.describe('When it was recorded.'),
    ...outcomeFields,
  })
  .meta({ id: 'HoldReleased' });

export const growHoldReply = z
  .strictObject({
    ...ofHold,
    addedUsd: amount.describe('What was added, in USD.'),
    ...leftShown,
    createdAt: time.describe('When it was recorded.'),
    ...outcomeFields,
  })
  .meta({ id: 'HoldGrown' });

export const extendHoldReply = z
  .strictObject({
    ...ofHold,
    createdAt: time.describe('When it was recorded.'),
    expiresAt: time.describe('When the hold ends in any case.'),
    ...outcomeFields,
  })
  .meta({ id: 'HoldExtended' });

export const holdsQuery = z.strictObject({
  state: z
    .enum(HOLD_STATES, `must be one of ${HOLD_STATES.join(', ')}`)
    .optional()
    .describe('Only holds in this state.'),
  serviceType: serviceType.optional(),
  reference: text(255)
    .optional()
    .meta({ description: 'Only holds with this reference.', examples: ['chat-8812'] }),
  parentHoldId: holdId.optional().meta({
    description: 'Only holds that draw from this one.',
    examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38'],
  }),
  metadata: metadataFilter.optional(),
  limit,
  cursor,
});

const holdView = z
  .strictObject({
    holdId: holdShown,
    state: z
      .enum(HOLD_STATES)
      .describe('`open`, or what ended it; capturedUsd says how much of it was captured before.'),
    serviceType: serviceName.meta({ description: 'The service that is charged.', examples: ['AI_API'] }),
    useGiftCard: z.boolean().describe('Whether a free gift card is held in place of money.'),
    amountUsd: amount.describe('What is held, in USD; zero when a free gift card is held instead.'),
    leftUsd: amount.describe('What it has left, in USD.'),
    capturedUsd: amount.describe('What was captured of the hold, in USD.'),
    childrenUsd: amount.describe('What its open children hold, in USD.'),
    parentHoldId: parentShown,
    ...notesShown,
    createdAt: time.describe('When the hold was opened.'),
    expiresAt: time.nullable().describe('When the hold ends in any case; null where it has no end.'),
    ...reportsShown,
    closedAt: time.nullable().describe('When it was closed; null while it is open.'),
  })
  .meta({ id: 'Hold' }) satisfies z.ZodType<HoldView>;

export const holdsReply = z.strictObject({ holds: z.array(holdView).describe('The holds, newest first.'), nextCursor });
