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
  commands: z
    .array(z.unknown(), countMessage)
    .min(1, countMessage)
    .max(BATCH_COMMANDS_MAX, countMessage)
    .describe('The commands, each checked and decided separately.'),
});

const named = {
  idempotencyKey: z
    .string()
    .min(1)
    .max(255)
    .meta({ description: 'The idempotency key of the command.', examples: ['order-8812-charge'] }),
  idempotency_key: z.undefined().optional().meta({ isHidden: true }),
};

/** The schema of a batch in the API's document, with the bodies of its commands. */
export const batchBodyShown = z
  .strictObject({
    commands: z
      .array(
        z.discriminatedUnion('op', [
          debitBody
            .safeExtend({ op: z.literal('debit').describe('Which command it is.'), ...named })
            .meta({ id: 'BatchDebit' }),
          holdBody
            .safeExtend({ op: z.literal('hold').describe('Which command it is.'), ...named })
            .meta({ id: 'BatchHold' }),
          consumeHoldBody
            .extend({ op: z.literal('consume-hold').describe('Which command it is.'), ...named })
            .meta({ id: 'BatchCapture' }),
          releaseHoldBody
            .extend({ op: z.literal('release-hold').describe('Which command it is.'), ...named })
            .meta({ id: 'BatchRelease' }),
          extendHoldBody
            .extend({ op: z.literal('extend-hold').describe('Which command it is.'), ...named })
            .meta({ id: 'BatchExtension' }),
          growHoldBody
            .extend({ op: z.literal('grow-hold').describe('Which command it is.'), ...named })
            .meta({ id: 'BatchGrowth' }),
          heartbeatHoldBody
            .extend({ op: z.literal('heartbeat-hold').describe('Which command it is.'), ...named })
            .meta({ id: 'BatchHeartbeat' }),
        ]),
      )
      .min(1)
      .max(BATCH_COMMANDS_MAX)
      .describe('The commands, each checked and decided separately.'),
  })
  .meta({
    examples: [{ commands: [{ op: 'debit', idempotencyKey: 'chat-8812', serviceType: 'AI_API', amountUsd: '0.35' }] }],
  });

const commandResult = z.strictObject({
  idempotencyKey: z
    .string()
    .nullable()
    .meta({ description: 'The idempotency key of the command.', examples: ['order-8812-charge'] }),
  status: z.int().describe('The status that the command would have as a single call.'),
  replayed: z.boolean().describe('Whether it was answered before; nothing was done again.'),
  result: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('The answer that the command would have as a single call; left out where it was refused.'),
  problem: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Why the command was refused; left out where it was not.'),
});

/** One for each command, in the same order. */
export const batchReply = z.strictObject({
  dryRun: z.literal(true).optional().describe('Present in the answer to a dry run: nothing was written.'),
  results: z.array(commandResult).describe('One result for each, in the same order.'),
});

const withPreview = (reply: z.ZodObject): readonly z.ZodObject[] => [reply, previewOf(reply)];

/** The same for the API's document, with the answers of the commands. */
export const batchReplyShown = z.strictObject({
  dryRun: z.literal(true).optional().describe('Present in the answer to a dry run: nothing was written.'),
  results: z
    .array(
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
          .optional()
          .describe('The answer that the command would have as a single call; left out where it was refused.'),
        problem: z
          .looseObject({
            type: z.string().meta({ description: 'The page about the code.', examples: ['/docs/errors/NOT_FOUND'] }),
            title: z.string().meta({ description: 'The title of the code.', examples: ['Not found'] }),
            status: z.int().describe('The status that the command would have as a single call.'),
            detail: z
              .string()
              .meta({ description: 'What happened and what to do, in words.', examples: ['there is no such hold'] }),
            message: z
              .string()
              .meta({ description: 'What happened and what to do, in words.', examples: ['there is no such hold'] }),
            code: z.string().meta({ description: 'The stable code of the problem.', examples: ['NOT_FOUND'] }),
          })
          .meta({ id: 'CommandProblem' })
          .optional()
          .describe('Why the command was refused; left out where it was not.'),
      }),
    )
    .describe('One result for each, in the same order.'),
});

export const checkBalanceBody = z.strictObject({
  amountUsd: usd.describe('The amount in USD.'),
  /** What it is spent on: restricted credit counts where it may pay for that. */
  serviceType: serviceType.optional(),
  action: action.optional().meta({
    description: 'The action it is spent on: restricted credit counts where it may pay for that.',
    examples: ['chat'],
  }),
});

export const checkBalanceReply = z.strictObject({
  sufficient: z.boolean().describe('Whether a debit of the amount would go through now.'),
  availableUsd: amount.describe('What can be spent, in USD.'),
  status: z
    .enum(BALANCE_STATUSES)
    .describe('OK, LOW or CRITICAL (below the thresholds), SUSPENDED (nothing is left to spend).'),
});

const NOTICE_DAY = `must be a whole number from 1 to ${LEAD_DAYS_MAX}`;

export const settingsBody = z
  .strictObject({
    lowBalanceThresholdUsd: usdOrZero
      .nullable()
      .optional()
      .describe('Below it the balance is LOW, in USD; null: never.'),
    criticalThresholdUsd: usdOrZero
      .nullable()
      .optional()
      .describe('Below it the balance is CRITICAL, in USD; null: never.'),
    freeGiftCardMaxUsd: usdOrZero.optional().describe('Up to which price a free gift card pays, in USD.'),
    timeZone: z
      .string()
      .refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin')
      .optional()
      .meta({ description: 'Whose days and months the budgets of the org go by; UTC unless it is set.' }),
    expiryNoticeDays: z
      .array(z.int(NOTICE_DAY).min(1, NOTICE_DAY).max(LEAD_DAYS_MAX, NOTICE_DAY))
      .max(LEADS_MAX, `must have at most ${LEADS_MAX} numbers`)
      .nullable()
      .optional()
      .describe(
        'How many days before credit ends the event `credits.expiring` is sent; null: 30, 7 and 1; empty: never.',
      ),
  })
  .meta({ examples: [{ lowBalanceThresholdUsd: '20.00', criticalThresholdUsd: '5.00' }] });

export const settingsReply = z
  .strictObject({
    lowBalanceThresholdUsd: amount.nullable().describe('Below it the balance is LOW, in USD; null: never.'),
    criticalThresholdUsd: amount.nullable().describe('Below it the balance is CRITICAL, in USD; null: never.'),
    freeGiftCardMaxUsd: amount.describe('Up to which price a free gift card pays, in USD.'),
    timeZone: z
      .string()
      .meta({ description: 'The IANA time zone, such as Europe/Berlin.', examples: ['Europe/Berlin'] }),
    expiryNoticeDays: z
      .array(z.int())
      .describe('How many days before credit ends the event `credits.expiring` is sent; empty: never.'),
  })
  .meta({ id: 'Settings' });
