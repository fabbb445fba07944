/**
 * Which account at its provider a stored account is. Its key may be replaced by one of another account: what was made at the former one
 * (customers with their saved methods, products, prices) is then kept apart, and nothing uses it again.
 */
import type { AccountName } from '../../core/billing/facts.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { count, findRow, listRows, orNull, textOf, truth } from '../rows.ts';
import { stopRefill } from './refill-settings.ts';

/** An account as its provider names it. */
export interface AccountIdentity {
  readonly name: AccountName;
  readonly org: string;
  /** The provider's id of it. */
  readonly providerAccount: string;
  /** A mark of the key that said so. */
  readonly keyMark: string;
  readonly at: Date;
}

/** Which key an account was identified by; undefined: by none. */
export async function findKeyMark(db: Database, name: AccountName): Promise<string | undefined> {
  const found = await findRow(
    db,
    (row) => orNull(row['identified_by'], textOf),
    'SELECT identified_by FROM payment_account WHERE name = ?',
    [name],
  );
  return found ?? undefined;
}

/**
 * Stores which account at the provider an org's own account is. Where it was another one, what was made there is left behind: the
 * org's customers get new ids when they are needed, its active products are pushed anew, and auto-refill with a method saved there
 * stops with its event.
 * @returns the provider's id of the former account; undefined when it is the same as before
 */
export async function storeIdentity(db: Database, identity: AccountIdentity): Promise<string | undefined> {
  const { name, providerAccount, keyMark } = identity;
  return db.transaction(async (trx) => {
    const former = await findRow(
      trx,
      (row) => ({ id: orNull(row['provider_account'], textOf) }),
      'SELECT provider_account FROM payment_account WHERE name = ? FOR UPDATE',
      [name],
    );
    if (!former) return undefined;
    await trx.raw('UPDATE payment_account SET provider_account = ?, identified_by = ? WHERE name = ?', [
      providerAccount,
      keyMark,
      name,
    ]);
    if (former.id === null || former.id === providerAccount) return undefined;
    await leaveBehind(trx, identity, former.id);
    return former.id;
  });
}

async function leaveBehind(
  trx: DatabaseTransaction,
  { name, org, at }: AccountIdentity,
  former: string,
): Promise<void> {
  await trx.raw(
    `INSERT INTO payment_customer_former (account, mode, customer, org, provider_account, left_at)
     SELECT account, mode, customer, org, :former, :at FROM payment_customer WHERE account = :name AND customer IS NOT NULL
     ON CONFLICT DO NOTHING`,
    { name, former, at },
  );
  await trx.raw('DELETE FROM payment_customer WHERE account = ?', [name]);
  await trx.raw(
    `INSERT INTO product_former (product, provider_product, provider_price, org, account, provider_account, left_at)
     SELECT id, provider_product, provider_price, org, account, :former, :at FROM product
     WHERE account = :name AND provider_product IS NOT NULL ON CONFLICT DO NOTHING`,
    { name, former, at },
  );
  // Whoever pushes one of them now has lost its claim, and stores no id of the former account.
  await trx.raw(
    `UPDATE product SET provider_product = NULL, provider_price = NULL, claim = NULL, claimed_until = NULL, tries = 0,
       revision = CASE WHEN active THEN revision + 1 ELSE revision END, next_sync_at = :at, updated_at = :at
     WHERE account = :name`,
    { name, at },
  );
  const refill = await findRow(
    trx,
    (row) => truth(row['enabled']),
    'SELECT enabled FROM auto_refill WHERE org = ? AND account = ? FOR UPDATE',
    [org, name],
  );
  if (refill === true) await stopRefill(trx, org, { reason: 'other_account', at });
}

/** What was left behind at a former account of the provider. */
export interface LeftBehind {
  readonly account: AccountName;
  readonly providerAccount: string;
  readonly customers: number;
  readonly products: number;
}

/** What was left behind, by account. */
export async function listLeftBehind(db: Database): Promise<LeftBehind[]> {
  return listRows(
    db,
    (row) => ({
      account: textOf(row['account']),
      providerAccount: textOf(row['provider_account']),
      customers: count(row['customers']),
      products: count(row['products']),
    }),
    `SELECT account, provider_account, count(*) FILTER (WHERE what = 'customer') AS customers,
       count(*) FILTER (WHERE what = 'product') AS products
     FROM (SELECT account, provider_account, 'customer' AS what FROM payment_customer_former
       UNION ALL SELECT account, provider_account, 'product' FROM product_former) AS l
     GROUP BY account, provider_account ORDER BY account, provider_account`,
  );
}
