/**
 * Compares the books with their source: the USDC credited to each wallet must equal its credited deposits. Also sums what
 * wallets are owed, from their last entries. Reads page by page of wallets; nothing here writes to the ledger.
 */
import type { Database } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';
import {
  count,
  findRow,
  getRow,
  listOf,
  listRows,
  micros,
  orNull,
  rowOf,
  small,
  textOf,
  timeOf,
  type Row,
} from '../rows.ts';

/** A deposit whose amount in the ledger is not the one that its state implies. Micros. */
export interface BookFault {
  readonly account: string;
  readonly wallet: string;
  /** Null when the entry names no deposit. */
  readonly deposit: string | null;
  readonly ledgerMicros: bigint;
  readonly sourceMicros: bigint;
}

export interface AccountSums {
  readonly ledgerMicros: bigint;
  readonly sourceMicros: bigint;
}

/** The sums and faults of one page of wallets. */
export interface BookPage {
  readonly lastWallet: string | undefined;
  readonly wallets: number;
  /** Sum over the wallets with a balance above zero. */
  readonly owedMicros: bigint;
  /** Sum over the wallets that owe us, as a number of zero or more. */
  readonly debtMicros: bigint;
  readonly accounts: ReadonlyMap<string, AccountSums>;
  readonly faults: readonly BookFault[];
}

const PAGE = 'page AS (SELECT id FROM wallet WHERE id > :after ORDER BY id LIMIT :limit)';

/**
 * A credited deposit has its amount in its wallet; one that is not credited has nothing in any wallet. While a credit or
 * a reversal is in progress, both are right. One statement, so that everything is read in one snapshot.
 */
const SELECT_BOOKED = `
  WITH ${PAGE}, booked AS (
    SELECT e.wallet, e.contra AS account, e.deposit, sum(e.available_delta + e.held_delta) AS net
    FROM page p JOIN entry e ON e.wallet = p.id WHERE e.contra LIKE 'assets:usdc:%' GROUP BY 1, 2, 3
  ), settled AS (
    SELECT d.wallet, 'assets:usdc:' || d.chain AS account, d.id AS deposit, d.amount, d.state
    FROM page p JOIN deposit d ON d.wallet = p.id
  ), compared AS (
    SELECT coalesce(b.wallet, s.wallet) AS wallet, coalesce(b.account, s.account) AS account,
      coalesce(b.deposit, s.deposit) AS deposit, coalesce(b.net, 0) AS ledger,
      CASE WHEN s.deposit IS NULL THEN 0
           WHEN s.state <> 'credited' AND coalesce(b.net, 0) IN (0, s.amount) THEN coalesce(b.net, 0)
           ELSE s.amount END AS source
    FROM booked b FULL JOIN settled s ON s.wallet = b.wallet AND s.account = b.account AND s.deposit = b.deposit
  )
  SELECT account, sum(ledger)::text AS ledger, sum(source)::text AS source,
    coalesce(jsonb_agg(jsonb_build_array(wallet, deposit, ledger::text, source::text) ORDER BY wallet, deposit)
      FILTER (WHERE ledger <> source), '[]') AS faults
  FROM compared GROUP BY account`;

const SELECT_OWED = `
  WITH ${PAGE}
  SELECT max(p.id::text) AS last, count(*)::text AS wallets, coalesce(sum(greatest(h.total, 0)), 0)::text AS owed,
    coalesce(sum(greatest(-h.total, 0)), 0)::text AS debt
  FROM page p LEFT JOIN LATERAL (
    SELECT (available + held)::numeric AS total FROM entry WHERE wallet = p.id ORDER BY seq DESC LIMIT 1) h ON true`;

/** Compares the next wallets in id order. */
export async function readBookPage(
  db: Database,
  page: { readonly after: string; readonly limit: number },
): Promise<BookPage> {
  const booked = await listRows(db, bookedOf, SELECT_BOOKED, { ...page });
  const owed = await getRow(
    db,
    (row) => ({
      lastWallet: orNull(row['last'], textOf) ?? undefined,
      wallets: count(row['wallets']),
      owedMicros: micros(row['owed']),
      debtMicros: micros(row['debt']),
    }),
    SELECT_OWED,
    { ...page },
  );
  return {
    ...owed,
    accounts: new Map(booked.map(({ account, sums }) => [account, sums])),
    faults: booked.flatMap(({ faults }) => faults),
  };
}

