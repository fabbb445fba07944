/** Disputes as they were last read: who looks at them, and which of them wait for an answer. */
import type { Database } from '../database.ts';
import { findRow, listRows, micros, orNull, textOf, timeMsOf, truth, type Row } from '../rows.ts';
import { lockOrder, noteStep } from './orders.ts';

/** A dispute, as it was last read. */
export interface Dispute {
  readonly account: string;
  readonly id: string;
  readonly order: string;
  readonly status: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly withdrawnMinor: bigint;
  readonly reason: string;
  readonly dueByMs: number | null;
  readonly openedAtMs: number;
  readonly readAtMs: number;
}

export const DISPUTE_COLUMNS = `account, id, order_id, status, amount_minor, withdrawn_minor, reason, due_by, opened_at, read_at,
  (SELECT c.currency FROM order_checkout c WHERE c.order_id = order_dispute.order_id) AS currency`;

/** Reads a dispute from {@link DISPUTE_COLUMNS}. */
export function disputeOf(row: Row): Dispute {
  return {
    account: textOf(row['account']),
    id: textOf(row['id']),
    order: textOf(row['order_id']),
    status: textOf(row['status']),
    currency: textOf(row['currency']),
    amountMinor: micros(row['amount_minor']),
    withdrawnMinor: micros(row['withdrawn_minor']),
    reason: textOf(row['reason']),
    dueByMs: orNull(row['due_by'], timeMsOf),
    openedAtMs: timeMsOf(row['opened_at']),
    readAtMs: timeMsOf(row['read_at']),
  };
}

/** Disputes of every org, newest first: up to `limit` after the position of the page before. */
export async function listDisputes(
  db: Database,
  page: { readonly before: { readonly openedAtMs: number; readonly id: string } | undefined; readonly limit: number },
): Promise<Dispute[]> {
  return listRows(
    db,
    disputeOf,
    `SELECT ${DISPUTE_COLUMNS} FROM order_dispute
     WHERE (:beforeAt::timestamptz IS NULL OR (opened_at, id) < (:beforeAt::timestamptz, :beforeId))
     ORDER BY opened_at DESC, id DESC LIMIT :limit`,
    {
      beforeAt: page.before === undefined ? null : new Date(page.before.openedAtMs),
      beforeId: page.before?.id ?? '',
      limit: page.limit,
    },
  );
}

/** The dispute with that id of a provider; undefined when there is none. */
export async function findDispute(db: Database, id: string): Promise<Dispute | undefined> {
  return findRow(db, disputeOf, `SELECT ${DISPUTE_COLUMNS} FROM order_dispute WHERE id = ? ORDER BY account LIMIT 1`, [
    id,
  ]);
}

/**
 * Disputes on the platform's account that wait for an answer, are about less than an amount, and have no evidence that is sent or
 * about to be: the smallest first. One that was tried to be given up since `triedBefore` is left out.
 */
export async function listToAnswer(
  db: Database,
  asked: { readonly belowMicros: bigint; readonly triedBefore: Date; readonly limit: number },
): Promise<Dispute[]> {
  return listRows(
    db,
    disputeOf,
    `SELECT ${DISPUTE_COLUMNS} FROM order_dispute WHERE status = 'needs_response' AND withdrawn_minor > 0
       AND amount_minor < :belowMicros::bigint / 10000.0 AND strpos(account, ':') = 0
       AND (conceded_at IS NULL OR conceded_at < :triedBefore)
       AND NOT EXISTS (SELECT FROM dispute_evidence e WHERE e.account = order_dispute.account AND e.dispute = order_dispute.id)
     ORDER BY amount_minor, id LIMIT :limit`,
    { ...asked, belowMicros: String(asked.belowMicros) },
  );
}

/** Notes that this deployment gives a dispute up by itself, and once on the timeline of its order. */
export async function noteConceded(
  db: Database,
  { account, id, order: orderId }: Pick<Dispute, 'account' | 'id' | 'order'>,
  at: Date,
): Promise<void> {
  await db.transaction(async (trx) => {
    const order = await lockOrder(trx, orderId);
    const before = await findRow(
      trx,
      (row) => truth(row['known']),
      'SELECT conceded_at IS NOT NULL AS known FROM order_dispute WHERE account = ? AND id = ?',
      [account, id],
    );
    await trx.raw('UPDATE order_dispute SET conceded_at = ? WHERE account = ? AND id = ?', [at, account, id]);
    if (order && before === false) await noteStep(trx, order, { what: 'dispute_conceded', source: 'clock', at });
  });
}
