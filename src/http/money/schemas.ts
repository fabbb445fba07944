/** Schemas that calls that move money share: the service, the idempotency key, and the entries in their answers. */
import { z } from 'zod';
import { BUILT_IN_SERVICES, ENTRY_TYPES, SERVICE_NAME } from '../../core/ledger/vocabulary.ts';
import type { BudgetLeftView } from '../../views/spending/budget.ts';
import type { EntryView } from '../../views/entry.ts';
import { amount, SERVICE_SCHEMA, time } from '../endpoint/fields.ts';
import { metadataOf, text } from '../endpoint/validate.ts';

const SERVICE_NAME_CHARS_MAX = 40;
const METADATA_PAIRS_MAX = 15;

/** A service to charge. Which ones there are depends on the configuration: parseServiceType checks that. */
export const serviceType = z
  .string()
  .max(SERVICE_NAME_CHARS_MAX, `must be at most ${SERVICE_NAME_CHARS_MAX} characters`)
  .meta({ id: SERVICE_SCHEMA, enum: [...BUILT_IN_SERVICES], description: 'The service that is charged.' });
/** The service of an entry, which may have been retired since. */
export const serviceName = z.string().regex(SERVICE_NAME);

/** The caller's own pairs of text. */
export const metadata = metadataOf(METADATA_PAIRS_MAX);
/** A filter by pairs of metadata: `metadata[key]=value`. */
export const metadataFilter = metadata.meta({
  description: 'Only what has all of these pairs, each as `metadata[name]=value`.',
  param: { style: 'deepObject', explode: true },
});
/** What a caller may note with a command. */
export const noteFields = {
  reference: text(255).optional(),
  description: text(1000).optional(),
  appId: text(255).optional(),
  userId: text(255).optional(),
  teamId: text(255).optional(),
  metadata: metadata.optional(),
};
/** The notes in answers. */
export const notesShown = {
  reference: z.string().nullable(),
  description: z.string().nullable(),
  appId: z.string().nullable(),
  userId: z.string().nullable(),
  teamId: z.string().nullable(),
  metadata: z.record(z.string(), z.string()).nullable(),
};
/** How a command was priced, in answers; null where it named an amount. */
export const pricingShown = {
  action: z.string().nullable(),
  quantity: z.string().nullable(),
  price: z
    .strictObject({ priceId: z.uuid(), rateUsd: z.string(), rounding: z.literal('up') })
    .nullable()
    .meta({ description: 'The row of the price book, its rate for a unit, and how their product was rounded.' }),
};
/** Alternatives to the Idempotency-Key header; readIdempotencyKey checks their form. */
const keyField = z
  .unknown()
  .optional()
  .meta({ type: 'string', minLength: 1, maxLength: 255, description: 'An alternative to the Idempotency-Key header.' });
export const keyFields = { idempotencyKey: keyField, idempotency_key: keyField };
/** What a spend left of the budgets that it counts in; missing where it counts in none. */
const budgetsLeft = z
  .array(
    z.strictObject({
      budgetId: z.uuid(),
      leftUsd: amount,
      /** When it begins anew; null where it never does. */
      renewsAt: time.nullable(),
    }),
  )
  .meta({ id: 'BudgetsLeft' }) satisfies z.ZodType<BudgetLeftView[]>;
export const budgetsShown = { budgets: budgetsLeft.optional() };
/** The fields of every answer to a call that moves money, beside its own. */
export const outcomeFields = {
  availableUsd: amount,
  heldUsd: amount,
  entries: z.array(z.lazy(() => entryView)),
  ...budgetsShown,
  idempotencyKey: z.string(),
};

export const entryView = z
  .strictObject({
    id: z.string(),
    /** The same on all entries that one command wrote. */
    commandId: z.string(),
    type: z.enum(ENTRY_TYPES),
    serviceType: serviceName.nullable(),
    amountUsd: amount,
    availableDeltaUsd: amount,
    heldDeltaUsd: amount,
    availableAfterUsd: amount,
    heldAfterUsd: amount,
    giftCardsDelta: z.int(),
    giftCardsAvailableAfter: z.int().min(0),
    giftCardsHeldAfter: z.int().min(0),
    idempotencyKey: z.string().nullable(),
    /** The lot that the entry opened, drew on or filled, and what the lot has left after it. */
    lotId: z.string().nullable(),
    lotLeftUsd: amount.nullable(),
    /** What alone the lot that the entry opened may pay for. */
    restrictedTo: z
      .strictObject({ services: z.array(z.string()).nullable(), actions: z.array(z.string()).nullable() })
      .nullable(),
    /** The first entry of the charge that the entry gives back. */
    refundOf: z.string().nullable(),
    holdId: z.string().nullable(),
    /** The hold that the money of that hold came from. */
    parentHoldId: z.string().nullable(),
    depositId: z.uuid().nullable(),
    orderId: z.uuid().nullable(),
    txHash: z.string().nullable(),
    chain: z.string().nullable(),
    ...pricingShown,
    ...notesShown,
    createdAt: time,
  })
  .meta({ id: 'Entry' }) satisfies z.ZodType<EntryView>;
