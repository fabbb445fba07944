/** Credit that is bought through the fake Creem, from the cashier to the ledger, with the intake, the look and the rail. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFakeCreem, type FakeCreem, type FakeCreemAccount } from '../../../devnet/creem/fake.ts';
import { createKeyLine, openVault } from '../../../src/core/access/vault.ts';
import type { Cashier } from '../../../src/core/billing/cashier.ts';
import { dueOf } from '../../../src/core/billing/rails.ts';
import { takenNow } from '../../../src/core/billing/take-back.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { listMovements } from '../../../src/db/billing/movements.ts';
import { findOrder } from '../../../src/db/billing/orders.ts';
import { readRails } from '../../../src/db/billing/rails.ts';
import { openDatabase, type DatabasePool } from '../../../src/db/database.ts';
import { acquireLease, releaseLease } from '../../../src/db/leases.ts';
import { openLedgerWriter, type LedgerWriter } from '../../../src/db/ledger/writer.ts';
import { PaymentAccounts } from '../../../src/payments/accounts.ts';
import { Backlog } from '../../../src/payments/backlog.ts';
import { openCashier, type CashierMeans } from '../../../src/payments/cashier.ts';
import { creemWebhooks } from '../../../src/payments/creem/events.ts';
import { Inlet } from '../../../src/payments/inlet.ts';
import { takeWebhook, type IncomingWebhook, type IntakeOptions, type Taken } from '../../../src/payments/intake.ts';
import type { PaymentAccount } from '../../../src/payments/port.ts';
import { processInbox, type ProcessOptions } from '../../../src/payments/process.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { checkRails, finishOrders } from '../../../src/payments/solvency.ts';
import { sweepAccount, type SweepOptions } from '../../../src/payments/sweep.ts';
import { createTestDatabase } from '../process/database.ts';
import type { TestDatabase } from '../process/database-server.ts';
import { queryRows } from '../process/query.ts';

const STATUS: Readonly<Record<Taken, number>> = { stored: 200, ignored: 200, foreign: 200, unverified: 400, full: 429 };
const LIMITS = { checkoutsPerHour: 1_000, openOrders: 1_000, failedPerDay: 1_000 };
/** Most rounds until an inbox is empty. */
const ROUNDS_MAX = 200;

/** An order and its wallet, as they are in the end. Amounts in cents. */
export interface Bought {
  readonly state: string | undefined;
  readonly reason: string | null;
  readonly creditedMinor: bigint;
  readonly takenMinor: bigint;
  readonly availableMinor: bigint;
}

export interface CreemWorld {
  readonly database: TestDatabase;
  readonly db: DatabasePool;
  readonly writer: LedgerWriter;
  readonly creem: FakeCreem;
  readonly shop: FakeCreemAccount;
  readonly account: PaymentAccount;
  readonly accounts: PaymentAccounts;
  readonly cashier: Cashier;
  readonly means: CashierMeans;
  readonly intake: IntakeOptions;
  readonly processing: ProcessOptions;
  readonly sweep: SweepOptions;
  readonly clock: Clock;
  /** Where webhooks go, and what the intake made of each. */
  readonly hookUrl: string;
  readonly secret: string;
  readonly taken: Taken[];
  /** Orders a product that costs so many cents; the order's price is the same unless it is given. */
  order(cents?: number, priceCents?: number): Promise<{ org: string; order: string; session: string }>;
  /** Waits for deliveries and works the inbox off, without time passing. */
  work(): Promise<void>;
  /** One round of looking for what webhooks did not bring, and what follows from it. */
  look(): Promise<void>;
  /** One comparison of the rail. @returns what is due and got, in cents */
  compare(): Promise<{ due: bigint; got: bigint; frozen: boolean; problem: string | null }>;
  bought(of: { org: string; order: string }): Promise<Bought>;
  inbox(): Promise<{ kind: string; object: string; state: string; reason: string | null }[]>;
  close(): Promise<void>;
}

const quiet = { warn: () => undefined, error: () => undefined, info: () => undefined };

