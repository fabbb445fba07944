/** Reads of a wallet do not grow with its history: each looks at about as many pages of ten times as many entries. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type pg from 'pg';
import {
  beginHistory,
  growDeposits,
  growHistory,
  isHeld,
  pagesOf,
  plantOrgs,
  READS,
  type History,
} from '../../bench/support/read-costs.ts';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import type { EntryType } from '../../src/core/ledger/vocabulary.ts';
import { openDatabase, openOrgDatabases, type DatabasePool, type OrgDatabases } from '../../src/db/database.ts';
import { listOfKind } from '../../src/db/ledger/beside/kinds.ts';
import { listEntries, listPage, SEQ_END } from '../../src/db/ledger/entries.ts';
import { openLedgerWriter } from '../../src/db/ledger/writer.ts';
import { keepAllSums } from '../../src/jobs/sums.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { addWallet, connect } from '../support/ledger/wallets.ts';

const FILL_TIMEOUT_MS = 240_000;
const [SHORT, LONG] = [10_000, 100_000];

let database: TestDatabase;
let db: DatabasePool;
let orgs: OrgDatabases;
let client: pg.Client;
let wallet: string;
const org = uuidV7(Date.now());
const pages = new Map<string, number[]>();
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  orgs = openOrgDatabases(database.appUrl);
  client = await connect(database.ownerUrl);
  wallet = await addWallet(client, org);
  await plantOrgs(client, org);
  const writer = openLedgerWriter({ url: database.appUrl, clock: systemClock, deadlineMs: 60_000 });
  await beginHistory(writer, wallet);
  let entries = 3;
  for (const size of [SHORT, LONG]) {
    await growHistory(writer, wallet, entries, size);
    await growDeposits(client, { org, wallet, from: size === SHORT ? 0 : SHORT, upTo: size });
    entries = size;
    await keepAllSums(db);
    await client.query('VACUUM ANALYZE');
    const history = await historyOf(size);
    for (const { name, read, ofOrg } of READS) {
      const view = ofOrg === true ? orgs.of(org) : db;
      // The first time also tidies pages up, which later ones do not.
      await read(view, history);
      const looked = await pagesOf(view, async (counted) => read(counted, history));
      pages.set(name, [...(pages.get(name) ?? []), looked]);
    }
  }
  await writer.stop();
}, FILL_TIMEOUT_MS);
afterAll(async () => {
  await client.end();
  await db.destroy();
  await orgs.destroy();
  await database.drop();
});

async function historyOf(entries: number): Promise<History> {
  const { rows } = await client.query<{ at: Date }>('SELECT at FROM entry WHERE wallet = $1 AND seq = $2', [
    wallet,
    Math.floor(entries / 2),
  ]);
  if (!rows[0]) throw new Error('the history is not there');
  return { org, wallet, entries, middle: rows[0].at };
}

describe('a read of ten times as many entries', () => {
  it.each(READS)('looks at about as many pages: $name', (one) => {
    const { name } = one;
    const [short = 0, long = 0] = pages.get(name) ?? [];
    expect(short).toBeGreaterThan(0);
    expect([name, short, long, isHeld(one, short, long)]).toEqual([name, short, long, true]);
  });
});

test('entries of an app are found page by page, each of which looks at 10,000 entries', async () => {
  const found: [number, number | undefined][] = [];
  for (let beforeSeq: number | undefined = SEQ_END; beforeSeq !== undefined;) {
    const page = await listPage(db, { wallet, appId: 'rare', fromSeq: 1, beforeSeq, limit: 10 });
    found.push([page.entries.length, page.restBefore]);
    beforeSeq = page.restBefore;
  }
  expect(found).toEqual([
    ...Array.from({ length: LONG / 10_000 - 1 }, (_, nth) => [0, LONG - 9_999 - nth * 10_000]),
    [1, undefined],
  ]);
  const full = await listPage(db, { wallet, appId: 'rare', fromSeq: 1, beforeSeq: 5_000, limit: 1 });
  expect(full).toMatchObject({ entries: [{ seq: 3, appId: 'rare' }], restBefore: undefined });
});

describe('entries of a kind', () => {
  const seqs = async (filter: Partial<Parameters<typeof listEntries>[1]>): Promise<number[]> => {
    const found = await listEntries(db, { wallet, fromSeq: 1, beforeSeq: SEQ_END, limit: 10, ...filter });
    return found.map(({ seq }) => seq);
  };

  it('are found wherever they are, page by page, within the span that is asked for', async () => {
    expect(await seqs({ type: 'GRANT' })).toEqual([2]);
    expect(await seqs({ service: 'GIFT_CARD' })).toEqual([3]);
    expect(await seqs({ service: 'GIFT_CARD', type: 'GIFT_REDEEM' })).toEqual([3]);
    expect(await seqs({ service: 'GIFT_CARD', type: 'GRANT' })).toEqual([]);
    expect(await seqs({ type: 'GRANT', fromSeq: 3 })).toEqual([]);
    expect(await seqs({ type: 'GRANT', beforeSeq: 2 })).toEqual([]);
    expect(await seqs({ type: 'AI_API_CALL', limit: 3 })).toEqual([LONG, LONG - 1, LONG - 2]);
    expect(await seqs({ type: 'AI_API_CALL', limit: 3, beforeSeq: 5_001 })).toEqual([5_000, 4_999, 4_998]);
    expect(await seqs({ type: 'AI_API_CALL', limit: 3, beforeSeq: 6 })).toEqual([5, 4]);
  });

  it('are the same as by looking at every entry, for every kind, limit and span', async () => {
    const kinds: { type?: EntryType; service?: string }[] = [
      { type: 'DEPOSIT' },
      { type: 'GRANT' },
      { service: 'GIFT_CARD' },
      { type: 'AI_API_CALL' },
      { service: 'AI_API' },
      { type: 'CLAWBACK' },
    ];
    for (const { type, service } of kinds) {
      for (const [fromSeq, beforeSeq, limit] of [
        [1, 12_346, 7],
        [1, 3_000, 2_500],
        [2, 5_001, 1],
        [999, 1_002, 9],
        [1_000, 2_001, 1_500],
        [40_000, 60_001, 2_100],
      ] as const) {
        const { rows } = await client.query<{ seq: string }>(
          `SELECT seq FROM entry WHERE wallet = $1 AND seq >= $2 AND seq < $3 AND ($4::text IS NULL OR type::text = $4)
             AND ($5::text IS NULL OR service = $5) ORDER BY seq DESC LIMIT $6`,
          [wallet, fromSeq, beforeSeq, type ?? null, service ?? null, limit],
        );
        const found = await listOfKind(db, { wallet, type, service, fromSeq, beforeSeq, limit });
        const asked = JSON.stringify([type, service, fromSeq, beforeSeq, limit]);
        expect([asked, found.map(({ seq }) => String(seq))]).toEqual([asked, rows.map(({ seq }) => seq)]);
      }
    }
  }, 120_000);

  it('fail where sums are missing, and none are left out', async () => {
    // Nobody can do this to a deployment: rows are neither changed nor removed.
    await client.query('ALTER TABLE entry_sums DISABLE TRIGGER USER');
    await client.query('DELETE FROM entry_sums WHERE wallet = $1 AND seq = 49000', [wallet]);
    await client.query('ALTER TABLE entry_sums ENABLE TRIGGER USER');
    await expect(seqs({ type: 'GRANT' })).rejects.toThrow('division by zero');
  });
});
