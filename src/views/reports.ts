/** Reports on the place as a whole as JSON, and the columns of their CSV files. */
import { formatEntryId } from '../core/ids.ts';
import { toWhole } from '../core/integers.ts';
import type { EntryType, ServiceType } from '../core/ledger/vocabulary.ts';
import { formatUsd } from '../core/money.ts';
import { journalLinesOf } from '../core/reports/accounts.ts';
import type { MonthPart } from '../core/reports/period.ts';
import {
  AGE_DAYS,
  breakageOf,
  revenueOf,
  ROLL_FORWARD_LINES,
  rollForwardOf,
  splitIn,
  trialBalanceOf,
  type RollForwardLine,
} from '../core/reports/place.ts';
import { totalOf, type Split, type SumTable } from '../core/reports/sums.ts';
import type { JournalEntry } from '../db/reports/journal.ts';
import type { Liability, PlaceBooks } from '../db/reports/place.ts';

/** A line of the journal: the debit account gets what the credit account gives. */
export interface JournalLineView {
  readonly date: string;
  readonly entryId: string;
  /** Null for the wallet of a user. */
  readonly orgId: string | null;
  readonly debitAccount: string;
  readonly creditAccount: string;
  readonly amountUsd: string;
  readonly type: EntryType;
  readonly serviceType: ServiceType | null;
  readonly reference: string | null;
}

/** The lines of an entry. */
export function viewOfJournal(entry: JournalEntry): JournalLineView[] {
  return journalLinesOf(entry.sums).map(({ debit, credit, amountMicros }) => ({
    date: new Date(entry.atMs).toISOString(),
    entryId: formatEntryId(entry.wallet, BigInt(entry.seq)),
    orgId: entry.org,
    debitAccount: debit,
    creditAccount: credit,
    amountUsd: formatUsd(amountMicros),
    type: entry.type,
    serviceType: entry.service,
    reference: entry.reference,
  }));
}

export const JOURNAL_COLUMNS = [
  'date',
  'entryId',
  'orgId',
  'debitAccount',
  'creditAccount',
  'amountUsd',
  'type',
  'serviceType',
  'reference',
] as const satisfies readonly (keyof JournalLineView)[];

/** The balance of an account on its side. */
export interface AccountView {
  readonly account: string;
  readonly debitUsd: string;
  readonly creditUsd: string;
}

export interface TrialBalanceView {
  readonly accounts: readonly AccountView[];
  readonly debitUsd: string;
  readonly creditUsd: string;
  /** Debits less credits: 0.00 unless a balance of the ledger is not the sum of its entries. */
  readonly differenceUsd: string;
}

/** The trial balance of books that were read at one time. */
export function viewOfTrialBalance({ opening, owed }: PlaceBooks): TrialBalanceView {
  const accounts = trialBalanceOf(opening, firstOf(owed));
  const sum = (sign: bigint): bigint =>
    accounts.reduce((total, { micros }) => (micros * sign > 0n ? total + micros * sign : total), 0n);
  const [debits, credits] = [sum(1n), sum(-1n)];
  return {
    accounts: accounts.map(({ account, micros }) => ({
      account,
      debitUsd: formatUsd(micros > 0n ? micros : 0n),
      creditUsd: formatUsd(micros < 0n ? -micros : 0n),
    })),
    debitUsd: formatUsd(debits),
    creditUsd: formatUsd(credits),
    differenceUsd: formatUsd(debits - credits),
  };
}

export const TRIAL_BALANCE_COLUMNS = [
  'account',
  'debitUsd',
  'creditUsd',
] as const satisfies readonly (keyof AccountView)[];

/** What a service earned in a month: paid + promotional + free gift cards - refunded. */
export interface RevenueView {
  readonly month: string;
  readonly serviceType: ServiceType;
  readonly paidUsd: string;
  readonly promotionalUsd: string;
  readonly freeGiftCardsUsd: string;
  readonly refundedUsd: string;
  readonly revenueUsd: string;
}

/** The revenue of each service in each month. */
export function viewOfRevenue(months: readonly MonthPart[], changes: readonly SumTable[]): RevenueView[] {
  return months.flatMap(({ month }, index) => {
    const table = changes[index];
    return (table ? revenueOf(table) : []).map(({ service, paid, promotional, cards, refunded }) => ({
      month,
      serviceType: service,
      paidUsd: formatUsd(paid),
      promotionalUsd: formatUsd(promotional),
      freeGiftCardsUsd: formatUsd(cards),
      refundedUsd: formatUsd(refunded),
      revenueUsd: formatUsd(paid + promotional + cards - refunded),
    }));
  });
}

