/** Decides about purchases of auto-refill: finds the settings whose balance is too low, and reserves what a purchase costs. */
import type { AccountName, PaymentMode } from '../../core/billing/facts.ts';
import { termsOf, type RefillTerms } from '../../core/billing/auto-refill.ts';
import {
  dayOf,
  isBelow,
  judgeRefill,
  monthOf,
  type RefillBalance,
  type RefillSpent,
} from '../../core/billing/refill.ts';
import { offerOf, type OfferedProduct, type RefillOffer } from '../../core/billing/refill-offer.ts';
import { eventOfCeiling } from '../../core/events/refills.ts';
import { uuidV7, walletId } from '../../core/ids.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { findStanding } from '../ledger/balance-now.ts';
import { count, findRow, getRow, listRows, micros, small, textOf, truth, type Queries } from '../rows.ts';
import { findAvailable } from '../wallet-facts.ts';
import { findCustomer } from './customers.ts';
import { isRailFrozen } from './rails.ts';
import { noteStep, ORDER_COLUMNS, orderOf } from './orders.ts';
import { findRefillSetting, lockRefills, stopRefill, type RefillSetting } from './refill-settings.ts';

const CURRENCY = 'usd';
const MICROS_PER_CENT = 10_000n;

/** A setting that may have to buy. */
export interface DueRefill {
  readonly org: string;
  readonly account: AccountName;
}

/** One page of settings in order of their orgs: the last org of the page (undefined at the end), and those that may buy. */
export interface RefillPage {
  readonly last: string | undefined;
  readonly due: readonly DueRefill[];
}

/**
 * Looks at up to `limit` settings that are enabled, of orgs that are not suspended by hand, and that wait for nothing. Those
 * may buy whose newest entry leaves less than their threshold, or that have frozen credit, which no entry shows. It reads one
 * entry for each of them, and the ledger's writer does nothing for it. The balance is judged again by {@link decideRefill}.
 */
export async function listDueRefills(
  db: Queries,
  page: { readonly now: Date; readonly after: string | undefined; readonly limit: number },
): Promise<RefillPage> {
  const settings = await listRows(
    db,
    (row) => ({
      due: { org: textOf(row['org']), account: textOf(row['account']) },
      wallet: textOf(row['wallet']),
      threshold: micros(row['threshold']),
      hasFrozen: truth(row['has_frozen']),
    }),
    `SELECT r.org, r.account, r.wallet, r.threshold::text AS threshold,
       EXISTS (SELECT FROM lot_frozen f WHERE f.wallet = r.wallet AND f.ended_at IS NULL) AS has_frozen
     FROM auto_refill r
     WHERE r.enabled AND EXISTS (SELECT FROM org o WHERE o.id = r.org AND o.suspended_at IS NULL)
       AND (:after::uuid IS NULL OR r.org > :after::uuid)
       AND (r.next_attempt_at IS NULL OR r.next_attempt_at <= :now)
       AND NOT EXISTS (SELECT FROM auto_refill_purchase p WHERE p.org = r.org AND p.ended_at IS NULL)
       AND EXISTS (SELECT FROM payment_customer c WHERE c.org = r.org AND c.account = r.account AND c.method IS NOT NULL)
     ORDER BY r.org LIMIT :limit`,
    { now: page.now, after: page.after ?? null, limit: page.limit },
  );
  const available = await findAvailable(
    db,
    settings.map(({ wallet }) => wallet),
  );
  const due = settings.filter((one) => one.hasFrozen || (available.get(one.wallet) ?? 0n) < one.threshold);
  const last = settings.length < page.limit ? undefined : settings.at(-1)?.due.org;
  return { last, due: due.map((one) => one.due) };
}

/** Finds a product of an org. */
export type FindProduct = (db: Queries, org: string, product: string) => Promise<OfferedProduct | undefined>;

/** What became of a decision. `nothing`: the balance is enough, or it waits for something. */
export type RefillDecision = 'bought' | 'waits' | 'stopped' | 'nothing';

