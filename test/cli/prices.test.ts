import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { decideChange } from '../../src/db/approvals/carry-out.ts';
import { openDatabase } from '../../src/db/database.ts';
import { listPrices } from '../../src/db/pricing/prices.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { startNode, type Finished } from '../support/process/processes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.drop());

const coffer = async (...args: readonly string[]): Promise<Finished> =>
  startNode(['src/cli/main.ts', 'prices', ...args], {
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
  }).finished;

it('adds a price, quotes by it, ends it and lists both rows', async () => {
  const added = await coffer('add', 'chat', '--unit', 'token', '--rate', '0.0000025', '--json');
  expect([added.code, JSON.parse(added.stdout)]).toMatchObject([
    0,
    { action: 'chat', unit: 'token', org: null, tiers: [{ upTo: null, rateUsd: '0.0000025' }], to: null },
  ]);
  const quoted = await coffer('quote', 'chat', '1001', '--json');
  expect(JSON.parse(quoted.stdout)).toMatchObject({ amountUsd: '0.002503', rateUsd: '0.0000025', unit: 'token' });
  expect((await coffer('add', 'chat', '--unit', 'token', '--ended')).code).toBe(0);
  const none = await coffer('quote', 'chat', '1');
  expect([none.code, none.stderr]).toEqual([4, 'coffer: chat has no price in force at that time\n']);
  const listed = await coffer('list', '--action', 'chat', '--json');
  expect(JSON.parse(listed.stdout)).toMatchObject({ prices: [{ tiers: null }, { tiers: [{ upTo: null }] }] });
});

it.each([
  [['add', 'x', '--unit', 'token'], 2, /--rate or --ended/],
  [['add', 'x', '--unit', 'token', '--rate', '1e3'], 2, /decimal string/],
  [['add', 'x', '--unit', 'token', '--rate', '1', '--from', '2020-01-01T00:00:00Z'], 2, /in the past/],
  [['add', 'x', '--unit', 'token', '--rate', '1', '--org', '00000000-0000-4000-8000-000000000000'], 4, /no such org/],
  [['quote', 'x', '0'], 2, /more than zero/],
] as const)('refuses %j', async (args, code, words) => {
  const refused = await coffer(...args);
  expect([refused.code, refused.stdout]).toEqual([code, '']);
  expect(refused.stderr).toMatch(words);
});

it('asks for a price where there is a limit for what one person may give, and adds it when it is approved', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-prices-'));
  const file = join(folder, 'coffer.json');
  writeFileSync(file, JSON.stringify({ adminEntryLimitUsd: '1000' }));
  const limited = async (...args: readonly string[]): Promise<Finished> =>
    startNode(['src/cli/main.ts', ...args], {
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      COFFER_CONFIG: file,
    }).finished;
  try {
    const asked = await limited('prices', 'add', 'image', '--unit', 'image', '--rate', '0.5');
    const [, id = ''] = /^coffer approvals approve ([0-9a-f-]{36})$/m.exec(asked.stdout) ?? [];
    expect([asked.code, asked.stdout]).toEqual([
      0,
      `a second person has to approve it: charge everybody for image, for each image, 0.5 USD\ncoffer approvals approve ${id}\n`,
    ]);
    const own = await limited('approvals', 'approve', id);
    expect([own.code, own.stderr]).toEqual([1, expect.stringContaining('somebody other than its requester')]);
    const db = openDatabase(database.appUrl);
    const at = new Date();
    const verdict = { id, verdict: 'approved', by: 'user:eve', hands: ['user:eve'], reason: null, at } as const;
    expect(await listPrices(db, { action: 'image', limit: 10 })).toEqual([]);
    await decideChange(db, verdict);
    expect(await listPrices(db, { action: 'image', limit: 10 })).toHaveLength(1);
    await db.destroy();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
