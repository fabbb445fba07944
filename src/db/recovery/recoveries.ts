/** The owner's recoveries: begun once, resumed after a crash, finished together with the losses that they end. */
import type { Server } from '../../core/recovery/completeness.ts';
import type { Database } from '../database.ts';
import { changeRows, count, findRow, getRow, oneOf, orNull, textOf, timeOf, type Row } from '../rows.ts';
import { noteServer } from './sightings.ts';

const KINDS = ['restore', 'nothing_lost'] as const;

export interface Recovery {
  readonly id: string;
  /** `nothing_lost`: the owner says that the database is complete, as after a fail-over that nothing witnessed. */
  readonly kind: (typeof KINDS)[number];
  /** The time to which the database went back. */
  readonly restoredTo: Date | null;
  readonly begunAt: Date;
}

function recoveryOf(row: Row): Recovery {
  return {
    id: textOf(row['id']),
    kind: oneOf(KINDS, row['kind']),
    restoredTo: orNull(row['restored_to'], timeOf),
    begunAt: timeOf(row['begun_at']),
  };
}

/** The recovery that has begun and is not finished. */
export async function findRecoveryUnderWay(db: Database): Promise<Recovery | undefined> {
  const columns = 'id, kind, restored_to, begun_at';
  return findRow(db, recoveryOf, `SELECT ${columns} FROM recovery WHERE finished_at IS NULL`);
}

/** Begins a recovery; from then on no process serves. @throws a unique violation when another one has begun */
export async function beginRecovery(db: Database, recovery: Recovery & { readonly by: string }): Promise<void> {
  const { id, kind, restoredTo, by, begunAt } = recovery;
  await db.raw('INSERT INTO recovery (id, kind, restored_to, begun_by, begun_at) VALUES (?, ?, ?, ?, ?)', [
    id,
    kind,
    restoredTo,
    by,
    begunAt,
  ]);
}

/** Finishes a recovery with its report, ends every reported loss, and notes the server: processes serve again. */
export async function finishRecovery(
  db: Database,
  finish: { readonly id: string; readonly server: Server; readonly report: object; readonly at: Date },
): Promise<void> {
  const { id, server, report, at } = finish;
  await db.transaction(async (trx) => {
    await trx.raw('UPDATE recovery SET finished_at = ?, report = ? WHERE id = ?', [at, JSON.stringify(report), id]);
    await trx.raw('UPDATE loss_report SET ended_by = ? WHERE ended_by IS NULL', [id]);
    await noteServer(trx, server, at);
  });
}

/** Whether a loss was reported that no recovery has ended. */
export async function hasOpenLoss(db: Database): Promise<boolean> {
  return (await changeRows(db, 'SELECT 1 FROM loss_report WHERE ended_by IS NULL LIMIT 1')) > 0;
}

/** When the database was last served before the first loss was reported: the time to which it was restored. */
export async function findLastServed(db: Database): Promise<Date | undefined> {
  const newest = await getRow(
    db,
    (row) => orNull(row['at'], timeOf),
    `SELECT max(seen_at) AS at FROM database_witness
     WHERE seen_at <= coalesce((SELECT min(found_at) FROM loss_report WHERE ended_by IS NULL), 'infinity')`,
  );
  return newest ?? undefined;
}

/** The sum of all witnesses' numbers: it grows while any process serves. */
export async function sumCounters(db: Database): Promise<number> {
  return getRow(
    db,
    (row) => count(row['sum']),
    'SELECT coalesce(sum(counter), 0)::bigint AS sum FROM database_witness',
  );
}
