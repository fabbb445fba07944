/**
 * When a point in time is closed: no entry before it can still come, so that what is answered about it never changes.
 *
 * The times of a wallet's entries never go back, so a time is closed once the wallet has an entry at or after it. For a
 * wallet that is quiet there is a bound instead. An entry's time is at most ARRIVED_WITHIN_MS old when its command is judged, and
 * PostgreSQL refuses the write unless it arrives within JUDGED_WITHIN_MS from then on, by its own clock: a process that was
 * stopped, or a network that holds a statement back, cannot bring an older entry. What has arrived may still be at work, or
 * wait for a standby; then its session is seen in `pg_stat_activity`.
 */
import { sleep, type Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { WRITER_NAME } from '../admission.ts';
import type { Database } from '../database.ts';
import { getRow, truth } from '../rows.ts';

/** A command that waited longer before it was judged gets a later time than that of its arrival. */
export const ARRIVED_WITHIN_MS = 500;
/** A write that reaches the server later after its first command was judged is refused, and judged again. */
export const JUDGED_WITHIN_MS = 1_500;
/** By how much the clocks of two processes, or of a process and the database, may differ while both are in use. */
const CLOCK_SKEW_MS_MAX = 1_000;
/** A quiet wallet is closed up to so long ago. */
export const CLOSED_AFTER_MS = ARRIVED_WITHIN_MS + JUDGED_WITHIN_MS + CLOCK_SKEW_MS_MAX;
/** Pause after the first look; it doubles with each further one, up to LOOK_AGAIN_MS_MAX. */
const [LOOK_AGAIN_MS, LOOK_AGAIN_MS_MAX] = [10, 300];
/** How long past {@link CLOSED_AFTER_MS} a write that is at work is waited for. */
const AT_WORK_MS_MAX = 5_000;

/**
 * Resolves once no entry of the wallet can come whose time is before the given one. Takes up to {@link CLOSED_AFTER_MS}
 * for a time that has just passed.
 * @throws Refusal LEDGER_UNAVAILABLE when a write stays at work for too long.
 */
export async function waitUntilClosed(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  wallet: string,
  before: Date,
): Promise<void> {
  const closedAtMs = before.getTime() + CLOSED_AFTER_MS;
  const untilMs = Math.max(clock.nowMs(), closedAtMs) + AT_WORK_MS_MAX;
  for (let pauseMs = LOOK_AGAIN_MS; ; pauseMs = Math.min(2 * pauseMs, LOOK_AGAIN_MS_MAX)) {
    const isOver = clock.nowMs() >= closedAtMs;
    const { passed, writing } = await look(db, wallet, before);
    if (passed || (isOver && !writing)) return;
    const leftMs = untilMs - clock.nowMs();
    if (leftMs <= 0) break;
    await sleep(clock, Math.min(pauseMs, leftMs));
  }
  throw new Refusal(
    'LEDGER_UNAVAILABLE',
    'a write to the ledger that began before that time is still at work; try again',
  );
}

/** Whether the wallet has an entry at or after a time, and whether a write that may bring an earlier one is at work. */
async function look(db: Database, wallet: string, before: Date): Promise<{ passed: boolean; writing: boolean }> {
  return getRow(
    db,
    (row) => ({ passed: truth(row['passed']), writing: truth(row['writing']) }),
    `SELECT coalesce((SELECT at >= :before FROM entry WHERE wallet = :wallet ORDER BY seq DESC LIMIT 1), false) AS passed,
       EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user
         AND application_name = :writer AND state IS DISTINCT FROM 'idle'
         AND (xact_start IS NULL OR xact_start <= :begun)) AS writing`,
    { wallet, before, writer: WRITER_NAME, begun: new Date(before.getTime() + CLOSED_AFTER_MS) },
  );
}
