/** The call by which the owner of a hold reports that it is alive. It writes no entry, takes no key, and each one counts. */
import type { z } from 'zod';
import { formatHoldId } from '../../../core/ids.ts';
import { Refusal } from '../../../core/errors.ts';
import { findEntry } from '../../../db/ledger/entries.ts';
import { reportHold } from '../../../db/ledger/beside/heartbeats.ts';
import type { SurfaceDeps } from '../../deps.ts';
import { invalidInput, orgRoute } from '../../endpoint/endpoint.ts';
import { notFound, readHoldId } from '../../endpoint/path-ids.ts';
import { orPreview } from '../../money/dry-run.ts';
import { payingOrg } from '../../money/payer.ts';
import { NO_QUERY, type Route } from '../../server/route.ts';
import { heartbeatHoldBody, heartbeatHoldReply } from '../hold-schemas.ts';
import { CHAPTERS } from '../surface.ts';

/** The last part of the call's path, and its `op` in a batch. */
export const HEARTBEAT = 'heartbeat-hold';

type Reply = z.input<typeof heartbeatHoldReply> & { readonly dryRun?: true };

/**
 * Keeps a hold of a wallet alive for another interval, or answers what that would answer.
 * @throws Refusal HOLD_NOT_PENDING when it is not open, VALIDATION_FAILED when its owner does not report, NOT_FOUND
 */
export async function keepAlive(
  { db, clock }: Pick<SurfaceDeps, 'db' | 'clock'>,
  { wallet, holdId, dryRun }: { readonly wallet: string; readonly holdId: string; readonly dryRun: boolean },
): Promise<Reply> {
  const hold = readHoldId(holdId, wallet);
  const reported = await reportHold(db, { wallet, hold, nowMs: clock.nowMs(), dryRun });
  if (reported === null) {
    throw invalidInput([{ path: 'holdId', message: 'was opened without heartbeatSeconds, and needs no report' }]);
  }
  if (reported === undefined) {
    const opened = await findEntry(db, wallet, hold);
    if (opened?.hold !== hold) throw notFound('hold');
    throw new Refusal('HOLD_NOT_PENDING', 'this hold is not open: it was captured, released or has expired');
  }
  return {
    ...(dryRun ? { dryRun } : {}),
    holdId: formatHoldId(wallet, BigInt(hold)),
    heartbeatSeconds: reported.everyMs / 1_000,
    aliveUntil: new Date(reported.aliveUntilMs).toISOString(),
    expiresAt: new Date(reported.endsAtMs).toISOString(),
  };
}

/** The endpoint of {@link keepAlive}. */
export function heartbeatRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: `/treasury/${HEARTBEAT}`,
    operation: 'heartbeatHold',
    summary: 'Keeps a hold alive whose owner has to report',
    chapter: CHAPTERS.holds,
    replies: { 200: orPreview(heartbeatHoldReply) },
    errors: ['HOLD_NOT_PENDING'],
    scopes: ['treasury:spend'],
    query: NO_QUERY,
    body: heartbeatHoldBody,
    dryRun: true,
  } as const;
  const heartbeat = orgRoute(deps.guard, specification, async ({ org, body: { holdId }, dryRun }) => {
    const { wallet } = payingOrg(org);
    return { body: await deps.guard.turns.urgent(async () => keepAlive(deps, { wallet, holdId, dryRun })) };
  });
  return [heartbeat];
}
