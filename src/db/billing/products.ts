/** What orgs sell: their products, and how far the provider shows them as they are. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import { BILLING_MODELS, type BillingModel } from '../../core/billing/product.ts';
import { Refusal } from '../../core/errors.ts';
import type { Database } from '../database.ts';
import { changeRows, findRow, listRows, micros, oneOf, orNull, small, textOf, timeMsOf, truth } from '../rows.ts';
import type { Queries, Row } from '../rows.ts';

const MODES: readonly PaymentMode[] = ['live', 'test'];

export interface Product {
  readonly id: string;
  readonly org: string;
  readonly account: AccountName;
  readonly mode: PaymentMode;
  readonly name: string;
  readonly billingModel: BillingModel;
  readonly priceCents: bigint;
  /** What a purchase credits, in micros. */
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly active: boolean;
  /** The provider's ids; null until it has made them. */
  readonly providerProduct: string | null;
  readonly providerPrice: string | null;
  /** Grows with each change; the provider has what was so at `synced`. */
  readonly revision: number;
  readonly synced: number;
  /** How often it was pushed to the provider in vain since its last change. */
  readonly tries: number;
  readonly createdAtMs: number;
}

const COLUMNS = `id, org, account, mode, name, billing_model, price_cents, amount, currency, active, provider_product,
  provider_price, revision, synced, tries, created_at`;

function productOf(row: Row): Product {
  return {
    id: textOf(row['id']),
    org: textOf(row['org']),
    account: textOf(row['account']),
    mode: oneOf(MODES, row['mode']),
    name: textOf(row['name']),
    billingModel: oneOf(BILLING_MODELS, row['billing_model']),
    priceCents: micros(row['price_cents']),
    amountMicros: micros(row['amount']),
    currency: textOf(row['currency']),
    active: truth(row['active']),
    providerProduct: orNull(row['provider_product'], textOf),
    providerPrice: orNull(row['provider_price'], textOf),
    revision: small(row['revision']),
    synced: small(row['synced']),
    tries: small(row['tries']),
    createdAtMs: timeMsOf(row['created_at']),
  };
}

/** A product to store. */
export interface NewProductRow {
  readonly id: string;
  readonly org: string;
  readonly account: AccountName;
  readonly mode: PaymentMode;
  readonly name: string;
  readonly billingModel: BillingModel;
  readonly priceCents: bigint;
  readonly amountMicros: bigint;
  readonly currency: string;
  readonly key: string;
  readonly hash: string;
  readonly at: Date;
}

/**
 * Stores a product, or finds the one that the same request stored before.
 * @throws Refusal IDEMPOTENCY_CONFLICT when another request had the key
 */
export async function storeProduct(
  db: Database,
  { priceCents, amountMicros, ...asked }: NewProductRow,
): Promise<{ readonly product: Product; readonly isNew: boolean }> {
  const fresh = await findRow(
    db,
    productOf,
    `INSERT INTO product (id, org, account, mode, name, billing_model, price_cents, amount, currency, active, revision,
       synced, tries, next_sync_at, request_key, request_hash, created_at, updated_at)
     VALUES (:id, :org, :account, :mode, :name, :billingModel, :price, :amount, :currency, true, 1, 0, 0, :at, :key, :hash,
       :at, :at)
     ON CONFLICT (org, request_key) DO NOTHING RETURNING ${COLUMNS}`,
    { ...asked, price: String(priceCents), amount: String(amountMicros) },
  );
  if (fresh) return { product: fresh, isNew: true };
  const before = await findRow(
    db,
    (row) => ({ product: productOf(row), hash: textOf(row['request_hash']) }),
    `SELECT ${COLUMNS}, request_hash FROM product WHERE org = ? AND request_key = ?`,
    [asked.org, asked.key],
  );
  if (before?.hash === asked.hash) return { product: before.product, isNew: false };
  throw new Refusal('IDEMPOTENCY_CONFLICT', 'this idempotency key was used for another request; choose a new one');
}

