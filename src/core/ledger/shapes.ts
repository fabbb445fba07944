/** The allowed shapes of an entry of each type: its effects and its contra accounts. */
import type { Entry } from './entry.ts';
import { BUILT_IN_SERVICES, debitType, revenueAccount, WITHIN_HOLDS, type EntryType } from './vocabulary.ts';

/** '+' above zero, '-' below zero, '0' zero, '0+' zero or above, '0-' zero or below. */
export type Sign = '+' | '-' | '0' | '0+' | '0-';

export interface EntryShape {
  /** The event that the entry records, in words. */
  readonly event: string;
  readonly available: Sign;
  readonly held: Sign;
  /** Effect on free gift cards that can be used; '0' where it is left out. */
  readonly gifts?: Sign;
  /** Belongs to a hold. */
  readonly hold?: boolean;
  /** Opens the lot whose number is its own seq. */
  readonly opensLot?: boolean;
  /** Says what a free gift card paid for. */
  readonly cardPaid?: boolean;
  /**
   * The contra account is one of these, or begins with one that ends in a colon; {@link OF_SERVICE} is that of the entry's
   * own service. Empty: the money stays in the wallet.
   */
  readonly contra: readonly string[];
}

const OF_SERVICE = 'revenue:(service)';

const into = (event: string, ...contra: string[]): EntryShape => ({
  event,
  available: '+',
  held: '0',
  gifts: '0+',
  opensLot: true,
  contra,
});
const out = (event: string, ...contra: string[]): EntryShape => ({ event, available: '-', held: '0', contra });

function serviceDebit(revenue: string): EntryShape[] {
  const contra = [revenue];
  return [
    out('flat debit', ...contra),
    { event: 'capture; what it frees returns with it', available: '0+', held: '-', hold: true, contra },
    { event: 'capture beyond the hold', available: '-', held: '0', hold: true, contra },
  ];
}

const noMoney = (event: string, gifts: Sign): EntryShape => ({ event, available: '0', held: '0', gifts, contra: [] });
/** Gives money back to the lot that it was taken from. */
const refill = (event: string, ...contra: string[]): EntryShape => ({ ...into(event, ...contra), opensLot: false });

const opening: EntryShape = {
  event: 'hold, or what is added to it',
  available: '-',
  held: '+',
  hold: true,
  contra: [],
};
const extension: EntryShape = { event: 'longer hold', available: '0', held: '0', hold: true, contra: [] };
const release: EntryShape = { event: 'release or expiry of a hold', available: '+', held: '-', hold: true, contra: [] };
const usedUp: EntryShape = {
  event: 'end of a hold with nothing left',
  available: '0',
  held: '0',
  hold: true,
  contra: [],
};
/** One of the two entries that move money from a hold to another. */
const moved = (event: string, held: '+' | '-'): EntryShape => ({
  event,
  available: '0',
  held,
  hold: true,
  contra: [WITHIN_HOLDS],
});
const movedIn = moved('gets money from another hold', '+');
const movedOut = moved('gives money to another hold', '-');
const card = (event: string, gifts: Sign): EntryShape => ({
  event,
  available: '0',
  held: '0',
  gifts,
  hold: true,
  contra: [],
});

