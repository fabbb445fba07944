/** The endpoints of a user's orders. */
import { findOrder, listOrders, type Order } from '../../db/billing/orders.ts';
import { listParts } from '../../db/billing/payments.ts';
import type { Database } from '../../db/database.ts';
import { viewOfCreditOrder, type CreditOrderView } from '../../views/people/order.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { CreditsPage } from '../endpoint/forms.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { personRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { payingUser, scopeOf } from '../money/payer.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { orderView, ordersReply, pageQuery } from './schemas.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'user-orders';

/** The caller's orders. */
export function orderRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), readRoute(deps)];
}

function listRoute(deps: SurfaceDeps): Route {
  const { guard, clock, forOrg } = deps;
  const specification = {
    method: 'GET',
    path: '/orders',
    operation: 'listCreditsOrders',
    summary: "The caller's orders, newest first",
    chapter: CHAPTERS.payment,
    replies: { 200: ordersReply },
    query: pageQuery,
    body: NO_BODY,
  } as const;
  return personRoute(guard, specification, async ({ caller, query: { limit, offset, cursor } }) => {
    const payer = payingUser(caller.user);
    const [db, nowMs] = [forOrg(scopeOf(payer)), clock.nowMs()];
    const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
    return guard.turns.run(payer.wallet, async () => {
      const rows = await listOrders(db, { org: payer.wallet, nowMs, beforeId, offset, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      return { body: new CreditsPage(await viewsOf(deps, db, page, nowMs), nextCursor) };
    });
  });
}

function readRoute(deps: SurfaceDeps): Route {
  const { guard, clock, forOrg } = deps;
  const specification = {
    method: 'GET',
    path: '/orders/:id',
    operation: 'getCreditsOrder',
    summary: "One of the caller's orders",
    chapter: CHAPTERS.payment,
    replies: { 200: orderView },
    errors: ['NOT_FOUND'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return personRoute(guard, specification, async ({ caller, params }) => {
    const payer = payingUser(caller.user);
    const db = forOrg(scopeOf(payer));
    const order = await findOrder(db, readId(params['id'], 'order'));
    if (order?.user !== caller.user) throw notFound('order');
    const [view] = await viewsOf(deps, db, [order], clock.nowMs());
    return { body: view };
  });
}

async function viewsOf(
  { creditMicros }: SurfaceDeps,
  db: Database,
  orders: readonly Order[],
  nowMs: number,
): Promise<CreditOrderView[]> {
  return (await listParts(db, orders)).map((parts) => viewOfCreditOrder(parts, { creditMicros, nowMs }));
}
