/**
 * Compares the books with their source: the USDC credited to each wallet must equal its credited deposits. Also sums what
 * wallets are owed, from their last entries. Reads page by page of wallets; nothing here writes to the ledger.
 */
import { compareBooked, type BookedDeposit, type BookedNet } from '../../core/deposits/booked.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
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
  truth,
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

/** The wallets of a page: those after one, up to the last. */
const SELECT_PAGE = `
  SELECT max(p.id::text) AS last, count(*)::text AS wallets
  FROM (SELECT id FROM wallet WHERE id > :after ORDER BY id LIMIT :limit) p`;

const SELECT_OWED = `
  SELECT coalesce(sum(greatest(h.total, 0)), 0)::text AS owed, coalesce(sum(greatest(-h.total, 0)), 0)::text AS debt
  FROM wallet w LEFT JOIN LATERAL (
    SELECT (available + held)::numeric AS total FROM entry WHERE wallet = w.id ORDER BY seq DESC LIMIT 1) h ON true
  WHERE w.id > :after AND w.id <= :last`;

/** One deposit with its amount as a number; the same in the ledger and in the source, or the two differ. */
const digest = (deposit: string, amount: string): string =>
  `sum(hashtextextended(coalesce(${deposit}::text, '') || ':' || ${amount}, 0)::numeric)::text`;

/** The credited deposits of wallets, summed by wallet and account. */
const SUM_DEPOSITS = `
  SELECT d.wallet, 'assets:usdc:' || d.chain AS account, sum(d.amount)::text AS sum, count(*)::text AS n,
    ${digest('d.id', 'd.amount')} AS digest
  FROM deposit d WHERE d.wallet > :after AND d.wallet <= :last AND d.state = 'credited' GROUP BY 1, 2`;

const NETS = `SELECT e.wallet, e.contra AS account, e.deposit, sum(e.available_delta + e.held_delta) AS net
  FROM entry e WHERE e.contra LIKE 'assets:usdc:%'`;
/** The same of what the ledger has of deposits. */
const SUM_NETS = `
  SELECT n.wallet, n.account, sum(n.net)::text AS sum, count(*)::text AS n, ${digest('n.deposit', 'n.net')} AS digest
  FROM (${NETS} AND e.wallet > :after AND e.wallet <= :last GROUP BY 1, 2, 3
    HAVING sum(e.available_delta + e.held_delta) <> 0) n
  GROUP BY 1, 2`;

const LIST_DEPOSITS = `
  SELECT d.wallet, 'assets:usdc:' || d.chain AS account, d.id AS deposit, d.amount::text AS amount,
    d.state = 'credited' AS is_credited
  FROM deposit d WHERE d.wallet = ANY(?::uuid[])`;
const LIST_NETS = `SELECT n.wallet, n.account, n.deposit, n.net::text AS net
  FROM (${NETS} AND e.wallet = ANY(?::uuid[]) GROUP BY 1, 2, 3) n`;

/** One moment for all that is compared. */
const ONE_SNAPSHOT = { isolationLevel: 'repeatable read' } as const;

/**
 * Compares the next wallets in id order. Sums by wallet and account are compared first, so that only the wallets in which these
 * differ are read deposit by deposit: those with a deposit under way, and those with a fault.
 *
 * No statement reads deposits and entries both. They are of one moment where the ledger is in the same PostgreSQL. Where it is
 * spread over servers, the entries are read a moment after the deposits. An entry is there before its deposit is called
 * credited, so that a credit in between is no fault; a deposit that is seen, credited or reversed just between the two can be
 * one, once: the next pass reads it again, and only a fault that is found again freezes a chain.
 */
