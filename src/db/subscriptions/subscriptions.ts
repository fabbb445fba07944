/** Subscriptions, and the periods of theirs that were paid. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import type { PaidPeriod } from '../../core/subscriptions/grant.ts';
import { INTERVALS, type Interval } from '../../core/billing/order.ts';
import { SUBSCRIPTION_STATES, type Subscription, type SubscriptionState } from '../../core/subscriptions/state.ts';
import type { DatabaseTransaction } from '../database.ts';
import {
  changeRows,
  findRow,
  getRow,
  listRows,
  micros,
  oneOf,
  orNull,
  textOf,
  timeMsOf,
  type Queries,
  type Row,
} from '../rows.ts';

const MODES: readonly PaymentMode[] = ['live', 'test'];

/** A subscription that an order of ours began. */
export interface KnownSubscription extends Subscription {
  readonly account: AccountName;
  /** The provider's id. */
  readonly id: string;
  readonly mode: PaymentMode;
  /** The payer of its orders. */
  readonly org: string;
  readonly firstOrder: string;
  readonly customer: string | null;
  /** Whether anything was read of it yet. */
  readonly isRead: boolean;
  readonly createdAtMs: number;
}

const COLUMNS = `account, id, mode, org, first_order, state, customer, price, planned_price, period_end, created_at, read_at`;

function subscriptionOf(row: Row): KnownSubscription {
  return {
    account: textOf(row['account']),
    id: textOf(row['id']),
    mode: oneOf(MODES, row['mode']),
    org: textOf(row['org']),
    firstOrder: textOf(row['first_order']),
    state: oneOf(SUBSCRIPTION_STATES, row['state']),
    customer: orNull(row['customer'], textOf),
    price: orNull(row['price'], textOf),
    plannedPrice: orNull(row['planned_price'], textOf),
    periodEndMs: orNull(row['period_end'], timeMsOf),
    createdAtMs: timeMsOf(row['created_at']),
    isRead: row['read_at'] !== null,
    readAtMs: orNull(row['read_at'], timeMsOf) ?? 0,
  };
}

/** Names a subscription at its provider. */
export interface SubscriptionName {
  readonly account: AccountName;
  readonly id: string;
}

/** Reads a subscription and locks it until the end of the transaction; undefined for one that is not ours. */
export async function lockSubscription(
  trx: DatabaseTransaction,
  { account, id }: SubscriptionName,
): Promise<KnownSubscription | undefined> {
  return findRow(trx, subscriptionOf, `SELECT ${COLUMNS} FROM subscription WHERE account = ? AND id = ? FOR UPDATE`, [
    account,
    id,
  ]);
}

/** Notes which subscription an order began. The first note stays. */
export async function bindSubscription(
  trx: DatabaseTransaction,
  bound: SubscriptionName & {
    readonly mode: PaymentMode;
    readonly org: string;
    readonly firstOrder: string;
    readonly at: Date;
  },
): Promise<void> {
  const { account, id, mode, org, firstOrder, at } = bound;
  await trx.raw(
    `INSERT INTO subscription (account, id, mode, org, first_order, state, created_at)
     VALUES (:account, :id, :mode, :org, :firstOrder, 'incomplete', :at) ON CONFLICT DO NOTHING`,
    { account, id, mode, org, firstOrder, at },
  );
}

/** Stores what is known of a subscription after a reading. The caller holds its lock. */
export async function storeReading(
  trx: DatabaseTransaction,
  { account, id }: SubscriptionName,
  read: Subscription & { readonly status: string; readonly customer: string | null },
): Promise<void> {
  await trx.raw(
    `UPDATE subscription SET state = :state, status = :status, customer = coalesce(:customer, customer), price = :price,
       planned_price = :plannedPrice, period_end = :periodEnd, read_at = :readAt WHERE account = :account AND id = :id`,
    {
      account,
      id,
      state: read.state,
      status: read.status,
      customer: read.customer,
      price: read.price,
      plannedPrice: read.plannedPrice,
      periodEnd: read.periodEndMs === null ? null : new Date(read.periodEndMs),
      readAt: new Date(read.readAtMs),
    },
  );
}

/** The newest subscription of a payer, one that has not ended before any that has. */
export async function findSubscriptionOf(db: Queries, org: string): Promise<KnownSubscription | undefined> {
  return findRow(
    db,
    subscriptionOf,
    `SELECT ${COLUMNS} FROM subscription WHERE org = ? ORDER BY state = 'ended', created_at DESC, id LIMIT 1`,
    [org],
  );
}

/** The order at whose checkout a payer may begin a subscription, and has not paid; undefined when there is none. */
export async function findOpenSubscribing(db: Queries, org: string): Promise<string | undefined> {
  return findRow(
    db,
    (row) => textOf(row['id']),
    `SELECT id FROM pack_order WHERE org = ? AND recurring AND state IN ('created', 'awaiting_payment') ORDER BY id LIMIT 1`,
    [org],
  );
}

