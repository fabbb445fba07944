/**
 * A burst of webhooks of a payment provider: every event is answered in time and stored; the rate beside that of a bare insert of such
 * a row, while the service settles what comes in; at the end every order is credited once.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startService } from '../devnet/service.ts';
import { sign } from '../devnet/stripe/deliveries.ts';
import type { FakeAccount } from '../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../devnet/stripe/fake.ts';
import { createKeyLine } from '../src/core/access/vault.ts';
import { mapBounded } from '../src/core/bounded.ts';
import { systemClock } from '../src/core/clock.ts';
import { uuidV7 } from '../src/core/ids.ts';
import { toCount } from '../src/core/integers.ts';
import { createOrg } from '../src/db/access/orgs.ts';
import { bindCheckout, makeCardOrder } from '../src/db/billing/checkouts.ts';
import { openDatabase, type DatabasePool } from '../src/db/database.ts';
import { openStripeAccount } from '../src/payments/stripe/account.ts';
import { openLedgerWorld, type LedgerWorld } from './support/ledger-world.ts';
import { RawClient } from './support/raw-client.ts';
import { report, type Measure } from './support/rounds.ts';

const EVENTS = 5_000;
const CALLERS = 64;
/** As many connections as a process of the service has. */
const CONNECTIONS = 10;
const ORGS = 50;
const PRICE_MINOR = 1_000n;
const PRICE_MICROS = 10_000_000n;
/** Providers wait for an answer about that long. */
const IN_TIME_MS = 10_000;
const SETTLED_WITHIN_MS = 900_000;
const SECRET = 'whsec_bench';
const AHEAD = 16;

