import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { balanceRoutes } from './balance.ts';
import { offerRoutes, planRoutes } from './plans.ts';
import { subscriptionRoutes } from './subscription.ts';

/** Every endpoint of the credits surface. */
export function creditsRoutes(deps: SurfaceDeps): Route[] {
  return [balanceRoutes, offerRoutes, subscriptionRoutes, planRoutes].flatMap((routes) => routes(deps));
}
