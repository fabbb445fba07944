/** The balances of a wallet at a moment. */
import type { Budget, Counter } from '../../core/budgets/budget.ts';
import { Counting } from '../../core/budgets/counting.ts';
import { Refusal } from '../../core/errors.ts';
import { settleOverdue } from '../../core/ledger/decide.ts';
import type { Head } from '../../core/ledger/head.ts';
import type { Purpose } from '../../core/lots/restriction.ts';
import { Posting } from '../../core/ledger/posting.ts';
import { count, listRows, type Queries } from '../rows.ts';
import { findFrozenLots } from './frozen-lots.ts';
import { readHead, readOpenHolds } from './heads.ts';

/** Most overdue holds of one wallet that are looked at; the job that writes their ends makes them fewer. */
const OVERDUE_MAX = 200_000;
/** How many of them are read at once. */
const OVERDUE_PAGE = 200;
/** How often they are read, where an entry is written meanwhile. */
const READINGS_MAX = 5;

/** A wallet's head now; `frozen` is what of its available credit lies in frozen lots, in micros. */
export interface Standing extends Head {
  readonly frozen: bigint;
  /** What of its available credit may be spent on something, in micros; below zero in debt. */
  readonly spendableOn: (use: Purpose) => bigint;
  /** The number of its newest entry that is written; 0 when there is none. */
  readonly writtenSeq: number;
}

/** The head of a wallet now: overdue holds and lots count as expired even before their entries are written. */
export async function findStanding(db: Queries, wallet: string, now: Date): Promise<Standing | undefined> {
  const posting = await openPosting(db, wallet, now.getTime());
  if (!posting) return undefined;
  const writtenSeq = posting.nextSeq - 1;
  posting.begin(now.getTime());
  settleOverdue(posting);
  const { available, frozen } = posting;
  const spendableOn = (use: Purpose): bigint => available - frozen - posting.leftForOthers(use);
  return { ...posting.head(), frozen, spendableOn, writtenSeq };
}

/** The budgets of a wallet with what they have counted by now; undefined when there is no such wallet. */
export async function findBudgets(
  db: Queries,
  wallet: string,
  now: Date,
): Promise<{ readonly budget: Budget; readonly counter: Counter }[] | undefined> {
  const standing = await findStanding(db, wallet, now);
  const counting = standing && new Counting(standing.budgets);
  const atMs = Math.max(now.getTime(), standing?.atMs ?? 0);
  return counting && standing.budgets.list.map((budget) => ({ budget, counter: counting.at(budget, atMs) }));
}

/**
 * A posting on a wallet's head that has every hold that is overdue at a time (ms since the epoch), or at the last entry if
 * that is later; undefined when there is no such wallet.
 * @throws Refusal LEDGER_UNAVAILABLE when too many holds are overdue, or entries are written all the time.
 */
export async function openPosting(db: Queries, wallet: string, nowMs: number): Promise<Posting | undefined> {
  for (let reading = 0; reading < READINGS_MAX; reading += 1) {
    const [head, frozenLots] = [await readHead(db, wallet), await findFrozenLots(db, wallet)];
    if (!head) return undefined;
    const posting = new Posting(head, frozenLots);
    // As a writer does: nothing is judged at a time before the last entry, whose clock may be ahead of this one.
    const atMs = Math.max(nowMs, head.atMs);
    if (!head.holds.mayLack(atMs)) return posting;
    await learnOverdue(db, posting, atMs);
    // The head and its holds have to be of one moment.
    if ((await readHead(db, wallet))?.seq === head.seq) return posting;
  }
  throw new Refusal('LEDGER_UNAVAILABLE', 'too much happens in this wallet; try again later');
}

async function learnOverdue(db: Queries, posting: Posting, nowMs: number): Promise<void> {
  const { wallet } = posting;
  const overdue = await listRows(
    db,
    (row) => count(row['hold']),
    'SELECT hold FROM hold_open WHERE wallet = ? AND expires_at <= ? ORDER BY expires_at, hold LIMIT ?',
    [wallet, new Date(nowMs), OVERDUE_MAX + 1],
  );
  if (overdue.length > OVERDUE_MAX) {
    throw new Refusal('LEDGER_UNAVAILABLE', 'too much is overdue in this wallet; try again later');
  }
  const lacking = overdue.filter((hold) => posting.lacksHold(hold));
  for (let at = 0; at < lacking.length; at += OVERDUE_PAGE) {
    posting.learn(await readOpenHolds(db, wallet, lacking.slice(at, at + OVERDUE_PAGE)));
  }
  posting.learn(new Map(), nowMs);
}
