/** The balances of a wallet at a moment. */
import { settleOverdue } from '../../core/ledger/decide.ts';
import type { Head } from '../../core/ledger/head.ts';
import { Posting } from '../../core/ledger/posting.ts';
import type { Database } from '../database.ts';
import { readHead } from './heads.ts';

/** The head of a wallet now: overdue holds and lots count as expired even before their entries are written. */
export async function findStanding(db: Database, wallet: string, now: Date): Promise<Head | undefined> {
  const head = await readHead(db, wallet);
  if (!head) return undefined;
  const posting = new Posting(head);
  posting.begin(now.getTime());
  settleOverdue(posting);
  return posting.head();
}
