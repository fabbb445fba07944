/** Endpoints that read and set what each new org is given. */
import { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { formatUsd } from '../../core/money.ts';
import { findFreeTier, setFreeTier } from '../../db/billing/free-tier.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { amount } from '../endpoint/fields.ts';
import { usdOrZero } from '../endpoint/validate.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { AdminDeps } from './deps.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/admin/free-tier';
const chapter = CHAPTERS.orgs;

const freeTierBody = z.strictObject({ amountUsd: usdOrZero });
const freeTierReply = z.strictObject({ amountUsd: amount });

/** The free tier of the deployment. */
export function freeTierRoutes({ guard, db, clock, adminEntryLimitMicros: limitMicros }: AdminDeps): Route[] {
  const shared = { path: PATH, chapter, replies: { 200: freeTierReply }, query: NO_QUERY } as const;
  const read = adminRoute(
    guard,
    { ...shared, method: 'GET', summary: 'What each new org is given', body: NO_BODY },
    async () => ({ body: { amountUsd: formatUsd(await findFreeTier(db)) } }),
  );
  const change = adminRoute(
    guard,
    { ...shared, method: 'PUT', summary: 'Sets what orgs are given that are created from now on', body: freeTierBody },
    async ({ body: { amountUsd: amountMicros } }) => {
      if (limitMicros !== undefined && amountMicros > limitMicros) {
        throw new Refusal('FORBIDDEN', 'amountUsd above adminEntryLimitUsd needs a second person: no call sets it');
      }
      await setFreeTier(db, { amountMicros, at: new Date(clock.nowMs()) });
      return { body: { amountUsd: formatUsd(amountMicros) } };
    },
  );
  return [read, change];
}
