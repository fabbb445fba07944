import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { balanceRoutes } from './balance.ts';
import { sessionRoutes } from './create-session.ts';
import { giftRoutes } from './gifts.ts';
import { orderRoutes } from './orders.ts';
import { offerRoutes, planRoutes } from './plans.ts';
import { subscriptionRoutes } from './subscription.ts';
import { transactionRoutes } from './transactions.ts';

/** Every endpoint of the credits surface. */
export function creditsRoutes(deps: SurfaceDeps): Route[] {
  const own = [balanceRoutes, transactionRoutes, giftRoutes, orderRoutes, sessionRoutes, subscriptionRoutes];
  return [...own, offerRoutes, planRoutes].flatMap((routes) => routes(deps));
}
