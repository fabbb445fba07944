/** All endpoints of the treasury surface. */
import { balanceRoutes } from './balance.ts';
import { batchRoutes } from './batch.ts';
import { checkBalanceRoutes } from './check-balance.ts';
import { claimRoutes } from './claim.ts';
import { operationRoute } from '../money/command.ts';
import { createWalletRoutes } from './create-wallet.ts';
import { debit } from './debit.ts';
import { depositRoutes } from './deposits.ts';
import type { TreasuryDeps } from '../deps.ts';
import { consumeHold, extendHold, hold, releaseHold } from './hold-operations.ts';
import { holdListRoutes } from './holds.ts';
import { ledgerRoutes } from './ledger.ts';
import { packRoutes } from './packs.ts';
import { senderRoutes } from './senders.ts';
import { settingsRoutes } from './settings.ts';
import { traceRoutes } from './trace.ts';
import { walletInfoRoutes } from './wallet-info.ts';
import type { Route } from '../server/route.ts';

/** Every endpoint of the treasury surface. */
export function treasuryRoutes(deps: TreasuryDeps): Route[] {
  const parts = [
    senderRoutes,
    claimRoutes,
    packRoutes,
    createWalletRoutes,
    walletInfoRoutes,
    balanceRoutes,
    ledgerRoutes,
    depositRoutes,
    traceRoutes,
    holdListRoutes,
    batchRoutes,
    checkBalanceRoutes,
    settingsRoutes,
  ];
  return [
    ...parts.flatMap((routes) => routes(deps)),
    operationRoute(deps, debit),
    operationRoute(deps, hold),
    operationRoute(deps, consumeHold),
    operationRoute(deps, releaseHold),
    operationRoute(deps, extendHold),
  ];
}
