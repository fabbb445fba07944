/** Orgs with auto-refill, a ledger, and the fake Stripe that charges them. */
import { expect } from 'vitest';
import { findBehaviour } from '../../../devnet/stripe/cards.ts';
import { saveMethod } from '../../../devnet/stripe/intents.ts';
import type { Cashier } from '../../../src/core/billing/cashier.ts';
import type { RefillChange, RefillNames, RefillWhat } from '../../../src/core/billing/auto-refill.ts';
import type { OfferedProduct } from '../../../src/core/billing/refill-offer.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import { openDatabase, type DatabasePool } from '../../../src/db/database.ts';
import { changeRefillSetting, findRefillSetting, type RefillSetting } from '../../../src/db/billing/refill-settings.ts';
import { listOrders, type Order } from '../../../src/db/billing/orders.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { Projector } from '../../../src/events/projector.ts';
import { openCashier } from '../../../src/payments/cashier.ts';
import { refillRound, type RefillMeans } from '../../../src/payments/refill.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { debitOf, depositOf } from '../ledger/wallets.ts';
import { queryRows } from '../process/query.ts';
import { openPaymentWorld, type PaymentWorld } from './payment-world.ts';

export const REFILL_NAMES: RefillNames = {
  enabled: 'enabled',
  threshold: 'threshold',
  what: 'what',
  maxDay: 'maxDay',
  maxMonth: 'maxMonth',
  maxDayCount: 'maxDayCount',
};
const quiet = { warn: () => undefined, error: () => undefined, info: () => undefined };
/** Most rounds until nothing is due. */
const ROUNDS_MAX = 30;

export interface RefillOrg {
  readonly org: string;
  readonly wallet: string;
  readonly customer: string;
}

export interface RefillWorld extends PaymentWorld {
  readonly writer: LedgerWriter;
  readonly means: RefillMeans;
  readonly cashier: Cashier;
  /** What {@link RefillMeans.findProduct} finds, by id. */
  readonly products: Map<string, OfferedProduct>;
  /** Another process on the same database: its own connections, ledger writer and rounds. */
  process(): Promise<{ readonly means: RefillMeans; stop(): Promise<void> }>;
  /** An org with a saved method, whole dollars, and these terms: on, and a pack of 25 below 5 dollars, unless others are given. */
  open(options?: {
    readonly usd?: bigint;
    readonly method?: string;
    readonly change?: RefillChange;
  }): Promise<RefillOrg>;
  /** Saves another method for the org's customer. */
  save(org: RefillOrg, method: string): Promise<void>;
  set(org: string, change: RefillChange): Promise<RefillSetting>;
  setting(org: string): Promise<RefillSetting>;
  spend(org: RefillOrg, usd: bigint): Promise<void>;
  /** Runs rounds, and what webhooks report, until nothing changes. */
  rounds(): Promise<void>;
  orders(org: string): Promise<Order[]>;
  available(org: RefillOrg): Promise<bigint>;
  /** What the provider took from the org's customer, in cents, payment by payment. */
  charged(org: RefillOrg): number[];
  /** Data of the org's events of a kind, in order. */
  events(org: string, kind: string): Promise<unknown[]>;
  stop(): Promise<void>;
}

export async function openRefillWorld(): Promise<RefillWorld> {
  const world = await openPaymentWorld();
  const products = new Map<string, OfferedProduct>();
  const own = meansOf(world, world.db, products);
  world.answer = own.means.settle;
  const projector = new Projector({
    db: world.db,
    clock: world.clock,
    onTrouble: (_log, error) => expect(error).toBeUndefined(),
  });
  const setting = async (org: string): Promise<RefillSetting> => {
    const found = await findRefillSetting(world.db, org, 'stripe');
    if (!found) throw new Error('the org has no setting');
    return found;
  };
  const set = async (org: string, change: RefillChange): Promise<RefillSetting> =>
    changeRefillSetting(world.db, {
      org,
      account: 'stripe',
      change,
      actor: 'key:test',
      at: new Date(world.clock.nowMs()),
      names: REFILL_NAMES,
    });
  const save = async ({ org, customer }: RefillOrg, name: string): Promise<void> => {
    const behaviour = findBehaviour(name);
    if (!behaviour) throw new Error(`no such method: ${name}`);
    const { id } = saveMethod(world.shop.books(), customer, behaviour);
    await world.db.raw('UPDATE payment_customer SET method = ? WHERE org = ?', [id, org]);
  };
  return Object.assign(world, {
    writer: own.writer,
    means: own.means,
    cashier: own.cashier,
    products,
    process: async () => openProcess(world, products),
    set,
    setting,
    save,
    open: async ({
      usd = 10n,
      method = 'pm_card_visa',
      change = {},
    }: Parameters<RefillWorld['open']>[0] = {}): Promise<RefillOrg> => {
      const opened = await openOrg(world, own, usd);
      if (method !== 'pm_card_visa') await save(opened, method);
      const what: RefillWhat = { kind: 'pack', pack: 'growth' };
      await set(opened.org, { enabled: true, thresholdMicros: 5_000_000n, what, ...change });
      return opened;
    },
    spend: async ({ wallet }: RefillOrg, usd: bigint) => void (await own.writer.submit(debitOf(wallet, usd))),
    rounds: async () => runRounds(world, own.means),
    orders: async (org: string) =>
      (await listOrders(world.db, { org, nowMs: world.clock.nowMs(), limit: 100 })).filter(
        ({ channel }) => channel === 'auto_refill',
      ),
    available: async ({ wallet }: RefillOrg) => availableOf(world.db, wallet),
    charged: ({ customer }: RefillOrg) => chargedTo(world, customer),
    events: async (org: string, kind: string) => {
      await projector.sweep();
      return eventsIn(world.db, org, kind);
    },
    stop: async () => {
      await own.writer.stop();
      await world.close();
    },
  });
}

