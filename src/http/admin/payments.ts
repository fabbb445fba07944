/** The endpoint by which operators give money back. */
import { z } from 'zod';
import { uuidV7 } from '../../core/ids.ts';
import { findOrder } from '../../db/billing/orders.ts';
import { listParts } from '../../db/billing/payments.ts';
import { viewOfAnyOrder } from '../../views/order.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { usd } from '../endpoint/validate.ts';
import type { SurfaceDeps } from '../deps.ts';
import { anyOrderView } from '../money/orders.ts';
import { keyFields } from '../money/schemas.ts';
import { FailedCall } from '../server/problem.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const MICROS_PER_CENT = 10_000n;

const refundBody = z.strictObject({
  amountUsd: usd.optional().describe('How much to give back, in whole cents, with tax; left out: all that is left.'),
  ...keyFields,
});

/** Refunds. */
export function paymentRoutes(deps: SurfaceDeps): Route[] {
  return [refundRoute(deps)];
}

function refundRoute({ guard, db, clock, cards }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    freshSignIn: true,
    path: '/admin/orders/:id/refunds',
    operation: 'refundOrder',
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
