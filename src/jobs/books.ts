/**
 * Compares the books of the ledger with the deposits, continuously. A fault that two passes in a row find raises an
 * alarm and freezes its chain. One process does it at a time.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import { uuidV7 } from '../core/ids.ts';
import { formatUsd } from '../core/money.ts';
import { usdcAccount } from '../core/ledger/vocabulary.ts';
import {
  listAccountChecks,
  readBookPage,
  storePass,
  type AccountCheck,
  type AccountSums,
  type BookFault,
} from '../db/ledger/books.ts';
import { freezeChain } from '../db/chains/freezes.ts';
import type { Database } from '../db/database.ts';
import { acquireLease, LeaseLost, type Lease } from '../db/leases.ts';
import { startRounds, type Job, type MayRun } from './rounds.ts';

/** From the end of one pass to the next; a pass that takes long is followed by a pause ten times as long. */
const INTERVAL_MS = 60_000;
const PAUSE_FACTOR = 10;
const LEASE_TTL_MS = 180_000;
const WALLETS_PAGE = 500;
const PAGES_MAX = 100_000;
/** Most faults that are stored per account. */
const FAULTS_KEPT_MAX = 20;
/** Passes in a row that must find the same fault. */
const REPEATS_TO_FREEZE = 2;
const BEFORE_ALL_WALLETS = '00000000-0000-0000-0000-000000000000';
const USDC = usdcAccount('');

interface Means {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error' | 'warn'>;
}

/**
 * One pass over all wallets: compares, stores the result, and freezes the chains of faults that are found again.
 * @throws LeaseLost when another process has taken over.
 */
export async function checkBooks(
  { db, clock, log }: Means,
  lease: Lease,
  stopped = (): boolean => false,
): Promise<void> {
  const before = new Map((await listAccountChecks(db)).map((one) => [one.account, one]));
  const sums = new Map<string, AccountSums>([...before.keys()].map((account) => [account, NOTHING]));
  const faults: BookFault[] = [];
  const owed = { wallets: 0, owedMicros: 0n, debtMicros: 0n };
  let after: string | undefined = BEFORE_ALL_WALLETS;
  for (let page = 0; page < PAGES_MAX && after !== undefined; page += 1) {
    if (stopped()) return;
    const read = await readBookPage(db, { after, limit: WALLETS_PAGE });
    owed.wallets += read.wallets;
    owed.owedMicros += read.owedMicros;
    owed.debtMicros += read.debtMicros;
    for (const [account, one] of read.accounts) sums.set(account, plus(sums.get(account) ?? NOTHING, one));
    for (const fault of read.faults) faults.push(fault);
    after = read.lastWallet;
  }
  const checkedAt = new Date(clock.nowMs());
  const accounts = [...sums].map(([account, one]): AccountCheck => {
    const own = faults.filter((fault) => fault.account === account);
    const known = new Set(before.get(account)?.faults.map(nameOf));
    const again = own.some((fault) => known.has(nameOf(fault)));
    const repeats = own.length === 0 ? 0 : again ? (before.get(account)?.repeats ?? 0) + 1 : 1;
    return { account, ...one, faults: own.slice(0, FAULTS_KEPT_MAX), faultCount: own.length, repeats, checkedAt };
  });
  await storePass(db, lease, { accounts, owed, at: checkedAt });
  for (const one of accounts.filter(({ repeats }) => repeats >= REPEATS_TO_FREEZE)) await raise(db, log, one);
}

const NOTHING: AccountSums = { ledgerMicros: 0n, sourceMicros: 0n };

function plus(a: AccountSums, b: AccountSums): AccountSums {
  return { ledgerMicros: a.ledgerMicros + b.ledgerMicros, sourceMicros: a.sourceMicros + b.sourceMicros };
}

function nameOf({ wallet, deposit, ledgerMicros }: BookFault): string {
  return `${wallet}:${deposit ?? ''}:${ledgerMicros}`;
}

async function raise(db: Database, log: Means['log'], check: AccountCheck): Promise<void> {
  const { account, ledgerMicros, sourceMicros, faultCount, faults, checkedAt, repeats } = check;
  const [first] = faults;
  const delta = formatUsd(ledgerMicros - sourceMicros);
  const reason = `${account}: the ledger has ${delta} USD more than its deposits, ${faultCount} faults, first in wallet ${first?.wallet ?? ''}`;
  if (repeats === REPEATS_TO_FREEZE) log.error({ event: 'books.differ', account, deltaUsd: delta, faults: faultCount });
  const chain = account.slice(USDC.length);
  const freeze = { chain, kind: 'reconciliation', reason, by: 'books', at: checkedAt } as const;
  if (await freezeChain(db, freeze)) log.error({ event: 'chain.frozen', chain, kind: freeze.kind, reason });
}

/** Compares the books at once and then every minute, in one of the processes that run this. */
export function startBooks({ db, clock, log, mayRun }: Means & { readonly mayRun: MayRun }): Job {
  const holder = `books:${process.pid}:${uuidV7(clock.nowMs())}`;
  let notBeforeMs = 0;
  return startRounds(
    clock,
    INTERVAL_MS,
    async (stopped) => {
      const startedMs = clock.nowMs();
      if (startedMs < notBeforeMs) return;
      try {
        const lease = await acquireLease(db, { name: 'books', holder, ttlMs: LEASE_TTL_MS });
        if (lease) await checkBooks({ db, clock, log }, lease, stopped);
      } catch (error) {
        if (!(error instanceof LeaseLost)) throw error;
      } finally {
        const endedMs = clock.nowMs();
        notBeforeMs = endedMs + PAUSE_FACTOR * (endedMs - startedMs);
      }
    },
    mayRun,
    { job: 'books', log, message: 'comparing the books failed; trying again' },
  );
}