export const REVENUE_COLUMNS = [
  'month',
  'serviceType',
  'paidUsd',
  'promotionalUsd',
  'freeGiftCardsUsd',
  'refundedUsd',
  'revenueUsd',
] as const satisfies readonly (keyof RevenueView)[];

/** What expired in a month. */
export interface BreakageView {
  readonly month: string;
  /** How many times a lot expired with something left. */
  readonly lots: number;
  /** Of paid credit: revenue. */
  readonly paidUsd: string;
  /** Of promotional credit: given away, and not spent. */
  readonly promotionalUsd: string;
}

/** The breakage of each month. */
export function viewOfBreakage(months: readonly MonthPart[], changes: readonly SumTable[]): BreakageView[] {
  return months.flatMap(({ month }, index) => {
    const table = changes[index];
    if (!table) return [];
    const { lots, paid, promotional } = breakageOf(table);
    return [{ month, lots: toWhole(lots), paidUsd: formatUsd(paid), promotionalUsd: formatUsd(promotional) }];
  });
}

export const BREAKAGE_COLUMNS = [
  'month',
  'lots',
  'paidUsd',
  'promotionalUsd',
] as const satisfies readonly (keyof BreakageView)[];

/** Credit of one kind and age. */
export interface AgeView {
  /** What opened the lots. */
  readonly source: string;
  readonly kind: 'paid' | 'promotional';
  /** From so many days... */
  readonly fromDays: number;
  /** ... to below so many; null: older. */
  readonly toDays: number | null;
  readonly amountUsd: string;
}

export interface LiabilityView {
  readonly ages: readonly AgeView[];
  readonly paidUsd: string;
  readonly promotionalUsd: string;
  /** What owners owe. */
  readonly debtUsd: string;
}

/** What is owed to the owners of wallets, by age. */
export function viewOfLiability({ ages, split }: Liability): LiabilityView {
  return {
    ages: ages.map(({ source, promotional, age, amount }) => ({
      source,
      kind: promotional ? 'promotional' : 'paid',
      fromDays: AGE_DAYS[age] ?? 0,
      toDays: AGE_DAYS[age + 1] ?? null,
      amountUsd: formatUsd(amount),
    })),
    ...splitView(split),
  };
}

export const LIABILITY_COLUMNS = [
  'source',
  'kind',
  'fromDays',
  'toDays',
  'amountUsd',
] as const satisfies readonly (keyof AgeView)[];

/** A line of the roll-forward; changes have a sign. total = paid + promotional - debt. */
export interface DeferredView {
  readonly line: 'opening' | RollForwardLine | 'closing';
  readonly paidUsd: string;
  readonly promotionalUsd: string;
  readonly debtUsd: string;
  readonly totalUsd: string;
}

/**
 * The roll-forward of deferred revenue, of books that were read at the beginning and the end of a period.
 * @throws Error when its lines do not lead from the opening to the closing
 */
export function viewOfDeferred({ opening, changes, owed }: PlaceBooks): DeferredView[] {
  const [change] = changes;
  const [from, to] = owed;
  if (!change || !from || !to) throw new Error('a roll-forward has a beginning and an end');
  const lines = rollForwardOf(change);
  const before = splitIn(opening, from);
  const closing: Split = {
    paid: to.available + to.held + to.debt - before.promotional - change.split.promotional,
    promotional: before.promotional + change.split.promotional,
    debt: to.debt,
  };
  const reached = before.paid + change.split.paid;
  if (reached !== closing.paid || before.debt + change.split.debt !== closing.debt) {
    throw new Error('the lines of the roll-forward do not lead from the opening to the closing');
  }
  const view = (line: DeferredView['line'], split: Split): DeferredView => {
    return { line, ...splitView(split), totalUsd: formatUsd(totalOf(split)) };
  };
  return [
    view('opening', before),
    ...ROLL_FORWARD_LINES.map((line) => view(line, lines.get(line) ?? { paid: 0n, promotional: 0n, debt: 0n })),
    view('closing', closing),
  ];
}

export const DEFERRED_COLUMNS = [
  'line',
  'paidUsd',
  'promotionalUsd',
  'debtUsd',
  'totalUsd',
] as const satisfies readonly (keyof DeferredView)[];

function splitView({ paid, promotional, debt }: Split): Pick<LiabilityView, 'paidUsd' | 'promotionalUsd' | 'debtUsd'> {
  return { paidUsd: formatUsd(paid), promotionalUsd: formatUsd(promotional), debtUsd: formatUsd(debt) };
}

function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('books that were read at a time were expected');
  return first;
}
