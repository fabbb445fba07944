/** Where a wallet stands at a moment. */
import { settleOverdue } from '../../core/ledger/decide.ts';
import type { Head } from '../../core/ledger/head.ts';
import { Posting } from '../../core/ledger/posting.ts';
import type { Database } from '../database.ts';
import { readHead } from './heads.ts';

/** Where a wallet stands now: what is overdue counts as released and gone before its entry is written. */
export async function findStanding(db: Database, wallet: string, now: Date): Promise<Head | undefined> {
  const head = await readHead(db, wallet);
  if (!head) return undefined;
  const posting = new Posting(head);
  posting.begin(now.getTime());
  settleOverdue(posting);
  return posting.head();
}
