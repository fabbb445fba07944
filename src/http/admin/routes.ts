import type { Route } from '../endpoint.ts';
import type { TreasuryDeps } from '../treasury/deps.ts';
import { chainFreezeRoutes } from './chain-freezes.ts';
import { chainRoutes } from './chains.ts';
import { depositInboxRoutes } from './deposits.ts';
import { entryRoutes } from './entries.ts';
import { orgRoutes } from './orgs.ts';
import { reconciliationRoutes } from './reconciliation.ts';

/** Every endpoint for running the place. */
export function adminRoutes(deps: TreasuryDeps): Route[] {
  return [
    ...orgRoutes(deps),
    ...entryRoutes(deps),
    ...depositInboxRoutes(deps),
    ...reconciliationRoutes(deps),
    ...chainRoutes(deps),
    ...chainFreezeRoutes(deps),
  ];
}
