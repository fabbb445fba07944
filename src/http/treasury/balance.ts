/** The endpoint that gives the balance of an org, now or at a time. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { sumPending } from '../../db/deposits/views.ts';
import { findEntry, findLastSeqBefore } from '../../db/ledger/entries.ts';
import { findThresholds } from '../../db/access/org-settings.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { viewOfBalance } from '../../views/balance.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { balanceQuery, balanceReply } from './schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';
import { payingOrg } from '../money/payer.ts';

interface Standing {
  readonly available: bigint;
  readonly held: bigint;
  readonly deposited: bigint;
  readonly giftAvailable: number;
}

const NOTHING: Standing = { available: 0n, held: 0n, deposited: 0n, giftAvailable: 0 };

/** Where an org's money stands, now or as it was recorded at a time. */
export function balanceRoutes(deps: SurfaceDeps): Route[] {
  const { guard, forOrg, clock } = deps;
  const specification = {
    method: 'GET',
    path: '/treasury/balance',
    summary: 'Where the money of an org stands, now or as it was recorded at a time',
    chapter: CHAPTERS.balance,
    replies: { 200: balanceReply },
    scopes: ['treasury:read'],
    query: balanceQuery,
    body: NO_BODY,
  } as const;
  const balance = orgRoute(guard, specification, async ({ org, query }) => {
    const wallet = payingOrg(org).wallet;
    const at = query.at ?? new Date(clock.nowMs());
    const [standing, pendingMicros, thresholds] = await Promise.all([
      query.at === undefined ? readStanding(deps, wallet, at) : readRecorded(deps, wallet, at),
      sumPending(forOrg(org.id), org.id, at),
      findThresholds(forOrg(org.id), org.id),
    ]);
    const body: z.input<typeof balanceReply> = viewOfBalance(standing, { pendingMicros, thresholds, at });
    return { body };
  });
  return [balance];
}

/**
 * Where a wallet stands now: what is overdue counts as released and gone before its entry is written.
 * @throws Refusal NOT_FOUND when there is no such wallet.
 */
export async function readStanding({ db }: Pick<SurfaceDeps, 'db'>, wallet: string, now: Date): Promise<Standing> {
  const standing = await findStanding(db, wallet, now);
  if (!standing) throw new Refusal('NOT_FOUND', 'the org has no wallet');
  return standing;
}

async function readRecorded({ db }: SurfaceDeps, wallet: string, at: Date): Promise<Standing> {
  const seq = await findLastSeqBefore(db, wallet, new Date(at.getTime() + 1));
  return (await findEntry(db, wallet, seq)) ?? NOTHING;
}
