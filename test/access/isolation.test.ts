/** Row-level security: what a connection sees of the orgs, and that it forgets whom it served. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openDatabase,
  openOrgDatabases,
  seesPastPolicies,
  type Database,
  type DatabasePool,
  type OrgDatabases,
} from '../../src/db/database.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { makeFullOrg, type FullOrg } from '../support/http/two-orgs.ts';
import { queryRows } from '../support/process/query.ts';

/** Tables without policies, and why they need none. */
const OPEN_TABLES: Readonly<Record<string, string>> = {
  price_book: 'names the price that was added last, of whatever org',
  budget_book: 'counts the changes of budgets, of whatever org',
  ...Object.fromEntries(
    [
      'wallet',
      'entry',
      'lot',
      'lot_open',
      'hold_open',
      'lot_frozen',
      'entry_text',
      'entry_metadata',
      'entry_sums',
      'usage_event',
      'budget',
      'budget_period',
      'budget_use',
      'budget_notice',
      'rail_news_entry',
    ].map((name) => [name, 'of wallets: batches cross orgs']),
  ),
  ...Object.fromEntries(
    [
      'block_checkpoint',
      'chain_cursor',
      'balance_gap',
      'chain_audit',
      'chain_freeze',
      'chain_status',
      'deposit_observation',
      'deposit_vote',
      'rescan_order',
      'rpc_range',
      'rpc_status',
      'rate_share',
      'service_name',
      'sender_address',
      'outgoing_transfer',
      'token_notice',
      'token_watch',
      'watched_balance',
    ].map((name) => [name, 'facts about chains']),
  ),
  sign_in_session: 'of people, found by a hash of what their browser has',
  ...Object.fromEntries(
    ['deposit_address_pool', 'deposit_address_series', 'deposit_xpub'].map((name) => [name, 'not given to anybody']),
  ),
  ...Object.fromEntries(
    [
      'free_tier',
      'credit_unit',
      'checkin_config',
      'coupon',
      'plan_version',
      'plan_price',
      'payment_portal',
      'books_check',
      'job_status',
      'owed_check',
      'expiry_notice',
      'lease',
      'database_identity',
      'database_witness',
      'loss_report',
      'recovery',
    ].map((name) => [name, 'the deployment as a whole']),
  ),
  knex_migrations: 'of the migrator',
  knex_migrations_lock: 'of the migrator',
};

