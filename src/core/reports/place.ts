/** Reports on the place as a whole, made of the sums of all wallets. */
import type { EntryType, ServiceType } from '../ledger/vocabulary.ts';
import { changesOf, PAID_ACCOUNT } from './accounts.ts';
import { NO_SPLIT, plusSplit, splitOf, type Split, type SumTable } from './sums.ts';

/** What the last entries of all wallets before a moment say; micros. */
export interface Owing {
  readonly available: bigint;
  readonly held: bigint;
  /** The sum of available below zero, as a positive amount. */
  readonly debt: bigint;
}

/** The balance of an account: debits are above zero, credits below; micros. */
export interface AccountBalance {
  readonly account: string;
  readonly micros: bigint;
}

/**
 * The balances of all accounts, sorted. They add up to zero, because paid credit is taken from the balances on the last entries
 * and every other account from the sums of effects: if an entry's balance is not the sum of the effects, they do not.
 */
export function trialBalanceOf(sums: SumTable, owed: Owing): AccountBalance[] {
  const accounts = new Map<string, bigint>();
  for (const { account, micros } of sums.rows().flatMap(changesOf)) {
    accounts.set(account, (accounts.get(account) ?? 0n) + micros);
  }
  accounts.set(PAID_ACCOUNT, -splitIn(sums, owed).paid);
  return [...accounts]
    .map(([account, micros]) => ({ account, micros }))
    .filter(({ micros }) => micros !== 0n)
    .sort((a, b) => (a.account < b.account ? -1 : 1));
}

/** Paid and promotional credit and debt of all wallets, by their balances and the sums of promotional credit. */
export function splitIn(sums: SumTable, { available, held, debt }: Owing): Split {
  const { promotional } = sums.split;
  return { paid: available + held + debt - promotional, promotional, debt };
}

/** The lines of the roll-forward of what is owed, in order. */
export const ROLL_FORWARD_LINES = [
  'sold',
  'given',
  'refunded',
  'adjusted',
  'used',
  'expired',
  'takenBack',
  'paidOut',
  'released',
] as const;
export type RollForwardLine = (typeof ROLL_FORWARD_LINES)[number];

const LINES: Readonly<Record<EntryType, RollForwardLine>> = {
  DEPOSIT: 'sold',
  GRANT: 'given',
  FREE_TIER_GRANT: 'given',
  CHECK_IN_GRANT: 'given',
  COUPON_GRANT: 'given',
  SUBSCRIPTION_GRANT: 'given',
  REFUND: 'refunded',
  ADJUSTMENT: 'adjusted',
  SETTLEMENT: 'adjusted',
  REV_SHARE_CREDIT: 'adjusted',
  SKU_MARGIN: 'used',
  AI_API_CALL: 'used',
  GAS_SUBSIDY: 'used',
  GIFT_REDEEM: 'used',
  CHARGE: 'used',
  LOT_EXPIRY: 'expired',
  DEPOSIT_REVERSAL: 'takenBack',
  CLAWBACK: 'takenBack',
  CLAWBACK_REVERSAL: 'takenBack',
  GRANT_REVERSAL: 'takenBack',
  REV_SHARE_PAYOUT: 'paidOut',
  WITHDRAWAL: 'paidOut',
  // Holds move nothing between the three; what a release frees may pay debt.
  HOLD: 'released',
  HOLD_RELEASE: 'released',
  GIFT_HOLD: 'released',
  GIFT_HOLD_RELEASE: 'released',
};

/** What each kind of entries changed in paid and promotional credit and debt, by line; every line is there. */
export function rollForwardOf(changes: SumTable): ReadonlyMap<RollForwardLine, Split> {
  const lines = new Map<RollForwardLine, Split>(ROLL_FORWARD_LINES.map((line) => [line, NO_SPLIT]));
  for (const row of changes.rows()) {
    const line = LINES[row.type];
    lines.set(line, plusSplit(lines.get(line) ?? NO_SPLIT, splitOf(row)));
  }
  return lines;
}

/** What a service earned: paid + promotional + cards - refunded. Micros. */
export interface ServiceRevenue {
  readonly service: ServiceType;
  /** Charged and drawn from paid lots, from promotional lots, and paid for by free gift cards. */
  readonly paid: bigint;
  readonly promotional: bigint;
  readonly cards: bigint;
  /** Given back at the cost of the service's revenue. */
  readonly refunded: bigint;
}

const REVENUE = 'revenue:';
const BREAKAGE = 'breakage';

/** The revenue of each service, sorted; breakage is no service's. */
export function revenueOf(changes: SumTable): ServiceRevenue[] {
  const services = new Map<string, ServiceRevenue>();
  const add = (service: string, part: Partial<ServiceRevenue>): void => {
    const { paid = 0n, promotional = 0n, cards = 0n, refunded = 0n } = part;
    const known = services.get(service) ?? { service, paid: 0n, promotional: 0n, cards: 0n, refunded: 0n };
    services.set(service, {
      service,
      paid: known.paid + paid,
      promotional: known.promotional + promotional,
      cards: known.cards + cards,
      refunded: known.refunded + refunded,
    });
  };
  for (const row of changes.rows()) {
    if (row.cardPaid !== 0n && row.service !== null) add(row.service, { cards: row.cardPaid });
    const { contra, available, held } = row;
    const earned = -(available + held);
    if (contra?.startsWith(REVENUE) !== true || earned === 0n) continue;
    const service = contra.slice(REVENUE.length);
    if (service === BREAKAGE) continue;
    if (earned < 0n) add(service, { refunded: -earned });
    else add(service, row.promotional === true ? { promotional: earned } : { paid: earned });
  }
  return [...services.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
}

/** What expired: of paid credit, which is revenue, and of promotional credit, which was not spent after all; micros. */
export interface Breakage {
  readonly lots: bigint;
  readonly paid: bigint;
  readonly promotional: bigint;
}

/** What expired in all lots. */
export function breakageOf(changes: SumTable): Breakage {
  let total: Breakage = { lots: 0n, paid: 0n, promotional: 0n };
  for (const row of changes.rows()) {
    if (row.type !== 'LOT_EXPIRY') continue;
    const { paid, promotional } = splitOf(row);
    total = {
      lots: total.lots + row.entries,
      paid: total.paid - paid,
      promotional: total.promotional - promotional,
    };
  }
  return total;
}

/** Ages of credit, in days: from one of these to below the next. */
export const AGE_DAYS = [0, 30, 90, 180, 365] as const;
