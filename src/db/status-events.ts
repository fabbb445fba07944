/** Changes of status, derived from the entries of each wallet after they were written. */
import {
  BALANCE_STATUSES,
  statusChanges,
  type BalanceStatus,
  type StatusChange,
  type Thresholds,
} from '../core/ledger/status.ts';
import type { Database, DatabaseTransaction } from './database.ts';
import { count, micros, orNull } from './ledger-columns.ts';

/** Most entries of a wallet that one transaction looks at. */
const ENTRIES_MAX = 2_000;

interface Position extends Thresholds {
  readonly seq: number;
  readonly status: BalanceStatus;
  /** Of the thresholds that the status was found under. */
  readonly revision: number;
  /** Of the thresholds as they are, and when that came about. */
  readonly newestRevision: number;
  readonly settingsAtMs: number;
}

type Row = Readonly<Record<string, unknown>>;

/** Org wallets whose status has not been derived up to their last entry or newest thresholds, in id order. */
export async function listStaleWallets(
  db: Database,
  page: { readonly afterWallet: string; readonly limit: number },
): Promise<string[]> {
  const result: { rows: { wallet: string }[] } = await db.raw(
    `SELECT w.id AS wallet FROM wallet w
     JOIN org_settings s ON s.org::text = w.owner
     LEFT JOIN status_position p ON p.wallet = w.id
     WHERE w.owner_kind = 'org' AND w.id > :afterWallet
       AND (coalesce(p.revision, 0) <> s.thresholds_revision
         OR EXISTS (SELECT FROM entry e WHERE e.wallet = w.id AND e.seq = coalesce(p.seq, 0) + 1))
     ORDER BY w.id LIMIT :limit`,
    page,
  );
  return result.rows.map(({ wallet }) => wallet);
}

/**
 * Derives what the next entries of a wallet did to its status and records each change, with the position, in one commit.
 * Runs of several processes take turns. First what new thresholds do, then entry by entry. True when more may be left.
 */
export async function deriveStatus(db: Database, wallet: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    // A wallet without entries is worth nothing, and so suspended.
    await trx.raw(
      `INSERT INTO status_position (wallet, seq, status, revision) VALUES (?, 0, 'SUSPENDED', 0)
       ON CONFLICT (wallet) DO NOTHING`,
      [wallet],
    );
    const position = await lockPosition(trx, wallet);
    if (!position) return false;
    const { seq, newestRevision: revision } = position;
    const entries = await listBalances(trx, wallet, seq);
    const changes: StatusChange[] = [];
    let { status } = position;
    const last = entries.find((entry) => entry.seq === seq);
    if (last && position.revision !== revision) {
      const moved = { ...last, atMs: Math.max(last.atMs, position.settingsAtMs) };
      changes.push(...statusChanges(status, [moved], position));
      status = changes.at(-1)?.to ?? status;
    }
    const later = entries.filter((entry) => entry.seq > seq);
    changes.push(...statusChanges(status, later, position));
    await record(trx, wallet, revision, changes);
    await trx.raw('UPDATE status_position SET seq = ?, status = ?, revision = ? WHERE wallet = ?', [
      later.at(-1)?.seq ?? seq,
      changes.at(-1)?.to ?? status,
      revision,
      wallet,
    ]);
    return later.length >= ENTRIES_MAX;
  });
}

async function lockPosition(trx: DatabaseTransaction, wallet: string): Promise<Position | undefined> {
  const result: { rows: Row[] } = await trx.raw(
    `SELECT p.seq, p.status, p.revision, s.thresholds_revision, s.low_balance_threshold, s.critical_threshold,
       (extract(epoch FROM s.updated_at) * 1000)::bigint AS settings_ms
     FROM status_position p JOIN wallet w ON w.id = p.wallet JOIN org_settings s ON s.org = w.owner::uuid
     WHERE p.wallet = ? FOR UPDATE OF p`,
    [wallet],
  );
  const row = result.rows[0];
  const status = BALANCE_STATUSES.find((one) => one === row?.['status']);
  if (!row || !status) return undefined;
  return {
    seq: count(row['seq']),
    status,
    revision: small(row['revision']),
    newestRevision: small(row['thresholds_revision']),
    settingsAtMs: count(row['settings_ms']),
    lowMicros: orNull(row['low_balance_threshold'], micros),
    criticalMicros: orNull(row['critical_threshold'], micros),
  };
}

/** What was available after the entry at a position, and after those that follow it. */
async function listBalances(
  trx: DatabaseTransaction,
  wallet: string,
  fromSeq: number,
): Promise<{ readonly seq: number; readonly atMs: number; readonly available: bigint }[]> {
  const result: { rows: Row[] } = await trx.raw(
    `SELECT seq, (extract(epoch FROM at) * 1000)::bigint AS at_ms, available FROM entry
     WHERE wallet = ? AND seq >= ? ORDER BY seq LIMIT ?`,
    [wallet, fromSeq, ENTRIES_MAX + 1],
  );
  return result.rows.map((row) => ({
    seq: count(row['seq']),
    atMs: count(row['at_ms']),
    available: micros(row['available']),
  }));
}

async function record(
  trx: DatabaseTransaction,
  wallet: string,
  revision: number,
  changes: readonly StatusChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await trx.raw(
    `INSERT INTO status_event (wallet, seq, revision, status_from, status_to, available, at)
     SELECT :wallet::uuid, seq, :revision::integer, status_from, status_to, available, at
     FROM unnest(:seqs::bigint[], :froms::text[], :tos::text[], :availables::bigint[], :ats::timestamptz[])
       AS t (seq, status_from, status_to, available, at)
     ON CONFLICT (wallet, seq, revision) DO NOTHING`,
    {
      wallet,
      revision,
      seqs: changes.map(({ seq }) => seq),
      froms: changes.map(({ from }) => from),
      tos: changes.map(({ to }) => to),
      availables: changes.map(({ availableMicros }) => String(availableMicros)),
      ats: changes.map(({ atMs }) => new Date(atMs).toISOString()),
    },
  );
}

function small(value: unknown): number {
  if (typeof value === 'number') return value;
  throw new TypeError('a whole number was expected from the database');
}