/** Which of these orders pay periods of subscriptions. */
export async function listRecurring(db: Queries, orders: readonly (string | null)[]): Promise<ReadonlySet<string>> {
  const found = await listRows(
    db,
    (row) => textOf(row['id']),
    'SELECT id FROM pack_order WHERE id = ANY(?::uuid[]) AND recurring',
    [orders.filter((order) => order !== null)],
  );
  return new Set(found);
}

/** A page of subscriptions: of all payers, or of one; all, or those in one state or with one id of the provider. */
export interface SubscriptionPage {
  readonly org?: string | undefined;
  readonly state?: SubscriptionState | undefined;
  readonly id?: string | undefined;
  readonly limit: number;
}

/** Subscriptions, newest first. */
export async function listSubscriptions(
  db: Queries,
  { org, state, id, limit }: SubscriptionPage,
): Promise<KnownSubscription[]> {
  return listRows(
    db,
    subscriptionOf,
    `SELECT ${COLUMNS} FROM subscription WHERE (:org::uuid IS NULL OR org = :org::uuid)
       AND (:state::text IS NULL OR state = :state::text) AND (:id::text IS NULL OR id = :id::text)
     ORDER BY created_at DESC, account, id LIMIT :limit`,
    { org: org ?? null, state: state ?? null, id: id ?? null, limit },
  );
}

/** A paid period, as it was granted. */
export interface GrantedPeriod {
  readonly subscription: string;
  readonly price: string;
  readonly periodStartMs: number;
  readonly periodEndMs: number;
  readonly order: string;
  readonly plan: string;
  readonly interval: Interval;
  readonly priceMinor: bigint;
}

/**
 * Notes that an order pays periods, each of them once whatever pays it.
 * @returns those that no order had paid before
 */
export async function claimPeriods(
  trx: DatabaseTransaction,
  account: AccountName,
  order: string,
  periods: readonly PaidPeriod[],
  at: Date,
): Promise<PaidPeriod[]> {
  const fresh: PaidPeriod[] = [];
  for (const period of periods) {
    const { subscription, price, periodStartMs, begun, periodEndMs, terms } = period;
    const made = await changeRows(
      trx,
      `INSERT INTO subscription_period (account, subscription, price, period_start, begun, period_end, order_id, plan,
         plan_version, plan_interval, price_minor, granted_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      [
        account,
        subscription,
        price,
        new Date(periodStartMs),
        begun,
        new Date(periodEndMs),
        order,
        terms.plan,
        terms.version,
        terms.interval,
        String(terms.priceMinor),
        at,
      ],
    );
    if (made > 0) fresh.push(period);
  }
  return fresh;
}

/**
 * The paid period of a subscription that began last; undefined while none is paid. An upgrade in the second in which a period
 * began begins another one in that second: the present price then decides.
 */
export async function findLastPeriod(
  db: Queries,
  { account, id, price }: SubscriptionName & Pick<KnownSubscription, 'price'>,
): Promise<GrantedPeriod | undefined> {
  return findRow(
    db,
    periodOf,
    `SELECT subscription, price, period_start, period_end, order_id, plan, plan_interval, price_minor FROM subscription_period
     WHERE account = :account AND subscription = :id
     ORDER BY period_start DESC, price IS NOT DISTINCT FROM :price::text DESC, granted_at DESC, price LIMIT 1`,
    { account, id, price },
  );
}

function periodOf(row: Row): GrantedPeriod {
  return {
    subscription: textOf(row['subscription']),
    price: textOf(row['price']),
    periodStartMs: timeMsOf(row['period_start']),
    periodEndMs: timeMsOf(row['period_end']),
    order: textOf(row['order_id']),
    plan: textOf(row['plan']),
    interval: oneOf(INTERVALS, row['plan_interval']),
    priceMinor: micros(row['price_minor']),
  };
}

/** The portal of an account; its id is null until it is made. The key of the call that makes it is stored first. */
export async function askForPortal(
  db: Queries,
  {
    account,
    mode,
    requestKey,
  }: { readonly account: AccountName; readonly mode: PaymentMode; readonly requestKey: string },
): Promise<{ readonly requestKey: string; readonly portal: string | null }> {
  await changeRows(
    db,
    'INSERT INTO payment_portal (account, mode, request_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    [account, mode, requestKey],
  );
  return getRow(
    db,
    (row) => ({ requestKey: textOf(row['request_key']), portal: orNull(row['portal'], textOf) }),
    'SELECT request_key, portal FROM payment_portal WHERE account = ? AND mode = ?',
    [account, mode],
  );
}

/** Stores the provider's id of a portal. The first that is stored stays. @returns it */
export async function bindPortal(
  db: Queries,
  { account, mode, portal }: { readonly account: AccountName; readonly mode: PaymentMode; readonly portal: string },
): Promise<string> {
  return getRow(
    db,
    (row) => textOf(row['portal']),
    'UPDATE payment_portal SET portal = coalesce(portal, ?) WHERE account = ? AND mode = ? RETURNING portal',
    [portal, account, mode],
  );
}
