/** All endpoints for operators. */
import { approvalRoutes } from './approvals.ts';
import { auditRoutes } from './audit.ts';
import { chainFreezeRoutes } from './chain-freezes.ts';
import { chainRoutes } from './chains.ts';
import type { AdminDeps } from './deps.ts';
import { closingRoutes } from './closing.ts';
import { depositInboxRoutes } from './deposits.ts';
import { entryRoutes } from './entries.ts';
import { freeTierRoutes } from './free-tier.ts';
import { jobRoutes } from './jobs.ts';
import { keyRoutes } from './keys.ts';
import { anyOrderRoutes } from './orders.ts';
import { orgRoutes } from './orgs.ts';
import { disputeRoutes } from './disputes.ts';
import { paymentInboxRoutes } from './payment-inbox.ts';
import { paymentRoutes } from './payments.ts';
import { priceRoutes } from './prices.ts';
import { railRoutes } from './rails.ts';
import { reconciliationRoutes } from './reconciliation.ts';
import { searchRoutes } from './search.ts';
import { userRoutes } from './users.ts';
import type { Route } from '../server/route.ts';

/** Every endpoint for operators. */
export function adminRoutes(deps: AdminDeps): Route[] {
  return [
    ...orgRoutes(deps),
    ...closingRoutes(deps),
    ...freeTierRoutes(deps),
    ...keyRoutes(deps),
    ...entryRoutes(deps),
    ...approvalRoutes(deps),
    ...auditRoutes(deps),
    ...anyOrderRoutes(deps),
    ...paymentRoutes(deps),
    ...paymentInboxRoutes(deps),
    ...disputeRoutes(deps),
    ...priceRoutes(deps),
    ...depositInboxRoutes(deps),
    ...reconciliationRoutes(deps),
    ...railRoutes(deps),
    ...chainRoutes(deps),
    ...chainFreezeRoutes(deps),
    ...userRoutes(deps),
    ...searchRoutes(deps),
    ...jobRoutes(deps),
  ];
}
