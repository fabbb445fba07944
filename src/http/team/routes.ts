import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { ownKeyRoutes } from './keys.ts';
import { memberRoutes } from './members.ts';

/** Every endpoint of an org's own keys and people. */
export function teamRoutes(deps: SurfaceDeps): Route[] {
  return [...ownKeyRoutes(deps), ...memberRoutes(deps)];
}
