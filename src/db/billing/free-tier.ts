/** The free tier: what each new org is given, and the entries that give it. */
import { ledgerKey, walletId } from '../../core/ids.ts';
import { bookingCommand } from '../../core/ledger/bookings.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import type { Database } from '../database.ts';
import type { LedgerWriter } from '../ledger/writer.ts';
import { findRow, listRows, micros, textOf, type Queries } from '../rows.ts';

const DESCRIPTION = 'Free tier grant';

/** What a new org is given, in micros; 0 until somebody sets it. */
export async function findFreeTier(db: Database): Promise<bigint> {
  return (await findRow(db, (row) => micros(row['amount']), 'SELECT amount FROM free_tier')) ?? 0n;
}

/** Sets what orgs are given that are created from now on, in micros. */
export async function setFreeTier(
  db: Queries,
  { amountMicros, at }: { readonly amountMicros: bigint; readonly at: Date },
): Promise<void> {
  await db.raw(
    `INSERT INTO free_tier (name, amount, changed_at) VALUES ('free_tier', ?, ?)
     ON CONFLICT (name) DO UPDATE SET amount = excluded.amount, changed_at = excluded.changed_at`,
    [String(amountMicros), at],
  );
}

/** Orgs whose free tier is not written yet, up to `limit`. */
export async function listUnwrittenFreeTiers(db: Database, limit: number): Promise<string[]> {
  return listRows(
    db,
    (row) => textOf(row['org']),
    'SELECT org FROM org_free_tier WHERE entry_seq IS NULL ORDER BY org LIMIT ?',
    [limit],
  );
}

/** What writing needs. */
export interface FreeTierMeans {
  /** Sees the rows of the org. */
  readonly db: Database;
  readonly writer: Pick<LedgerWriter, 'submit'>;
}

/**
 * Writes what the free tier gives an org, as it was decided when the org was created. Safe to repeat, and from several
 * processes: its key makes the ledger write it once.
 * @throws Refusal LEDGER_UNAVAILABLE: a later call goes on
 */
export async function writeFreeTier({ db, writer }: FreeTierMeans, org: string): Promise<void> {
  const amountMicros = await findRow(
    db,
    (row) => micros(row['amount']),
    'SELECT amount FROM org_free_tier WHERE org = ? AND entry_seq IS NULL',
    [org],
  );
  if (amountMicros === undefined) return;
  const name = `free_tier:${org}`;
  const { entries } = await writer.submit({
    wallet: walletId({ kind: 'org', id: org }),
    command: {
      ...bookingCommand({ type: 'FREE_TIER_GRANT', amountMicros, reason: DESCRIPTION }),
      notes: { remark: DESCRIPTION },
    },
    key: ledgerKey('payment', name),
    inputHash: inputHash(`${name}:${amountMicros}`),
  });
  const [first] = entries;
  if (!first) throw new Error('a grant without an entry');
  await db.raw('UPDATE org_free_tier SET entry_seq = ? WHERE org = ? AND entry_seq IS NULL', [first.seq, org]);
}
