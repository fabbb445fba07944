/** The endpoint of a user's balance in credits. */
import { z } from 'zod';
import { wholeCredits } from '../../core/credits/unit.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { personRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { payingUser } from '../money/payer.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

export const balanceReply = z.strictObject({
  /** Whole credits that can be spent, rounded down; below zero in debt. */
  balance: z.int(),
});

/** The balance of the caller. */
export function balanceRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/credits/balance',
    summary: 'What the caller can spend',
    chapter: CHAPTERS.credits,
    replies: { 200: balanceReply },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return [
    personRoute(deps.guard, specification, async ({ caller }) => ({
      body: { balance: await readCredits(deps, payingUser(caller.user).wallet) },
    })),
  ];
}

/** The whole credits in a wallet now; 0 while there is none. */
export async function readCredits(
  { db, clock, creditMicros }: Pick<SurfaceDeps, 'db' | 'clock' | 'creditMicros'>,
  wallet: string,
): Promise<bigint> {
  const standing = await findStanding(db, wallet, new Date(clock.nowMs()));
  return wholeCredits(standing?.available ?? 0n, creditMicros);
}
