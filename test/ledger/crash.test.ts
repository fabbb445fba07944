import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { toCount } from '../../src/core/integers.ts';
import { openDatabase } from '../../src/db/database.ts';
import { verifyLedger } from '../../src/db/ledger/verify.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { openLocalPostgres, type LocalPostgres } from '../../src/db/schema/local-postgres.ts';
import { migrate } from '../../src/db/schema/migrate.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

const CRASHES = 3;
const CALLERS = 16;
const ANSWERS_BETWEEN_CRASHES = 100;
const ADD_BUDGET = `INSERT INTO budget (wallet, id, org, subject, value, period, amount, hard, zone, created_at)
  VALUES ($1, gen_random_uuid(), gen_random_uuid(), 'serviceType', 'AI_API', 'none', 10 ^ 15, true, 'UTC', now())`;
let dataDir: string;
let postgres: LocalPostgres;

/** As a power cut would: no checkpoint, no good-bye. */
function stopImmediately(): void {
  const [pid = ''] = readFileSync(join(dataDir, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  process.kill(toCount(pid), 'SIGQUIT');
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'coffer-crash-'));
  postgres = await openLocalPostgres({ dataDir });
  await migrate(postgres.ownerUrl, { appRole: 'coffer_app' });
}, 120_000);

afterAll(async () => {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('A62 PostgreSQL stopped at once under load, three times: what was answered is stored, and nothing twice', async () => {
  const owner = await connect(postgres.ownerUrl);
  const wallets: string[] = [];
  for (const name of ['hot', 'warm', 'cold']) wallets.push(await addWallet(owner, name));
  // Every debit counts in a budget, so that its counters are written with each batch.
  for (const wallet of wallets) await owner.query(ADD_BUDGET, [wallet]);
  await owner.end();
  const writer = openLedgerWriter({ url: postgres.appUrl, clock: systemClock, deadlineMs: 60_000 });
  for (const wallet of wallets) await writer.submit(depositOf(wallet, 100_000n));
  const answered: { readonly key: string; readonly wallet: string; readonly seq: number }[] = [];
  const load = { on: true };
  const callers = Array.from({ length: CALLERS }, async (_, caller) => {
    for (let n = caller; load.on; n += 1) {
      const asked = (n % 7 === 0 ? depositOf : debitOf)(wallets[n % wallets.length] ?? '', 1n);
      const { entries } = await writer.submit(asked);
      answered.push({ key: asked.key, wallet: asked.wallet, seq: entries[0]?.seq ?? 0 });
    }
  });
  for (let crash = 0; crash < CRASHES; crash += 1) {
    const before = answered.length;
    await expect.poll(() => answered.length, { timeout: 20_000 }).toBeGreaterThan(before + ANSWERS_BETWEEN_CRASHES);
    stopImmediately();
    await postgres.stop();
    postgres = await openLocalPostgres({ dataDir });
    await expect
      .poll(() => answered.length, { timeout: 20_000 })
      .toBeGreaterThan(before + ANSWERS_BETWEEN_CRASHES + CALLERS);
  }
  load.on = false;
  await Promise.all(callers);
  await writer.stop();

  const client = await connect(postgres.ownerUrl);
  const stored = new Map<string, number>();
  for (const wallet of wallets) {
    for (const { key, seq } of await auditWallet(client, wallet)) stored.set(key + wallet, seq);
  }
  const { rows } = await client.query<{ used: string }>('SELECT sum(used) AS used FROM budget_period');
  await client.end();
  expect(BigInt(rows[0]?.used ?? 0)).toBeGreaterThan(0n);
  expect(answered.length).toBeGreaterThan(CRASHES * ANSWERS_BETWEEN_CRASHES);
  expect(answered.filter(({ key, wallet, seq }) => stored.get(key + wallet) !== seq)).toEqual([]);
  // Every caller waited for its answer: nothing is stored that nobody was told of, but the first deposits.
  expect(stored.size).toBe(answered.length + wallets.length);
  const db = openDatabase(postgres.appUrl, 1);
  // Also that each counter is what its entries add up to.
  const { faults } = await verifyLedger(db);
  await db.destroy();
  expect(faults).toEqual([]);
}, 180_000);
