/** A database, the fake Stripe and the intake between them; what settles facts is the test's. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeAccount } from '../../../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../../../devnet/stripe/fake.ts';
import type { ProviderFact } from '../../../src/core/billing/facts.ts';
import { createKeyLine, openVault } from '../../../src/core/access/vault.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { uuidV7 } from '../../../src/core/ids.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { openDatabase, type DatabasePool } from '../../../src/db/database.ts';
import { PaymentAccounts } from '../../../src/payments/accounts.ts';
import { Backlog } from '../../../src/payments/backlog.ts';
import { Inlet } from '../../../src/payments/inlet.ts';
import { takeWebhook, type IntakeOptions, type Taken } from '../../../src/payments/intake.ts';
import type { EventAccount, Settlement } from '../../../src/payments/port.ts';
import { processInbox, type ProcessOptions } from '../../../src/payments/process.ts';
import { stripeWebhooks } from '../../../src/payments/stripe/events.ts';
import { queryRows } from '../process/query.ts';
import { createTestDatabase } from '../process/database.ts';
import type { TestDatabase } from '../process/database-server.ts';

const quiet = { warn: () => undefined, error: () => undefined, info: () => undefined };
const READING = { readers: { stripe: stripeWebhooks } };
const PROCESSING = { log: quiet, failedPerDay: 5 };
const STATUS: Readonly<Record<Taken, number>> = { stored: 200, ignored: 200, foreign: 200, unverified: 400, full: 429 };
/** Most rounds until an inbox is empty. */
const ROUNDS_MAX = 200;

export interface PaymentWorld {
  readonly database: TestDatabase;
  readonly db: DatabasePool;
  readonly stripe: FakeStripe;
  /** The platform's account at the fake, and as the code sees it. */
  readonly shop: FakeAccount;
  readonly platform: EventAccount;
  readonly accounts: PaymentAccounts;
  readonly intake: IntakeOptions;
  readonly processing: ProcessOptions;
  readonly clock: Clock;
  /** The URL of the webhooks, bare or of an org. */
  hookUrl(org?: string): string;
  /** What the intake made of each webhook. */
  readonly taken: Taken[];
  /** Every fact that was settled, in order. */
  readonly facts: ProviderFact[];
  /** How much an account may have waiting. */
  openMax: number;
  readonly backlog: Backlog;
  /** What settling answers; replaced by tests. */
  answer: (fact: ProviderFact) => Promise<Settlement>;
  createOrg(): Promise<string>;
  /** A checkout of ten dollars on the platform's account, whose order is stored with its session. */
  checkout(options?: { readonly stored?: boolean }): Promise<{ order: string; session: string }>;
  /** Waits for deliveries and works the inbox off, without time passing. */
  work(): Promise<void>;
  inbox(): Promise<
    { kind: string; object: string; mode: string; state: string; reason: string | null; account: string }[]
  >;
  close(): Promise<void>;
}

function clockOf({ clock }: Pick<Awaited<ReturnType<typeof startFakeStripe>>, 'clock'>): Clock {
  const nowMs = (): number => clock.nowMs();
  return { nowMs, elapsedMs: nowMs, after: (ms, work) => clock.after(ms, work) };
}