export async function openCreemWorld(seed = 1): Promise<CreemWorld> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl);
  const creem = await startFakeCreem({ seed });
  const shop = creem.addAccount();
  const nowMs = (): number => creem.clock.nowMs();
  const clock: Clock = { nowMs, elapsedMs: nowMs, after: (ms, work) => creem.clock.after(ms, work) };
  const writer = openLedgerWriter({ url: database.appUrl, clock, deadlineMs: 10_000 });
  const secrets: string[] = [];
  const line = createKeyLine();
  const accounts = new PaymentAccounts({
    db,
    clock,
    log: quiet,
    vault: openVault(() => line),
    platform: { creem: { secretKey: shop.key, webhookSecrets: secrets } },
    apiUrls: { creem: creem.url },
  });
  const account = await accounts.find('creem');
  if (account?.lists !== 'payments') throw new Error('the platform has no account at Creem');
  const means: CashierMeans = { db, writer, clock, accounts, mode: 'test', limits: LIMITS };
  const backlog = new Backlog(db, clock);
  const readers = { creem: creemWebhooks };
  const intake: IntakeOptions = { inlet: new Inlet(db, clock), clock, accounts, readers, backlog };
  const settling = { db, clock, log: quiet, accounts };
  const processing: ProcessOptions = { ...settling, mode: 'test', failedPerDay: 5, settle: openSettle(means) };
  const sweep: SweepOptions = { ...settling, backlog, holder: 'one' };
  const taken: Taken[] = [];
  const hooks = await serveHooks(intake, taken);
  const { secret } = shop.addEndpoint(hooks.url);
  secrets.push(secret);
  const made = { database, db, writer, creem, shop, account, accounts, means, intake, processing, sweep, clock };
  const work = async (): Promise<void> => {
    await creem.idle();
    for (let round = 0; round < ROUNDS_MAX; round += 1) if ((await processInbox(processing)) === 0) return;
    throw new Error('the inbox does not come to an end');
  };
  const cashier = openCashier(means);
  return {
    ...made,
    cashier,
    hookUrl: hooks.url,
    secret,
    taken,
    ...readingsOf({ db, means, accounts }),
    order: async (cents = 1_000, priceCents = cents) => {
      const org = await openOrg(db, nowMs());
      const micros = BigInt(priceCents) * 10_000n;
      const item = shop.addProduct({ price: cents }).id;
      const price = { priceMicros: micros, creditMicros: micros };
      const request = { ...ASKED, ...price, org, item, key: uuidV7(nowMs()), hash: 'asked' };
      const { order, session } = await cashier.openCheckout(request);
      return { org, order, session };
    },
    work,
    look: async () => {
      await sweepAccount(sweep, 'creem');
      await work();
    },
    close: async () => {
      await Promise.all([creem.stop(), hooks.stop()]);
      await writer.stop();
      await db.destroy();
      await database.drop();
    },
  };
}

const ASKED = {
  ownAccount: false,
  provider: 'creem',
  pack: null,
  product: null,
  name: 'Credit',
  bonusMicros: 0n,
  freeGiftCards: 0,
  successUrl: 'https://example.com/yes',
  cancelUrl: 'https://example.com/no',
  metadata: {},
  saveMethod: false,
} as const;

async function openOrg(db: DatabasePool, nowMs: number): Promise<string> {
  const org = await createOrg(db, { id: uuidV7(nowMs), name: 'Acme', externalId: null, createdAt: new Date(nowMs) });
  return org.id;
}

/** What tests look at. */
function readingsOf({
  db,
  means,
  accounts,
}: Pick<CreemWorld, 'db' | 'means' | 'accounts'>): Pick<CreemWorld, 'bought' | 'inbox' | 'compare'> {
  return {
    bought: async ({ org, order }) => {
      const found = await findOrder(db, order);
      const movements = (await listMovements(db, [order])).get(order) ?? [];
      const credited = movements.reduce(
        (sum, { kind, amountMicros }) => (kind.startsWith('credit_') ? sum + amountMicros : sum),
        0n,
      );
      const { rows } = await queryRows<{ available: string }>(
        db,
        'SELECT available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
        [walletId({ kind: 'org', id: org })],
      );
      return {
        state: found?.state,
        reason: found?.reason ?? null,
        creditedMinor: credited / 10_000n,
        takenMinor: takenNow(movements) / 10_000n,
        availableMinor: BigInt(rows[0]?.available ?? 0) / 10_000n,
      };
    },
    inbox: async () => {
      const { rows } = await queryRows<Awaited<ReturnType<CreemWorld['inbox']>>[number]>(
        db,
        'SELECT kind, object, state, reason FROM payment_inbox ORDER BY kind, id',
      );
      return rows;
    },
    compare: async () => {
      const lease = await acquireLease(db, { name: 'rails', holder: 'one', ttlMs: 120_000 });
      if (!lease) throw new Error('another process has the lease');
      const options = { ...means, log: quiet, accounts, toleranceMicros: 0n };
      await checkRails(options, lease);
      await finishOrders(options);
      await releaseLease(db, lease);
      const rail = (await readRails(db)).find(({ check }) => check.account === 'creem');
      if (!rail) throw new Error('nothing is known of the rail');
      const { check, freeze } = rail;
      const sums = { due: dueOf(check) / 10_000n, got: check.gotMicros / 10_000n };
      return { ...sums, frozen: freeze !== undefined, problem: check.problem };
    },
  };
}

/** The status that a webhook is answered with. */
async function answer(intake: IntakeOptions, webhook: IncomingWebhook, taken: Taken[]): Promise<number> {
  try {
    const result = await takeWebhook(intake, webhook);
    taken.push(result);
    return STATUS[result];
  } catch {
    return 503;
  }
}

/** Serves the webhooks' path as the service does: raw bytes in, a status out. */
async function serveHooks(intake: IntakeOptions, taken: Taken[]): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers } = request;
      const webhook = {
        provider: 'creem',
        org: null,
        body: Buffer.concat(chunks),
        headers,
        platformOnly: false,
      } as const;
      void answer(intake, webhook, taken).then((status) => response.writeHead(status).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/payment/webhook/creem`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
