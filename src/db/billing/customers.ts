/** The customers of orgs at payment providers, and the payment methods that are saved for them. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { changeRows, findRow, getRow, orNull, textOf, timeMsOf, type Queries, type Row } from '../rows.ts';

/** Names the customer of an org: it has one at each account, in each mode. */
export interface CustomerName {
  readonly org: string;
  readonly account: AccountName;
  readonly mode: PaymentMode;
}

export interface Customer extends CustomerName {
  /** The idempotency key of the call that makes it. */
  readonly requestKey: string;
  readonly askedAtMs: number;
  /** The provider's id; null until it is known. */
  readonly customer: string | null;
  /** The provider's id of the payment method that was saved last; null when there is none that can be used. */
  readonly method: string | null;
}

const COLUMNS = 'request_key, asked_at, customer, method';
const ONE = 'org = :org AND account = :account AND mode = :mode';

function customerOf({ org, account, mode }: CustomerName): (row: Row) => Customer {
  return (row) => ({
    org,
    account,
    mode,
    requestKey: textOf(row['request_key']),
    askedAtMs: timeMsOf(row['asked_at']),
    customer: orNull(row['customer'], textOf),
    method: orNull(row['method'], textOf),
  });
}

/** The customer of an org; undefined when none was ever asked for. */
export async function findCustomer(db: Queries, name: CustomerName): Promise<Customer | undefined> {
  const { org, account, mode } = name;
  return findRow(db, customerOf(name), `SELECT ${COLUMNS} FROM payment_customer WHERE ${ONE}`, { org, account, mode });
}

/**
 * Stores that a customer is asked for, with the key of that call. One whose id is known stays as it is, as does one that was
 * asked for after `forgottenBefore`: the provider knows its key, and the same call finds it.
 */
export async function askForCustomer(
  db: Database,
  asked: CustomerName & { readonly requestKey: string; readonly at: Date; readonly forgottenBefore: Date },
): Promise<Customer> {
  const { org, account, mode, requestKey, at, forgottenBefore } = asked;
  await db.raw(
    `INSERT INTO payment_customer AS kept (org, account, mode, request_key, asked_at)
     VALUES (:org, :account, :mode, :requestKey, :at)
     ON CONFLICT (org, account, mode) DO UPDATE SET request_key = excluded.request_key, asked_at = excluded.asked_at
     WHERE kept.customer IS NULL AND kept.asked_at < :forgottenBefore`,
    { org, account, mode, requestKey, at, forgottenBefore },
  );
  return getRow(db, customerOf(asked), `SELECT ${COLUMNS} FROM payment_customer WHERE ${ONE}`, { org, account, mode });
}

/** Stores the provider's id of a customer. The first that is stored stays. @returns the customer as it is then */
export async function bindCustomer(db: Database, name: CustomerName, customer: string): Promise<Customer> {
  const { org, account, mode } = name;
  return getRow(
    db,
    customerOf(name),
    `UPDATE payment_customer SET customer = coalesce(customer, :customer) WHERE ${ONE} RETURNING ${COLUMNS}`,
    { org, account, mode, customer },
  );
}

/**
 * Keeps the payment method that the payment of an order saved for the org's customer, in place of one that an older order
 * saved. A method that could not be used any more is not kept again because its order is read again.
 */
export async function keepMethod(
  trx: DatabaseTransaction,
  saved: CustomerName & { readonly customer: string; readonly method: string; readonly order: string },
): Promise<void> {
  const { org, account, mode, customer, method, order } = saved;
  await trx.raw(
    `UPDATE payment_customer SET method = :method, method_order = :order
     WHERE ${ONE} AND customer = :customer AND (method_order IS NULL OR method_order < :order::uuid)`,
    { org, account, mode, customer, method, order },
  );
}

/** Gives up a method that the provider does not take any more. @returns whether it was the one in use */
export async function dropMethod(trx: DatabaseTransaction, name: CustomerName, method: string): Promise<boolean> {
  const { org, account, mode } = name;
  const dropped = await changeRows(trx, `UPDATE payment_customer SET method = NULL WHERE ${ONE} AND method = :method`, {
    org,
    account,
    mode,
    method,
  });
  return dropped > 0;
}