interface Booked {
  readonly account: string;
  readonly sums: AccountSums;
  readonly faults: readonly BookFault[];
}

function bookedOf(row: Row): Booked {
  const account = textOf(row['account']);
  const sums = { ledgerMicros: micros(row['ledger']), sourceMicros: micros(row['source']) };
  const faults = listOf(row['faults'], (fault) => {
    const [wallet, deposit, ledger, source] = listOf<unknown>(fault, (value) => value);
    return faultOf(account, { wallet, deposit, ledger, source });
  });
  return { account, sums, faults };
}

function faultOf(account: string, { wallet, deposit, ledger, source }: Row): BookFault {
  return {
    account,
    wallet: textOf(wallet),
    deposit: orNull(deposit, textOf),
    ledgerMicros: micros(ledger),
    sourceMicros: micros(source),
  };
}

/** The result of a whole pass for one account. */
export interface AccountCheck extends AccountSums {
  readonly account: string;
  /** The first faults; `faultCount` is the number of all. */
  readonly faults: readonly BookFault[];
  readonly faultCount: number;
  /** How many passes in a row, including this one, found the same fault. */
  readonly repeats: number;
  readonly checkedAt: Date;
}

/** The results of the last pass, in order of account. */
export async function listAccountChecks(db: Database): Promise<AccountCheck[]> {
  return listRows(
    db,
    checkOf,
    `SELECT account, ledger_micros, source_micros, faults, fault_count, repeats, checked_at FROM books_check
     ORDER BY account`,
  );
}

function checkOf(row: Row): AccountCheck {
  const account = textOf(row['account']);
  return {
    account,
    ledgerMicros: micros(row['ledger_micros']),
    sourceMicros: micros(row['source_micros']),
    faults: listOf(row['faults'], (fault) => faultOf(account, rowOf(fault))),
    faultCount: small(row['fault_count']),
    repeats: small(row['repeats']),
    checkedAt: timeOf(row['checked_at']),
  };
}

/** What all wallets together were owed at the last count. */
export interface Owed {
  readonly wallets: number;
  readonly owedMicros: bigint;
  readonly debtMicros: bigint;
}

/** The last count of what wallets are owed; undefined before the first. */
export async function findOwed(db: Database): Promise<(Owed & { readonly checkedAt: Date }) | undefined> {
  return findRow(
    db,
    (row) => ({
      wallets: count(row['wallets']),
      owedMicros: micros(row['owed_micros']),
      debtMicros: micros(row['debt_micros']),
      checkedAt: timeOf(row['checked_at']),
    }),
    'SELECT wallets, owed_micros, debt_micros, checked_at FROM owed_check',
  );
}

/** Stores the results of a pass. @throws LeaseLost when another process has taken over the passes. */
export async function storePass(
  db: Database,
  lease: Lease,
  pass: { readonly accounts: readonly AccountCheck[]; readonly owed: Owed; readonly at: Date },
): Promise<void> {
  const { accounts, owed, at } = pass;
  const rows = accounts.map((one) => ({
    account: one.account,
    ledger_micros: String(one.ledgerMicros),
    source_micros: String(one.sourceMicros),
    fault_count: one.faultCount,
    repeats: one.repeats,
    faults: one.faults.map(({ wallet, deposit, ledgerMicros, sourceMicros }) => {
      return { wallet, deposit, ledger: String(ledgerMicros), source: String(sourceMicros) };
    }),
  }));
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `INSERT INTO books_check (account, ledger_micros, source_micros, faults, fault_count, repeats, checked_at)
       SELECT account, ledger_micros, source_micros, faults, fault_count, repeats, :at
       FROM jsonb_to_recordset(:rows::jsonb) AS n (account text, ledger_micros numeric, source_micros numeric,
         faults jsonb, fault_count integer, repeats integer)
       ON CONFLICT (account) DO UPDATE SET ledger_micros = excluded.ledger_micros,
         source_micros = excluded.source_micros, faults = excluded.faults, fault_count = excluded.fault_count,
         repeats = excluded.repeats, checked_at = excluded.checked_at`,
      { at, rows: JSON.stringify(rows) },
    );
    await trx.raw(
      `INSERT INTO owed_check (wallets, owed_micros, debt_micros, checked_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET wallets = excluded.wallets, owed_micros = excluded.owed_micros,
         debt_micros = excluded.debt_micros, checked_at = excluded.checked_at`,
      [owed.wallets, String(owed.owedMicros), String(owed.debtMicros), at],
    );
  });
}
