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

/** Forgets a request of which nothing came: the provider refused it. One whose refund is known stays. */
export async function dropRefundRequest(db: Database, { order, key }: RefundAsked): Promise<void> {
  await changeRows(db, 'DELETE FROM order_refund_request WHERE order_id = ? AND key = ? AND refund IS NULL', [
    order,
    key,
  ]);
}

/** Stores which refund a request became, also where another call for the same request was refused and dropped it. */
export async function bindRefund(db: Database, asked: RefundAsked, refund: string, at: Date): Promise<void> {
  const { order, key, amountMinor } = asked;
  await changeRows(
    db,
    `INSERT INTO order_refund_request (order_id, key, amount_minor, asked_at, refund) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (order_id, key) DO UPDATE SET refund = excluded.refund`,
    [order, key, amountMinor === null ? null : String(amountMinor), at, refund],
  );
}