/** What the provider took from a customer, without what saved the method. */
function chargedTo(world: PaymentWorld, customer: string): number[] {
  return world.shop
    .books()
    .list('charge')
    .filter((one) => one.paid && one.customer === customer && one.metadata['coffer_order'] !== 'first')
    .map(({ amount }) => amount);
}

async function eventsIn(db: DatabasePool, org: string, kind: string): Promise<unknown[]> {
  const { rows } = await queryRows<{ data: unknown }>(
    db,
    'SELECT data FROM event WHERE log = ? AND kind = ? ORDER BY position',
    [org, kind],
  );
  return rows.map(({ data }) => data);
}

interface Opened {
  readonly writer: LedgerWriter;
  readonly cashier: Cashier;
  readonly means: RefillMeans;
}

function meansOf(world: PaymentWorld, db: DatabasePool, products: ReadonlyMap<string, OfferedProduct>): Opened {
  const { clock, accounts, database } = world;
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000 });
  const writing = { db, writer, clock };
  const limits = { checkoutsPerHour: 1_000, openOrders: 1_000, failedPerDay: 1_000 };
  const cashier = openCashier({ ...writing, accounts, mode: 'test', limits });
  const means: RefillMeans = {
    ...writing,
    log: quiet,
    accounts,
    settle: openSettle(writing),
    mode: 'test',
    findProduct: async (_db, _org, id) => Promise.resolve(products.get(id)),
    cashier,
    billingUrl: 'https://coffer.example/configure/billing',
  };
  return { writer, means, cashier };
}

async function openProcess(
  world: PaymentWorld,
  products: ReadonlyMap<string, OfferedProduct>,
): Promise<{ readonly means: RefillMeans; stop(): Promise<void> }> {
  const db = openDatabase(world.database.appUrl);
  const { means, writer } = meansOf(world, db, products);
  return {
    means,
    stop: async () => {
      await writer.stop();
      await db.destroy();
      await Promise.resolve();
    },
  };
}

/** An org that bought nothing yet: its method was saved by an order that cost nothing here. */
async function openOrg(world: PaymentWorld, { means, writer }: Opened, usd: bigint): Promise<RefillOrg> {
  const org = await world.createOrg();
  const wallet = walletId({ kind: 'org', id: org });
  const { session } = await means.cashier.openCheckout({
    org,
    ownAccount: false,
    pack: null,
    product: null,
    name: 'Credit',
    priceMicros: 1_000_000n,
    creditMicros: 1_000_000n,
    bonusMicros: 0n,
    freeGiftCards: 0,
    successUrl: 'https://shop.example/yes',
    cancelUrl: 'https://shop.example/no',
    metadata: {},
    saveMethod: true,
    key: uuidV7(Date.now()),
    hash: 'asked',
  });
  world.stripe.pay(session);
  await world.work();
  const books = world.shop.books();
  const { customer: given } = books.get('checkout.session', session);
  const customer = typeof given === 'string' ? given : '';
  for (const charge of books.list('charge'))
    if (charge.customer === customer) charge.metadata['coffer_order'] = 'first';
  await writer.submit(debitOf(wallet, 1n));
  if (usd > 0n) await writer.submit(depositOf(wallet, usd));
  return { org, wallet, customer };
}

async function runRounds(world: PaymentWorld, means: RefillMeans): Promise<void> {
  let before = '';
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    await refillRound(means);
    await world.work();
    const now = await fingerprint(world.db);
    if (now === before) return;
    before = now;
  }
  throw new Error('auto-refill does not come to rest');
}

/** Changes whenever a round has done something. */
async function fingerprint(db: DatabasePool): Promise<string> {
  const { rows } = await queryRows<{ text: string }>(
    db,
    `SELECT coalesce(string_agg(order_id::text || state || attempts, ',' ORDER BY order_id), '')
       || (SELECT coalesce(string_agg(org::text || enabled::text || failures || coalesce(next_attempt_at::text, ''), ',' ORDER BY org), '')
           FROM auto_refill)
       || (SELECT count(*) FROM entry) AS text FROM auto_refill_purchase`,
  );
  return rows[0]?.text ?? '';
}

async function availableOf(db: DatabasePool, wallet: string): Promise<bigint> {
  const { rows } = await queryRows<{ available: string }>(
    db,
    'SELECT available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
    [wallet],
  );
  return BigInt(rows[0]?.available ?? 0);
}
