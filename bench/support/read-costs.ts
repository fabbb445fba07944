/**
 * What reads of a wallet cost as its history grows, in pages of PostgreSQL: a read that looks at more of them the longer the
 * history is does not last. The same reads are timed by the bench and held to their cost by a test.
 */
import type pg from 'pg';
import { readSearch } from '../../src/core/desk/search.ts';
import { readPeriod } from '../../src/core/reports/period.ts';
import { toCount } from '../../src/core/integers.ts';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { inputHash } from '../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../src/core/ledger/head.ts';
import type { Database, DatabaseTransaction } from '../../src/db/database.ts';
import { findStanding } from '../../src/db/ledger/balance-now.ts';
import { findNamed } from '../../src/db/desk/search.ts';
import { listDeposits, sumPending } from '../../src/db/deposits/views.ts';
import { listStaleLogs } from '../../src/db/events/projection.ts';
import { readAnchorHeads } from '../../src/db/ledger/anchor.ts';
import { findEntry, findLastSeqBefore, listEntries, listPage, SEQ_END } from '../../src/db/ledger/entries.ts';
import { listHoldNumbers } from '../../src/db/ledger/holds.ts';
import { listTransactions } from '../../src/db/ledger/transactions.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import { readStatement } from '../../src/db/reports/statement.ts';
import { rowsOf } from '../../src/db/rows.ts';
import { debitOf, fundingOf } from './ledger-world.ts';

const PAGE = 101;
const FILL_BATCH = 1_000;
const FILL_BATCHES_IN_FLIGHT = 4;

/** For how many entries the org has a deposit. */
const ENTRIES_A_DEPOSIT = 10;
/** Orgs beside the one with the history. */
const OTHER_ORGS = 1_000;
const FINDINGS_MAX = 20;

/** A wallet with a history, and what is asked about it. */
export interface History {
  /** The org that owns the wallet. */
  readonly org: string;
  readonly wallet: string;
  readonly entries: number;
  /** When about half of the entries were written. */
  readonly middle: Date;
}

export interface ReadCase {
  readonly name: string;
  /** It finds a place by halving, and so takes a few steps more of a longer history. */
  readonly halves?: true;
  /** Asked by way of the policies of one org, as its requests are; the others see every org. */
  readonly ofOrg?: true;
  readonly read: (db: Database, history: History) => Promise<unknown>;
}

/** An index of ten times as many rows may have a level more. */
const GROWTH_MAX = 1.5;
/** Halving takes 17 or 18 steps in place of 13 or 14 as well: 18 x 4 pages in place of 13 x 3 are 1.85 times as many. */
const GROWTH_MAX_HALVING = 1.85;
/** Growth by so few pages is one level of an index. */
const PAGES_FREE = 6;

/** Whether a read that looked at so many pages of a short history, and so many of one ten times as long, does not grow with it. */
export function isHeld({ halves }: Pick<ReadCase, 'halves'>, short: number, long: number): boolean {
  return long <= Math.max(short * (halves === true ? GROWTH_MAX_HALVING : GROWTH_MAX), short + PAGES_FREE);
}

const page = { fromSeq: 1, beforeSeq: SEQ_END, limit: PAGE };

