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
  /** Each event is checked separately, so that an invalid one does not stop the others. */
  events: z.array(z.unknown(), countMessage).min(1, countMessage).max(USAGE_EVENTS_MAX, countMessage),
});

export const usageEvent = z.strictObject({
  id: text(255).meta({ description: 'Of your own; an event is charged once for each wallet and id, for ever.' }),
  action,
  quantity,
  at: moment.meta({
    format: 'date-time',
    description: 'When it happened: at most 35 days ago, and 5 minutes ahead. Its price is that of this time.',
  }),
  serviceType: serviceType.default('FEATURE'),
  ...noteFields,
});

/** The body as the API's document shows it. */
export const usageBodyShown = z
  .strictObject({ events: z.array(usageEvent).min(1).max(USAGE_EVENTS_MAX) })
  .meta({ examples: [{ events: [{ id: 'req-1', action: 'chat', quantity: '1500', at: '2026-01-31T12:00:00Z' }] }] });

const problem = z.looseObject({ status: z.int(), code: z.string(), detail: z.string(), message: z.string() });

const usageResult = z.strictObject({
  /** Null where the event names none. */
  id: z.string().nullable(),
  /** The status that the event would have as a single call. */
  status: z.int(),
  /** It was charged before, with the same content. */
  seen: z.boolean(),
  /** Its place in `charges`; null where it was seen or refused. */
  charge: z.int().min(0).nullable(),
  problem: problem.optional(),
});

/** What events that are alike were charged together. */
const usageCharge = z.strictObject({
  /** Null where they cost nothing, and in a dry run. */
  commandId: z.string().nullable().optional(),
  serviceType: serviceName.nullable(),
  amountUsd: amount,
  ...pricingShown,
  events: z.int().min(1),
  availableUsd: amount,
  heldUsd: amount,
  createdAt: time,
  entries: z.array(entryView.partial({ id: true, commandId: true, lotId: true })),
  ...budgetsShown,
});

export const usageReply = z.strictObject({
  dryRun: z.literal(true).optional(),
  /** One for each event, in the same order. */
  results: z.array(usageResult),
  charges: z.array(usageCharge),
});

export type UsageResult = z.input<typeof usageResult>;
export type UsageCharge = z.input<typeof usageCharge>;
