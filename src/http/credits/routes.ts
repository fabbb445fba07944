import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { balanceRoutes } from './balance.ts';

/** Every endpoint of the credits surface. */
export function creditsRoutes(deps: SurfaceDeps): Route[] {
  return [balanceRoutes].flatMap((routes) => routes(deps));
}
