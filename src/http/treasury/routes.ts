/** All endpoints of the treasury surface. */
import { callingKeyOf } from '../access/caller.ts';
import { autoRefillRoutes } from './auto-refill.ts';
import { balanceRoutes } from './balance.ts';
import { batchRoutes } from './batch.ts';
import { checkBalanceRoutes } from './check-balance.ts';
import { checkoutRoutes } from './checkout.ts';
import { claimRoutes } from './claim.ts';
import { aboutOf, replyOf, type Operation } from '../money/command.ts';
import { carryOutOrPreview } from '../money/dry-run.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { createWalletRoutes } from './create-wallet.ts';
import { debit } from './debit.ts';
import { depositRoutes } from './deposits.ts';
import type { SurfaceDeps } from '../deps.ts';
import { consumeHold, extendHold, growHold, hold, releaseHold } from './hold-operations.ts';
import { holdListRoutes } from './holds.ts';
import { heartbeatRoutes } from './holds/heartbeat.ts';
import { ledgerRoutes } from './ledger.ts';
import { orderRoutes } from './orders.ts';
import { packRoutes } from './packs.ts';
import { quoteRoutes } from './quote.ts';
import { senderRoutes } from './senders.ts';
import { settingsRoutes } from './settings.ts';
import { traceRoutes } from './trace.ts';
import { walletInfoRoutes } from './wallet-info.ts';
import { NO_QUERY, type Route } from '../server/route.ts';

/** Every endpoint of the treasury surface. */
export function treasuryRoutes(deps: SurfaceDeps): Route[] {
  const parts = [
    balanceRoutes,
    ledgerRoutes,
    packRoutes,
    orderRoutes,
    checkoutRoutes,
    senderRoutes,
    claimRoutes,
    createWalletRoutes,
    walletInfoRoutes,
    depositRoutes,
    traceRoutes,
    holdListRoutes,
    heartbeatRoutes,
    batchRoutes,
    checkBalanceRoutes,
    quoteRoutes,
    settingsRoutes,
    autoRefillRoutes,
  ];
  return [
    ...parts.flatMap((routes) => routes(deps)),
    operationRoute(deps, debit),
    operationRoute(deps, hold),
    operationRoute(deps, consumeHold),
    operationRoute(deps, releaseHold),
    operationRoute(deps, extendHold),
    operationRoute(deps, growHold),
  ];
}

/** The endpoint of an operation, which a batch may carry out as well. */
function operationRoute<Body>(deps: SurfaceDeps, operation: Operation<Body>): Route {
  const specification = {
    method: 'POST',
    path: `/treasury/${operation.name}`,
    scopes: ['treasury:spend'],
    query: NO_QUERY,
    body: operation.body,
    ...operation.description,
  } as const;
  return orgRoute(deps.guard, specification, async ({ org, body, idempotencyKey: named, dryRun, ...call }) => {
    const about = aboutOf(org, deps);
    const means = { ...deps, isGone: call.isGone, callingKey: callingKeyOf(call.caller), asked: call };
    return deps.guard.turns.urgent(async () =>
      replyOf(await carryOutOrPreview(means, about.payer, operation.read(body, about), { named, dryRun })),
    );
  });
}
