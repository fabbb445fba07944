/** The endpoint that gives the balance of an org, now or at a past time. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { sumPending } from '../../db/deposits/views.ts';
import { waitUntilClosed } from '../../db/ledger/closed.ts';
import { findEntry, findLastSeqBefore } from '../../db/ledger/entries.ts';
import { findThresholds } from '../../db/access/org-settings.ts';
import { findStanding, type Standing } from '../../db/ledger/balance-now.ts';
import { viewOfBalance } from '../../views/balance.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { balanceQuery, balanceReply } from './schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';
import { payingOrg } from '../money/payer.ts';

/** Amounts of a wallet in micros, and its free gift cards. */
interface WalletAmounts {
  readonly available: bigint;
  readonly held: bigint;
  readonly deposited: bigint;
  readonly giftAvailable: number;
  /** What of it cannot be spent; of a past time it is not known and counts as zero. */
  readonly frozen: bigint;
  /** Its open lots; of a past time they are not known, and none is shown. */
  readonly lots: Standing['lots'];
}

const NOTHING: WalletAmounts = { available: 0n, held: 0n, deposited: 0n, giftAvailable: 0, frozen: 0n, lots: [] };

/** The balance of an org, now or as it was recorded before a time. */
export function balanceRoutes(deps: SurfaceDeps): Route[] {
  const { guard, forOrg, clock } = deps;
  const specification = {
    method: 'GET',
    path: '/treasury/balance',
    operation: 'getBalance',
    summary: 'The balance of an org, now or as it was recorded before a time',
    chapter: CHAPTERS.balance,
    replies: { 200: balanceReply },
    scopes: ['treasury:read'],
    query: balanceQuery,
    body: NO_BODY,
  } as const;
  const balance = orgRoute(guard, specification, async ({ org, query }) => {
    const wallet = payingOrg(org).wallet;
    const now = new Date(clock.nowMs());
    const at = query.at ?? now;
    if (at > now) throw invalidInput([{ path: 'at', message: 'must not be in the future' }]);
    const [amounts, pendingMicros, thresholds] = await Promise.all([
      query.at === undefined ? readBalance(deps, wallet, at) : readRecorded(deps, wallet, at),
      sumPending(forOrg(org.id), org.id, query.at),
      findThresholds(forOrg(org.id), org.id),
    ]);
    const body: z.input<typeof balanceReply> = viewOfBalance(amounts, { pendingMicros, thresholds, at });
    return { body };
  });
  return [balance];
}

/**
 * The balance of a wallet now: expired holds and lots count as released and gone even before their entries are written.
 * @throws Refusal NOT_FOUND when there is no such wallet.
 */
export async function readBalance({ db }: Pick<SurfaceDeps, 'db'>, wallet: string, now: Date): Promise<Standing> {
  const amounts = await findStanding(db, wallet, now);
  if (!amounts) throw new Refusal('NOT_FOUND', 'the org has no wallet');
  return amounts;
}

/** What the entries before a time add up to; waits until no further one can come. */
async function readRecorded(deps: SurfaceDeps, wallet: string, at: Date): Promise<WalletAmounts> {
  const { db } = deps;
  await waitUntilClosed(deps, wallet, at);
  const seq = await findLastSeqBefore(db, wallet, at);
  return { ...NOTHING, ...(await findEntry(db, wallet, seq)) };
}