/** A product of an org; undefined when it has no such product. */
export async function findProduct(db: Queries, org: string, id: string): Promise<Product | undefined> {
  return findRow(db, productOf, `SELECT ${COLUMNS} FROM product WHERE id = ? AND org = ?`, [id, org]);
}

/** A page of an org's products of one mode, newest first. */
export async function listProducts(
  db: Queries,
  page: {
    readonly org: string;
    readonly mode: PaymentMode;
    readonly inactiveToo: boolean;
    readonly beforeId?: string | undefined;
    readonly limit: number;
  },
): Promise<Product[]> {
  return listRows(
    db,
    productOf,
    `SELECT ${COLUMNS} FROM product
     WHERE org = :org AND mode = :mode AND (active OR :inactiveToo) AND (:beforeId::uuid IS NULL OR id < :beforeId::uuid)
     ORDER BY id DESC LIMIT :limit`,
    { ...page, beforeId: page.beforeId ?? null },
  );
}

/** Changes a product, and has the provider brought up to date. One that stays as it is stays untouched. */
export async function changeProduct(
  db: Database,
  change: {
    readonly org: string;
    readonly id: string;
    readonly name?: string | undefined;
    readonly active?: boolean | undefined;
    readonly at: Date;
  },
): Promise<Product | undefined> {
  await db.raw(
    `UPDATE product SET name = coalesce(:name, name), active = coalesce(:active, active), revision = revision + 1,
       tries = 0, next_sync_at = :at, updated_at = :at
     WHERE id = :id AND org = :org AND (name, active) IS DISTINCT FROM (coalesce(:name, name), coalesce(:active, active))`,
    { ...change, name: change.name ?? null, active: change.active ?? null },
  );
  return findProduct(db, change.org, change.id);
}

/**
 * Claims a product for pushing it to the provider: until the claim ends, nobody else does.
 * @returns undefined when somebody else has it, or the provider has it as it is
 */
export async function claimSync(
  db: Database,
  claim: { readonly id: string; readonly claim: string; readonly now: Date; readonly leaseMs: number },
): Promise<Product | undefined> {
  const { id, now, leaseMs } = claim;
  return findRow(
    db,
    productOf,
    `UPDATE product SET claim = :claim, claimed_until = :until
     WHERE id = :id AND synced < revision AND (claimed_until IS NULL OR claimed_until <= :now) RETURNING ${COLUMNS}`,
    { id, claim: claim.claim, now, until: new Date(now.getTime() + leaseMs) },
  );
}

/**
 * Stores the provider's ids of a product, for whoever has the claim.
 * @throws Error when the claim is lost: the ids may be of an account that is not the org's any more
 */
export async function bindProduct(
  db: Queries,
  bound: { readonly id: string; readonly claim: string; readonly product: string; readonly price: string | null },
): Promise<void> {
  const { id, claim, product, price } = bound;
  const changed = await changeRows(
    db,
    'UPDATE product SET provider_product = ?, provider_price = ? WHERE id = ? AND claim = ?',
    [product, price, id, claim],
  );
  if (changed === 0) throw new Error('the claim on a product was lost while it was pushed');
}

/** Ends a claim: the provider has the product as it was at `revision`, or (null) it could not be pushed. */
export async function closeSync(
  db: Database,
  end: { readonly id: string; readonly claim: string; readonly revision: number | null; readonly nextAt: Date },
): Promise<void> {
  await changeRows(
    db,
    `UPDATE product SET claim = NULL, claimed_until = NULL, synced = greatest(synced, coalesce(:revision::integer, 0)),
       tries = CASE WHEN :revision::integer IS NULL THEN tries + 1 ELSE 0 END, next_sync_at = :nextAt
     WHERE id = :id AND claim = :claim`,
    end,
  );
}

/** Products of an account that the provider does not show as they are, and that are due, oldest first. */
export async function listUnsynced(
  db: Database,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<Pick<Product, 'id' | 'org'>[]> {
  return listRows(
    db,
    (row) => ({ id: textOf(row['id']), org: textOf(row['org']) }),
    `SELECT id, org FROM product WHERE synced < revision AND next_sync_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
     ORDER BY next_sync_at LIMIT ?`,
    [now, now, limit],
  );
}
