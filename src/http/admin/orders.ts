/** Endpoints that show operators the orders of every org. */
import { z } from 'zod';
import { findOrder, listOrders } from '../../db/billing/orders.ts';
import { listParts } from '../../db/billing/payments.ts';
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

const ordersReply = z.strictObject({ orders: z.array(anyOrderView).describe('The orders, newest first.'), nextCursor });

/** The orders of every org. */
export function anyOrderRoutes({ guard, db, clock }: SurfaceDeps): Route[] {
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: PATH,
      query: ordersQuery.extend({
        org: z.uuid('must be the id of an org').optional().describe('Only orders of this org.'),
      }),
      body: NO_BODY,
      operation: 'listAllOrders',
      summary: 'The orders of every org, newest first',
      chapter: CHAPTERS.orders,
      replies: { 200: ordersReply },
    },
    async ({ query: { org = null, state, metadata, limit, cursor } }) => {
      const [nowMs, beforeId] = [clock.nowMs(), decodeCursor(cursor, CURSOR_KIND, readUuid)];
      const rows = await listOrders(db, { org, state, metadata, nowMs, beforeId, limit: limit + 1 });
      const { page, nextCursor: next } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const orders = (await listParts(db, page)).map((parts) => viewOfAnyOrder(parts, nowMs));
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
      operation: 'getAnyOrder',
      summary: 'An order of any org, with its timeline',
      chapter: CHAPTERS.orders,
      replies: { 200: anyOrderView },
      errors: ['NOT_FOUND'],
    },
    async ({ params }) => {
      const order = await findOrder(db, readId(params['id'], 'order'));
      const [parts] = await listParts(db, order ? [order] : []);
      if (!parts) throw notFound('order');
      return { body: viewOfAnyOrder(parts, clock.nowMs()) satisfies z.input<typeof anyOrderView> };
    },
  );
  return [list, read];
}