/**
 * Decides whether a setting buys now. If so, its order, its purchase and its part of the ceilings are stored in the transaction
 * that decided; nothing is charged yet. One decision about an org is made at a time, whatever the account.
 * @param mode of the account's key
 */
export async function decideRefill(
  db: Database,
  due: DueRefill & { readonly mode: PaymentMode },
  { findProduct, at }: { readonly findProduct: FindProduct; readonly at: Date },
): Promise<RefillDecision> {
  return db.transaction(async (trx) => {
    await lockRefills(trx, due.org);
    const ready = await findReady(trx, due, at);
    if (!ready) return 'nothing';
    const { setting, terms, balance } = ready;
    const product = terms.what.kind === 'product' ? await findProduct(trx, due.org, terms.what.product) : undefined;
    const offered = offerOf(terms.what, { ...balance, account: due.account, mode: due.mode, product });
    if ('stop' in offered) {
      await stopRefill(trx, due.org, { reason: offered.stop, at });
      return 'stopped';
    }
    const { priceMinor } = offered.offer;
    const spent = await sumSpent(trx, due.org, at.getTime());
    const verdict = judgeRefill({ ...ready, spent, priceMinor, nowMs: at.getTime() });
    if (verdict.verdict === 'enough') return 'nothing';
    if (verdict.verdict === 'wait') {
      await holdUp(trx, setting, { ...verdict, priceMicros: priceMinor * MICROS_PER_CENT, at });
      return 'waits';
    }
    await buy(trx, { ...due, ...ready, offer: offered.offer, at });
    return 'bought';
  });
}

interface Ready {
  readonly setting: RefillSetting;
  readonly consent: string;
  readonly terms: RefillTerms;
  readonly customer: string;
  readonly method: string;
  readonly balance: RefillBalance;
  readonly creditedSeq: number;
}

/** What a purchase needs, if the setting may buy and its balance asks for it. The caller has locked the org. */
async function findReady(
  trx: DatabaseTransaction,
  due: DueRefill & { readonly mode: PaymentMode },
  at: Date,
): Promise<Ready | undefined> {
  // Locked, because a dispute turns it off under no other lock.
  await trx.raw('SELECT 1 FROM auto_refill WHERE org = ? AND account = ? FOR UPDATE', [due.org, due.account]);
  const setting = await findRefillSetting(trx, due.org, due.account);
  const terms = setting?.enabled === true ? termsOf(setting) : undefined;
  if (!setting?.consent || !terms || (setting.nextAttemptAtMs ?? 0) > at.getTime()) return undefined;
  const customer = await findCustomer(trx, due);
  if (!customer?.customer || customer.method === null) return undefined;
  // While nothing is credited on the rail, nothing is charged either.
  if ((await hasOpenPurchase(trx, due.org)) || (await isRailFrozen(trx, due.account))) return undefined;
  const creditedSeq = await findCreditedSeq(trx, due.org);
  const standing = await findStanding(trx, walletId({ kind: 'org', id: due.org }), at);
  const balance = {
    spendableMicros: (standing?.available ?? 0n) - (standing?.frozen ?? 0n),
    seq: standing?.writtenSeq ?? 0,
  };
  if (!isBelow({ terms, balance, creditedSeq })) return undefined;
  const { customer: id, method } = customer;
  return { setting, consent: setting.consent.id, terms, customer: id, method, balance, creditedSeq };
}

async function hasOpenPurchase(trx: DatabaseTransaction, org: string): Promise<boolean> {
  const open = await findRow(
    trx,
    (row) => textOf(row['order_id']),
    'SELECT order_id FROM auto_refill_purchase WHERE org = ? AND ended_at IS NULL',
    [org],
  );
  return open !== undefined;
}

