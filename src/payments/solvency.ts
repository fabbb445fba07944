/**
 * Compares each card rail with its provider: what is due by our orders and the ledger, and what moved on the account's balance
 * there. A rail on which more is due than its provider holds is frozen. May run in every process: a lease gives a round to
 * one of them.
 */
import type { Logger } from 'pino';
import { mapBounded } from '../core/bounded.ts';
import { readAccountName, type AccountName, type BalanceMovement } from '../core/billing/facts.ts';
import { dueOf, judgeRail, railOf, type RailDue, type RailGot, type RailHistory } from '../core/billing/rails.ts';
import { formatUsd } from '../core/money.ts';
import { storeMovements } from '../db/billing/balance-movements.ts';
import { syncFreeze } from '../db/billing/movements.ts';
import { readDue, readGot } from '../db/billing/rail-sums.ts';
import {
  freezeRail,
  listUncredited,
  lockRailCheck,
  moveRail,
  noteRailProblem,
  openRail,
  storeRailCheck,
} from '../db/billing/rails.ts';
import { acquireLease, LeaseLost, withLease, type Lease } from '../db/leases.ts';
import type { PaymentAccounts } from './accounts.ts';
import { writeMovements, type SettleMeans } from './movements.ts';
import { readUnmatched } from './look.ts';
import { ProviderFailed, type EventAccount } from './port.ts';

/** How far before its position a reading begins: times are whole seconds, and a movement may appear in the list late. */
const OVERLAP_MS = 10 * 60_000;
/** How far ahead of our clock a reading ends, since the provider's may be ahead of it. */
const AHEAD_MS = 60_000;
/** How long our orders may take to learn of a movement. Until then it counts in our favour, whichever way it goes. */
export const GRACE_MS = 10 * 60_000;
/** Longer than one page takes with all its tries; renewed before each page. */
export const LEASE_MS = 120_000;
/** Most pages of one window, which is read whole before it is stored; a longer one is halved. */
const PAGES_MAX = 50;
/** Most windows of one round; the next round goes on from there. */
const WINDOWS_MAX = 20;
const SECOND_MS = 1_000;
const ACCOUNTS_AT_ONCE = 4;
/** An order that is paid and not credited for so long is credited by the next round. */
const UNCREDITED_MS = 60_000;
const UNCREDITED_MAX = 200;

export interface SolvencyOptions extends SettleMeans {
  readonly log: Pick<Logger, 'error' | 'warn'>;
  readonly accounts: Pick<PaymentAccounts, 'find' | 'list' | 'note'>;
  /** Most by which due and got may differ, in micros. */
  readonly toleranceMicros: bigint;
  /** Most pages of one window that is longer than a second. */
  readonly pagesMax?: number;
  /** Whether the process is about to stop: then nothing more is read, and nothing concluded. */
  readonly stopped?: () => boolean;
}

const NOTHING_DUE: RailDue = { creditedMicros: 0n, taxMicros: 0n, sellerMicros: 0n, parkedMicros: 0n };
const NOTHING_GOT: RailGot = { gotMicros: 0n, mostMicros: 0n, leastMicros: 0n };
const NO_HISTORY: RailHistory = { acceptedMicros: 0n, shortRounds: 0, surplusRounds: 0 };
const NOT_COMPARED = { ...NO_HISTORY, freezes: false, alarms: false };

/**
 * One round. What is due is read first and what providers hold afterwards, so that a payment made in between counts as held
 * and not yet as due.
 * @throws LeaseLost when another process has taken over.
 */
export async function checkRails(options: SolvencyOptions, lease: Lease): Promise<void> {
  const { db, clock, accounts } = options;
  const at = new Date(clock.nowMs());
  const due = await readDue(db);
  const keyed = new Set(await accounts.list());
  const names = [...new Set([...keyed, ...due.keys()])];
  const read = await mapBounded(names, ACCOUNTS_AT_ONCE, async (name) => {
    return [name, keyed.has(name) ? await readBalance(options, lease, name) : undefined] as const;
  });
  if (options.stopped?.() === true) return;
  const got = await readGot(db, new Date(at.getTime() - GRACE_MS));
  for (const [account, problem] of read) {
    const sums = { account, ...(due.get(account) ?? NOTHING_DUE), ...(got.get(account) ?? NOTHING_GOT) };
    await conclude(options, lease, { sums, problem, at });
  }
}

interface Conclusion {
  readonly sums: RailDue & RailGot & { readonly account: AccountName };
  /** Why the provider's side is not known. */
  readonly problem: string | undefined;
  readonly at: Date;
}