let api: TestApi;
let one: FullOrg;
let two: FullOrg;
let orgs: OrgDatabases;
let owner: DatabasePool;
let guarded: readonly string[];
beforeAll(async () => {
  api = await startTestApi();
  one = await makeFullOrg(api, 'Acme');
  two = await makeFullOrg(api, 'Globex');
  // One connection: whatever it kept would be there for the next.
  orgs = openOrgDatabases(api.database.appUrl, 1);
  owner = openDatabase(api.database.ownerUrl, 1);
  const tables = await queryRows<{ name: string }>(
    api.db,
    `SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  guarded = tables.rows.map(({ name }) => name);
});
afterAll(async () => {
  await orgs.destroy();
  await owner.destroy();
  await api.stop();
});

async function countOf(db: Database, table: string): Promise<string | undefined> {
  const result = await queryRows<{ n: string }>(db, `SELECT count(*) AS n FROM ${table}`);
  return result.rows[0]?.n;
}

async function textOf(db: Database, table: string): Promise<string> {
  const result = await queryRows<unknown>(db, `SELECT t::text FROM ${table} t`);
  return JSON.stringify(result.rows);
}

describe('A43 the second wall', () => {
  it('stands around every table with rows of orgs, for the owner too; a new table is decided about', async () => {
    const result = await queryRows<{ name: string; on: boolean; forced: boolean }>(
      api.db,
      `SELECT relname AS name, relrowsecurity AS on, relforcerowsecurity AS forced FROM pg_class
       WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
    );
    const open = result.rows.filter(({ on, forced }) => !(on && forced)).map(({ name }) => name);
    expect(open.toSorted()).toEqual(Object.keys(OPEN_TABLES).toSorted());
  });

  it('the role of the service cannot pass it by, and cannot take it down', async () => {
    expect(await seesPastPolicies(orgs.none)).toBe(false);
    await expect(orgs.none.raw('ALTER TABLE sender DISABLE ROW LEVEL SECURITY')).rejects.toThrow('must be owner');
  });

  it('without an org nothing is seen, of any table', async () => {
    for (const table of guarded) {
      expect([table, await countOf(orgs.none, table)]).toEqual([table, '0']);
    }
  });

  it('with an org only what is its own is seen, and it is seen', async () => {
    const full = ['org', 'org_settings', 'api_key', 'sender', 'deposit', 'deposit_address', 'ownership_challenge'];
    full.push('event_log', 'event', 'webhook_endpoint', 'webhook_delivery', 'webhook_attempt');
    for (const table of guarded) {
      const seen = await textOf(orgs.of(one.ids.org), table);
      expect([table, two.marks.filter((mark) => seen.includes(mark))]).toEqual([table, []]);
      if (full.includes(table)) expect([table, seen]).not.toEqual([table, '[]']);
    }
    for (const table of full) {
      const all = await countOf(api.db, table);
      expect([table, all]).not.toEqual([table, await countOf(orgs.of(one.ids.org), table)]);
    }
  });

  it('a deposit of nobody is seen by the org that it came from, and by no other', async () => {
    const { rows } = await queryRows<{ id: string }>(
      api.db,
      `UPDATE deposit SET org = NULL, state = 'unmatched' WHERE id = ? RETURNING id`,
      [two.ids.deposit],
    );
    expect(rows).toHaveLength(1);
    const seenBy = async (org: string): Promise<unknown> => {
      const result = await queryRows<unknown>(orgs.of(org), 'SELECT id FROM deposit WHERE org IS NULL', []);
      return result.rows;
    };
    expect(await seenBy(two.ids.org)).toEqual(rows);
    expect(await seenBy(one.ids.org)).toEqual([]);
    const changed = await queryRows<unknown>(
      orgs.of(two.ids.org),
      'UPDATE deposit SET org = ? WHERE id = ? RETURNING id',
      [two.ids.org, two.ids.deposit],
    );
    expect(changed.rows).toEqual([]);
  });

  it('what is another’s can be neither changed nor written', async () => {
    const db = orgs.of(one.ids.org);
    const touched = await queryRows<unknown>(db, `UPDATE sender SET label = 'mine now' WHERE id = ? RETURNING id`, [
      two.ids.sender,
    ]);
    expect(touched.rows).toEqual([]);
    const gone = await queryRows<unknown>(db, 'DELETE FROM webhook_endpoint WHERE id = ? RETURNING id', [
      two.ids.endpoint,
    ]);
    expect(gone.rows).toEqual([]);
    await expect(
      db.raw(
        `INSERT INTO event_pending (log, id, kind, at, turn, data)
        VALUES (?, gen_random_uuid(), 'webhook.test', now(), gen_random_uuid(), '{}')`,
        [two.ids.org],
      ),
    ).rejects.toThrow('row-level security');
    await expect(db.raw('UPDATE sender SET org = ? WHERE id = ?', [two.ids.org, one.ids.sender])).rejects.toThrow(
      'row-level security',
    );
  });

  it('holds for the owner of the tables as well', async () => {
    const url = new URL(api.database.ownerUrl);
    url.searchParams.delete('options');
    const plain = openOrgDatabases(url.href, 1);
    expect(await countOf(plain.none, 'sender')).toBe('0');
    expect(await countOf(plain.of(one.ids.org), 'sender')).toBe('2');
    await plain.destroy();
  });
});

describe('A43 a pooled connection', () => {
  const nothing = async (): Promise<void> => {
    const { rows } = await queryRows<{ org: string | null }>(
      orgs.none,
      `SELECT current_setting('coffer.org', true) AS org`,
    );
    expect(rows[0]?.org ?? '').toBe('');
    expect(await countOf(orgs.none, 'sender')).toBe('0');
  };

  it('forgets whom it served: after a statement, a commit, a rollback, a failure', async () => {
    const db = orgs.of(one.ids.org);
    expect(await countOf(db, 'sender')).toBe('2');
    await nothing();
    await db.transaction(async (trx) => trx.raw('SELECT 1'));
    await nothing();
    const fault = new Error('of the work');
    await expect(db.transaction(async () => Promise.reject(fault))).rejects.toBe(fault);
    await nothing();
    await expect(db.raw('SELECT 1 / 0')).rejects.toThrow('division by zero');
    await nothing();
    expect(await countOf(orgs.of(two.ids.org), 'sender')).toBe('2');
    await nothing();
  });

  it('serves many orgs at once, each its own', async () => {
    const pool = openOrgDatabases(api.database.appUrl, 3);
    const asked = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? one : two));
    const seen = await Promise.all(asked.map(async ({ ids }) => textOf(pool.of(ids.org), 'sender')));
    await pool.destroy();
    seen.forEach((text, index) => {
      expect(text).toContain(index % 2 === 0 ? 'Acme' : 'Globex');
      expect(text).not.toContain(index % 2 === 0 ? 'Globex' : 'Acme');
    });
  });

  it('takes an org’s name as a value, whatever it holds', async () => {
    expect(await countOf(orgs.of(`' OR true --`), 'sender')).toBe('0');
    expect(await countOf(orgs.of(''), 'sender')).toBe('0');
  });
});

