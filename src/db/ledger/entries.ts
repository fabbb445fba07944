/** Reads entries by the primary key (wallet, seq). Seqs have no gaps, and times never go back from one entry to the next. */
import type { Entry } from '../../core/ledger/entry.ts';
import { isWrittenFor, type KeyedCommand } from '../../core/ledger/former-keys.ts';
import { ENTRY_TYPES, type EntryType, type ServiceType } from '../../core/ledger/vocabulary.ts';
import type { Database } from '../database.ts';
import { ENTRY_COLUMNS, entryOfRow } from './entry-columns.ts';
import { count, findRow, getRow, listRows, oneOf, textOf } from '../rows.ts';

/** Above every seq. */
export const SEQ_END = 2 ** 53 - 1;

/** Seqs from `fromSeq` (included) to `beforeSeq` (excluded). */
export interface EntryFilter {
  readonly wallet: string;
  readonly type?: EntryType | undefined;
  readonly service?: ServiceType | undefined;
  readonly fromSeq: number;
  readonly beforeSeq: number;
  readonly limit: number;
}

/** Entries that fit the filter, newest first. */
export async function listEntries(db: Database, filter: EntryFilter): Promise<Entry[]> {
  const { wallet, type, service, fromSeq, beforeSeq, limit } = filter;
  return listRows(
    db,
    entryOfRow,
    `SELECT ${ENTRY_COLUMNS} FROM entry e
     WHERE e.wallet = :wallet AND e.seq >= :fromSeq AND e.seq < :beforeSeq
       AND (:type::entry_type IS NULL OR e.type = :type::entry_type)
       AND (:service::service_type IS NULL OR e.service = :service::service_type)
     ORDER BY e.seq DESC LIMIT :limit`,
    { wallet, fromSeq, beforeSeq, type: type ?? null, service: service ?? null, limit },
  );
}

/**
 * Seq of the last entry written before a time (not at it), 0 when there is none. Bisects over the primary key: a few
 * dozen index look-ups in one statement, however long the history is.
 */
export async function findLastSeqBefore(db: Database, wallet: string, before: Date): Promise<number> {
  // In every row the answer is within low..high; each step halves that range.
  const seq = await findRow(
    db,
    (row) => count(row['seq']),
    `WITH RECURSIVE span (low, high) AS (
       SELECT 0::bigint, coalesce(max(seq), 0) FROM entry WHERE wallet = :wallet
       UNION ALL
       SELECT CASE WHEN e.at < :before THEN e.seq ELSE s.low END, CASE WHEN e.at < :before THEN s.high ELSE e.seq - 1 END
       FROM span s JOIN entry e ON e.wallet = :wallet AND e.seq = (s.low + s.high + 1) / 2
       WHERE s.low < s.high
     ) SELECT low::text AS seq FROM span WHERE low = high`,
    { wallet, before },
  );
  return seq ?? 0;
}

/** Seq of a wallet's last entry, 0 when it has none. */
export async function findHeadSeq(db: Database, wallet: string): Promise<number> {
  const select = 'SELECT coalesce(max(seq), 0)::text AS seq FROM entry WHERE wallet = ?';
  return getRow(db, (row) => count(row['seq']), select, [wallet]);
}

/** The entry at a position, if there is one. */
export async function findEntry(db: Database, wallet: string, seq: number): Promise<Entry | undefined> {
  const select = `SELECT ${ENTRY_COLUMNS} FROM entry e WHERE e.wallet = ? AND e.seq = ?`;
  return findRow(db, entryOfRow, select, [wallet, seq]);
}

/** Whether the wallet has entries of this command already, under its key or a former one. */
export async function isKeyUsed(db: Database, wallet: string, command: KeyedCommand): Promise<boolean> {
  const { key, formerKeys = [] } = command;
  const found = await listRows(
    db,
    (row) => ({ key: textOf(row['key']), type: oneOf(ENTRY_TYPES, row['type']) }),
    'SELECT key, type FROM entry WHERE key = ANY(?::uuid[]) AND wallet = ? AND part = 0',
    [[key, ...formerKeys], wallet],
  );
  return found.some((entry) => isWrittenFor(entry, command));
}