/** Stores what was found, and freezes the rail in the same transaction where that follows. */
async function conclude(options: SolvencyOptions, lease: Lease, found: Conclusion): Promise<void> {
  const { db, log, toleranceMicros } = options;
  const { sums, problem, at } = found;
  const { account } = sums;
  if (problem !== undefined) {
    await withLease(db, lease, async (trx) => noteRailProblem(trx, account, problem));
    return;
  }
  const rail = railOf(account);
  const figures = { rail, dueUsd: formatUsd(dueOf(sums)), gotUsd: formatUsd(sums.gotMicros) };
  const reason = `${figures.dueUsd} USD are due on ${rail}, and its provider holds ${figures.gotUsd} USD for it`;
  const { isNew, alarms } = await withLease(db, lease, async (trx) => {
    const history = (await lockRailCheck(trx, account)) ?? NO_HISTORY;
    const judged = isCompared(account) ? judgeRail(sums, history, toleranceMicros) : NOT_COMPARED;
    await storeRailCheck(trx, { ...sums, ...judged, problem: null, checkedAt: at });
    return {
      isNew: judged.freezes && (await freezeRail(trx, { check: sums, reason, at })),
      alarms: judged.alarms,
    };
  });
  if (isNew) log.error({ event: 'rail.frozen', ...figures });
  if (alarms) log.error({ event: 'rail.surplus', ...figures });
}

/** Money that comes by other ways than a provider's is shown, and compared with nothing. */
function isCompared(account: AccountName): boolean {
  return readAccountName(account) !== undefined;
}

/**
 * Reads what moved on an account's balance since the last round. An account that cannot be read holds up no other.
 * @returns why it cannot be compared, if it cannot
 */
async function readBalance(options: SolvencyOptions, lease: Lease, name: AccountName): Promise<string | undefined> {
  const { accounts } = options;
  try {
    const account = await accounts.find(name);
    if (account === undefined) return 'the account has no key';
    const problem =
      account.lists === 'events' ? await readWindows(options, lease, account) : await readUnmatched(options, account);
    await accounts.note(name, 'solvency', undefined);
    return problem;
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    if (error instanceof ProviderFailed) {
      await accounts.note(name, 'solvency', error.fault);
      return error.message;
    }
    options.log.error({ err: error, account: name }, 'the balance of an account cannot be read');
    return 'its balance cannot be read';
  }
}

/** Reads everything up to now. @returns why that did not come about in this round, if it did not */
async function readWindows(options: SolvencyOptions, lease: Lease, account: EventAccount): Promise<string | undefined> {
  const { db, clock } = options;
  const { name } = account;
  const nowMs = clock.nowMs();
  const position = await openRail(db, name, new Date(nowMs));
  const endMs = wholeSecond(nowMs + AHEAD_MS);
  let sinceMs = wholeSecond(position.getTime() - OVERLAP_MS);
  let untilMs = endMs;
  for (let window = 0; window < WINDOWS_MAX && options.stopped?.() !== true; window += 1) {
    const movements = await readWindow(options, lease, { account, sinceMs, untilMs });
    if (movements === undefined) {
      untilMs = sinceMs + wholeSecond((untilMs - sinceMs) / 2);
      continue;
    }
    await storeMovements(db, account, movements, new Date(clock.nowMs()));
    const to = new Date(Math.min(untilMs, nowMs));
    await withLease(db, lease, async (trx) => moveRail(trx, name, to));
    if (untilMs >= endMs) return undefined;
    sinceMs = untilMs + SECOND_MS;
    untilMs = endMs;
  }
  return 'its earlier movements are being read';
}

/** Every movement of a window of whole seconds, oldest first; undefined when it has too many pages to be read at once. */
async function readWindow(
  { db, pagesMax = PAGES_MAX }: SolvencyOptions,
  lease: Lease,
  { account, sinceMs, untilMs }: { account: EventAccount; sinceMs: number; untilMs: number },
): Promise<readonly BalanceMovement[] | undefined> {
  const found: BalanceMovement[] = [];
  let after: string | undefined;
  // One second is not halved: it may have as many pages as all seconds of a round.
  const most = untilMs - sinceMs < SECOND_MS ? PAGES_MAX * WINDOWS_MAX : pagesMax;
  for (let page = 0; page < most; page += 1) {
    const held = await acquireLease(db, { name: lease.name, holder: lease.holder, ttlMs: LEASE_MS });
    if (held?.fence !== lease.fence) throw new LeaseLost(`${lease.name} has another holder`);
    const { movements, next } = await account.listBalance({ sinceMs, untilMs, ...(after !== undefined && { after }) });
    for (const movement of movements) found.push(movement);
    if (next === undefined) return found.toReversed();
    after = next;
  }
  return undefined;
}

/**
 * Credits orders whose payment was noted and whose credit was not written: those that waited for a rail's release, and those
 * that a crash left behind. What was warned of before it was credited is frozen at once. One order that cannot be credited holds
 * up no other.
 */
export async function finishOrders(options: SolvencyOptions): Promise<void> {
  const before = new Date(options.clock.nowMs() - UNCREDITED_MS);
  for (const order of await listUncredited(options.db, { before, limit: UNCREDITED_MAX })) {
    try {
      await writeMovements(options, order);
      await syncFreeze(options.db, order, new Date(options.clock.nowMs()));
    } catch (error) {
      options.log.error({ err: error, order }, 'an order that is paid cannot be credited; trying again');
    }
  }
}

function wholeSecond(ms: number): number {
  return Math.floor(ms / SECOND_MS) * SECOND_MS;
}