/** Every shape of every type. Verification reports any other as a fault. */
export const ENTRY_SHAPES: Readonly<Record<EntryType, readonly EntryShape[]>> = {
  DEPOSIT: [into('money came in', 'assets:')],
  DEPOSIT_REVERSAL: [{ ...out('the chain took a deposit back', 'assets:'), gifts: '0-' }],
  CLAWBACK: [out('the payer took money back', 'assets:')],
  CLAWBACK_REVERSAL: [
    refill('money taken back returns to its lot', 'assets:'),
    into('money taken back returns', 'assets:'),
  ],
  GRANT_REVERSAL: [
    { ...out('what came with a payment is taken back', 'expenses:promo'), gifts: '0-' },
    noMoney('free gift cards alone are taken back', '0-'),
    refill('what was taken back returns to its lot', 'expenses:promo'),
    noMoney('free gift cards alone return', '+'),
  ],
  SKU_MARGIN: serviceDebit(revenueAccount('SKU_PURCHASE')),
  AI_API_CALL: serviceDebit(revenueAccount('AI_API')),
  GAS_SUBSIDY: serviceDebit(revenueAccount('GAS_SUBSIDY')),
  CHARGE: serviceDebit(OF_SERVICE),
  HOLD: [opening, extension, movedIn],
  HOLD_RELEASE: [release, usedUp, movedOut],
  GIFT_HOLD: [opening, card('hold of a free gift card', '-'), extension, movedIn],
  GIFT_REDEEM: [
    ...serviceDebit(revenueAccount('GIFT_CARD')),
    { ...card('a held free gift card is used', '0'), cardPaid: true, contra: ['expenses:promo'] },
    card('the same, in an earlier version', '0'),
  ],
  GIFT_HOLD_RELEASE: [release, card('a held free gift card returns', '+'), usedUp, movedOut],
  LOT_EXPIRY: [out('what a lot had left expired', 'expenses:promo', 'revenue:breakage')],
  GRANT: [into('credit given away', 'expenses:promo')],
  FREE_TIER_GRANT: [into('credit given to a new org', 'expenses:promo')],
  CHECK_IN_GRANT: [into('credit for a check-in', 'expenses:promo')],
  COUPON_GRANT: [into('credit for a coupon', 'expenses:promo')],
  SUBSCRIPTION_GRANT: [into("a plan's credit above its price, for a period", 'expenses:promo')],
  REFUND: [into('a service gives back', 'revenue:', 'expenses:refunds')],
  ADJUSTMENT: [into('correction upwards', 'equity:adjustments'), out('correction downwards', 'equity:adjustments')],
  SETTLEMENT: [
    into('settled in favour of the owner', 'liabilities:settlements'),
    out('settled against the owner', 'liabilities:settlements'),
  ],
  REV_SHARE_CREDIT: [into('share of revenue', 'expenses:rev_share')],
  REV_SHARE_PAYOUT: [out('share of revenue paid out', 'assets:payouts')],
  WITHDRAWAL: [out('money paid back to its owner', 'assets:payouts')],
};

/** Entry types whose draws follow the spending order; the other types name their lot or skip some lots. */
export const ORDERED_TYPES: ReadonlySet<EntryType> = new Set<EntryType>([
  ...BUILT_IN_SERVICES.map(debitType),
  'HOLD',
  'GIFT_HOLD',
  'SETTLEMENT',
]);

/** The shape that an entry has; undefined when its type allows no such shape. */
export function findShape(entry: Entry): EntryShape | undefined {
  return ENTRY_SHAPES[entry.type].find(
    (shape) =>
      hasSign(entry.availableDelta, shape.available) &&
      hasSign(entry.heldDelta, shape.held) &&
      hasSign(BigInt(entry.giftDelta), shape.gifts ?? '0') &&
      (entry.hold !== null) === (shape.hold === true) &&
      (entry.lot === entry.seq) === (shape.opensLot === true) &&
      (entry.cardPaid !== null) === (shape.cardPaid === true) &&
      hasContra(entry, shape.contra),
  );
}

function hasSign(delta: bigint, sign: Sign): boolean {
  if (sign === '0+') return delta >= 0n;
  if (sign === '0-') return delta <= 0n;
  if (sign === '0') return delta === 0n;
  return sign === '+' ? delta > 0n : delta < 0n;
}

function hasContra({ contra, service }: Entry, allowed: readonly string[]): boolean {
  if (contra === null) return allowed.length === 0;
  return allowed.some((one) => {
    if (one === OF_SERVICE) return service !== null && contra === revenueAccount(service);
    return one.endsWith(':') ? contra.startsWith(one) : contra === one;
  });
}
