/** The endpoint of a user's balance in credits. */
import { z } from 'zod';
import { wholeCredits } from '../../core/credits/unit.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { personRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { time } from '../endpoint/fields.ts';
import { restrictionShown } from '../money/restriction.ts';
import { endOfLots, restrictedSums } from '../../views/lots/restricted.ts';
import { payingUser } from '../money/payer.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

export const balanceReply = z.strictObject({
  balance: z.int().describe('Whole credits that can be spent, rounded down; below zero in debt.'),
  restricted: z
    .array(
      z.strictObject({
        ...restrictionShown.shape,
        balance: z.int().describe('Whole credits that can be spent, rounded down; below zero in debt.'),
      }),
    )
    .optional()
    .describe('What of it is for some things only, each rounded down; left out where nothing is.'),
  next_expiry: z
    .strictObject({ amount: z.int().describe('Whole credits.'), expires_at: time.describe('When it expires.') })
    .optional()
    .describe('What ends next, on one day (UTC), and when the first of it does; left out where nothing ends.'),
});

/** The balance of the caller. */
export function balanceRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/credits/balance',
    operation: 'getCreditsBalance',
    summary: 'What the caller can spend',
    chapter: CHAPTERS.credits,
    replies: { 200: balanceReply },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return [
    personRoute(deps.guard, specification, async ({ caller }) => ({
      body: await readLots(deps, payingUser(caller.user).wallet),
    })),
  ];
}

/** The balance of a wallet in whole credits, and what its lots are. */
async function readLots({ db, clock, creditMicros }: SurfaceDeps, wallet: string): Promise<object> {
  const standing = await findStanding(db, wallet, new Date(clock.nowMs()));
  const lots = standing?.lots ?? [];
  const next = endOfLots(lots);
  const restricted = restrictedSums(lots).map(({ availableMicros, ...about }) => ({
    ...about,
    balance: wholeCredits(availableMicros, creditMicros),
  }));
  return {
    balance: wholeCredits(standing?.available ?? 0n, creditMicros),
    ...(restricted.length > 0 ? { restricted } : {}),
    ...(next ? { next_expiry: { amount: wholeCredits(next.micros, creditMicros), expires_at: next.expiresAt } } : {}),
  };
}

/** The whole credits in a wallet now; 0 while there is none. */
export async function readCredits(
  { db, clock, creditMicros }: Pick<SurfaceDeps, 'db' | 'clock' | 'creditMicros'>,
  wallet: string,
): Promise<bigint> {
  const standing = await findStanding(db, wallet, new Date(clock.nowMs()));
  return wholeCredits(standing?.available ?? 0n, creditMicros);
}
