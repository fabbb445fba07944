/** Schemas that calls that move money share: the service, the idempotency key, and the entries in their answers. */
import { z } from 'zod';
import { BUILT_IN_SERVICES, ENTRY_TYPES, SERVICE_NAME } from '../../core/ledger/vocabulary.ts';
import type { BudgetLeftView } from '../../views/spending/budget.ts';
import type { EntryView } from '../../views/entry.ts';
import { amount, SERVICE_SCHEMA, time } from '../endpoint/fields.ts';
import { metadataOf, text } from '../endpoint/validate.ts';
import { ENTRY_EXAMPLE } from './examples.ts';

const SERVICE_NAME_CHARS_MAX = 40;
const METADATA_PAIRS_MAX = 15;

/** A service to charge. Which ones there are depends on the configuration: parseServiceType checks that. */
export const serviceType = z
  .string()
  .max(SERVICE_NAME_CHARS_MAX, `must be at most ${SERVICE_NAME_CHARS_MAX} characters`)
  .meta({ id: SERVICE_SCHEMA, enum: [...BUILT_IN_SERVICES], description: 'The service that is charged.' });
/** The service of an entry, which may have been retired since. */
export const serviceName = z.string().regex(SERVICE_NAME);
/** The type of an entry. */
export const entryType = z.enum(ENTRY_TYPES, `must be one of ${ENTRY_TYPES.join(', ')}`).meta({ id: 'EntryType' });

/** The caller's own pairs of text. */
export const metadata = metadataOf(METADATA_PAIRS_MAX);
/** A filter by pairs of metadata: `metadata[key]=value`. */
export const metadataFilter = metadata.meta({
  description: 'Only what has all of these pairs, each as `metadata[name]=value`.',
  param: { style: 'deepObject', explode: true },
});
/** What a caller may note with a command. */
export const noteFields = {
  reference: text(255)
    .optional()
    .meta({ description: "The caller's own reference.", examples: ['chat-8812'] }),
  description: text(1000)
    .optional()
    .meta({ description: 'What it is for, in words.', examples: ['Chat of the support desk'] }),
  appId: text(255)
    .optional()
    .meta({ description: "The caller's app that spends.", examples: ['desk'] }),
  userId: text(255)
    .optional()
    .meta({ description: 'The user.', examples: ['user-17'] }),
  teamId: text(255)
    .optional()
    .meta({ description: 'The team that spends.', examples: ['support'] }),
  metadata: metadata.optional().describe('The pairs of text that the caller noted.'),
};
/** The notes in answers. */
export const notesShown = {
  reference: z
    .string()
    .nullable()
    .meta({ description: "The caller's own reference.", examples: ['chat-8812'] }),
  description: z
    .string()
    .nullable()
    .meta({ description: 'What it is for, in words.', examples: ['Chat of the support desk'] }),
  appId: z
    .string()
    .nullable()
    .meta({ description: "The caller's app that spends.", examples: ['desk'] }),
  userId: z
    .string()
    .nullable()
    .meta({ description: 'The user.', examples: ['user-17'] }),
  teamId: z
    .string()
    .nullable()
    .meta({ description: 'The team that spends.', examples: ['support'] }),
  metadata: z
    .record(z.string(), z.string())
    .nullable()
    .meta({
      description: 'The pairs of text that the caller noted; null where there are none.',
      examples: [{ project: 'atlas' }],
    }),
};
/** How a command was priced, in answers; null where it named an amount. */
export const pricingShown = {
  action: z
    .string()
    .nullable()
    .meta({ description: 'The action of the price book; null where an amount was named.', examples: ['chat'] }),
  quantity: z
    .string()
    .nullable()
    .meta({ description: 'How many units; null where an amount was named.', examples: ['1500'] }),
  price: z
    .strictObject({
      priceId: z.uuid().describe('The id of the row of the price book.'),
      rateUsd: z.string().meta({ description: 'USD for a unit.', examples: ['0.00002'] }),
      rounding: z.literal('up').describe('How the product was rounded.'),
    })
    .nullable()
    .meta({ description: 'The row of the price book, its rate for a unit, and how their product was rounded.' }),
};
/** An alternative to the Idempotency-Key header; readIdempotencyKey checks its form. */
const keyField = z
  .unknown()
  .optional()
  .meta({ type: 'string', minLength: 1, maxLength: 255, description: 'An alternative to the Idempotency-Key header.' });
