/**
 * Gives up disputes below the deployment's threshold. May run in every process: each dispute is given up once, since its provider
 * takes that once and its status is another one then. Each is noted in the audit log as an act of the service.
 */
import type { Logger } from 'pino';
import type { DisputeDesk } from '../core/billing/dispute-desk.ts';
import { mayConcede } from '../core/billing/dispute.ts';
import type { Clock } from '../core/clock.ts';
import { uuidV7 } from '../core/ids.ts';
import { noteRequest } from '../db/access/audit.ts';
import { runAct, type Act } from '../db/audit-context.ts';
import { listToAnswer, noteConceded } from '../db/billing/disputes.ts';
import type { Database } from '../db/database.ts';
import { ProviderFailed } from '../payments/port.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

const INTERVAL_MS = 60_000;
/** Most disputes of one round. */
const ROUND_MAX = 50;
/** When a dispute that could not be given up is tried again. */
const AGAIN_MS = 3_600_000;
/** Who gives it up, as the audit log names it. */
const ACTOR = 'service:payments';

interface Means {
  /** Records what it changes in the audit log. */
  readonly db: Database;
  readonly clock: Clock;
  readonly desk: Pick<DisputeDesk, 'accept'>;
  /** Zero: nothing is given up. */
  readonly belowMicros: bigint;
}

/** Gives up what is below the threshold, up to a bound. A failure is reported to `onTrouble` and delays no other. */
export async function concedeDisputes(
  { db, clock, desk, belowMicros }: Means,
  onTrouble: (dispute: string, error: unknown) => void,
  stopped: () => boolean = () => false,
): Promise<void> {
  if (belowMicros <= 0n) return;
  const triedBefore = new Date(clock.nowMs() - AGAIN_MS);
  for (const dispute of await listToAnswer(db, { belowMicros, triedBefore, limit: ROUND_MAX })) {
    if (stopped()) return;
    if (!mayConcede(dispute, belowMicros)) continue;
    const at = new Date(clock.nowMs());
    const act: Act = { id: uuidV7(at.getTime()), at, actor: ACTOR, action: 'concede dispute', requestId: null };
    const input = JSON.stringify({ status: dispute.status, amountMinor: String(dispute.amountMinor) });
    try {
      await noteRequest(db, act, { subjectId: dispute.id, org: null, input });
      await runAct(act, async () => {
        await noteConceded(db, dispute, at);
        await desk.accept(dispute.id);
      });
    } catch (error) {
      onTrouble(dispute.id, error);
    }
  }
}

/** Looks for such disputes at once and then every minute. */
export function startConceding(means: Means & { readonly log: Logger; readonly mayRun: MayRun }): Job {
  const { log, clock, mayRun } = means;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      const onTrouble = (dispute: string, error: unknown): void => {
        const expected = error instanceof ProviderFailed ? undefined : error;
        log.warn({ err: expected, dispute }, 'a dispute below the threshold is not given up yet');
      };
      await concedeDisputes(means, onTrouble, stopped);
    },
    mayRun,
    { job: 'disputes', log, message: 'the search for disputes to give up failed; trying again' },
  );
}
