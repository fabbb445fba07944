/** Schemas of the call that explains decisions. */
import { z } from 'zod';
import { REFUSAL_CODES } from '../../core/errors.ts';
import { REFUSERS } from '../../core/explain/kept-refusal.ts';
import { LOT_SOURCES } from '../../core/ledger/head.ts';
import { amount, time } from '../endpoint/fields.ts';
import { entryView, pricingShown } from '../money/schemas.ts';

const ID_CHARS_MAX = 100;

export const explainQuery = z.strictObject({
  entry: z
    .string()
    .max(ID_CHARS_MAX)
    .optional()
    .meta({ description: 'The id of an entry.', examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'] }),
  hold: z
    .string()
    .max(ID_CHARS_MAX)
    .optional()
    .meta({
      description: 'The id of a hold: why it was opened, and what became of it.',
      examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40'],
    }),
  requestId: z
    .string()
    .regex(/^[0-9A-Za-z._-]{1,64}$/, 'must be the id of a request')
    .optional()
    .meta({
      description: 'The id of the request: `requestId` of its problem, or the header `X-Request-Id` of its answer.',
      examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
    }),
});

const change = z.strictObject({
  change: z
    .enum([
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
    ])
    .describe('What would have to be different.'),
  byUsd: amount.nullable().describe('By how much, in USD; null where it is about no amount.'),
  byQuantity: z
    .string()
    .nullable()
    .meta({ description: 'By how many units; null where it is about none.', examples: ['500'] }),
  earlierSeconds: z.number().nullable().describe('How many seconds earlier; null where it is about no time.'),
  text: z.string().meta({
    description: 'The same in words.',
    examples: ['With 7.00 USD more available it would have been accepted.'],
  }),
});

const decision = z
  .strictObject({
    outcome: z.enum(['accepted', 'refused']).describe('Whether the command was accepted.'),
    operation: z.string().meta({ description: 'What was asked for.', examples: ['treasury.debit'] }),
    at: time.describe('When it was decided.'),
    explanation: z.string().meta({
      description: 'The decision in words, for people.',
      examples: ['The debit of 10.00 USD was refused: 3.00 USD were available.'],
    }),
    refusal: z
      .strictObject({
        code: z.enum(REFUSAL_CODES).describe('The code of the refusal.'),
        message: z
          .string()
          .meta({ description: 'What the caller was answered.', examples: ['10.00 USD needed, 3.00 USD available'] }),
        by: z.enum(REFUSERS).describe('Which check refused.'),
      })
      .nullable()
      .describe('Why it was refused; null where it was accepted.'),
    changes: z.array(change).describe('What would have turned the decision round, the nearest first.'),
    before: z
      .strictObject({
        entryId: z
          .string()
          .nullable()
          .meta({
            description: 'The last entry before the command; null where there was none.',
            examples: ['ent_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_42'],
          }),
        availableUsd: amount.describe('What could be spent, in USD.'),
        heldUsd: amount.describe('What open holds kept, in USD.'),
        debtUsd: amount.describe('What is owed, in USD.'),
        frozenUsd: amount.describe('What disputes keep from being spent, in USD.'),
        freeGiftCards: z.int().describe('How many free gift cards there are.'),
      })
      .nullable()
      .describe('The wallet before the command; null where it is not known.'),
    reproduced: z
      .boolean()
      .nullable()
      .describe('Whether the rule decides the same again on that state; null where it was not the rule that refused.'),
    state: z
      .strictObject({
        complete: z.boolean().describe('What is known of that state.'),
        entriesRead: z.int().min(0).describe('How many entries were read to find out.'),
      })
      .describe('What is known of that state; of a hold, `open` or what ended it.'),
    lots: z
      .array(
        z.strictObject({
          lotId: z
            .string()
            .meta({ description: 'The id of the lot.', examples: ['lot_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_12'] }),
          source: z.enum(LOT_SOURCES).nullable().describe('What opened the lot; null where that is unknown.'),
          promotional: z.boolean().describe('Whether its credit was given, not paid for.'),
          expiresAt: time.nullable().describe('When it expires; null where it does not.'),
          deltaUsd: amount.describe('What the command did to the lot, in USD; signed.'),
          leftUsd: amount.describe('What it has left, in USD.'),
        }),
      )
      .describe('The lots that the command touched.'),
    price: z.strictObject(pricingShown).describe('How the command was priced.'),
    asked: z
      .strictObject({
        actor: z
          .string()
          .nullable()
          .meta({ description: 'Who called; null where that was not kept.', examples: ['key:0aB3dE7z'] }),
        requestId: z
          .string()
          .nullable()
          .meta({
            description:
              'The id of the request: `requestId` of its problem, or the header `X-Request-Id` of its answer.',
            examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
          }),
        idempotencyKey: z
          .string()
          .nullable()
          .meta({ description: 'The idempotency key of the command.', examples: ['order-8812-charge'] }),
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
      })
      .describe('Who asked for it.'),
    entries: z.array(entryView).describe('The entries that the command wrote, in their order.'),
  })
  .meta({ id: 'Decision' });

export const explainReply = z.strictObject({
  decisions: z
    .array(decision)
    .min(1)
    .describe('One for an entry or a hold; for a request, one for each of its refused commands, up to 20.'),
  hold: z
    .strictObject({
      holdId: z
        .string()
        .meta({ description: 'The id of the hold.', examples: ['hold_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21_40'] }),
      state: z.enum(['open', 'captured', 'released', 'expired']).describe('`open`, or what ended it.'),
      leftUsd: amount.describe('What it has left, in USD.'),
      capturedUsd: amount.describe('What was captured of the hold, in USD.'),
      expiresAt: time.nullable().describe('When it expires; null where it does not.'),
      closedAt: time.nullable().describe('When it was closed; null while it is open.'),
    })
    .nullable()
    .describe(
      'The id of a hold: why it was opened, and what became of it; in the answer what became of it, null for others.',
    ),
});
