/** The balances of a wallet at a moment. */
import { Refusal } from '../../core/errors.ts';
import { settleOverdue } from '../../core/ledger/decide.ts';
import type { Head } from '../../core/ledger/head.ts';
import { Posting } from '../../core/ledger/posting.ts';
import type { Database } from '../database.ts';
import { count, listRows, type Queries } from '../rows.ts';
import { findFrozenLots } from './frozen-lots.ts';
import { readHead, readOpenHolds } from './heads.ts';

/** Most overdue holds of one wallet that are looked at; the job that writes their ends makes them fewer. */
const OVERDUE_MAX = 200_000;
/** How many of them are read at once. */
const OVERDUE_PAGE = 200;

/** A wallet's head now; `frozen` is what of its available credit lies in frozen lots, in micros. */
export interface Standing extends Head {
  readonly frozen: bigint;
}

/** The head of a wallet now: overdue holds and lots count as expired even before their entries are written. */
export async function findStanding(db: Database, wallet: string, now: Date): Promise<Standing | undefined> {
  const posting = await openPosting(db, wallet, now.getTime());
  if (!posting) return undefined;
  posting.begin(now.getTime());
  settleOverdue(posting);
  return { ...posting.head(), frozen: posting.frozen };
}

/**
 * A posting on a wallet's head that has every hold that is overdue at a time (ms since the epoch); undefined when there is no
 * such wallet.
 * @throws Refusal LEDGER_UNAVAILABLE when too many holds are overdue.
 */
export async function openPosting(db: Database, wallet: string, nowMs: number): Promise<Posting | undefined> {
  const [head, frozenLots] = [await readHead(db, wallet), await findFrozenLots(db, wallet)];
  if (!head?.holds.mayLack(nowMs)) return head && new Posting(head, frozenLots);
  // The head and its holds have to be of one moment.
  return db.transaction(async (trx) => postingOf(trx, wallet, nowMs), { isolationLevel: 'repeatable read' });
}

async function postingOf(trx: Queries, wallet: string, nowMs: number): Promise<Posting | undefined> {
  const [head, frozenLots] = [await readHead(trx, wallet), await findFrozenLots(trx, wallet)];
  const posting = head && new Posting(head, frozenLots);
  const overdue = await listRows(
    trx,
    (row) => count(row['hold']),
    'SELECT hold FROM hold_open WHERE wallet = ? AND expires_at <= ? ORDER BY expires_at, hold LIMIT ?',
    [wallet, new Date(nowMs), OVERDUE_MAX + 1],
  );
  if (overdue.length > OVERDUE_MAX) {
    throw new Refusal('LEDGER_UNAVAILABLE', 'too much is overdue in this wallet; try again later');
  }
  const lacking = overdue.filter((hold) => posting?.lacksHold(hold));
  for (let at = 0; at < lacking.length; at += OVERDUE_PAGE) {
    posting?.learn(await readOpenHolds(trx, wallet, lacking.slice(at, at + OVERDUE_PAGE)));
  }
  posting?.learn(new Map(), nowMs);
  return posting;
}
