/**
 * Reports of the owners of holds. A report is the row of its open hold alone, no entry: one that is lost with a crash costs its
 * owner the interval since, and the next one makes up for it.
 */
import type { Database } from '../../database.ts';
import { count, findRow, orNull, small, type Row } from '../../rows.ts';

/** An open hold whose owner reported. */
export interface Reported {
  readonly everyMs: number;
  /** When it ends without another report, in ms since the epoch. */
  readonly aliveUntilMs: number;
  /** When it ends in any case. */
  readonly endsAtMs: number;
}

const ALIVE_UNTIL = "greatest(expires_at, least(ends_at, :now::timestamptz + heartbeat_ms * interval '1 millisecond'))";
const NOT_OVERDUE = 'wallet = :wallet AND hold = :hold AND expires_at > :now';
const shown = (until: string): string => `heartbeat_ms, (extract(epoch FROM ${until}) * 1000)::bigint AS until_ms,
  (extract(epoch FROM ends_at) * 1000)::bigint AS ends_ms`;

/**
 * Writes that the owner of a hold reports now, which never prolongs the hold beyond its own end. `undefined` when the hold is not
 * open, or is overdue; `null` when its owner does not report.
 * @param asked.dryRun only answers what would be written
 */
export async function reportHold(
  db: Database,
  asked: { readonly wallet: string; readonly hold: number; readonly nowMs: number; readonly dryRun: boolean },
): Promise<Reported | null | undefined> {
  const { wallet, hold, nowMs, dryRun } = asked;
  const bindings = { wallet, hold, now: new Date(nowMs) };
  const written = dryRun
    ? undefined
    : await findRow(
        db,
        reportedOf,
        `UPDATE hold_open SET expires_at = ${ALIVE_UNTIL} WHERE ${NOT_OVERDUE} AND heartbeat_ms IS NOT NULL
         RETURNING ${shown('expires_at')}`,
        bindings,
      );
  if (written) return written;
  return findRow(db, reportedOf, `SELECT ${shown(ALIVE_UNTIL)} FROM hold_open WHERE ${NOT_OVERDUE}`, bindings);
}

function reportedOf(row: Row): Reported | null {
  const everyMs = orNull(row['heartbeat_ms'], small);
  if (everyMs === null) return null;
  return { everyMs, aliveUntilMs: count(row['until_ms']), endsAtMs: count(row['ends_ms']) };
}
