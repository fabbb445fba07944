/** The balances of a wallet at a moment. */
import { settleOverdue } from '../../core/ledger/decide.ts';
import type { Head } from '../../core/ledger/head.ts';
import { Posting } from '../../core/ledger/posting.ts';
import type { Queries } from '../rows.ts';
import { findFrozenLots } from './frozen-lots.ts';
import { readHead } from './heads.ts';

/** A wallet's head now; `frozen` is what of its available credit lies in frozen lots, in micros. */
export interface Standing extends Head {
  readonly frozen: bigint;
  /** The number of its newest entry that is written; 0 when there is none. */
  readonly writtenSeq: number;
}

/** The head of a wallet now: overdue holds and lots count as expired even before their entries are written. */
export async function findStanding(db: Queries, wallet: string, now: Date): Promise<Standing | undefined> {
  const [head, frozenLots] = [await readHead(db, wallet), await findFrozenLots(db, wallet)];
  if (!head) return undefined;
  const posting = new Posting(head, frozenLots);
  posting.begin(now.getTime());
  settleOverdue(posting);
  return { ...posting.head(), frozen: posting.frozen, writtenSeq: head.seq };
}