/** A field that is taken, and that the document leaves out. */
const hiddenKeyField = keyField.meta({ isHidden: true });
/** Alternatives to the header, in either spelling; the document shows the header alone. */
export const keyFields = { idempotencyKey: hiddenKeyField, idempotency_key: hiddenKeyField };
/** The same for surfaces whose clients send the key in the body: the document shows it as they spell it. */
export const snakeKeyFields = { ...keyFields, idempotency_key: keyField };
/** What a spend left of the budgets that it counts in; missing where it counts in none. */
const budgetsLeft = z
  .array(
    z.strictObject({
      budgetId: z.uuid().describe('The id of the budget.'),
      leftUsd: amount.describe('What is left of it, in USD.'),
      renewsAt: time.nullable().describe('When the budget begins anew; null where it never does.'),
    }),
  )
  .meta({ id: 'BudgetsLeft', description: 'What a spend left of the budgets that it counts in.' }) satisfies z.ZodType<
  BudgetLeftView[]
>;
export const budgetsShown = {
  budgets: budgetsLeft
    .optional()
    .describe('What a spend left of the budgets that it counts in; left out where it counts in none.'),
};
/** The fields of every answer to a call that moves money, beside its own. */
export const outcomeFields = {
  availableUsd: amount.describe('What can be spent after it, in USD.'),
  heldUsd: amount.describe('What open holds keep after it, in USD.'),
  entries: z.array(z.lazy(() => entryView)).describe('The entries that the command wrote, in their order.'),
  ...budgetsShown,
  idempotencyKey: z.string().meta({
    description: 'The idempotency key of the command: that of the request, or the one that was made for it.',
    examples: ['order-8812-charge'],
  }),
};

export const entryView = z
  .strictObject({
    id: z
      .string()
      .meta({ description: 'The id of the entry.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
    commandId: z.string().meta({
      description: 'The same on all entries that one command wrote.',
      examples: ['cmd_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
    }),
    type: entryType.describe('What kind of entry it is.'),
    serviceType: serviceName
      .nullable()
      .meta({ description: 'The service that is charged; null where none is.', examples: ['AI_API'] }),
    amountUsd: amount.describe('The amount in USD; negative where it leaves the wallet.'),
    availableDeltaUsd: amount.describe('What it did to the available balance, in USD; signed.'),
    heldDeltaUsd: amount.describe('What it did to the held balance, in USD; signed.'),
    availableAfterUsd: amount.describe('What could be spent after it, in USD.'),
    heldAfterUsd: amount.describe('What open holds kept after it, in USD.'),
    giftCardsDelta: z.int().describe('What it did to the number of free gift cards; signed.'),
    giftCardsAvailableAfter: z.int().min(0).describe('How many free gift cards could be used after it.'),
    giftCardsHeldAfter: z.int().min(0).describe('How many free gift cards were held after it.'),
    idempotencyKey: z
      .string()
      .nullable()
      .meta({
        description: 'The idempotency key of the command; null on entries of before it was kept.',
        examples: ['order-8812-charge'],
      }),
    lotId: z
      .string()
      .nullable()
      .meta({
        description: 'The lot that the entry opened, drew on or filled; null where there is none.',
        examples: ['lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12'],
      }),
    lotLeftUsd: amount.nullable().describe('What the lot had left after it, in USD; null where there is none.'),
    restrictedTo: z
      .strictObject({
        services: z.array(z.string()).nullable().describe('The services it may pay for; null: every service.'),
        actions: z.array(z.string()).nullable().describe('The actions it may pay for; null: every action.'),
      })
      .nullable()
      .describe('What alone the lot that the entry opened may pay for; null: everything.'),
    refundOf: z
      .string()
      .nullable()
      .meta({
        description: 'The first entry of the charge that the entry gives back; null for other entries.',
        examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38'],
      }),
    holdId: z
      .string()
      .nullable()
      .meta({
        description: 'The hold that the entry is about; null for other entries.',
        examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40'],
      }),
    parentHoldId: z
      .string()
      .nullable()
      .meta({
        description: 'The hold that the money of that hold came from; null where it came from the balance.',
        examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_38'],
      }),
    depositId: z.uuid().nullable().describe('The id of the deposit; null where it is about none.'),
    orderId: z.uuid().nullable().describe('The id of the order; null where there is none.'),
    txHash: z
      .string()
      .nullable()
      .meta({
        description: 'The hash of the transaction that the deposit came in; null for other entries.',
        examples: ['0x8f2a559490cb6e7bd8e4a1c0f6a2f4f2f1f0f1d2c3b4a5968778695a4b3c2d1e'],
      }),
    chain: z
      .string()
      .nullable()
      .meta({ description: 'The chain, as a CAIP-2 id; null where it is about none.', examples: ['eip155:8453'] }),
    ...pricingShown,
    ...notesShown,
    createdAt: time.describe('When it was recorded.'),
  })
  .meta({
    id: 'Entry',
    description: 'A movement of a wallet, recorded for ever.',
    examples: [ENTRY_EXAMPLE],
  }) satisfies z.ZodType<EntryView>;