/** The reads. The first is a single row by its primary key, beside which the others are seen. */
export const READS: readonly ReadCase[] = [
  { name: 'an entry by its key', read: async (db, { wallet, entries }) => findEntry(db, wallet, entries) },
  { name: 'balance', read: async (db, { wallet }) => findStanding(db, wallet, new Date(systemClock.nowMs())) },
  {
    name: 'the last entry before a time',
    halves: true,
    read: async (db, { wallet, middle }) => findLastSeqBefore(db, wallet, middle),
  },
  {
    name: 'balance at a time',
    halves: true,
    read: async (db, { wallet, middle }) => findEntry(db, wallet, await findLastSeqBefore(db, wallet, middle)),
  },
  { name: 'ledger: first page', read: async (db, { wallet }) => listEntries(db, { ...page, wallet }) },
  {
    name: 'ledger: a page half-way',
    read: async (db, { wallet, entries }) => listEntries(db, { ...page, wallet, beforeSeq: Math.floor(entries / 2) }),
  },
  {
    name: 'ledger: a common type',
    read: async (db, { wallet }) => listEntries(db, { ...page, wallet, type: 'AI_API_CALL' }),
  },
  { name: 'ledger: a rare type', read: async (db, { wallet }) => listEntries(db, { ...page, wallet, type: 'GRANT' }) },
  {
    name: 'ledger: a rare service',
    read: async (db, { wallet }) => listEntries(db, { ...page, wallet, service: 'GIFT_CARD' }),
  },
  {
    name: 'ledger: a type that is not there',
    read: async (db, { wallet }) => listEntries(db, { ...page, wallet, type: 'CLAWBACK' }),
  },
  {
    name: 'ledger: a rare app',
    read: async (db, { wallet }) => listPage(db, { ...page, wallet, appId: 'rare' }),
  },
  {
    name: 'ledger: by reference',
    read: async (db, { wallet }) => listEntries(db, { ...page, wallet, reference: 'rare' }),
  },
  {
    name: 'transactions: first page',
    read: async (db, { wallet }) => listTransactions(db, { wallet, beforeSeq: SEQ_END, limit: PAGE }),
  },
  {
    name: 'holds: first page',
    read: async (db, { wallet }) =>
      listHoldNumbers(db, { wallet, beforeHold: SEQ_END, nowMs: systemClock.nowMs() }, PAGE),
  },
  { name: 'deposits: first page', ofOrg: true, read: async (db, { org }) => listDeposits(db, { org, limit: PAGE }) },
  {
    name: 'deposits: a page half-way',
    ofOrg: true,
    read: async (db, { org, entries }) => {
      const observedAtMs = DEPOSITS_FROM.getTime() + (entries / ENTRIES_A_DEPOSIT / 2) * 1_000;
      return listDeposits(db, { org, limit: PAGE, before: { observedAtMs, id: LAST_UUID } });
    },
  },
  { name: 'deposits: sum of what is pending', ofOrg: true, read: async (db, { org }) => sumPending(db, org) },
  { name: 'search: a transaction', read: async (db) => findNamed(db, readSearch(hashOf(7)), FINDINGS_MAX) },
  { name: 'search: a name', read: async (db) => findNamed(db, readSearch('bench other 77'), FINDINGS_MAX) },
  {
    name: 'search: an entry',
    read: async (db, { wallet, entries }) => findNamed(db, readSearch(`ent_${wallet}_${entries / 2}`), FINDINGS_MAX),
  },
  { name: 'anchor: the heads of 1,001 wallets', read: async (db) => readAnchorHeads(db) },
  { name: 'events: which logs lack some', read: async (db) => listStaleLogs(db, { after: undefined, limit: PAGE }) },
  {
    name: 'statement of the month',
    halves: true,
    read: async (db, { wallet }) => {
      const nowMs = systemClock.nowMs();
      const month = new Date(nowMs).toISOString().slice(0, 7);
      return readStatement(db, wallet, { period: readPeriod({ month }, nowMs), asOfMs: nowMs });
    },
  },
];

const GRANT_TERMS = { ...DEPOSIT_TERMS, source: 'grant', promotional: true } as const;

/** Begins a history with what is rare in it: a grant, a gift card, one reference. The wallet's row must be there. */
export async function beginHistory(writer: LedgerWriter, wallet: string): Promise<void> {
  const hash = inputHash('reads');
  const submit = async (command: Parameters<LedgerWriter['submit']>[0]['command']): Promise<unknown> =>
    writer.submit({ wallet, key: uuidV7(Date.now()), inputHash: hash, command });
  await writer.submit(fundingOf(wallet));
  await submit({ op: 'credit', type: 'GRANT', amountMicros: 5_000_000n, contra: 'expenses:promo', terms: GRANT_TERMS });
  const notes = { reference: 'rare', appId: 'rare' };
  const card = { type: 'GIFT_REDEEM', contra: 'revenue:GIFT_CARD', service: 'GIFT_CARD' } as const;
  await submit({ op: 'debit', amountMicros: 1_000_000n, ...card, notes });
}

/** When the first of the deposits was seen; the others follow second by second. */
const DEPOSITS_FROM = new Date('2020-01-01T00:00:00Z');
const LAST_UUID = 'ffffffff-ffff-4fff-bfff-ffffffffffff';

/** The transaction of a deposit, by its number. */
function hashOf(nth: number): string {
  return `0x${nth.toString(16).padStart(64, '0')}`;
}

