/** A deployment with as many entries, deposits and orgs as a test wants, filled in bulk, on a PostgreSQL that counts pages. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../../devnet/free-port.ts';
import { signInSettings, startIssuer } from '../../../devnet/issuer.ts';
import { uuidV5, walletId } from '../../../src/core/ids.ts';
import { toCount } from '../../../src/core/integers.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { openLocalPostgres } from '../../../src/db/schema/local-postgres.ts';
import { migrate } from '../../../src/db/schema/migrate.ts';
import { keepAllSums } from '../../../src/jobs/sums.ts';
import { CREDITS, EVM, startTestApi, TOKENS, type TestApi } from '../http/api.ts';
import { debitOf, depositOf } from '../ledger/wallets.ts';

const PROJECT = join(import.meta.dirname, '..', '..', '..');
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  max_wal_size: '4GB',
  shared_preload_libraries: 'pg_stat_statements',
};
const DAY_MS = 86_400_000;
const DAYS = 60;
const FUNDS_USD = 900_000n;
const WAITING = 60;
const STATEMENT_SHOWN = 300;
/** So many of the entries are those of the org that is looked at, in percent; the others share the rest. */
const SHARE = 60;
const ORG_NAME = 'Acme Robotics';

/** How large the deployment is. */
export interface BookSize {
  readonly entries: number;
  readonly deposits: number;
  readonly orgs: number;
}

/** What PostgreSQL looked at. */
export interface Reading {
  readonly pages: number;
  readonly statements: number;
  /** The statement that looked at most. */
  readonly worst: string;
}

export interface LargeBooks {
  readonly api: TestApi;
  readonly hosts: readonly string[];
  /** The org with most of the entries, and one of its deposits. */
  readonly org: string;
  readonly deposit: string;
  /** How many pages PostgreSQL looks at while this is done, and in how many statements. */
  pagesOf(work: () => Promise<void>): Promise<Reading>;
  stop(): Promise<void>;
}