/** Entry point of `npm run bench -- payments [--events 5000]`. */
export async function run(options: readonly string[]): Promise<void> {
  const at = options.indexOf('--events');
  const events = at === -1 ? EVENTS : toCount(options[at + 1] ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'coffer-bench-payments-'));
  const [world, stripe] = [await openLedgerWorld(), await startFakeStripe()];
  const shop = stripe.addAccount();
  // Only the webhooks bring events: what the sweep had found before them would only be looked up.
  stripe.faults.add({ call: 'GET /v1/events', effect: { kind: 'server_error' } });
  const env = environment(folder, world, stripe, shop);
  const service = await startService(env, { logFile: join(folder, 'service.log'), onLine: () => undefined });
  try {
    const bodies = await buy(env, world, { stripe, shop }, events);
    const before = await bareInserts(world, events);
    const intake = await burst(service.url, stripe, bodies);
    const settledMs = await settled(world, events);
    const after = await bareInserts(world, events);
    await audit(world, events);
    const measures = new Map<string, readonly Measure[]>([
      ['Y1 bare insert', [before, after]],
      ['webhook intake', [intake]],
    ]);
    report(measures, { events, slowestMs: intake.slowestMs, settledSeconds: Math.round(settledMs / 1_000) });
  } finally {
    await service.stop();
    await stripe.stop();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function environment(folder: string, world: LedgerWorld, stripe: FakeStripe, shop: FakeAccount): NodeJS.ProcessEnv {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const payments = {
    mode: 'test',
    stripe: {
      secretKeyFile: file('key', shop.createKey()),
      webhookSecretFiles: [file('hook', SECRET)],
      apiUrl: stripe.url,
    },
  };
  return {
    ...process.env,
    DATABASE_URL: world.url,
    DATABASE_OWNER_URL: world.ownerUrl,
    COFFER_CONFIG: file('config.json', JSON.stringify({ payments })),
    COFFER_KEY_PEPPER_FILE: file('pepper', uuidV7(Date.now()) + uuidV7(Date.now())),
    COFFER_SECRETS_KEY_FILE: file('secrets', createKeyLine()),
    COFFER_ROLES: 'api,events',
    PORT: '0',
    COFFER_LOG_LEVEL: 'warn',
    STRIPE_KEY: shop.createKey(),
  };
}

/** Orders whose checkouts are paid; gives the bodies of the events that report it, none of which is delivered. */
async function buy(
  env: NodeJS.ProcessEnv,
  world: LedgerWorld,
  { stripe, shop }: { readonly stripe: FakeStripe; readonly shop: FakeAccount },
  count: number,
): Promise<string[]> {
  const db = openDatabase(world.url);
  const options = { name: 'stripe', secretKey: env['STRIPE_KEY'] ?? '', clock: systemClock, apiUrl: stripe.url };
  const account = openStripeAccount(options);
  const orgs = await mapBounded(numbers(ORGS), 1, async (n) => {
    const at = new Date();
    const org = { id: uuidV7(at.getTime()), name: `bench ${n}`, externalId: null, createdAt: at };
    return (await createOrg(db, org)).id;
  });
  stripe.weather.hold = true;
  const sessions = await mapBounded(numbers(count), AHEAD, async (n) => buyOne(db, account, orgs[n % ORGS] ?? ''));
  for (const session of sessions) stripe.pay(session);
  await db.destroy();
  const wanted = new Set(sessions);
  return shop
    .books()
    .events.filter(({ type, data }) => type === 'checkout.session.completed' && wanted.has(String(data.object['id'])))
    .map((event) => stripe.deliveries.textOf(event));
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

async function buyOne(db: DatabasePool, account: ReturnType<typeof openStripeAccount>, org: string): Promise<string> {
  const [order, openedAt] = [uuidV7(Date.now()), new Date()];
  const terms = {
    currency: 'usd',
    priceMinor: PRICE_MINOR,
    successUrl: 'https://a.example',
    cancelUrl: 'https://a.example',
  };
  await makeCardOrder(db, {
    ...terms,
    id: order,
    org,
    pack: null,
    product: null,
    creditMicros: PRICE_MICROS,
    bonusMicros: 0n,
    priceMicros: PRICE_MICROS,
    freeGiftCards: 0,
    metadata: {},
    openedAt,
    account: 'stripe',
    mode: 'test',
    request: { key: order, hash: 'bench' },
    limits: { checkoutsPerHour: 1_000_000, openOrders: 1_000_000, failedPerDay: 1_000_000 },
  });
  const made = await account.createCheckout({ ...terms, order, name: 'credit', expiresAtMs: Date.now() + 3_600_000 });
  await bindCheckout(db, { order, session: made.id, url: made.url, at: openedAt });
  return made.id;
}

/** Runs calls from so many callers at once, each its share; gives the rate and the slowest call. */
async function all(
  calls: number,
  call: (caller: number, n: number) => Promise<void>,
): Promise<Measure & { readonly slowestMs: number }> {
  const times: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: CALLERS }, async (_, caller) => {
      for (let n = caller; n < calls; n += CALLERS) {
        const from = performance.now();
        await call(caller, n);
        times.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    opsPerSecond: calls / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    slowestMs: Math.round(at(1)),
  };
}

/** The same number of rows of the kind that an event becomes, inserted one by one over as many connections. */
async function bareInserts(world: LedgerWorld, count: number): Promise<Measure> {
  await world.client.query('CREATE TABLE IF NOT EXISTS bench_event (LIKE payment_event INCLUDING ALL)');
  const pool = new pg.Pool({ connectionString: world.adminUrl, max: CONNECTIONS });
  const insert = `INSERT INTO bench_event (account, id, type, mode, object, source, created_at, received_at)
    VALUES ('stripe', $1, 'checkout.session.completed', 'test', $2, 'webhook', now(), now())`;
  try {
    return await all(count, async () => {
      const id = uuidV7(Date.now());
      await pool.query({ name: 'bare', text: insert, values: [`evt_${id}`, `cs_${id}`] });
    });
  } finally {
    await pool.end();
  }
}

async function burst(
  url: string,
  stripe: FakeStripe,
  bodies: readonly string[],
): Promise<Measure & { readonly slowestMs: number }> {
  const clients = await Promise.all(Array.from({ length: CALLERS }, async () => RawClient.open(url)));
  const measure = await all(bodies.length, async (caller, n) => {
    const body = bodies[n] ?? '';
    const header = `Stripe-Signature: ${sign(body, [SECRET], stripe.clock.now())}\r\n`;
    const answer = await clients[caller]?.post('/webhooks/stripe', header, body);
    if (answer?.status !== 200) throw new Error(`a webhook was answered ${answer?.status}: ${answer?.body}`);
  });
  for (const client of clients) client.close();
  if (measure.slowestMs > IN_TIME_MS) throw new Error(`a webhook was answered after ${measure.slowestMs} ms`);
  return measure;
}

/** Waits until every order is credited; gives how long that took. */
async function settled(world: LedgerWorld, count: number): Promise<number> {
  const begun = performance.now();
  while (performance.now() - begun < SETTLED_WITHIN_MS) {
    const { rows } = await world.client.query<{ n: string }>(
      "SELECT count(*) AS n FROM pack_order WHERE channel = 'card' AND state = 'credited'",
    );
    if (rows[0]?.n === String(count)) return performance.now() - begun;
    await sleep(250);
  }
  throw new Error(`not every order is credited after ${SETTLED_WITHIN_MS} ms`);
}

/** @throws Error unless every order has one deposit of its price, and all of them together are what the wallets have */
async function audit(world: LedgerWorld, count: number): Promise<void> {
  const { rows } = await world.client.query<Record<string, string>>(
    `SELECT count(*) AS entries, count(DISTINCT pack_order) AS orders, sum(available_delta) AS credited,
       (SELECT sum(available) FROM (SELECT DISTINCT ON (wallet) available FROM entry ORDER BY wallet, seq DESC) h) AS available,
       (SELECT count(*) FROM payment_event) AS events
     FROM entry WHERE type = 'DEPOSIT' AND contra = 'assets:stripe'`,
  );
  const sum = String(PRICE_MICROS * BigInt(count));
  const expected = {
    entries: String(count),
    orders: String(count),
    credited: sum,
    available: sum,
    events: String(count),
  };
  const found = rows[0] ?? {};
  if (Object.entries(expected).some(([name, value]) => found[name] !== value)) {
    throw new Error(`audit failed: ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`);
  }
}
