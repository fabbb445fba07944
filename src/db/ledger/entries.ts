/** Reads entries by the primary key (wallet, seq). Seqs have no gaps, and times never go back from one entry to the next. */
import type { Entry } from '../../core/ledger/entry.ts';
import type { Balances } from '../../core/ledger/head.ts';
import type { Metadata } from '../../core/ledger/entry-text.ts';
import { isWrittenFor, type KeyedCommand } from '../../core/ledger/former-keys.ts';
import { ENTRY_TYPES, type EntryType, type ServiceType } from '../../core/ledger/vocabulary.ts';
import type { Database } from '../database.ts';
import { ofOneWallet } from './beside/by-wallet.ts';
import { ENTRY_COLUMNS, entryOfRow, selectSettled, settledOfRow } from './entry-columns.ts';
import { listOfKind } from './beside/kinds.ts';
import { hasPairs, pairsOf } from './metadata.ts';
import { count, findRow, getRow, listRows, oneOf, textOf, type Queries } from '../rows.ts';

/** Above every seq. */
export const SEQ_END = 2 ** 53 - 1;

/** Seqs from `fromSeq` (included) to `beforeSeq` (excluded). */
export interface EntryFilter {
  readonly wallet: string;
  readonly type?: EntryType | undefined;
  readonly service?: ServiceType | undefined;
  readonly appId?: string | undefined;
  readonly reference?: string | undefined;
  readonly hold?: number | undefined;
  /** Entries of commands with one of these keys (from ledgerKey). */
  readonly keys?: readonly string[] | undefined;
  /** Entries of commands with all of these pairs. */
  readonly metadata?: Metadata | undefined;
  readonly fromSeq: number;
  readonly beforeSeq: number;
  readonly limit: number;
}

/**
 * Entries that fit the filter, newest first. What is asked for by type or service alone is looked for among the newest
 * entries of the span first, and then where the kept sums say that there is any: it may be rare in a long history.
 */
export async function listEntries(db: Database, filter: EntryFilter): Promise<Entry[]> {
  const { wallet, type, service, fromSeq, limit } = filter;
  const others = [filter.appId, filter.reference, filter.hold, filter.keys, filter.metadata];
  if ((type ?? service) === undefined || others.some((asked) => asked !== undefined)) return selectEntries(db, filter);
  const beforeSeq = Math.min(filter.beforeSeq, (await findHeadSeq(db, wallet)) + 1);
  const nearSeq = Math.max(fromSeq, beforeSeq - NEAR_ENTRIES);
  const near = await selectEntries(db, { ...filter, fromSeq: nearSeq, beforeSeq });
  if (near.length >= limit || nearSeq === fromSeq) return near;
  const left = { wallet, type, service, fromSeq, beforeSeq: nearSeq, limit: limit - near.length };
  return [...near, ...(await listOfKind(db, left))];
}

/** How many entries are looked at one by one before others are looked for. */
const NEAR_ENTRIES = 2_000;

/** How many entries a page by app looks at. */
const LOOKED_AT_MAX = 10_000;

/** A page of entries. `restBefore`: older ones were not looked at, and those that fit have a lower seq. */
export interface EntryPage {
  readonly entries: readonly Entry[];
  readonly restBefore: number | undefined;
}

/**
 * A page of the entries that fit the filter, newest first. No index and no sums find the entries of an app, which may be rare in a
 * long history: where nothing else narrows them down, a page looks at the newest LOOKED_AT_MAX of the span and may be short or
 * empty.
 */
export async function listPage(db: Database, filter: EntryFilter): Promise<EntryPage> {
  const { wallet, appId, reference, hold, keys, metadata, fromSeq, limit } = filter;
  const isFound = [reference, hold, keys, metadata].some((asked) => asked !== undefined);
  if (appId === undefined || isFound) return { entries: await listEntries(db, filter), restBefore: undefined };
  const beforeSeq = Math.min(filter.beforeSeq, (await findHeadSeq(db, wallet)) + 1);
  const nearSeq = Math.max(fromSeq, beforeSeq - LOOKED_AT_MAX);
  const entries = await selectEntries(db, { ...filter, fromSeq: nearSeq, beforeSeq });
  return { entries, restBefore: entries.length < limit && nearSeq > fromSeq ? nearSeq : undefined };
}

