/**
 * What a price from the book costs over HTTP beside a plain debit, in turns of half a second: the deduct of the universal wallet,
 * and a debit that is priced and counts in a budget of its user, or also in one of its service.
 */
import { uuidV7 } from '../src/core/ids.ts';
import { addBudget } from '../src/db/budgets/budgets.ts';
import { findMiscounted } from '../src/db/budgets/recount.ts';
import { openDatabase, type DatabasePool } from '../src/db/database.ts';
import { addPrice } from '../src/db/pricing/prices.ts';
import { getRow, textOf } from '../src/db/rows.ts';
import { openHttpWorld, type HttpWorld } from './support/http-world.ts';
import { closedLoop } from './support/load.ts';
import { RawClient } from './support/raw-client.ts';
import { median, readSettings } from './support/rounds.ts';

const CALLERS = 64;
const TURN_SECONDS = 0.5;
const ACTION = 'bench';
const RATE_PICODOLLARS = 10_000_000_000n;
const LIMIT_MICROS = 10n ** 15n;
const ABOUT = [
  { subject: 'userId', value: 'bench', period: 'month' },
  { subject: 'serviceType', value: 'AI_API', period: 'day' },
] as const;

interface Side {
  readonly name: 'plain' | 'deduct' | 'oneBudget' | 'twoBudgets';
  readonly wallet: string;
  readonly path: string;
  readonly key: string;
  readonly body: string;
}

/** Entry point of `npm run bench -- deduct`. */
export async function run(options: readonly string[]): Promise<void> {
  const { rounds, seconds } = readSettings(options, { rounds: 5, seconds: 12 });
  const world = await openHttpWorld();
  const db = openDatabase(world.ledger.ownerUrl);
  const clients = await Promise.all(Array.from({ length: CALLERS }, async () => RawClient.open(world.url)));
  try {
    const sides = await openSides(world, db);
    // Warms all of them up.
    await compare(clients, sides);
    const turns: (readonly number[])[] = [];
    const medians = (): number[] => sides.map((_, index) => median(turns.map((turn) => turn[index] ?? NaN)));
    for (let round = 1; round <= rounds; round += 1) {
      for (let nth = 0; nth < seconds / TURN_SECONDS / 2 / sides.length; nth += 1) {
        turns.push(await compare(clients, sides));
      }
      const far = sides.map(({ name }, index) => `${name} ${medians()[index]?.toFixed(3)}`);
      console.error(`round ${round}/${rounds}: so far ${far.join(', ')}`);
    }
    for (const { wallet } of sides) {
      if ((await findMiscounted(db, wallet)).length > 0) throw new Error('a budget is not what its entries add up to');
    }
    const ratios = Object.fromEntries(sides.map(({ name }, index) => [name, medians()[index]]));
    console.log('times the rate of a plain debit:');
    console.log(JSON.stringify({ ...ratios, turns: turns.length }));
  } finally {
    for (const client of clients) client.close();
    await db.destroy();
    await world.close();
  }
}

async function openSides(world: HttpWorld, db: DatabasePool): Promise<readonly Side[]> {
  await addPriceFor(db);
  const about = { serviceType: 'AI_API', userId: 'bench', reference: 'bench' };
  const [plain, one, two] = [await world.addOrg(), await world.addOrg(), await world.addOrg()];
  await addBudgets(db, one.wallet, 1);
  await addBudgets(db, two.wallet, 2);
  const debit = { path: '/treasury/debit', body: JSON.stringify({ ...about, action: ACTION, quantity: '1' }) };
  const user = await world.addUser('bench');
  return [
    { name: 'plain', ...plain, path: debit.path, body: JSON.stringify({ ...about, amountUsd: '0.01' }) },
    {
      name: 'deduct',
      ...user,
      path: '/io/wallet/deduct',
      body: JSON.stringify({ user_id: 'bench', feature: ACTION, count: 1 }),
    },
    { name: 'oneBudget', ...one, ...debit },
    { name: 'twoBudgets', ...two, ...debit },
  ];
}

async function addPriceFor(db: DatabasePool): Promise<void> {
  const nowMs = Date.now();
  const price = { id: uuidV7(nowMs), org: null, action: ACTION, unit: 'call', addedBy: 'a benchmark' };
  const tiers = [{ upTo: null, rate: RATE_PICODOLLARS }];
  await addPrice(db, { ...price, tiers, fromMs: nowMs, toMs: null, addedAtMs: nowMs });
}

async function addBudgets(db: DatabasePool, wallet: string, count: number): Promise<void> {
  const org = await getRow(db, (row) => textOf(row['owner']), 'SELECT owner FROM wallet WHERE id = ?', [wallet]);
  const createdAtMs = Date.now();
  const terms = { org, wallet, name: null, limitMicros: LIMIT_MICROS, hard: true, warnPercent: 80, createdAtMs };
  for (const about of ABOUT.slice(0, count)) {
    await db.transaction(async (trx) => addBudget(trx, { ...terms, ...about, id: uuidV7(createdAtMs) }));
  }
}

/** Turns in the order a, b, c, d, d, c, b, a; the rate of each side by that of the first. */
async function compare(clients: readonly RawClient[], sides: readonly Side[]): Promise<number[]> {
  const rates = sides.map(() => 0);
  for (const turn of [...sides.keys(), ...[...sides.keys()].toReversed()]) {
    const side = sides[turn];
    if (side) rates[turn] = (rates[turn] ?? 0) + (await rateOf(clients, side));
  }
  const [plain = NaN] = rates;
  return rates.map((rate) => rate / plain);
}

async function rateOf(clients: readonly RawClient[], { path, key, body }: Side): Promise<number> {
  const { opsPerSecond } = await closedLoop(CALLERS, TURN_SECONDS, async (caller) => {
    const headers = `Authorization: Bearer ${key}\r\nIdempotency-Key: ${uuidV7(Date.now())}\r\n`;
    const answer = await clients[caller]?.post(path, headers, body);
    if (answer?.status !== 200 || answer.body.includes('"allowed":false')) {
      throw new Error(`${answer?.status} ${answer?.body}`);
    }
  });
  return opsPerSecond;
}
