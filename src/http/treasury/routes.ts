import type { Route } from '../endpoint.ts';
import { balanceRoutes } from './balance.ts';
import { debitRoutes } from './debit.ts';
import { depositRoutes } from './deposits.ts';
import type { TreasuryDeps } from './deps.ts';
import { ledgerRoutes } from './ledger.ts';
import { packRoutes } from './packs.ts';
import { senderRoutes } from './senders.ts';

/** Every endpoint of the treasury surface. */
export function treasuryRoutes(deps: TreasuryDeps): Route[] {
  return [senderRoutes, packRoutes, balanceRoutes, ledgerRoutes, depositRoutes, debitRoutes].flatMap((routes) =>
    routes(deps),
  );
}
