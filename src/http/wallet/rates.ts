/** The endpoint of what features cost. */
import { formatRate } from '../../core/pricing/rate.ts';
import { listPricesInForce } from '../../db/pricing/prices.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { ratesReply } from './schemas.ts';
import { CHAPTER } from './surface.ts';

/** Most features that are listed. */
const RATES_MAX = 1_000;

/** The platform's prices as of now, for everybody to read. Of a price in tiers the first tier is shown. */
export function rateRoutes({ db, clock, guard }: SurfaceDeps): Route[] {
  return [
    {
      method: 'GET',
      path: '/io/wallet/rates',
      documented: {
        operation: 'listRates',
        summary: 'What features cost now',
        chapter: CHAPTER,
        replies: { 200: ratesReply },
        errors: ['LEDGER_UNAVAILABLE', 'RATE_LIMITED'],
        access: 'open',
        scopes: [],
        query: NO_QUERY,
        body: NO_BODY,
      },
      handle: async (request) => {
        guard.countOpen(request);
        const rows = await listPricesInForce(db, { atMs: clock.nowMs(), limit: RATES_MAX });
        const rates = rows.flatMap(({ action, unit, tiers }) => {
          const [first] = tiers ?? [];
          if (!first) return [];
          return [{ feature: action, label: labelOf(action), credits: JSON.rawJSON(formatRate(first.rate)), unit }];
        });
        return { body: { rates } };
      },
    },
  ];
}

/** A feature's name as people read it: `image_upscale` is `Image upscale`. */
function labelOf(action: string): string {
  const words = action.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
