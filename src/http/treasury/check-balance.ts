/** Whether an amount could be spent. */
import type { z } from 'zod';
import { parseServiceType } from '../../core/ledger/vocabulary.ts';
import { balanceStatus } from '../../core/ledger/status.ts';
import { formatUsd } from '../../core/money.ts';
import { findThresholds } from '../../db/access/org-settings.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { readBalance } from './balance.ts';
import { checkBalanceBody, checkBalanceReply } from './batch-schemas.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';
import { payingOrg } from '../money/payer.ts';

/** Whether an amount could be spent at this moment. Reserves and moves nothing; use a hold or a debit for that. */
export function checkBalanceRoutes(deps: SurfaceDeps): Route[] {
  const { guard, forOrg, clock } = deps;
  const specification = {
    method: 'POST',
    readsOnly: true,
    path: '/treasury/check-balance',
    operation: 'checkBalance',
    summary: 'Whether an amount could be spent at this moment; moves nothing',
    chapter: CHAPTERS.spending,
    replies: { 200: checkBalanceReply },
    scopes: ['treasury:spend'],
    query: NO_QUERY,
    body: checkBalanceBody,
  } as const;
  const checkBalance = orgRoute(guard, specification, async ({ org, body: { amountUsd, serviceType, action } }) => {
    const service = serviceType === undefined ? null : parseServiceType(serviceType, deps.services);
    const [{ available, frozen, spendableOn }, thresholds] = await Promise.all([
      readBalance(deps, payingOrg(org).wallet, new Date(clock.nowMs())),
      findThresholds(forOrg(org.id), org.id),
    ]);
    const spendable = spendableOn({ service, action: action ?? null });
    const body: z.input<typeof checkBalanceReply> = {
      // A suspended org may not spend, whatever its balance.
      sufficient: !payingOrg(org).suspended && spendable >= amountUsd,
      availableUsd: formatUsd(available),
      status: balanceStatus(available - frozen, thresholds),
    };
    return { body };
  });
  return [checkBalance];
}