/**
 * Only what the filter asks for is in the statement, so that an index answers it: that of the key, the reference, the hold,
 * or the metadata, or else the entries are looked at in their order.
 */
async function selectEntries(db: Database, filter: EntryFilter): Promise<Entry[]> {
  const { wallet, metadata, fromSeq, beforeSeq, limit } = filter;
  const asked = Object.entries(CONDITIONS).filter(([name]) => filter[name as keyof typeof CONDITIONS] !== undefined);
  const [first, ...others] = pairsOf(metadata);
  const isFound = first !== undefined && asked.length === 0;
  const conditions = asked.map(([, condition]) => ` AND ${condition}`).join('');
  const pairs = isFound ? others : pairsOf(metadata);
  return listRows(
    db,
    entryOfRow,
    ofOneWallet(
      `SELECT ${ENTRY_COLUMNS} FROM ${isFound ? FOUND_BY_PAIR : 'entry e'}
     WHERE e.wallet = :wallet AND e.seq >= :fromSeq AND e.seq < :beforeSeq${conditions}
       ${isFound || pairs.length === 0 ? '' : `AND ${hasPairs('e.wallet', 'e.seq - e.part')}`}
     ORDER BY e.seq DESC LIMIT :limit`,
      ':wallet::uuid',
    ),
    {
      wallet,
      fromSeq,
      beforeSeq,
      limit,
      type: filter.type ?? null,
      service: filter.service ?? null,
      appId: filter.appId ?? null,
      reference: filter.reference ?? null,
      hold: filter.hold ?? null,
      keys: filter.keys ? [...filter.keys] : null,
      first: first ?? null,
      pairs,
    },
  );
}

const CONDITIONS = {
  type: 'e.type = :type::entry_type',
  service: 'e.service = :service::text',
  appId: 'e.app_id = :appId::text',
  reference: 'e.reference = :reference::text',
  hold: 'e.hold = :hold::bigint',
  keys: 'e.key = ANY(:keys::uuid[])',
} as const satisfies { readonly [Name in keyof EntryFilter]?: string };

/** The entries of the newest commands with these pairs: as many commands as there may be entries. */
const FOUND_BY_PAIR = `(SELECT f.wallet, f.seq FROM entry_metadata f
    WHERE f.wallet = :wallet AND f.pair = decode(:first, 'hex') AND f.seq < :beforeSeq AND ${hasPairs('f.wallet', 'f.seq')}
    ORDER BY f.seq DESC LIMIT :limit) f
  JOIN entry c ON c.wallet = f.wallet AND c.seq = f.seq JOIN entry e ON e.wallet = c.wallet AND e.key = c.key`;

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

/** Entries that were written under one of these keys (from ledgerKey), in order. */
export async function listByKeys(db: Queries, wallet: string, keys: readonly string[]): Promise<Entry[]> {
  const select = `SELECT ${ENTRY_COLUMNS} FROM entry e WHERE e.key = ANY(?::uuid[]) AND e.wallet = ? ORDER BY e.seq`;
  return listRows(db, entryOfRow, select, [[...keys], wallet]);
}

/** True for the last entry of a command that can have made something overdue: it put money back into a lot. */
export function mayBeSettled({ lot, availableDelta }: Entry): boolean {
  return lot !== null && availableDelta > 0n;
}

/** The balances after what a command made overdue was settled, by its entries; undefined where it made nothing so. */
export async function findSettled(db: Database, entries: readonly Entry[]): Promise<Balances | undefined> {
  const last = entries.at(-1);
  if (!last || !entries.some(mayBeSettled)) return undefined;
  return findRow(db, settledOfRow, selectSettled('?', '?'), [[last.wallet], [last.seq]]);
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