/** Starts everything; `ada` owns the org, `opal` is an admin of the platform. */
export async function openLargeBooks(size: BookSize): Promise<LargeBooks> {
  execFileSync(process.execPath, ['setup/dashboard.mjs'], { cwd: PROJECT, stdio: 'pipe' });
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-large-'));
  const postgres = await openLocalPostgres({ dataDir, settings: SETTINGS });
  const appRole = new URL(postgres.appUrl).username;
  await migrate(postgres.ownerUrl, { appRole });
  const adminUrl = new URL(postgres.adminUrl);
  adminUrl.pathname = new URL(postgres.ownerUrl).pathname;
  const client = new pg.Client({ connectionString: adminUrl.href });
  await client.connect();
  await client.query('CREATE EXTENSION pg_stat_statements');
  const [port, issuer] = await Promise.all([freePort(), startIssuer()]);
  let backMs = DAYS * DAY_MS;
  const clock = {
    nowMs: () => Date.now() - backMs,
    elapsedMs: () => performance.now(),
    after: (delayMs: number, callback: () => void) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
  const database = {
    ownerUrl: postgres.ownerUrl,
    appUrl: postgres.appUrl,
    appRole,
    drop: async () => Promise.resolve(),
  };
  const env = { PORT: String(port), COFFER_PUBLIC_URL: `http://127.0.0.1:${port}` };
  const api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) }, env, {
    clock,
    jobs: false,
    database,
  });
  const filler = new Filler(api, client);
  await filler.fill(size);
  backMs = 0;
  const db = openDatabase(postgres.appUrl, 2);
  await keepAllSums(db);
  await db.destroy();
  await client.query('VACUUM ANALYZE');
  issuer.setPerson({ user: 'ada', orgs: { [filler.org]: 'owner' } });
  issuer.setPerson({ user: 'opal', platformAdmin: true });
  return {
    api,
    hosts: [new URL(api.url()).host, new URL(issuer.url).host],
    org: filler.org,
    deposit: depositName(0),
    pagesOf: async (work) => pagesOf(client, work),
    stop: async () => {
      await api.stop();
      await issuer.stop();
      await client.end();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function pagesOf(client: pg.Client, work: () => Promise<void>): Promise<Reading> {
  await client.query('SELECT pg_stat_statements_reset()');
  await work();
  const { rows } = await client.query<{ pages: string; calls: string; query: string }>(
    `SELECT shared_blks_hit + shared_blks_read AS pages, calls, query FROM pg_stat_statements
     WHERE query NOT LIKE '%pg_stat_statements%' ORDER BY 1 DESC`,
  );
  const sum = (numbers: readonly string[]): number => numbers.reduce((all, one) => all + toCount(one), 0);
  const [most] = rows;
  return {
    pages: sum(rows.map(({ pages }) => pages)),
    statements: sum(rows.map(({ calls }) => calls)),
    worst: most === undefined ? '' : `${most.pages} in ${most.query.replaceAll(/\s+/g, ' ').slice(0, STATEMENT_SHOWN)}`,
  };
}

const depositName = (nth: number): string => uuidV5('large books', `deposit ${nth}`);

/** Fills the tables: what the service itself writes of each kind once, and copies of that. */
class Filler {
  readonly #api: TestApi;
  readonly #client: pg.Client;
  #orgs: string[] = [];
  readonly org = uuidV5('large books', 'org 0');

  constructor(api: TestApi, client: pg.Client) {
    this.#api = api;
    this.#client = client;
  }

  async fill({ entries, deposits, orgs }: BookSize): Promise<void> {
    for (let nth = 0; nth < orgs; nth += 1) await this.#addOrg(nth);
    const own = Math.floor((entries * SHARE) / 100);
    await this.#addEntries([this.org], own);
    await this.#addEntries(this.#orgs.slice(1), Math.floor((entries - own) / (orgs - 1)));
    await this.#addDeposits(deposits);
  }

  async #addOrg(nth: number): Promise<void> {
    const id = uuidV5('large books', `org ${nth}`);
    const [name, createdAt] = [nth === 0 ? ORG_NAME : `Customer ${nth}`, new Date(Date.now() - DAYS * DAY_MS)];
    await createOrg(this.#api.db, { id, name, externalId: `customer-${nth}`, createdAt });
    const wallet = walletId({ kind: 'org', id });
    await this.#api.writer.submit(depositOf(wallet, FUNDS_USD));
    await this.#api.writer.submit(debitOf(wallet, 1n));
    this.#orgs.push(id);
  }

  /** Adds copies of the last entry of each wallet until it has that many, spread over the days up to now. */
  async #addEntries(orgs: readonly string[], upTo: number): Promise<void> {
    const { rows } = await this.#client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'entry'::regclass AND attnum > 0 AND NOT attisdropped`,
    );
    const copied: Readonly<Record<string, string>> = {
      seq: 'e.seq + n',
      at: `e.at + n * ((now() - interval '1 hour' - e.at) / ($2::bigint - e.seq))`,
      available: 'e.available + n * e.available_delta',
      lot_left: 'e.lot_left + n * e.available_delta',
      key: 'gen_random_uuid()',
      hash: `sha256(convert_to(e.wallet::text || (e.seq + n)::text, 'UTF8'))`,
    };
    const names = rows.map(({ name }) => name);
    await this.#client.query(
      `INSERT INTO entry (${names.join(', ')})
       SELECT ${names.map((name) => copied[name] ?? `e.${name}`).join(', ')}
       FROM unnest($1::uuid[]) AS w (wallet)
       CROSS JOIN LATERAL (SELECT * FROM entry WHERE wallet = w.wallet ORDER BY seq DESC LIMIT 1) e
       CROSS JOIN LATERAL generate_series(1, $2::bigint - e.seq) AS n`,
      [orgs.map((id) => walletId({ kind: 'org', id })), upTo],
    );
  }

  /**
   * The newest {@link WAITING} belong to nobody, whatever the size: they are worked off, and do not grow with the books. Of the others half
   * belong to the org that is looked at.
   */
  async #addDeposits(count: number): Promise<void> {
    const names = Array.from({ length: count }, (_, index) => index);
    await this.#client.query(
      `INSERT INTO deposit (id, chain, token, tx_hash, ordinal, from_address, to_address, amount, block_number, block_hash,
         block_time, state, reason, org, wallet, observed_at, updated_at, credited_at, hard_final_at)
       SELECT d.id, $3, $4, '0x' || encode(sha256(d.id::text::bytea), 'hex'), 0, '0x' || left(md5(d.nth::text) || md5('a'), 40), $5,
         5000000, d.nth, '0x' || encode(sha256(('b' || d.nth)::bytea), 'hex'), d.at,
         CASE WHEN d.nth >= $8 THEN 'unmatched' ELSE 'credited' END,
         CASE WHEN d.nth >= $8 THEN 'unknown_sender' END,
         CASE WHEN d.nth < $8 THEN d.org END, CASE WHEN d.nth < $8 THEN d.wallet END, d.at, d.at,
         CASE WHEN d.nth < $8 THEN d.at END, CASE WHEN d.nth < $8 THEN d.at END
       FROM (SELECT id, nth, org, wallet, now() - interval '59 days' + nth * interval '8 minutes' AS at
         FROM unnest($1::uuid[], $2::bigint[], $6::uuid[], $7::uuid[]) AS t (id, nth, org, wallet)) d`,
      [
        names.map(depositName),
        names,
        EVM,
        TOKENS.evm,
        CREDITS.evm,
        names.map((nth) => this.#ownerOf(nth)),
        names.map((nth) => walletId({ kind: 'org', id: this.#ownerOf(nth) })),
        count - WAITING,
      ],
    );
  }

  #ownerOf(nth: number): string {
    return nth % 2 === 0 ? this.org : (this.#orgs[nth % this.#orgs.length] ?? this.org);
  }
}
