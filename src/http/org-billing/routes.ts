import type { SurfaceDeps } from '../deps.ts';
import type { Route } from '../server/route.ts';
import { checkoutRoutes } from './checkout.ts';
import { productRoutes } from './products.ts';
import { settingsRoutes } from './settings.ts';
import { walletRoutes } from './wallet.ts';

/** Every endpoint of the org billing surface. */
export function orgBillingRoutes(deps: SurfaceDeps): Route[] {
  return [settingsRoutes, walletRoutes, productRoutes, checkoutRoutes].flatMap((routes) => routes(deps));
}
