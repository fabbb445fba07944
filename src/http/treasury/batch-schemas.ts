/** Schemas of a batch, the check of a balance, and the settings. */
import { z } from 'zod';
import { BALANCE_STATUSES } from '../../core/ledger/status.ts';
import { isTimeZone } from '../../core/zone.ts';
import { LEAD_DAYS_MAX, LEADS_MAX } from '../../core/lots/ending.ts';
import { usd, usdOrZero } from '../endpoint/validate.ts';
import {
  consumeHoldBody,
  consumeHoldReply,
  extendHoldBody,
  extendHoldReply,
  growHoldBody,
  growHoldReply,
  heartbeatHoldBody,
  heartbeatHoldReply,
  holdBody,
  holdReply,
  releaseHoldBody,
  releaseHoldReply,
} from './hold-schemas.ts';
import { debitBody, debitReply } from './schemas.ts';
import { amount } from '../endpoint/fields.ts';
import { previewOf } from '../money/dry-run.ts';
import { action } from '../money/price-fields.ts';
import { serviceType } from '../money/schemas.ts';

/** Most commands of one batch. */
export const BATCH_COMMANDS_MAX = 1_000;

const countMessage = `must be a list of 1 to ${BATCH_COMMANDS_MAX} commands`;

export const batchBody = z.strictObject({
  /** Each command is checked separately, so that an invalid one does not stop the others. */
  commands: z.array(z.unknown(), countMessage).min(1, countMessage).max(BATCH_COMMANDS_MAX, countMessage),
});

const named = { idempotencyKey: z.string().min(1).max(255), idempotency_key: z.undefined().optional() };

/** The schema of a batch in the API's document, with the bodies of its commands. */
export const batchBodyShown = z.strictObject({
  commands: z
    .array(
      z.discriminatedUnion('op', [
        debitBody.safeExtend({ op: z.literal('debit'), ...named }),
        holdBody.safeExtend({ op: z.literal('hold'), ...named }),
        consumeHoldBody.extend({ op: z.literal('consume-hold'), ...named }),
        releaseHoldBody.extend({ op: z.literal('release-hold'), ...named }),
        extendHoldBody.extend({ op: z.literal('extend-hold'), ...named }),
        growHoldBody.extend({ op: z.literal('grow-hold'), ...named }),
        heartbeatHoldBody.extend({ op: z.literal('heartbeat-hold'), ...named }),
      ]),
    )
    .min(1)
    .max(BATCH_COMMANDS_MAX),
});

const commandResult = z.strictObject({
  idempotencyKey: z.string().nullable(),
  /** The status that the command would have as a single call. */
  status: z.int(),
  replayed: z.boolean(),
  result: z.record(z.string(), z.unknown()).optional(),
  problem: z.record(z.string(), z.unknown()).optional(),
});

/** One for each command, in the same order. */
export const batchReply = z.strictObject({ dryRun: z.literal(true).optional(), results: z.array(commandResult) });

const withPreview = (reply: z.ZodObject): readonly z.ZodObject[] => [reply, previewOf(reply)];

/** The same for the API's document, with the answers of the commands. */
export const batchReplyShown = z.strictObject({
  dryRun: z.literal(true).optional(),
  results: z.array(
    commandResult.extend({
      result: z
        .union(
          [
            debitReply,
            holdReply,
            consumeHoldReply,
            releaseHoldReply,
            extendHoldReply,
            growHoldReply,
            heartbeatHoldReply,
          ].flatMap(withPreview),
        )
        .optional(),
      problem: z
        .looseObject({
          type: z.string(),
          title: z.string(),
          status: z.int(),
          detail: z.string(),
          message: z.string(),
          code: z.string(),
        })
        .optional(),
    }),
  ),
});

export const checkBalanceBody = z.strictObject({
  amountUsd: usd,
  /** What it is spent on: restricted credit counts where it may pay for that. */
  serviceType: serviceType.optional(),
  action: action.optional(),
});

export const checkBalanceReply = z.strictObject({
  /** Whether a debit of the amount would go through now. */
  sufficient: z.boolean(),
  availableUsd: amount,
  status: z.enum(BALANCE_STATUSES),
});

const NOTICE_DAY = `must be a whole number from 1 to ${LEAD_DAYS_MAX}`;

export const settingsBody = z.strictObject({
  lowBalanceThresholdUsd: usdOrZero.nullable().optional(),
  criticalThresholdUsd: usdOrZero.nullable().optional(),
  freeGiftCardMaxUsd: usdOrZero.optional(),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin')
    .optional()
    .meta({ description: 'Whose days and months the budgets of the org go by; UTC unless it is set.' }),
  /** How many days before credit ends the event `credits.expiring` comes; null: 30, 7 and 1; empty: never. */
  expiryNoticeDays: z
    .array(z.int(NOTICE_DAY).min(1, NOTICE_DAY).max(LEAD_DAYS_MAX, NOTICE_DAY))
    .max(LEADS_MAX, `must have at most ${LEADS_MAX} numbers`)
    .nullable()
    .optional(),
});

export const settingsReply = z.strictObject({
  lowBalanceThresholdUsd: amount.nullable(),
  criticalThresholdUsd: amount.nullable(),
  freeGiftCardMaxUsd: amount,
  timeZone: z.string(),
  expiryNoticeDays: z.array(z.int()),
});