/** Makes the org of a wallet, which is there already, and a thousand others with wallets. */
export async function plantOrgs(client: pg.Client, org: string): Promise<void> {
  const others = Array.from({ length: OTHER_ORGS }, () => uuidV7(Date.now()));
  const orgs = [org, ...others];
  const names = orgs.map((_, at) => (at === 0 ? 'bench' : `bench other ${at}`));
  await client.query(
    'INSERT INTO org (id, name, created_at) SELECT id, name, now() FROM unnest($1::uuid[], $2::text[]) AS t (id, name)',
    [orgs, names],
  );
  await client.query('INSERT INTO org_settings (org, updated_at) SELECT unnest($1::uuid[]), now()', [orgs]);
  await client.query(
    `INSERT INTO wallet SELECT id, 'org', owner, 'USD', now() FROM unnest($1::uuid[], $2::text[]) AS t (id, owner)`,
    [others.map((id) => walletId({ kind: 'org', id })), others],
  );
}

/** Gives an org so many deposits that one is there for every ten entries; the newest is not credited yet. */
export async function growDeposits(
  client: pg.Client,
  { org, wallet, from, upTo }: Pick<History, 'org' | 'wallet'> & { readonly from: number; readonly upTo: number },
): Promise<void> {
  await client.query("UPDATE deposit SET state = 'credited', credited_at = observed_at, hard_final_at = observed_at");
  await client.query(
    `INSERT INTO deposit (id, chain, token, tx_hash, ordinal, from_address, to_address, amount, block_number, block_hash,
       block_time, state, org, wallet, observed_at, credited_at, hard_final_at, updated_at)
     SELECT md5('deposit ' || n)::uuid, 'eip155:31337', '0xusdc', '0x' || lpad(to_hex(n), 64, '0'), 0,
       '0x' || lpad(to_hex(n % 100), 40, '0'), '0xcredits', 5000000, n, '0xbb', t.at,
       CASE WHEN n = $4 THEN 'confirming' ELSE 'credited' END, $1, $2, t.at,
       CASE WHEN n < $4 THEN t.at END, CASE WHEN n < $4 THEN t.at END, t.at
     FROM generate_series($3::int + 1, $4::int) AS n
       CROSS JOIN LATERAL (SELECT $5::timestamptz + n * interval '1 second' AS at) t`,
    [org, wallet, Math.floor(from / ENTRIES_A_DEPOSIT), Math.floor(upTo / ENTRIES_A_DEPOSIT), DEPOSITS_FROM],
  );
}

/** Adds debits up to so many entries. */
export async function growHistory(writer: LedgerWriter, wallet: string, from: number, upTo: number): Promise<void> {
  let left = upTo - from;
  const loop = async (): Promise<void> => {
    while (left > 0) {
      const size = Math.min(FILL_BATCH, left);
      left -= size;
      await Promise.all(Array.from({ length: size }, async () => writer.submit(debitOf(wallet))));
    }
  };
  await Promise.all(Array.from({ length: FILL_BATCHES_IN_FLIGHT }, loop));
}

/** How many pages a read looks at, in the cache or on the disk; planning is not counted. */
export async function pagesOf(db: Database, read: (db: Database) => Promise<unknown>): Promise<number> {
  let pages = 0;
  const counting =
    (queries: Database | DatabaseTransaction): Database['raw'] =>
    async (sql, bindings = []) => {
      const [row] = rowsOf(await queries.raw(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`, bindings));
      pages += pagesIn(row?.['QUERY PLAN']);
      return queries.raw(sql, bindings);
    };
  const transaction: Database['transaction'] = async (work, options) =>
    db.transaction(async (trx) => work({ isCompleted: () => trx.isCompleted(), raw: counting(trx) }), options);
  await read({ raw: counting(db), transaction });
  return pages;
}

function pagesIn(plans: unknown): number {
  const [first]: unknown[] = Array.isArray(plans) ? plans : [];
  const plan = typeof first === 'object' && first !== null && Reflect.get(first, 'Plan');
  if (typeof plan !== 'object' || plan === null) throw new Error('a statement has no plan');
  const number = (name: string): number => toCount(String(Reflect.get(plan, name) ?? 0));
  return number('Shared Hit Blocks') + number('Shared Read Blocks');
}