export async function openPaymentWorld({
  platformKey,
}: { platformKey?: (shop: FakeAccount) => string } = {}): Promise<PaymentWorld> {
  const database = await createTestDatabase();
  const db = openDatabase(database.appUrl);
  const stripe = await startFakeStripe();
  const shop = stripe.addAccount();
  const clock = clockOf(stripe);
  const hooks: string[] = [];
  const line = createKeyLine();
  const accounts = new PaymentAccounts({
    db,
    clock,
    log: quiet,
    vault: openVault(() => line),
    platform: { stripe: { secretKey: platformKey?.(shop) ?? shop.createKey(), webhookSecrets: hooks } },
    apiUrls: { stripe: stripe.url },
  });
  const platform = await accounts.find('stripe');
  if (platform?.lists !== 'events') throw new Error('the platform has no account');
  const world = newWorld();
  const backlog = new Backlog(db, clock, () => world.openMax);
  const intake: IntakeOptions = { ...READING, inlet: new Inlet(db, clock), clock, accounts, backlog };
  const processing: ProcessOptions = {
    db,
    clock,
    ...PROCESSING,
    accounts,
    mode: platform.mode,
    settle: async (fact) => {
      world.facts.push(fact);
      return world.answer(fact);
    },
  };
  const server = await serveHooks(intake, world.taken);
  hooks.push(...shop.addEndpoint(server.url).secrets);
  return Object.assign(world, {
    database,
    db,
    stripe,
    shop,
    platform,
    accounts,
    intake,
    backlog,
    processing,
    clock,
    hookUrl: (org?: string) => (org === undefined ? server.url : `${server.url}/${org}`),
    createOrg: async () => openOrg(db),
    checkout: async ({ stored = true } = {}) => {
      const order = await insertOrder(db, await openOrg(db));
      const session = await platform.createCheckout({
        ...NEW_CHECKOUT,
        order,
        expiresAtMs: clock.nowMs() + 3_600_000,
      });
      if (stored) await insertCheckout(db, { order, account: 'stripe', session: session.id });
      return { order, session: session.id };
    },
    work: async () => {
      await stripe.idle();
      await workOff(processing);
    },
    inbox: async () => listInboxRows(db),
    close: async () => {
      await Promise.all([stripe.stop(), server.stop(), db.destroy()]);
      await database.drop();
    },
  });
}

/** What tests look at and change. */
function newWorld(): Pick<PaymentWorld, 'taken' | 'facts' | 'answer' | 'openMax'> {
  return { taken: [], facts: [], answer: settled, openMax: 1_000 };
}

const NEW_CHECKOUT = {
  name: 'Credit',
  currency: 'usd',
  priceMinor: 1_000n,
  successUrl: 'https://example.com/done',
  cancelUrl: 'https://example.com/back',
};

async function settled(fact: ProviderFact): Promise<Settlement> {
  return Promise.resolve({ outcome: 'settled', order: fact.order ?? '' });
}

async function openOrg(db: DatabasePool): Promise<string> {
  const at = new Date();
  const org = await createOrg(db, { id: uuidV7(at.getTime()), name: 'Acme', externalId: null, createdAt: at });
  return org.id;
}

async function workOff(processing: ProcessOptions): Promise<void> {
  for (let round = 0; round < ROUNDS_MAX; round += 1) if ((await processInbox(processing)) === 0) return;
  throw new Error('the inbox does not come to an end');
}

async function listInboxRows(db: DatabasePool): ReturnType<PaymentWorld['inbox']> {
  const { rows } = await queryRows<Awaited<ReturnType<PaymentWorld['inbox']>>[number]>(
    db,
    'SELECT kind, object, mode, state, reason, account FROM payment_inbox ORDER BY kind DESC, id',
  );
  return rows;
}

/** An order as the treasury's checkout stores it. */
export async function insertOrder(db: DatabasePool, org: string): Promise<string> {
  const id = uuidV7(Date.now());
  await db.raw(
    `INSERT INTO pack_order (id, org, price, free_gift_cards, opened_at, expires_at, channel, state)
     VALUES (?, ?, 10000000, 0, now(), now(), 'card', 'awaiting_payment')`,
    [id, org],
  );
  return id;
}

/** The checkout of an order, whose session is stored. */
export async function insertCheckout(
  db: DatabasePool,
  { order, account, session }: { readonly order: string; readonly account: string; readonly session: string },
): Promise<void> {
  await db.raw(
    `INSERT INTO order_checkout (order_id, account, mode, currency, price_minor, success_url, cancel_url, session)
     VALUES (?, ?, 'test', 'usd', 1000, 'https://a.example', 'https://a.example', ?)`,
    [order, account, session],
  );
}

/** The status that a webhook is answered with. */
async function answer(take: () => Promise<Taken>, taken: Taken[]): Promise<number> {
  try {
    const result = await take();
    taken.push(result);
    return STATUS[result];
  } catch {
    return 503;
  }
}

/** Serves `/` and `/<org>` as the service does: raw bytes in, 200 or 400 out. */
async function serveHooks(intake: IntakeOptions, taken: Taken[]): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const org = /^\/hook\/(.+)$/.exec(request.url ?? '')?.[1] ?? null;
      const webhook = {
        provider: 'stripe',
        org,
        body: Buffer.concat(chunks),
        headers: request.headers,
        platformOnly: false,
      } as const;
      void answer(async () => takeWebhook(intake, webhook), taken).then((status) => response.writeHead(status).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
