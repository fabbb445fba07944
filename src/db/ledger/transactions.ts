/** Reads what each command did to a wallet: the entries that it wrote, as one. */
import type { Entry } from '../../core/ledger/entry.ts';
import type { Database } from '../database.ts';
import { listRows, micros } from '../rows.ts';
import { ENTRY_COLUMNS, entryOfRow } from './entry-columns.ts';

/** What a command did. Amounts in micros. */
export interface Transaction {
  /** The first of its entries. */
  readonly first: Entry;
  /** The effect of all of them on what is available. */
  readonly amountMicros: bigint;
  /** What is available after the last of them. */
  readonly balanceMicros: bigint;
}

/** The transaction of a command that wrote these entries, all of it. @throws Error when there are none */
export function transactionOf(entries: readonly Entry[]): Transaction {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) throw new Error('a command that wrote no entry');
  const amountMicros = entries.reduce((sum, { availableDelta }) => sum + availableDelta, 0n);
  return { first, amountMicros, balanceMicros: last.available };
}

/** The commands of a wallet whose first entry is before `beforeSeq`, newest first. */
export async function listTransactions(
  db: Database,
  filter: {
    readonly wallet: string;
    readonly appId?: string | undefined;
    readonly beforeSeq: number;
    /** How many of them are passed over. */
    readonly offset?: number | undefined;
    readonly limit: number;
  },
): Promise<Transaction[]> {
  return listRows(
    db,
    (row) => ({
      first: entryOfRow(row),
      amountMicros: micros(row['moved']),
      balanceMicros: micros(row['left_after']),
    }),
    `SELECT ${ENTRY_COLUMNS},
       (SELECT sum(p.available_delta)::bigint FROM entry p WHERE p.wallet = e.wallet AND p.key = e.key) AS moved,
       (SELECT p.available FROM entry p WHERE p.wallet = e.wallet AND p.key = e.key ORDER BY p.part DESC LIMIT 1)
         AS left_after
     FROM entry e
     WHERE e.wallet = :wallet AND e.seq < :beforeSeq AND e.part = 0
       ${filter.appId === undefined ? '' : 'AND e.app_id = :appId::text'}
     ORDER BY e.seq DESC LIMIT :limit OFFSET :offset`,
    { ...filter, appId: filter.appId ?? null, offset: filter.offset ?? 0 },
  );
}
