/** Refunds that operators asked for: each is stored before the provider is asked, so that a lost answer is found again. */
import { Refusal } from '../../core/errors.ts';
import type { Database } from '../database.ts';
import { changeRows, getRow, micros, orNull, textOf, timeMsOf } from '../rows.ts';

export interface RefundAsked {
  readonly order: string;
  /** The caller's idempotency key. */
  readonly key: string;
  /** Null: all that is left. */
  readonly amountMinor: bigint | null;
}

/**
 * Stores that a refund is asked for, or finds the same request.
 * @returns when it was first asked for, and the provider's id of the refund once it is known.
 * @throws Refusal IDEMPOTENCY_CONFLICT when another amount was asked for under the key
 */
export async function storeRefundRequest(
  db: Database,
  { order, key, amountMinor }: RefundAsked,
  at: Date,
): Promise<{ readonly askedAtMs: number; readonly refund: string | null }> {
  const amount = amountMinor === null ? null : String(amountMinor);
  await db.raw(
    `INSERT INTO order_refund_request (order_id, key, amount_minor, asked_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (order_id, key) DO NOTHING`,
    [order, key, amount, at],
  );
  const stored = await getRow(
    db,
    (row) => ({
      amountMinor: orNull(row['amount_minor'], micros),
      askedAtMs: timeMsOf(row['asked_at']),
      refund: orNull(row['refund'], textOf),
    }),
    'SELECT amount_minor, asked_at, refund FROM order_refund_request WHERE order_id = ? AND key = ?',
    [order, key],
  );
  if (stored.amountMinor === amountMinor) return stored;
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another refund; choose a new one');
}

/** Stores which refund a request became. */
export async function bindRefund(db: Database, { order, key }: RefundAsked, refund: string): Promise<void> {
  await changeRows(db, 'UPDATE order_refund_request SET refund = ? WHERE order_id = ? AND key = ?', [
    refund,
    order,
    key,
  ]);
}
