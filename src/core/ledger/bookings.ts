/**
 * Bookings: movements of money that no chain, card or service causes, entered by hand with a reason. One table
 * says which entry types may be booked, with which signs, against which contra account and into which lots.
 */
import { Refusal } from '../errors.ts';
import type { Restriction } from '../lots/restriction.ts';
import type { CreditCommand, DebitCommand, DrawsOnly, Notes } from './commands.ts';
import type { LotTerms } from './head.ts';
import { revenueAccount, type EntryType, type ServiceType } from './vocabulary.ts';

/** How an entry type is booked. */
export interface BookingRule {
  /** '+' adds credit, '-' takes it; '±': the sign of the amount decides. */
  readonly sign: '+' | '-' | '±';
  /** Who may book it: an admin key, or the platform's admin role. */
  readonly authority: 'admin';
  /** Account that loses what the wallet gains. */
  readonly contra: string;
  /** Terms of the lot that it opens; required where it adds credit. */
  readonly terms?: LotTerms;
  /** May leave a debt where the money has been spent. */
  readonly mayOwe?: boolean;
  /** Takes from these lots only. */
  readonly drawsOnly?: DrawsOnly;
}

const PAID = { priority: 100, promotional: false, transferable: false, expiresAtMs: null } as const;
/** Terms of credit that was given away: spent before anything that was paid for, never paid out. */
const GIVEN: LotTerms = {
  source: 'grant',
  priority: 50,
  promotional: true,
  refundable: false,
  transferable: false,
  expiresAtMs: null,
};

const GIFT: BookingRule = { sign: '+', authority: 'admin', contra: 'expenses:promo', terms: GIVEN };

/** The rule of each entry type that can be booked; for the others, a text that says what writes them instead. */
export const BOOKINGS: Readonly<Record<EntryType, BookingRule | string>> = {
  ADJUSTMENT: {
    sign: '±',
    authority: 'admin',
    contra: 'equity:adjustments',
    terms: { ...PAID, source: 'adjustment', refundable: false },
    mayOwe: true,
  },
  REFUND: {
    sign: '+',
    authority: 'admin',
    contra: 'expenses:refunds',
    // The refunded amount may have been paid from a grant, so it can be spent again but not paid out.
    terms: { ...PAID, source: 'refund', refundable: false },
  },
  SETTLEMENT: {
    sign: '±',
    authority: 'admin',
    contra: 'liabilities:settlements',
    terms: { ...PAID, source: 'settlement', refundable: true },
  },
  REV_SHARE_CREDIT: {
    sign: '+',
    authority: 'admin',
    contra: 'expenses:rev_share',
    terms: { ...PAID, source: 'rev_share', refundable: true },
  },
  REV_SHARE_PAYOUT: { sign: '-', authority: 'admin', contra: 'assets:payouts', drawsOnly: 'rev_share' },
  WITHDRAWAL: { sign: '-', authority: 'admin', contra: 'assets:payouts', drawsOnly: 'refundable' },
  CLAWBACK: { sign: '-', authority: 'admin', contra: 'assets:clawbacks', mayOwe: true },
  CLAWBACK_REVERSAL: {
    sign: '+',
    authority: 'admin',
    contra: 'assets:clawbacks',
    terms: { ...PAID, source: 'deposit', refundable: true },
  },
  GRANT: GIFT,
  FREE_TIER_GRANT: GIFT,
  CHECK_IN_GRANT: GIFT,
  COUPON_GRANT: GIFT,
  SUBSCRIPTION_GRANT: 'a paid period of a subscription grants its credit',
  DEPOSIT: 'money that came in is credited by the detector or a payment; to correct it, book an ADJUSTMENT',
  DEPOSIT_REVERSAL: 'only the chain takes a deposit back; to correct one, book an ADJUSTMENT',
  GRANT_REVERSAL: 'a refund or a dispute takes back what came with its payment; to correct a grant, book an ADJUSTMENT',
  LOT_EXPIRY: 'a lot expires by itself',
  CHARGE: 'a charge has its own call',
  SKU_MARGIN: 'a service spends by a debit or a hold',
  AI_API_CALL: 'a service spends by a debit or a hold',
  GAS_SUBSIDY: 'a service spends by a debit or a hold',
  GIFT_REDEEM: 'a service spends by a debit or a hold',
  HOLD: 'a hold has its own call',
  GIFT_HOLD: 'a hold has its own call',
  HOLD_RELEASE: 'releasing a hold has its own call',
  GIFT_HOLD_RELEASE: 'releasing a hold has its own call',
};

/** Whether operators book entries of a type; clients' commands write none of these. */
export function isBookedType(type: EntryType): boolean {
  return typeof BOOKINGS[type] !== 'string';
}