export async function readBookPage(
  db: Database,
  page: { readonly after: string; readonly limit: number },
): Promise<BookPage> {
  const read = await db.transaction(async (trx) => readSums(trx, page), ONE_SNAPSHOT);
  const [source, ledger] = [read.source, read.ledger].map((sums) => new Map(sums.map((one) => [keyOf(one), one])));
  const differing = new Set(
    [...read.source, ...read.ledger].flatMap((one) =>
      isSame(source?.get(keyOf(one)), ledger?.get(keyOf(one))) ? [] : one.wallet,
    ),
  );
  const accounts = new Map<string, AccountSums>();
  const add = (account: string, ledgerMicros: bigint, sourceMicros: bigint): void => {
    const sums = accounts.get(account);
    accounts.set(account, {
      ledgerMicros: (sums?.ledgerMicros ?? 0n) + ledgerMicros,
      sourceMicros: (sums?.sourceMicros ?? 0n) + sourceMicros,
    });
  };
  for (const one of read.source) {
    if (!differing.has(one.wallet)) add(one.account, one.sumMicros, one.sumMicros);
  }
  const compared = differing.size === 0 ? [] : await compareWallets(db, [...differing]);
  for (const one of compared) add(one.account, one.ledgerMicros, one.sourceMicros);
  return { ...read.owed, accounts, faults: compared.filter((one) => one.ledgerMicros !== one.sourceMicros) };
}

/** All deposits of wallets, and all that the ledger has of any, one by one. */
async function compareWallets(db: Database, wallets: readonly string[]): Promise<BookFault[]> {
  return db.transaction(async (trx) => {
    const deposits = await listRows(trx, depositOf, LIST_DEPOSITS, [[...wallets]]);
    return compareBooked(deposits, await listRows(trx, netOf, LIST_NETS, [[...wallets]]));
  }, ONE_SNAPSHOT);
}

interface Sum {
  readonly wallet: string;
  readonly account: string;
  readonly sumMicros: bigint;
  /** How many deposits these are, and the digest of them. */
  readonly digest: string;
}

interface Sums {
  readonly owed: Pick<BookPage, 'lastWallet' | 'wallets' | 'owedMicros' | 'debtMicros'>;
  readonly source: readonly Sum[];
  readonly ledger: readonly Sum[];
}

async function readSums(
  trx: DatabaseTransaction,
  page: { readonly after: string; readonly limit: number },
): Promise<Sums> {
  const { last, wallets } = await getRow(
    trx,
    (row) => ({ last: orNull(row['last'], textOf), wallets: count(row['wallets']) }),
    SELECT_PAGE,
    { ...page },
  );
  if (last === null) {
    return { owed: { lastWallet: undefined, wallets, owedMicros: 0n, debtMicros: 0n }, source: [], ledger: [] };
  }
  const range = { after: page.after, last };
  const source = await listRows(trx, sumOf, SUM_DEPOSITS, range);
  const ledger = await listRows(trx, sumOf, SUM_NETS, range);
  const owed = await getRow(
    trx,
    (row) => ({ owedMicros: micros(row['owed']), debtMicros: micros(row['debt']) }),
    SELECT_OWED,
    range,
  );
  return { owed: { lastWallet: last, wallets, ...owed }, source, ledger };
}

function isSame(source: Sum | undefined, ledger: Sum | undefined): boolean {
  return source?.digest === ledger?.digest && source?.sumMicros === ledger?.sumMicros;
}

function keyOf({ wallet, account }: Sum): string {
  return `${wallet} ${account}`;
}

function sumOf(row: Row): Sum {
  return {
    wallet: textOf(row['wallet']),
    account: textOf(row['account']),
    sumMicros: micros(row['sum']),
    digest: `${textOf(row['n'])} ${textOf(row['digest'])}`,
  };
}

function depositOf(row: Row): BookedDeposit {
  return {
    wallet: textOf(row['wallet']),
    account: textOf(row['account']),
    deposit: textOf(row['deposit']),
    amountMicros: micros(row['amount']),
    isCredited: truth(row['is_credited']),
  };
}

function netOf(row: Row): BookedNet {
  return {
    wallet: textOf(row['wallet']),
    account: textOf(row['account']),
    deposit: orNull(row['deposit'], textOf),
    netMicros: micros(row['net']),
  };
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
