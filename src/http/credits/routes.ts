import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { balanceRoutes } from './balance.ts';
import { sessionRoutes } from './create-session.ts';
import { giftRoutes } from './gifts.ts';
import { orderRoutes } from './orders.ts';
import { transactionRoutes } from './transactions.ts';

/** Every endpoint of the credits surface. */
export function creditsRoutes(deps: SurfaceDeps): Route[] {
  return [balanceRoutes, transactionRoutes, giftRoutes, orderRoutes, sessionRoutes].flatMap((routes) => routes(deps));
}