/** A requested booking. */
export interface BookingRequest {
  readonly type: EntryType;
  /** Signed as in the ledger: what the wallet gains. */
  readonly amountMicros: bigint;
  /** Becomes the description of the entries; 1 to 1,000 characters. */
  readonly reason: string;
  /** When the credit expires; grants only. */
  readonly expiresAtMs?: number | undefined;
  /** What alone the credit may pay for; grants only. */
  readonly restrictedTo?: Restriction | undefined;
  /** The service that gives money back, and whose revenue falls; refunds only. */
  readonly service?: ServiceType | undefined;
  /** The charge that is given back, by the number of its first entry; refunds only. */
  readonly refundOf?: number | undefined;
  /** The lot (seq of the entry that opened it) to take from first; claw-backs and adjustments only. */
  readonly lotFirst?: number | undefined;
  readonly notes?: Omit<Notes, 'description'> | undefined;
}

const REASON_CHARS_MAX = 1_000;

/**
 * The command that books a request. The caller checks the permission (`authority`).
 * @throws Refusal VALIDATION_FAILED naming the field that does not fit the type.
 */
export function bookingCommand(request: BookingRequest): CreditCommand | DebitCommand {
  const { type, amountMicros } = request;
  const rule = BOOKINGS[type];
  if (typeof rule === 'string') throw refused('type', `${type} cannot be booked: ${rule}`);
  checkFields(request, rule);
  const gains = amountMicros > 0n;
  if (amountMicros === 0n || rule.sign === (gains ? '-' : '+')) {
    const wanted = { '+': 'above zero', '-': 'below zero', '±': 'above or below zero' }[rule.sign];
    throw refused('amountUsd', `a ${type} must be ${wanted}`);
  }
  const notes = { ...request.notes, description: request.reason };
  const contra = request.service === undefined ? rule.contra : revenueAccount(request.service);
  const shared = { type, contra, service: request.service, notes };
  if (gains && rule.terms) {
    const { restrictedTo, refundOf, expiresAtMs = null } = request;
    const terms = { ...rule.terms, expiresAtMs, ...(restrictedTo ? { restrictedTo } : {}) };
    return { ...shared, op: 'credit', amountMicros, terms, refundOf };
  }
  const { mayOwe, drawsOnly } = rule;
  const lotsFirst = request.lotFirst === undefined ? undefined : [request.lotFirst];
  return { ...shared, op: 'debit', amountMicros: -amountMicros, mayOwe, drawsOnly, lotsFirst };
}

/** Where money is that an operator verified by hand. */
export const OFFLINE_ACCOUNT = 'assets:offline';

/** The command for money that came in outside every rail, and that a minter has verified. */
export function offlineDeposit({
  amountMicros,
  reason,
  notes,
}: Pick<BookingRequest, 'amountMicros' | 'reason' | 'notes'>): CreditCommand {
  return {
    op: 'credit',
    type: 'DEPOSIT',
    amountMicros,
    contra: OFFLINE_ACCOUNT,
    terms: { ...PAID, source: 'deposit', refundable: true },
    notes: { ...notes, description: reason },
  };
}

function checkFields(
  { type, reason, expiresAtMs, restrictedTo, service, refundOf, lotFirst, amountMicros }: BookingRequest,
  rule: BookingRule,
): void {
  // PostgreSQL cannot store the character 0, and other control characters are unreadable.
  if (reason.trim() === '' || reason.length > REASON_CHARS_MAX || /\p{Cc}/u.test(reason)) {
    throw refused('reason', `must have 1 to ${REASON_CHARS_MAX} characters on one line`);
  }
  if (expiresAtMs !== undefined && rule.terms?.promotional !== true) {
    throw refused('expiresAt', `a ${type} does not expire: only credit that was given away does`);
  }
  if (restrictedTo !== undefined && rule.terms?.promotional !== true) {
    throw refused('restrictedTo', `a ${type} may pay for everything: only credit that was given away is restricted`);
  }
  if (service !== undefined && type !== 'REFUND') {
    throw refused('serviceType', `a ${type} has no service: only a REFUND has one`);
  }
  if (refundOf !== undefined && type !== 'REFUND') {
    throw refused('refundOf', `a ${type} gives no charge back: only a REFUND does`);
  }
  if (lotFirst !== undefined && !(rule.mayOwe === true && amountMicros < 0n)) {
    throw refused('lot', `a ${type} of this sign cannot name a lot to take from`);
  }
}

function refused(path: string, message: string): Refusal {
  return new Refusal('VALIDATION_FAILED', message, { issues: [{ path, message }] });
}
