/** Which account, and which order, an id of a payment provider belongs to. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import { findRow, listOf, listRows, orNull, textOf, type Queries } from '../rows.ts';

/** The accounts that orders' checkouts were made on, by order; an order without a checkout, or that is not here, has none. */
export async function findAccountsOfOrders(
  db: Queries,
  orders: readonly string[],
): Promise<ReadonlyMap<string, AccountName>> {
  const found = await listRows(
    db,
    (row) => [textOf(row['order_id']), textOf(row['account'])] as const,
    'SELECT order_id, account FROM order_checkout WHERE order_id = ANY(?::uuid[])',
    [[...orders]],
  );
  return new Map(found);
}

/** Conditions on a checkout that one of these ids belongs to, each by an index of its own. */
const HAS_ID = `session = ANY(:ids::text[]) OR payment = ANY(:ids::text[]) OR charge = ANY(:ids::text[])
  OR customer = ANY(:ids::text[])`;

/** The accounts, in order, that each of these ids of a session, payment, charge or customer was stored for. */
export async function listAccountsOfIds(
  db: Queries,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly AccountName[]>> {
  const columns = ['session', 'payment', 'charge', 'customer'];
  const found = await listRows(
    db,
    (row) => [textOf(row['id']), textOf(row['account'])] as const,
    `SELECT o.id, c.account FROM unnest(?::text[]) AS o (id), LATERAL (
       ${columns.map((column) => `SELECT account FROM order_checkout WHERE ${column} = o.id`).join(' UNION ')}) c
     ORDER BY c.account`,
    [[...ids]],
  );
  const accounts = new Map<string, AccountName[]>();
  for (const [id, account] of found) accounts.set(id, [...(accounts.get(id) ?? []), account]);
  return accounts;
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