/** The entry with which the org's last purchase was credited; 0 when there was none. */
async function findCreditedSeq(trx: DatabaseTransaction, org: string): Promise<number> {
  return getRow(
    trx,
    (row) => count(row['seq']),
    `SELECT coalesce(max(credited_seq), 0) AS seq FROM auto_refill_purchase WHERE org = ? AND state <> 'released'`,
    [org],
  );
}

/** What the org's purchases cost that count for the UTC day of a time and for its month, whatever the account. */
async function sumSpent(trx: DatabaseTransaction, org: string, nowMs: number): Promise<RefillSpent> {
  return getRow(
    trx,
    (row) => ({
      dayMinor: micros(row['day_minor']),
      monthMinor: micros(row['month_minor']),
      dayCount: small(row['day_count']),
    }),
    `SELECT coalesce(sum(price_minor) FILTER (WHERE day = :day::date), 0)::text AS day_minor,
       coalesce(sum(price_minor), 0)::text AS month_minor,
       (count(*) FILTER (WHERE day = :day::date))::integer AS day_count
     FROM auto_refill_purchase WHERE org = :org AND state <> 'released' AND day >= :month::date AND day <= :day::date`,
    { org, day: dayOf(nowMs), month: monthOf(nowMs) },
  );
}

/** A ceiling would be passed: nothing is decided again before it begins anew. */
async function holdUp(
  trx: DatabaseTransaction,
  { org, account, consent }: RefillSetting,
  held: { readonly reason: string; readonly untilMs: number; readonly priceMicros: bigint; readonly at: Date },
): Promise<void> {
  const { reason, untilMs, priceMicros, at } = held;
  await trx.raw('UPDATE auto_refill SET next_attempt_at = ? WHERE org = ? AND account = ?', [
    new Date(untilMs),
    org,
    account,
  ]);
  const about = { org, account, priceMicros, reason, untilMs, atMs: at.getTime(), consent: consent?.id ?? '' };
  await recordEvents(trx, [eventOfCeiling(about)]);
}

async function buy(
  trx: DatabaseTransaction,
  bought: DueRefill & Ready & { readonly mode: PaymentMode; readonly offer: RefillOffer; readonly at: Date },
): Promise<void> {
  const { org, account, mode, offer, balance, at } = bought;
  const id = uuidV7(at.getTime());
  const priceMicros = offer.priceMinor * MICROS_PER_CENT;
  const order = await getRow(
    trx,
    orderOf,
    `INSERT INTO pack_order (id, org, channel, auto_refill, state, pack, product, price, asked, bonus, free_gift_cards,
       metadata, opened_at, expires_at)
     VALUES (:id, :org, 'card', true, 'created', :pack, :product, :credit, :asked, :bonus, :cards, '{}', :at, :at) RETURNING ${ORDER_COLUMNS}`,
    {
      id,
      org,
      pack: offer.pack,
      product: offer.product,
      credit: String(offer.creditMicros),
      asked: offer.creditMicros < priceMicros ? String(priceMicros) : null,
      bonus: String(offer.bonusMicros),
      cards: offer.freeGiftCards,
      at,
    },
  );
  await trx.raw(
    `INSERT INTO order_checkout (order_id, account, mode, currency, price_minor, success_url, cancel_url)
     VALUES (?, ?, ?, ?, ?, '', '')`,
    [id, account, mode, CURRENCY, String(offer.priceMinor)],
  );
  await noteStep(trx, order, { what: 'created', source: 'clock', at });
  await trx.raw(
    `INSERT INTO auto_refill_purchase (order_id, org, account, consent, customer, method, seen_seq, spendable, price_minor, day,
       state, next_attempt_at, decided_at)
     VALUES (:id, :org, :account, :consent, :customer, :method, :seq, :spendable, :price, :day::date, 'decided', :at, :at)`,
    {
      id,
      org,
      account,
      consent: bought.consent,
      customer: bought.customer,
      method: bought.method,
      seq: balance.seq,
      spendable: String(balance.spendableMicros),
      price: String(offer.priceMinor),
      day: dayOf(at.getTime()),
      at,
    },
  );
}
