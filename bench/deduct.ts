/**
 * What a price from the book and budgets cost a debit over HTTP: two orgs debit in turns of half a second, one a plain amount,
 * the other a quantity of an action that counts in a budget of its user and one of its service.
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
    const [plainOrg, budgetOrg] = [await world.addOrg(), await world.addOrg()];
    await addTerms(db, budgetOrg.wallet);
    const about = { serviceType: 'AI_API', userId: 'bench', reference: 'bench' };
    const plain: Side = { key: plainOrg.key, body: JSON.stringify({ ...about, amountUsd: '0.01' }) };
    const priced: Side = { key: budgetOrg.key, body: JSON.stringify({ ...about, action: ACTION, quantity: '1' }) };
    // Warms both up.
    await compare(clients, plain, priced);
    const ratios: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (let nth = 0; nth < seconds / TURN_SECONDS / 4; nth += 1) ratios.push(await compare(clients, plain, priced));
      console.error(`round ${round}/${rounds}: so far ${median(ratios).toFixed(3)}`);
    }
    const miscounted = await findMiscounted(db, budgetOrg.wallet);
    if (miscounted.length > 0) throw new Error('a budget is not what its entries add up to');
    console.log(`debit with a price and budgets to plain debit: ${median(ratios).toFixed(3)}x`);
    console.log(JSON.stringify({ deductToDebit: median(ratios), turns: ratios.length }));
  } finally {
    for (const client of clients) client.close();
    await db.destroy();
    await world.close();
  }
}

async function addTerms(db: DatabasePool, wallet: string): Promise<void> {
  const org = await getRow(db, (row) => textOf(row['owner']), 'SELECT owner FROM wallet WHERE id = ?', [wallet]);
  const nowMs = Date.now();
  const price = { id: uuidV7(nowMs), org: null, action: ACTION, unit: 'call', addedBy: 'a benchmark' };
  const tiers = [{ upTo: null, rate: RATE_PICODOLLARS }];
  await addPrice(db, { ...price, tiers, fromMs: nowMs, toMs: null, addedAtMs: nowMs });
  const budget = {
    org,
    wallet,
    name: null,
    limitMicros: LIMIT_MICROS,
    hard: true,
    warnPercent: 80,
    createdAtMs: nowMs,
  };
  for (const about of [
    { subject: 'userId', value: 'bench', period: 'month' },
    { subject: 'serviceType', value: 'AI_API', period: 'day' },
  ] as const) {
    await db.transaction(async (trx) => addBudget(trx, { ...budget, ...about, id: uuidV7(nowMs) }));
  }
}

/** Turns in the order a, b, b, a; the rate of the second by that of the first. */
async function compare(clients: readonly RawClient[], plain: Side, priced: Side): Promise<number> {
  const rates = { plain: 0, priced: 0 };
  for (const name of ['plain', 'priced', 'priced', 'plain'] as const) {
    rates[name] += await rateOf(clients, name === 'plain' ? plain : priced);
  }
  return rates.priced / rates.plain;
}

async function rateOf(clients: readonly RawClient[], { key, body }: Side): Promise<number> {
  const { opsPerSecond } = await closedLoop(CALLERS, TURN_SECONDS, async (caller) => {
    const headers = `Authorization: Bearer ${key}\r\nIdempotency-Key: ${uuidV7(Date.now())}\r\n`;
    const answer = await clients[caller]?.post('/treasury/debit', headers, body);
    if (answer?.status !== 200) throw new Error(`${answer?.status} ${answer?.body}`);
  });
  return opsPerSecond;
}
