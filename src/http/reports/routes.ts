import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { placeRoutes } from './place.ts';
import { statementRoutes } from './statement.ts';

/** Every endpoint of statements and reports. */
export function reportRoutes(deps: SurfaceDeps): Route[] {
  return [...statementRoutes(deps), ...placeRoutes({ ...deps, db: deps.crossing })];
}
