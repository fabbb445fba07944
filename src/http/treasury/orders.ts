/** Endpoints that list an org's orders, show one, change its notes and cancel it. */
import { z } from 'zod';
import { cancelOrder, changeNotes, findOrder, listOrders, type Order } from '../../db/billing/orders.ts';
import { listParts } from '../../db/billing/payments.ts';
import type { Database } from '../../db/database.ts';
import { viewOfOrder, type OrderView } from '../../views/order.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { nextCursor } from '../endpoint/fields.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { text } from '../endpoint/validate.ts';
import type { SurfaceDeps } from '../deps.ts';
import { ordersQuery, orderView } from '../money/orders.ts';
import { metadata } from '../money/schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'orders';
const PATH = '/treasury/orders';
const ONE = `${PATH}/:id`;

const ordersReply = z.strictObject({ orders: z.array(orderView).describe('The orders, newest first.'), nextCursor });
const notesBody = z
  .strictObject({
    poNumber: text(100)
      .nullable()
      .optional()
      .meta({ description: "The number of the org's own purchase order; null removes it.", examples: ['PO-2026-118'] }),
    metadata: metadata.optional().describe('Replaces all metadata of the order.'),
  })
  .meta({ examples: [{ poNumber: 'PO-2026-118' }] });

/** The orders of an org: every purchase, whatever pays it. */
export function orderRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), readRoute(deps), changeRoute(deps), cancelRoute(deps)];
}

function listRoute({ guard, forOrg, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: PATH,
    operation: 'listOrders',
    summary: 'The orders of an org, newest first',
    chapter: CHAPTERS.orders,
    replies: { 200: ordersReply },
    scopes: ['treasury:read'],
    query: ordersQuery,
    body: NO_BODY,
  } as const;
  return orgRoute(guard, specification, async ({ org, query: { state, metadata: pairs, limit, cursor } }) => {
    const db = forOrg(org.id);
    const [nowMs, beforeId] = [clock.nowMs(), decodeCursor(cursor, CURSOR_KIND, readUuid)];
    return guard.turns.run(org.id, async () => {
      const rows = await listOrders(db, { org: org.id, state, metadata: pairs, nowMs, beforeId, limit: limit + 1 });
      const { page, nextCursor: next } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const body: z.input<typeof ordersReply> = { orders: await viewsOf(db, page, nowMs), nextCursor: next };
      return { body };
    });
  });
}

function readRoute({ guard, forOrg, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: ONE,
    operation: 'getOrder',
    summary: 'An order, with its timeline',
    chapter: CHAPTERS.orders,
    replies: { 200: orderView },
    errors: ['NOT_FOUND'],
    scopes: ['treasury:read'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return orgRoute(guard, specification, async ({ org, params }) => {
    const db = forOrg(org.id);
    const order = await findOrder(db, readId(params['id'], 'order'));
    if (order?.org !== org.id) throw notFound('order');
    return { body: await viewOf(db, order, clock.nowMs()) };
  });
}

function changeRoute({ guard, forOrg, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'PATCH',
    path: ONE,
    operation: 'updateOrder',
    summary: 'Changes the notes on an order',
    chapter: CHAPTERS.orders,
    replies: { 200: orderView },
    errors: ['NOT_FOUND'],
    scopes: ['treasury:admin'],
    query: NO_QUERY,
    body: notesBody,
  } as const;
  return orgRoute(guard, specification, async ({ org, params, body }) => {
    const db = forOrg(org.id);
    const order = await changeNotes(db, org.id, readId(params['id'], 'order'), body);
    if (!order) throw notFound('order');
    return { body: await viewOf(db, order, clock.nowMs()) };
  });
}

function cancelRoute({ guard, forOrg, clock, cards }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: `${ONE}/cancel`,
    operation: 'cancelOrder',
    summary: 'Cancels an order that nothing was paid for',
    chapter: CHAPTERS.orders,
    replies: { 200: orderView },
    errors: ['NOT_FOUND', 'ORDER_NOT_OPEN', 'PAYMENTS_NOT_CONFIGURED', 'PAYMENT_PROVIDER_FAILED', 'CARD_DECLINED'],
    scopes: ['treasury:admin'],
    query: NO_QUERY,
    body: z.strictObject({}),
  } as const;
  return orgRoute(guard, specification, async ({ org, params }) => {
    const [db, nowMs] = [forOrg(org.id), clock.nowMs()];
    const id = readId(params['id'], 'order');
    const order = await findOrder(db, id);
    if (order?.org !== org.id) throw notFound('order');
    if (order.channel !== 'chain') await cards.cashier.cancelOrder(id);
    else await cancelOrder(db, { id, at: new Date(nowMs) });
    return { body: await viewOf(db, (await findOrder(db, id)) ?? order, nowMs) };
  });
}

async function viewOf(db: Database, order: Order, nowMs: number): Promise<OrderView> {
  const [view] = await viewsOf(db, [order], nowMs);
  if (!view) throw new Error('an order without a view');
  return view;
}

async function viewsOf(db: Database, orders: readonly Order[], nowMs: number): Promise<OrderView[]> {
  return (await listParts(db, orders)).map((parts) => viewOfOrder(parts, nowMs));
}
