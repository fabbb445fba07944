/** Schemas of the call that reports usage. */
import { z } from 'zod';
import { amount, time } from '../endpoint/fields.ts';
import { moment, text } from '../endpoint/validate.ts';
import { action, quantity } from '../money/price-fields.ts';
import { budgetsShown, entryView, noteFields, pricingShown, serviceName, serviceType } from '../money/schemas.ts';

/** Most events of one call. */
export const USAGE_EVENTS_MAX = 1_000;

const countMessage = `must be a list of 1 to ${USAGE_EVENTS_MAX} events`;

export const usageBody = z.strictObject({
  events: z
    .array(z.unknown(), countMessage)
    .min(1, countMessage)
    .max(USAGE_EVENTS_MAX, countMessage)
    .describe('The events, each checked and charged separately.'),
});

export const usageEvent = z.strictObject({
  id: text(255).meta({ description: 'Of your own; an event is charged once for each wallet and id, for ever.' }),
  action: action.meta({ description: 'The action of the price book.', examples: ['chat'] }),
  quantity: quantity.describe('How many units.'),
  at: moment.meta({
    format: 'date-time',
    description: 'When it happened: at most 35 days ago, and 5 minutes ahead. Its price is that of this time.',
  }),
  serviceType: serviceType.default('FEATURE'),
  ...noteFields,
});

/** The body as the API's document shows it. */
export const usageBodyShown = z
  .strictObject({
    events: z
      .array(usageEvent)
      .min(1)
      .max(USAGE_EVENTS_MAX)
      .describe('The events, each checked and charged separately.'),
  })
  .meta({ examples: [{ events: [{ id: 'req-1', action: 'chat', quantity: '1500', at: '2026-01-31T12:00:00Z' }] }] });

const problem = z
  .looseObject({
    status: z.int().describe('The status that the event would have as a single call.'),
    code: z.string().meta({ description: 'The stable code of the problem.', examples: ['NOT_FOUND'] }),
    detail: z
      .string()
      .meta({ description: 'What happened and what to do, in words.', examples: ['there is no such hold'] }),
    message: z
      .string()
      .meta({ description: 'What happened and what to do, in words.', examples: ['there is no such hold'] }),
  })
  .meta({ id: 'UsageProblem' });

const usageResult = z
  .strictObject({
    id: z
      .string()
      .nullable()
      .meta({ description: 'The id of the event; null where it names none.', examples: ['req-1'] }),
    status: z.int().describe('The status that the event would have as a single call.'),
    seen: z.boolean().describe('Whether it was charged before, with the same content.'),
    charge: z.int().min(0).nullable().describe('Its place in `charges`; null where it was seen or refused.'),
    problem: problem.optional().describe('Why the event was refused; left out where it was not.'),
  })
  .meta({ id: 'UsageResult' });

/** What events that are alike were charged together. */
const usageCharge = z
  .strictObject({
    commandId: z
      .string()
      .nullable()
      .optional()
      .meta({
        description: 'The id of the command; null where the events cost nothing, and in a dry run.',
        examples: ['cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
      }),
    serviceType: serviceName
      .nullable()
      .meta({ description: 'The service that is charged; null where none is.', examples: ['AI_API'] }),
    amountUsd: amount.describe('What they cost together, in USD.'),
    ...pricingShown,
    events: z.int().min(1).describe('How many events it covers.'),
    availableUsd: amount.describe('What can be spent after it, in USD.'),
    heldUsd: amount.describe('What open holds keep after it, in USD.'),
    createdAt: time.describe('When it was recorded.'),
    entries: z
      .array(entryView.partial({ id: true, commandId: true, lotId: true }))
      .describe('The entries that the command wrote, in their order.'),
    ...budgetsShown,
  })
  .meta({ id: 'UsageCharge' });

export const usageReply = z.strictObject({
  dryRun: z.literal(true).optional().describe('Present in the answer to a dry run: nothing was written.'),
  results: z.array(usageResult).describe('One result for each, in the same order.'),
  charges: z.array(usageCharge).describe('What events that are alike were charged together.'),
});

export type UsageResult = z.input<typeof usageResult>;
export type UsageCharge = z.input<typeof usageCharge>;
