/** A PostgreSQL of its own with funded wallets, and an audit of each cell's writes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { decide } from '../../src/core/ledger/decide.ts';
import { inputHash, type Entry } from '../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS, emptyHead } from '../../src/core/ledger/head.ts';
import { Posting } from '../../src/core/ledger/posting.ts';
import type { Submission } from '../../src/db/ledger/submission.ts';
import { openLedgerWriter, type LedgerWriter } from '../../src/db/ledger/writer.ts';
import { openLocalPostgres } from '../../src/db/schema/local-postgres.ts';
import { migrate } from '../../src/db/schema/migrate.ts';

const FUNDS_MICROS = 900_000_000_000_000n;
const HASH = inputHash('bench');

export interface LedgerWorld {
  readonly url: string;
  readonly ownerUrl: string;
  readonly adminUrl: string;
  readonly client: pg.Client;
  readonly writer: LedgerWriter;
  /** Creates funded wallets. */
  addWallets(count: number): Promise<string[]>;
  /** Throws unless each wallet's entries have no gaps and end at its funds minus what was accepted. */
  audit(wallets: readonly string[], spentMicros: bigint): Promise<void>;
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the server; fsync and synchronous_commit stay on, as in production. */
export async function openLedgerWorld(): Promise<LedgerWorld> {
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-bench-'));
  const settings = { shared_buffers: '2GB', max_wal_size: '16GB', checkpoint_timeout: '30min' };
  const postgres = await openLocalPostgres({ dataDir, settings });
  await migrate(postgres.ownerUrl, { appRole: new URL(postgres.appUrl).username });
  const adminUrl = new URL(postgres.adminUrl);
  adminUrl.pathname = new URL(postgres.ownerUrl).pathname;
  const client = new pg.Client({ connectionString: adminUrl.href });
  await client.connect();
  const writer = openLedgerWriter({ url: postgres.appUrl, clock: systemClock, deadlineMs: 30_000 });
  return {
    url: postgres.appUrl,
    ownerUrl: postgres.ownerUrl,
    adminUrl: adminUrl.href,
    client,
    writer,
    addWallets: async (count) => addWallets(client, writer, count),
    audit: async (wallets, spentMicros) => audit(client, wallets, spentMicros),
    checkpoint: async () => {
      await client.query('CHECKPOINT');
    },
    close: async () => {
      await writer.stop();
      await client.end();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function addWallets(client: pg.Client, writer: LedgerWriter, count: number): Promise<string[]> {
  const owners = Array.from({ length: count }, () => uuidV7(Date.now()));
  const wallets = owners.map((id) => walletId({ kind: 'org', id }));
  await client.query(
    `INSERT INTO wallet SELECT id, 'org', owner, 'USD', now() FROM unnest($1::uuid[], $2::text[]) AS t (id, owner)`,
    [wallets, owners],
  );
  await Promise.all(wallets.map(async (wallet) => writer.submit(fundingOf(wallet))));
  await client.query('ANALYZE');
  return wallets;
}

/** A deposit that is larger than any bench can spend. */
export function fundingOf(wallet: string): Submission {
  const contra = 'assets:usdc:eip155:31337';
  return {
    wallet,
    key: uuidV7(Date.now()),
    inputHash: HASH,
    command: { op: 'credit', type: 'DEPOSIT', amountMicros: FUNDS_MICROS, contra, terms: DEPOSIT_TERMS },
  };
}

/** A debit of one cent under a new key. */
export function debitOf(wallet: string): Submission {
  return { wallet, key: uuidV7(Date.now()), inputHash: HASH, command: DEBIT };
}

const DEBIT = {
  op: 'debit',
  type: 'AI_API_CALL',
  amountMicros: 10_000n,
  contra: 'revenue:AI_API',
  service: 'AI_API',
} as const;

/** Batches of entries as the ledger's rule writes them, prepared for a wallet that has no row yet. */
export function preparedBatches(wallet: string, batches: number, size: number): Entry[][] {
  const head = {
    ...emptyHead(wallet),
    available: FUNDS_MICROS,
    lots: [{ lot: 1, left: FUNDS_MICROS, terms: DEPOSIT_TERMS }],
  };
  const posting = new Posting(head);
  const intent = (): { key: string; inputHash: string; atMs: number } => {
    const atMs = Date.now();
    return { key: uuidV7(atMs), inputHash: HASH, atMs };
  };
  for (let n = 0; n < batches * size; n += 1) decide(posting, DEBIT, intent());
  return Array.from({ length: batches }, (_, index) => posting.entries.slice(index * size, (index + 1) * size));
}

async function audit(client: pg.Client, wallets: readonly string[], spentMicros: bigint): Promise<void> {
  const { rows } = await client.query<{ spent: string; gaps: string; drift: string; keys: string }>(
    `WITH own AS (SELECT * FROM entry WHERE wallet = ANY($1::uuid[])),
       heads AS (SELECT wallet, max(seq) AS last, count(*) AS n, sum(available_delta) AS available,
                   sum(held_delta) AS held, count(DISTINCT key) AS keys FROM own GROUP BY wallet)
     SELECT (SELECT -sum(available_delta + held_delta) FROM own WHERE type <> 'DEPOSIT')::text AS spent,
       (SELECT count(*) FROM heads WHERE n <> last)::text AS gaps,
       (SELECT count(*) FROM heads h JOIN own o ON o.wallet = h.wallet AND o.seq = h.last
          WHERE o.available <> h.available OR o.held <> h.held)::text AS drift,
       (SELECT count(*) FROM own WHERE part = 0)::text AS keys`,
    [wallets],
  );
  const row = rows[0];
  if (!row || row.gaps !== '0' || row.drift !== '0' || BigInt(row.spent ?? 0) !== spentMicros) {
    throw new Error(`audit failed: ${JSON.stringify(row)}, expected spent ${spentMicros}`);
  }
}
