/** What the calls about orders take and answer, on the treasury's and the operator's surface. */
import { z } from 'zod';
import { ORDER_CHANNELS, ORDER_STATES, STEP_SOURCES } from '../../core/billing/order.ts';
import type { AnyOrderView, OrderView } from '../../views/order.ts';
import { amount, time } from '../endpoint/fields.ts';
import { cursor, limit } from '../endpoint/validate.ts';
import { metadataFilter } from './schemas.ts';

const state = z.enum(ORDER_STATES, `must be one of ${ORDER_STATES.join(', ')}`);

export const ordersQuery = z.strictObject({
  state: state.optional().describe('Only orders in this state.'),
  metadata: metadataFilter.optional(),
  limit,
  cursor,
});

export const orderView = z
  .strictObject({
    id: z.uuid().describe('The id of the order.'),
    state: z.enum(ORDER_STATES).describe('The state of the order.'),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why; null when nothing needs saying.', examples: ['amount_differs'] }),
    channel: z.enum(ORDER_CHANNELS).describe('How it is paid.'),
    packId: z
      .string()
      .nullable()
      .meta({ description: 'The id of the credit pack; null where no pack was bought.', examples: ['starter'] }),
    productId: z.uuid().nullable().describe('The id of the product; null where none was bought.'),
    amountUsd: amount.describe('The price in USD.'),
    priceCents: z.int().min(0).describe('The price in cents.'),
    creditUsd: amount.describe('The credit that it brings, in USD.'),
    giftCards: z.int().min(0).describe('How many free gift cards it brings.'),
    refundedCents: z.int().min(0).describe('What was given back to the payer, in cents.'),
    takenBackUsd: amount.describe('The credit that was taken back, in USD.'),
    dispute: z
      .strictObject({
        status: z.string().meta({ description: "The provider's word for its state.", examples: ['needs_response'] }),
        dueBy: time.nullable().describe('Until when it has to be answered; null where that is unknown.'),
      })
      .nullable()
      .describe('The dispute of the payment; null where there is none.'),
    receiptUrl: z
      .string()
      .nullable()
      .meta({
        description: "The provider's page with the receipt; null where there is none.",
        examples: ['https://pay.example/receipts/1'],
      }),
    poNumber: z
      .string()
      .nullable()
      .meta({
        description: "The number of the org's own purchase order; null without one.",
        examples: ['PO-2026-118'],
      }),
    metadata: z.record(z.string(), z.string()).describe('The pairs of text that the caller noted.'),
    createdAt: time.describe('When it was created.'),
    expiresAt: time.describe('Until when it can be paid.'),
    timeline: z
      .array(
        z.strictObject({
          at: time.describe('When it happened.'),
          what: z.string().meta({ description: 'What happened.', examples: ['paid'] }),
          source: z.enum(STEP_SOURCES).describe('Who reported it.'),
        }),
      )
      .describe('What happened to it, in order.'),
  })
  .meta({ id: 'Order' }) satisfies z.ZodType<OrderView>;

export const anyOrderView = z
  .strictObject({
    orgId: z.uuid().nullable().describe('The org that buys; null where a user does.'),
    userId: z
      .string()
      .nullable()
      .meta({ description: 'The user who buys; null where an org does.', examples: ['user-17'] }),
    ...orderView.shape,
  })
  .meta({ id: 'AnyOrder' }) satisfies z.ZodType<AnyOrderView>;
