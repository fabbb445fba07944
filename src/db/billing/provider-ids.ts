/** Which account, and which order, an id of a payment provider belongs to. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import { findRow, listOf, listRows, orNull, textOf, type Queries } from '../rows.ts';

/** The account that an order's checkout was made on; undefined for an order without one, or one that is not here. */
export async function findAccountOfOrder(db: Queries, order: string): Promise<AccountName | undefined> {
  return findRow(db, (row) => textOf(row['account']), 'SELECT account FROM order_checkout WHERE order_id = ?', [order]);
}

/** Conditions on a checkout that one of these ids belongs to, each by an index of its own. */
const HAS_ID = `session = ANY(:ids::text[]) OR payment = ANY(:ids::text[]) OR charge = ANY(:ids::text[])
  OR customer = ANY(:ids::text[])`;

/** The accounts that these ids of sessions, payments, charges or customers were stored for. */
export async function listAccountsOfIds(db: Queries, ids: readonly string[]): Promise<AccountName[]> {
  return listRows(
    db,
    (row) => textOf(row['account']),
    `SELECT DISTINCT account FROM order_checkout WHERE ${HAS_ID} ORDER BY account`,
    { ids: [...ids] },
  );
}

/** The orders that these ids were stored for. */
export async function listOrdersOfIds(db: Queries, ids: readonly string[]): Promise<string[]> {
  return listRows(db, (row) => textOf(row['order_id']), `SELECT order_id FROM order_checkout WHERE ${HAS_ID}`, {
    ids: [...ids],
  });
}

/** The ids of the provider that are stored for an order: its session, payment and charge. */
export async function listIdsOfOrder(db: Queries, order: string): Promise<string[]> {
  const found = await listRows(
    db,
    (row) => listOf(row['ids'], (id) => orNull(id, textOf)),
    'SELECT ARRAY[session, payment, charge] AS ids FROM order_checkout WHERE order_id = ?',
    [order],
  );
  return found.flat().filter((id) => id !== null);
}

/** The order whose checkout or payment in this mode has this id; undefined when none has. */
export async function findOrderInMode(
  db: Queries,
  { account, mode, object }: { readonly account: AccountName; readonly mode: PaymentMode; readonly object: string },
): Promise<string | undefined> {
  return findRow(
    db,
    (row) => textOf(row['order_id']),
    `SELECT order_id FROM order_checkout WHERE account = :account AND mode = :mode
       AND (session = :object OR payment = :object) ORDER BY order_id LIMIT 1`,
    { account, mode, object },
  );
}
