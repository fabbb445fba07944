import { readReconciliation } from '../../db/chains/reconciliation.ts';
import { readRails } from '../../db/billing/rails.ts';
import { viewOfRails } from '../../views/rail.ts';
import { viewOfReconciliation } from '../../views/reconciliation.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { reconciliationReply } from './chain-schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

/** Whether chains, deposits and books agree, according to the latest checks. */
export function reconciliationRoutes({ guard, db, clock, chainNames }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/admin/reconciliation',
    operation: 'getReconciliation',
    summary: 'Whether chains, card rails, deposits and books agree',
    chapter: CHAPTERS.chains,
    replies: { 200: reconciliationReply },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  const read = adminRoute(guard, specification, async () => {
    const [facts, rails] = await Promise.all([readReconciliation(db, chainNames), readRails(db)]);
    const nowMs = clock.nowMs();
    const view = viewOfReconciliation(facts, nowMs, viewOfRails(rails, nowMs));
    return { body: reconciliationReply.parse(view) };
  });
  return [read];
}
