/** What the calls about orders take and answer, on the treasury's and the operator's surface. */
import { z } from 'zod';
import { ORDER_CHANNELS, ORDER_STATES, STEP_SOURCES } from '../../core/billing/order.ts';
import type { AnyOrderView, OrderView } from '../../views/order.ts';
import { amount, time } from '../endpoint/fields.ts';
import { cursor, limit } from '../endpoint/validate.ts';
import { metadataFilter } from './schemas.ts';

const state = z.enum(ORDER_STATES, `must be one of ${ORDER_STATES.join(', ')}`);

export const ordersQuery = z.strictObject({
  state: state.optional(),
  metadata: metadataFilter.optional(),
  limit,
  cursor,
});

export const orderView = z.strictObject({
  id: z.uuid(),
  state: z.enum(ORDER_STATES),
  reason: z.string().nullable(),
  channel: z.enum(ORDER_CHANNELS),
  packId: z.string().nullable(),
  productId: z.uuid().nullable(),
  amountUsd: amount,
  priceCents: z.int().min(0),
  creditUsd: amount,
  giftCards: z.int().min(0),
  refundedCents: z.int().min(0),
  takenBackUsd: amount,
  dispute: z.strictObject({ status: z.string(), dueBy: time.nullable() }).nullable(),
  receiptUrl: z.string().nullable(),
  poNumber: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
  createdAt: time,
  expiresAt: time,
  timeline: z.array(z.strictObject({ at: time, what: z.string(), source: z.enum(STEP_SOURCES) })),
}) satisfies z.ZodType<OrderView>;

export const anyOrderView = z.strictObject({
  orgId: z.uuid().nullable(),
  userId: z.string().nullable(),
  ...orderView.shape,
}) satisfies z.ZodType<AnyOrderView>;
