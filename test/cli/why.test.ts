import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeyLine, openVault } from '../../src/core/access/vault.ts';
import { systemClock } from '../../src/core/clock.ts';
import { writeRefusal, type KeptRefusal } from '../../src/core/explain/kept-refusal.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { contextOf, storeRefusals } from '../../src/db/explain/refusals.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { addWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

const ORG = '00000000-0000-7000-8000-0000000000aa';
let database: TestDatabase;
let client: pg.Client;
let db: DatabasePool;
const folder = mkdtempSync(join(tmpdir(), 'coffer-why-'));
const keys = join(folder, 'keys');
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl, 1);
  writeFileSync(keys, createKeyLine(), { mode: 0o600 });
});
afterAll(async () => {
  await db.destroy();
  await client.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const coffer = async (...args: readonly string[]): Promise<Finished> =>
  startNode(['src/cli/main.ts', 'why', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    COFFER_SECRETS_KEY_FILE: keys,
  }).finished;

it('explains an entry and a refused request, and knows what is not there', async () => {
  const wallet = await addWallet(client, ORG);
  const writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 10_000 });
  await writer.submit(depositOf(wallet, 5n));
  await writer.submit(debitOf(wallet, 2n));
  await writer.stop();
  const { command } = debitOf(wallet, 4n);
  const refusal: KeptRefusal = {
    org: ORG,
    requestId: 'asked',
    atMs: Date.now(),
    command,
    by: 'rule',
    code: 'CREDIT_INSUFFICIENT',
    message: '4.00 USD needed, 3.00 USD available',
    judged: { seq: 2, atMs: Date.now() },
    actor: 'key:k',
    idempotencyKey: null,
    budget: null,
  };
  const id = uuidV7(Date.now());
  const sealed = openVault(readKeys).seal(contextOf(id), writeRefusal(refusal));
  await storeRefusals(db, [{ id, org: ORG, requestId: 'asked', at: new Date(), user: null, sealed }]);

  const entry = await coffer(`ent_${wallet}_2`, '--json');
  expect([entry.code, JSON.parse(entry.stdout)]).toMatchObject([
    0,
    { decisions: [{ outcome: 'accepted', reproduced: true, before: { availableUsd: '5.00' } }] },
  ]);
  const refused = await coffer('asked');
  expect(refused.code).toBe(0);
  expect(refused.stdout).toContain('It would have been accepted with 1.00 USD more available.');
  const none = await coffer(`hold_${wallet}_99`);
  expect([none.code, none.stderr]).toEqual([4, expect.stringContaining('there is no hold_')]);
});

function readKeys(): string {
  return readFileSync(keys, 'utf8');
}
