/** Moves event logs past every position that was given out before a restore, so that none is given twice. */
import { PLATFORM_LOG } from '../../core/events/kinds.ts';
import { gapAfter } from '../../core/events/positions.ts';
import { walletId } from '../../core/ids.ts';
import type { Database } from '../database.ts';
import { changeRows, count, listRows, textOf, type Row } from '../rows.ts';

/** Most logs of one transaction. */
const PAGE_LOGS_MAX = 500;

/** The last position that a log had when it was restored. */
export interface RestoredLog {
  readonly log: string;
  readonly position: number;
}

/** Logs that a recovery has to move, with where they end, in order of their ids; also logs without any event yet. */
export async function listLogsToMove(
  db: Database,
  page: { readonly recovery: string; readonly after: string | undefined },
): Promise<RestoredLog[]> {
  return listRows(
    db,
    restoredLogOf,
    `SELECT known.log, coalesce(l.position, 0) AS position
     FROM (SELECT id AS log FROM org UNION SELECT log FROM event_log UNION SELECT :platform::uuid) known
     LEFT JOIN event_log l ON l.log = known.log
     WHERE (:after::uuid IS NULL OR known.log > :after::uuid) AND l.recovered_by IS DISTINCT FROM :recovery::uuid
     ORDER BY known.log LIMIT :limit`,
    { platform: PLATFORM_LOG, recovery: page.recovery, after: page.after ?? null, limit: PAGE_LOGS_MAX },
  );
}

function restoredLogOf(row: Row): RestoredLog {
  return { log: textOf(row['log']), position: count(row['position']) };
}

/**
 * Moves logs past every position that they may have given out, once for each recovery.
 * @throws Error when one of them has changed since it was listed: something still writes events.
 */
export async function moveLogs(db: Database, recovery: string, logs: readonly RestoredLog[]): Promise<void> {
  if (logs.length === 0) return;
  const names = logs.map(({ log }) => log);
  await db.transaction(async (trx) => {
    await trx.raw(
      `INSERT INTO event_log (log, wallet) SELECT log, nullif(wallet, '')::uuid
       FROM unnest(?::uuid[], ?::text[]) AS new (log, wallet) ON CONFLICT DO NOTHING`,
      [names, names.map((log) => (log === PLATFORM_LOG ? '' : walletId({ kind: 'org', id: log })))],
    );
    const gaps = logs.map(({ position }) => gapAfter(position));
    const moved = await changeRows(
      trx,
      `UPDATE event_log l SET gaps = l.gaps || ARRAY[g.before, g.last], position = g.last, recovered_by = ?
       FROM unnest(?::uuid[], ?::bigint[], ?::bigint[]) AS g (log, before, last)
       WHERE l.log = g.log AND l.position = g.before AND l.recovered_by IS DISTINCT FROM ?`,
      [recovery, names, gaps.map(({ before }) => before), gaps.map(({ last }) => last), recovery],
    );
    if (moved !== logs.length) throw new Error('an event log has changed meanwhile: stop every process of the service');
  });
}

/** Where the logs ended that a recovery moved: what callers have after these positions is lost. In order of their ids. */
export async function listMovedLogs(
  db: Database,
  page: { readonly recovery: string; readonly after: string | undefined },
): Promise<RestoredLog[]> {
  return listRows(
    db,
    restoredLogOf,
    `SELECT log, gaps[cardinality(gaps) - 1] AS position FROM event_log
     WHERE recovered_by = :recovery AND (:after::uuid IS NULL OR log > :after::uuid) ORDER BY log LIMIT :limit`,
    { recovery: page.recovery, after: page.after ?? null, limit: PAGE_LOGS_MAX },
  );
}
