import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { balanceRoutes } from './balance.ts';
import { deductRoutes } from './deduct.ts';
import { rateRoutes } from './rates.ts';
import { topupRoutes } from './topup.ts';
import { transactionRoutes } from './transactions.ts';

/** Every endpoint of the universal wallet, but for its webhook. */
export function walletRoutes(deps: SurfaceDeps): Route[] {
  return [balanceRoutes, deductRoutes, topupRoutes, transactionRoutes, rateRoutes].flatMap((routes) => routes(deps));
}