describe('A43 who may read what has no policies', () => {
  const project = join(import.meta.dirname, '..', '..');
  const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'detector'], {
    cwd: project,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  const read = (path: string): string => readFileSync(join(project, path), 'utf8');
  const LEDGER_TABLE =
    /\b(?:FROM|JOIN|INTO|UPDATE|USING)\s+(?:ONLY\s+)?(entry|entry_text|entry_metadata|entry_sums|hold_open|lot_open|lot)\b(?!\s*\()/;
  /** Asked by the wallets of an org, and by nothing else: what serves orgs reads entries through these. */
  const FOR_ORGS = [
    'ledger/holds',
    'ledger/beside/heartbeats',
    'ledger/beside/kinds',
    'ledger/heads',
    'ledger/entries',
    'ledger/metadata',
    'ledger/transactions',
    'ledger/balance-now',
    'ledger/closed',
    'explain/explain',
    'explain/head-then',
    'refunds/charges',
    'reports/sums',
    'reports/restricted',
  ];
  /** The ledger itself, and what looks at the books as a whole; an event's entry is found by its log's own wallet. */
  const FOR_THE_PLATFORM = [
    'books',
    'anchor',
    'entry-columns',
    'connection',
    'head-cache',
    'lots-and-holds',
    'beside/hold-rows',
    'verify',
    'open-holds',
  ]
    .map((name) => `ledger/${name}`)
    .concat(
      'events/log',
      'desk/search',
      'backup/dump',
      'backup/load',
      'events/projection',
      'access/erase',
      'billing/rail-sums',
      'billing/evidence',
      'access/service-names',
      'credits/unit',
      'credits/movements',
      'wallet-facts',
      'deposits/reversals',
      'deposits/dues',
      'recovery/sightings',
      'reports/place',
      'reports/journal',
      'budgets/recount',
      'lots/expiry-notices',
    );

  it('entries, holds and lots are read by the ledger and by its readers', () => {
    const readers = paths.filter((path) => LEDGER_TABLE.test(read(path).replaceAll(/^\s*(\/\/|\/?\*).*$/gm, '')));
    const known = [...FOR_ORGS, ...FOR_THE_PLATFORM].map((name) => `src/db/${name}.ts`);
    expect(readers.filter((path) => !known.includes(path))).toEqual([]);
  });

  it('what answers orgs asks for entries through the readers alone', () => {
    const platform = new RegExp(
      // What is erased is found in every org's wallet, for operators alone.
      String.raw`/db/(${FOR_THE_PLATFORM.filter((name) => name !== 'events/log' && name !== 'access/erase').join('|')})\.ts'`,
    );
    // Reports on the place as a whole are for operators and the platform's finance people.
    expect(paths.filter((path) => path.startsWith('src/http/') && platform.test(read(path)))).toEqual([
      // Operators and the platform's finance people search over every org.
      'src/http/admin/search.ts',
      // Evidence about a user is erased with them, whichever org's.
      'src/http/admin/users.ts',
      // Operators see what moved the wallets of all users.
      'src/http/credits/admin.ts',
      'src/http/reports/place.ts',
      // Metrics are on a port of their own, for operators.
      'src/http/service/event-metrics.ts',
    ]);
  });

  it('each of their statements names a wallet', () => {
    for (const name of ['ledger/holds', 'ledger/entries']) {
      const source = read(`src/db/${name}.ts`);
      const long = source.match(/`[^`]*`/g) ?? [];
      const short = source.replaceAll(/`[^`]*`/g, '').match(/'[^'\n]*'/g) ?? [];
      const statements = [...long, ...short].filter((text) => /\bFROM entry\b/.test(text));
      expect(statements.length).toBeGreaterThan(2);
      for (const sql of statements) expect(sql).toMatch(/\bwallet = (\?|:wallet)/);
    }
  });

  it('requests of orgs cross to others where it is decided between them, and nowhere else', () => {
    const crossing = paths.filter((path) => path.startsWith('src/http/') && /\bcrossing\b/.test(read(path)));
    expect(crossing).toEqual(
      // What waits for a second person is the platform's to approve, and so is who may be behind a key that asks for it or
      // makes another;
      // a budget may be about a key of the platform; reports are for operators and the platform's finance people.
      [
        'budgets/routes',
        'deps',
        'money/changes',
        'org-billing/wallet',
        'reports/routes',
        'team/keys',
        'treasury/claim',
        'treasury/sender-address',
        'treasury/senders',
      ].map((name) => `src/http/${name}.ts`),
    );
  });
});
