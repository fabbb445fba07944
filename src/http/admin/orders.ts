/** Endpoints that show operators the orders of every org. */
import { z } from 'zod';
import { findOrder, listOrders, listSteps } from '../../db/billing/orders.ts';
import { viewOfAnyOrder } from '../../views/order.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { nextCursor } from '../endpoint/fields.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { anyOrderView, ordersQuery } from '../money/orders.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'admin-orders';
const PATH = '/admin/orders';

const ordersReply = z.strictObject({ orders: z.array(anyOrderView), nextCursor });

/** The orders of every org. */
export function anyOrderRoutes({ guard, db, clock }: SurfaceDeps): Route[] {
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: PATH,
      query: ordersQuery.extend({ org: z.uuid('must be the id of an org').optional() }),
      body: NO_BODY,
      summary: 'The orders of every org, newest first',
      chapter: CHAPTERS.orders,
      replies: { 200: ordersReply },
    },
    async ({ query: { org = null, state, limit, cursor } }) => {
      const [nowMs, beforeId] = [clock.nowMs(), decodeCursor(cursor, CURSOR_KIND, readUuid)];
      const rows = await listOrders(db, { org, state, nowMs, beforeId, limit: limit + 1 });
      const { page, nextCursor: next } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const ids = page.map(({ id }) => id);
      const steps = await listSteps(db, ids);
      const orders = page.map((order) => viewOfAnyOrder(order, steps.get(order.id) ?? [], nowMs));
      return { body: { orders, nextCursor: next } satisfies z.input<typeof ordersReply> };
    },
  );
  const read = adminRoute(
    guard,
    {
      method: 'GET',
      path: `${PATH}/:id`,
      query: NO_QUERY,
      body: NO_BODY,
      summary: 'An order of any org, with its timeline',
      chapter: CHAPTERS.orders,
      replies: { 200: anyOrderView },
      errors: ['NOT_FOUND'],
    },
    async ({ params }) => {
      const order = await findOrder(db, readId(params['id'], 'order'));
      if (!order) throw notFound('order');
      const steps = await listSteps(db, [order.id]);
      const body: z.input<typeof anyOrderView> = viewOfAnyOrder(order, steps.get(order.id) ?? [], clock.nowMs());
      return { body };
    },
  );
  return [list, read];
}
