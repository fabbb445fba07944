/**
 * The chart of accounts, and the two sides of each entry in it. A wallet is three accounts: what its lots hold of paid and of
 * promotional credit, open holds included, is owed to its owner; what it owes is owed to us.
 */
import { revenueAccount, WITHIN_HOLDS } from '../ledger/vocabulary.ts';
import { splitOf, type Sums } from './sums.ts';

export const PAID_ACCOUNT = 'liabilities:credits:paid';
export const PROMOTIONAL_ACCOUNT = 'liabilities:credits:promotional';
export const DEBT_ACCOUNT = 'assets:debts';
export const PROMO_ACCOUNT = 'expenses:promo';

/** The change of one account: debits are above zero, credits below; micros. */
export interface AccountChange {
  readonly account: string;
  readonly micros: bigint;
}

/** A line of the journal: the debit account gets what the credit account gives; micros above zero. */
export interface JournalLine {
  readonly debit: string;
  readonly credit: string;
  readonly amountMicros: bigint;
}

/** What an entry, or a sum of entries of one group, changes in each account. The changes add up to zero. */
export function changesOf(sums: Sums): AccountChange[] {
  const { contra, available, held, cardPaid, service } = sums;
  // What one hold gets, another gives, of the same lot: no account changes.
  if (contra === WITHIN_HOLDS) return [];
  const { paid, promotional, debt } = splitOf(sums);
  const changes: AccountChange[] = [
    { account: PAID_ACCOUNT, micros: -paid },
    { account: PROMOTIONAL_ACCOUNT, micros: -promotional },
    { account: DEBT_ACCOUNT, micros: debt },
  ];
  if (contra !== null) changes.push({ account: contra, micros: available + held });
  if (service !== null && cardPaid !== 0n) {
    changes.push({ account: PROMO_ACCOUNT, micros: cardPaid }, { account: revenueAccount(service), micros: -cardPaid });
  }
  return changes.filter(({ micros }) => micros !== 0n);
}

/**
 * The lines that an entry has in the journal. None where it moves money only between available and held; two where debt is
 * paid or arises beside the change of a lot.
 */
export function journalLinesOf(sums: Sums): JournalLine[] {
  const changes = changesOf(sums);
  const debits = changes.filter(({ micros }) => micros > 0n).map((one) => ({ ...one }));
  const credits = changes
    .filter(({ micros }) => micros < 0n)
    .map(({ account, micros }) => ({ account, micros: -micros }));
  const lines: JournalLine[] = [];
  let [debit, credit] = [debits.shift(), credits.shift()];
  while (debit && credit) {
    const amountMicros = debit.micros < credit.micros ? debit.micros : credit.micros;
    lines.push({ debit: debit.account, credit: credit.account, amountMicros });
    debit.micros -= amountMicros;
    credit.micros -= amountMicros;
    if (debit.micros === 0n) debit = debits.shift();
    if (credit.micros === 0n) credit = credits.shift();
  }
  return lines;
}
