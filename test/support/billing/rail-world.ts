/** Card payments from the cashier to the ledger at the fake Stripe, and rounds that compare its rail. */
import { acquireLease, releaseLease, type Lease } from '../../../src/db/leases.ts';
import { openCashier } from '../../../src/payments/cashier.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { checkRails, finishOrders, type SolvencyOptions } from '../../../src/payments/solvency.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import { inputHash } from '../../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../../src/core/ledger/head.ts';
import { dueOf } from '../../../src/core/billing/rails.ts';
import { readRails } from '../../../src/db/billing/rails.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { queryRows } from '../process/query.ts';
import { openPaymentWorld, type PaymentWorld } from './payment-world.ts';

const USD = 1_000_000n;
const LEASE = { name: 'rails', ttlMs: 120_000 };

/** What a rail shows after a round; amounts in cents. */
export interface RailShown {
  readonly due: bigint;
  readonly got: bigint;
  readonly parked: bigint;
  readonly short: number;
  readonly surplus: number;
  readonly frozen: boolean;
  readonly problem: string | null;
}

export interface RailWorld extends PaymentWorld {
  readonly writer: LedgerWriter;
  readonly options: SolvencyOptions;
  /** What was logged as an error. */
  readonly alarms: unknown[];
  /** Buys 25 dollars of credit, and pays and settles it unless told otherwise. */
  buy(how?: {
    readonly work?: boolean;
    readonly method?: string;
  }): Promise<{ org: string; order: string; session: string }>;
  /** One round of a process of that name, which has the lease afterwards. */
  round(holder?: string): Promise<void>;
  take(holder: string): Promise<Lease>;
  drop(lease: Lease): Promise<void>;
  rail(account?: string): Promise<RailShown>;
  /** Credits dollars against a rail out of nothing, as a bug or a thief would. */
  forge(account: string, dollars: bigint): Promise<void>;
  available(org: string): Promise<string>;
  events(log?: string): Promise<{ kind: string; data: Record<string, unknown> }[]>;
}

export async function openRailWorld(): Promise<RailWorld> {
  const world = await openPaymentWorld();
  const closeWorld = world.close.bind(world);
  const { db, clock } = world;
  const writer = openLedgerWriter({ url: world.database.appUrl, clock, deadlineMs: 10_000 });
  world.answer = openSettle({ db, writer, clock });
  const alarms: unknown[] = [];
  const log = { error: (what: unknown) => alarms.push(what), warn: () => undefined };
  const options: SolvencyOptions = { db, writer, clock, log, accounts: world.accounts, toleranceMicros: USD };
  const take = async (holder: string): Promise<Lease> => {
    const lease = await acquireLease(db, { ...LEASE, holder });
    if (!lease) throw new Error('another process has the lease');
    return lease;
  };
  return Object.assign(world, {
    writer,
    options,
    alarms,
    ...openShop(world, writer),
    take,
    drop: async (lease: Lease) => releaseLease(db, lease),
    round: async (holder = 'one') => {
      const lease = await take(holder);
      await checkRails(options, lease);
      await finishOrders(options);
    },
    ...readingsOf(world, writer),
    close: async () => {
      await writer.stop();
      await closeWorld();
    },
  });
}

/** Who buys, through the cashier and the fake's page. */
function openShop(world: PaymentWorld, writer: LedgerWriter): Pick<RailWorld, 'buy'> {
  const { db, clock, stripe } = world;
  // What the account lacks is not what these tests are about.
  const accounts = { find: async () => Promise.resolve(world.platform), note: async () => Promise.resolve() };
  const limits = { checkoutsPerHour: 1_000, openOrders: 1_000, failedPerDay: 1_000 };
  const cashier = openCashier({ db, writer, clock, accounts, mode: 'test', limits });
  return {
    buy: async ({ work = true, method }: { work?: boolean; method?: string } = {}) => {
      const org = await world.createOrg();
      const { order, session } = await cashier.openCheckout({ ...BOUGHT, org, key: uuidV7(clock.nowMs()) });
      stripe.pay(session, method);
      if (work) await world.work();
      return { org, order, session };
    },
  };
}

/** What tests look at, and the forger. */
function readingsOf(
  world: PaymentWorld,
  writer: LedgerWriter,
): Pick<RailWorld, 'rail' | 'forge' | 'available' | 'events'> {
  const { db, clock } = world;
  return {
    rail: async (account = 'stripe') => {
      const found = (await readRails(db)).find(({ check }) => check.account === account);
      if (!found) throw new Error(`nothing is known of ${account}`);
      const { check, freeze } = found;
      return {
        due: dueOf(check) / 10_000n,
        got: check.gotMicros / 10_000n,
        parked: check.parkedMicros / 10_000n,
        short: check.shortRounds,
        surplus: check.surplusRounds,
        frozen: freeze !== undefined,
        problem: check.problem,
      };
    },
    forge: async (account: string, dollars: bigint) => {
      const org = await world.createOrg();
      const contra = `assets:${account}`;
      await writer.submit({
        wallet: walletId({ kind: 'org', id: org }),
        command: { op: 'credit', type: 'DEPOSIT', amountMicros: dollars * USD, contra, terms: DEPOSIT_TERMS },
        key: uuidV7(clock.nowMs()),
        inputHash: inputHash('forged'),
      });
    },
    available: async (org: string) => {
      const { rows } = await queryRows<{ available: string }>(
        db,
        'SELECT available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
        [walletId({ kind: 'org', id: org })],
      );
      return rows[0]?.available ?? '0';
    },
    events: async (logId = '00000000-0000-0000-0000-000000000000') => {
      const { rows } = await queryRows<{ kind: string; data: Record<string, unknown> }>(
        db,
        'SELECT kind, data FROM event_pending WHERE log = ? ORDER BY turn',
        [logId],
      );
      return rows;
    },
  };
}

const BOUGHT = {
  ownAccount: false,
  product: null,
  pack: 'growth',
  name: '25 USD of credit',
  priceMicros: 25n * USD,
  creditMicros: 25n * USD,
  bonusMicros: 0n,
  freeGiftCards: 10,
  successUrl: 'https://example.com/yes',
  cancelUrl: 'https://example.com/no',
  metadata: {},
  saveMethod: false,
  hash: 'asked',
};
