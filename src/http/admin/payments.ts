/** Endpoints by which operators give money back, and look at disputes and give them up. */
import { z } from 'zod';
import { uuidV7 } from '../../core/ids.ts';
import { findOrder } from '../../db/billing/orders.ts';
import { listParts } from '../../db/billing/payments.ts';
import { findDispute, listDisputes } from '../../db/billing/provider-facts.ts';
import { viewOfDispute } from '../../views/dispute.ts';
import { viewOfAnyOrder } from '../../views/order.ts';
import { decodeCursor, encodeCursor, pageOf, readTimeMs } from '../endpoint/cursor.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { nextCursor, page as pageQuery, time } from '../endpoint/fields.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { usd } from '../endpoint/validate.ts';
import type { SurfaceDeps } from '../deps.ts';
import { anyOrderView } from '../money/orders.ts';
import { keyFields } from '../money/schemas.ts';
import { FailedCall } from '../server/problem.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'disputes';
const MICROS_PER_CENT = 10_000n;
const DISPUTE_ID = /^[A-Za-z0-9_-]{1,255}$/;

const refundBody = z.strictObject({
  /** In whole cents, with tax; left out: all that is left. */
  amountUsd: usd.optional(),
  ...keyFields,
});
const disputeView = z.strictObject({
  id: z.string(),
  orderId: z.uuid(),
  account: z.string(),
  status: z.string(),
  reason: z.string(),
  currency: z.string(),
  amountCents: z.int().min(0),
  withdrawnCents: z.int().min(0),
  dueBy: time.nullable(),
  openedAt: time,
});
const disputesReply = z.strictObject({ disputes: z.array(disputeView), nextCursor });

/** Refunds and disputes. */
export function paymentRoutes(deps: SurfaceDeps): Route[] {
  return [refundRoute(deps), disputesRoute(deps), acceptRoute(deps)];
}

function refundRoute({ guard, db, clock, cards }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: '/admin/orders/:id/refunds',
    summary: 'Gives the payer of an order its money back, some or all of it',
    chapter: CHAPTERS.orders,
    replies: { 200: anyOrderView },
    errors: [
      'NOT_FOUND',
      'REFUND_NOT_POSSIBLE',
      'IDEMPOTENCY_CONFLICT',
      'PAYMENTS_NOT_CONFIGURED',
      'PAYMENT_PROVIDER_FAILED',
      'CARD_DECLINED',
      'LEDGER_UNAVAILABLE',
    ],
    idempotent: true,
    query: NO_QUERY,
    body: refundBody,
  } as const;
  return adminRoute(guard, specification, async ({ params, body: { amountUsd: amountMicros }, idempotencyKey }) => {
    const id = readId(params['id'], 'order');
    if (amountMicros !== undefined && amountMicros % MICROS_PER_CENT !== 0n) {
      throw invalidInput([{ path: 'amountUsd', message: 'must be in whole cents' }]);
    }
    const key = idempotencyKey?.text ?? uuidV7(clock.nowMs());
    const named = { [IDEMPOTENCY_HEADER]: key };
    const amountCents = amountMicros === undefined ? undefined : amountMicros / MICROS_PER_CENT;
    const { replayed } = await cards.cashier.refund({ order: id, amountCents, key }).catch((error: unknown) => {
      throw new FailedCall(error, named);
    });
    const headers = { ...named, ...(replayed ? { [REPLAYED_HEADER]: 'true' } : {}) };
    const order = await findOrder(db, id);
    const [parts] = await listParts(db, order ? [order] : []);
    if (!parts) throw notFound('order');
    return { body: viewOfAnyOrder(parts, clock.nowMs()) satisfies z.input<typeof anyOrderView>, headers };
  });
}

function disputesRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: '/admin/disputes',
    summary: 'The disputes of card payments, newest first',
    chapter: CHAPTERS.orders,
    replies: { 200: disputesReply },
    query: pageQuery,
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async ({ query: { limit, cursor } }) => {
    const before = decodeCursor(cursor, CURSOR_KIND, (atMs, id) => {
      const openedAtMs = readTimeMs(atMs);
      return openedAtMs !== undefined && id !== undefined && DISPUTE_ID.test(id) ? { openedAtMs, id } : undefined;
    });
    const rows = await listDisputes(db, { before, limit: limit + 1 });
    const { page, nextCursor: next } = pageOf(rows, limit, ({ openedAtMs, id }) =>
      encodeCursor(CURSOR_KIND, openedAtMs, id),
    );
    return { body: { disputes: page.map(viewOfDispute), nextCursor: next } satisfies z.input<typeof disputesReply> };
  });
}

function acceptRoute({ guard, db, cards }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: '/admin/disputes/:id/accept',
    pathParams: { id: z.string().regex(DISPUTE_ID) },
    summary: 'Gives a dispute up: it is lost',
    chapter: CHAPTERS.orders,
    replies: { 200: disputeView },
    errors: [
      'NOT_FOUND',
      'DISPUTE_NOT_OPEN',
      'PAYMENTS_NOT_CONFIGURED',
      'PAYMENT_PROVIDER_FAILED',
      'CARD_DECLINED',
      'LEDGER_UNAVAILABLE',
    ],
    query: NO_QUERY,
    body: z.strictObject({}),
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const id = readId(params['id'], 'dispute', (text) => DISPUTE_ID.test(text));
    await cards.cashier.acceptDispute(id);
    const dispute = await findDispute(db, id);
    if (!dispute) throw notFound('dispute');
    return { body: viewOfDispute(dispute) satisfies z.input<typeof disputeView> };
  });
}
