/** Which of our orders, and which account, a provider's object belongs to. */
import type { AccountName } from '../../core/billing/facts.ts';
import type { Queries } from '../rows.ts';
import { listRows, orNull, textOf } from '../rows.ts';

/** An id of a provider's that we stored. */
export interface ProviderObject {
  readonly id: string;
  readonly account: AccountName;
  readonly org: string | null;
  readonly order: string | null;
}

/**
 * Stores ids of objects that belong to an order (its session, payment, charge) or, without one, to a payer (its customer).
 * An id that is known already keeps what it was first stored with.
 */
export async function storeProviderObjects(
  db: Queries,
  about: { readonly account: AccountName; readonly org: string | null; readonly order: string | null },
  ids: readonly string[],
): Promise<void> {
  await db.raw(
    `INSERT INTO payment_object (id, account, org, order_id)
     SELECT id, :account, :org::uuid, :order::uuid FROM unnest(:ids::text[]) AS given (id) ON CONFLICT DO NOTHING`,
    { ...about, ids: [...ids] },
  );
}

/** The stored ids among these. */
export async function listProviderObjects(db: Queries, ids: readonly string[]): Promise<ProviderObject[]> {
  return listRows(
    db,
    (row) => ({
      id: textOf(row['id']),
      account: textOf(row['account']),
      org: orNull(row['org'], textOf),
      order: orNull(row['order_id'], textOf),
    }),
    'SELECT id, account, org, order_id FROM payment_object WHERE id = ANY(?::text[])',
    [[...ids]],
  );
}

/** The ids that are stored for an order, and the account that they are of. */
export async function listObjectsOfOrder(db: Queries, order: string): Promise<{ id: string; account: AccountName }[]> {
  return listRows(
    db,
    (row) => ({ id: textOf(row['id']), account: textOf(row['account']) }),
    'SELECT id, account FROM payment_object WHERE order_id = ? ORDER BY id',
    [order],
  );
}
