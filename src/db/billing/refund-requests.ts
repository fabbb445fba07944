/** Refunds that operators asked for: each is stored before the provider is asked, so that a lost answer is found again. */
import { Refusal } from '../../core/errors.ts';
import type { Database } from '../database.ts';
import { changeRows, findRow, micros, orNull, textOf, timeMsOf } from '../rows.ts';

export interface RefundAsked {
  readonly order: string;
  /** The caller's idempotency key. */
  readonly key: string;
  /** Null: all that is left. */
  readonly amountMinor: bigint | null;
}

/** A refund that was asked for: when first, and the provider's id of it once that is known. */
export interface KnownRefund {
  readonly askedAtMs: number;
  readonly refund: string | null;
}

/**
 * Finds the same request; undefined when nothing was asked for under the key.
 * @throws Refusal IDEMPOTENCY_CONFLICT when another amount was asked for under the key
 */
export async function findRefundRequest(
  db: Database,
  { order, key, amountMinor }: RefundAsked,
): Promise<KnownRefund | undefined> {
  const stored = await findRow(
    db,
    (row) => ({
      amountMinor: orNull(row['amount_minor'], micros),
      askedAtMs: timeMsOf(row['asked_at']),
      refund: orNull(row['refund'], textOf),
    }),
    'SELECT amount_minor, asked_at, refund FROM order_refund_request WHERE order_id = ? AND key = ?',
    [order, key],
  );
  if (stored === undefined || stored.amountMinor === amountMinor) return stored;
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another refund; choose a new one');
}

/**
 * Stores that a refund is asked for, or finds the same request.
 * @throws Refusal IDEMPOTENCY_CONFLICT when another amount was asked for under the key
 */
export async function storeRefundRequest(db: Database, asked: RefundAsked, at: Date): Promise<KnownRefund> {
  const amount = asked.amountMinor === null ? null : String(asked.amountMinor);
  await db.raw(
    `INSERT INTO order_refund_request (order_id, key, amount_minor, asked_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (order_id, key) DO NOTHING`,
    [asked.order, asked.key, amount, at],
  );
  const stored = await findRefundRequest(db, asked);
  if (!stored) throw new Error('a request for a refund is gone');
  return stored;
}

/** Stores which refund a request became. */
export async function bindRefund(db: Database, { order, key }: RefundAsked, refund: string): Promise<void> {
  await changeRows(db, 'UPDATE order_refund_request SET refund = ? WHERE order_id = ? AND key = ?', [
    refund,
    order,
    key,
  ]);
}
