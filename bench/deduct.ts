/**
 * What a price from the book and budgets cost a debit over HTTP: three orgs debit in turns of half a second: one a plain amount,
 * the others a quantity of an action, which counts in a budget of its user, and for the third org also in one of its service.
 */
import { uuidV7 } from '../src/core/ids.ts';
import { addBudget } from '../src/db/budgets/budgets.ts';
import { findMiscounted } from '../src/db/budgets/recount.ts';
import { openDatabase, type DatabasePool } from '../src/db/database.ts';
import { addPrice } from '../src/db/pricing/prices.ts';
import { getRow, textOf } from '../src/db/rows.ts';
import { openHttpWorld } from './support/http-world.ts';
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
  readonly key: string;
  readonly body: string;
}

/** Entry point of `npm run bench -- deduct`. */
export async function run(options: readonly string[]): Promise<void> {
  const { rounds, seconds } = readSettings(options, { rounds: 5, seconds: 8 });
  const world = await openHttpWorld();
  const db = openDatabase(world.ledger.ownerUrl);
  const clients = await Promise.all(Array.from({ length: CALLERS }, async () => RawClient.open(world.url)));
  try {
    const orgs = [await world.addOrg(), await world.addOrg(), await world.addOrg()];
    await addPriceFor(db);
    for (const [budgets, { wallet }] of orgs.entries()) await addBudgets(db, wallet, budgets);
    const about = { serviceType: 'AI_API', userId: 'bench', reference: 'bench' };
    const sides = orgs.map(({ key }, budgets) => {
      const charge = budgets === 0 ? { amountUsd: '0.01' } : { action: ACTION, quantity: '1' };
      return { key, body: JSON.stringify({ ...about, ...charge }) };
    });
    // Warms all of them up.
    await compare(clients, sides);
    const ratios: { readonly one: number; readonly two: number }[] = [];
    const medians = (): { one: number; two: number } => ({
      one: median(ratios.map(({ one }) => one)),
      two: median(ratios.map(({ two }) => two)),
    });
    for (let round = 1; round <= rounds; round += 1) {
      for (let nth = 0; nth < seconds / TURN_SECONDS / 6; nth += 1) ratios.push(await compare(clients, sides));
      const { one, two } = medians();
      console.error(`round ${round}/${rounds}: so far ${one.toFixed(3)} and ${two.toFixed(3)}`);
    }
    for (const { wallet } of orgs) {
      if ((await findMiscounted(db, wallet)).length > 0) throw new Error('a budget is not what its entries add up to');
    }
    const { one, two } = medians();
    console.log(`debit with a price and one budget to plain debit: ${one.toFixed(3)}x, with two: ${two.toFixed(3)}x`);
    console.log(JSON.stringify({ oneBudgetToDebit: one, twoBudgetsToDebit: two, turns: ratios.length }));
  } finally {
    for (const client of clients) client.close();
    await db.destroy();
    await world.close();
  }
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

/** Turns in the order a, b, c, c, b, a; the rates of the second and the third by that of the first. */
async function compare(
  clients: readonly RawClient[],
  sides: readonly Side[],
): Promise<{ readonly one: number; readonly two: number }> {
  const rates = sides.map(() => 0);
  for (const turn of [...sides.keys(), ...[...sides.keys()].toReversed()]) {
    const side = sides[turn];
    if (side) rates[turn] = (rates[turn] ?? 0) + (await rateOf(clients, side));
  }
  const [plain = NaN, one = NaN, two = NaN] = rates;
  return { one: one / plain, two: two / plain };
}

async function rateOf(clients: readonly RawClient[], { key, body }: Side): Promise<number> {
  const { opsPerSecond } = await closedLoop(CALLERS, TURN_SECONDS, async (caller) => {
    const headers = `Authorization: Bearer ${key}\r\nIdempotency-Key: ${uuidV7(Date.now())}\r\n`;
    const answer = await clients[caller]?.post('/treasury/debit', headers, body);
    if (answer?.status !== 200) throw new Error(`${answer?.status} ${answer?.body}`);
  });
  return opsPerSecond;
}
