import { deliveryRoutes } from './deliveries.ts';
import { orgLogRoute, platformLogRoute, type EventDeps } from './deps.ts';
import { logRoutes } from './log.ts';
import { streamRoutes } from './stream.ts';
import { endpointRoutes } from './webhook-endpoints.ts';
import type { Route } from '../server/route.ts';

/** Every endpoint about events: for an org's log, and under `/admin` the same for the platform's own log. */
export function eventRoutes(deps: EventDeps): Route[] {
  const parts = [logRoutes, endpointRoutes, deliveryRoutes];
  const kinds = [orgLogRoute(deps.guard), platformLogRoute(deps.guard)];
  return [...kinds.flatMap((route) => parts.flatMap((routes) => routes(deps, route))), ...streamRoutes(deps)];
}
