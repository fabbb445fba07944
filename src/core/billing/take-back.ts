/** How much of an order's credit is taken back, and which movements of the ledger bring that about. */

import { toCount } from '../integers.ts';

/** What an order brought to its wallet, or what of it was taken back. */
export interface Worth {
  /** The part that was paid for, in micros. */
  readonly paidMicros: bigint;
  /** Credit above the price, in micros. */
  readonly bonusMicros: bigint;
  readonly giftCards: number;
}

/**
 * What is taken back in total when `backMinor` of `paidMinor` went back to the payer, both with tax: of each part the
 * share, rounded down, and all of it when everything went back. Refunds and disputes of one payment may overlap, so
 * anything above what was paid counts as all of it.
 */
export function takenBackOf(worth: Worth, paidMinor: bigint, backMinor: bigint): Worth {
  if (paidMinor <= 0n || backMinor <= 0n) return { paidMicros: 0n, bonusMicros: 0n, giftCards: 0 };
  if (backMinor >= paidMinor) return worth;
  const shareOf = (part: bigint): bigint => (part * backMinor) / paidMinor;
  const giftCards = toCount(String(shareOf(BigInt(worth.giftCards))));
  return { paidMicros: shareOf(worth.paidMicros), bonusMicros: shareOf(worth.bonusMicros), giftCards };
}

export const MOVEMENT_KINDS = [
  'credit_paid',
  'credit_bonus',
  'take_paid',
  'take_bonus',
  'give_paid',
  'give_bonus',
] as const;
/** `credit`: the order's credit comes; `take`: some of it goes; `give`: some of what was taken returns. */
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** One entry, or a few, to write for an order. */
export interface Movement {
  readonly kind: MovementKind;
  readonly amountMicros: bigint;
  /** Cards to grant, to take as far as they are there, or to return. */
  readonly giftCards: number;
  /** How many cards are asked back in total after it. */
  readonly cardsAsked: number;
}

/** A movement whose entries are written. */
export interface WrittenMovement extends Movement {
  /** Cards that it moved: a `take` may find fewer than it asks for, because they are held or used. */
  readonly cardsMoved: number;
}

/**
 * The movements that bring the ledger from what is written to what it should be. Call it again after they are written:
 * what returns depends on what was really taken.
 * @param written all movements of the order, in order.
 * @param target what should be taken back in total.
 */
export function nextMovements(worth: Worth, written: readonly WrittenMovement[], target: Worth): Movement[] {
  const sum = (kind: MovementKind): bigint =>
    written.reduce((total, one) => (one.kind === kind ? total + one.amountMicros : total), 0n);
  if (!written.some(({ kind }) => kind === 'credit_paid')) return creditsOf(worth);
  const movements: Movement[] = [];
  const asked = written.at(-1)?.cardsAsked ?? 0;
  const paid = target.paidMicros - (sum('take_paid') - sum('give_paid'));
  if (paid > 0n) movements.push({ kind: 'take_paid', amountMicros: paid, giftCards: 0, cardsAsked: asked });
  if (paid < 0n) movements.push({ kind: 'give_paid', amountMicros: -paid, giftCards: 0, cardsAsked: asked });
  const bonus = target.bonusMicros - (sum('take_bonus') - sum('give_bonus'));
  const cardsToTake = Math.max(0, target.giftCards - asked);
  const cardsToGive = target.giftCards < asked ? Math.max(0, cardsOut(written) - target.giftCards) : 0;
  const cardsAsked = target.giftCards;
  if (bonus > 0n || cardsToTake > 0) {
    movements.push({ kind: 'take_bonus', amountMicros: bonus, giftCards: cardsToTake, cardsAsked });
  } else if (bonus < 0n || cardsToGive > 0) {
    movements.push({ kind: 'give_bonus', amountMicros: -bonus, giftCards: cardsToGive, cardsAsked });
  }
  return movements;
}

function creditsOf({ paidMicros, bonusMicros, giftCards }: Worth): Movement[] {
  const credits: Movement[] = [{ kind: 'credit_paid', amountMicros: paidMicros, giftCards, cardsAsked: 0 }];
  if (bonusMicros > 0n) {
    credits.push({ kind: 'credit_bonus', amountMicros: bonusMicros, giftCards: 0, cardsAsked: 0 });
  }
  return credits;
}

/** Cards that were taken and have not returned. */
function cardsOut(written: readonly WrittenMovement[]): number {
  return written.reduce((out, { kind, cardsMoved }) => {
    if (kind === 'take_bonus') return out + cardsMoved;
    return kind === 'give_bonus' ? out - cardsMoved : out;
  }, 0);
}

/** What the take-backs of one part drew, less what has returned: from the order's two lots, and from anywhere else. */
export interface DrawnFrom {
  readonly paidLotMicros: bigint;
  readonly bonusLotMicros: bigint;
  /** Other lots, and debt. */
  readonly elsewhereMicros: bigint;
}

/** The lot of an order that money returns to. */
export type LotOfOrder = 'paid' | 'bonus';

/**
 * Splits what returns of one part between the lots of its order: what was drawn last returns first, each amount to the lot that
 * it was drawn from. What came from elsewhere returns to the part's own lot.
 */
export function returnsOf(movement: Movement, drawn: DrawnFrom): (Movement & { readonly to: LotOfOrder })[] {
  const { amountMicros, kind } = movement;
  const own: LotOfOrder = kind === 'give_paid' ? 'paid' : 'bonus';
  const afterOthers = positive(amountMicros - drawn.elsewhereMicros);
  const [toBonus, toPaid] =
    own === 'paid'
      ? [least(afterOthers, drawn.bonusLotMicros), 0n]
      : [0n, least(positive(afterOthers - drawn.bonusLotMicros), drawn.paidLotMicros)];
  const toOther = toBonus + toPaid;
  const other: LotOfOrder = own === 'paid' ? 'bonus' : 'paid';
  if (toOther === 0n) return [{ ...movement, to: own }];
  const rest = amountMicros - toOther;
  if (rest === 0n) return [{ ...movement, to: other }];
  return [
    { ...movement, amountMicros: rest, to: own },
    { ...movement, amountMicros: toOther, giftCards: 0, to: other },
  ];
}

function positive(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

/** What of an order's credit is taken back at present, in micros: the paid part and the bonus. */
export function takenNow(written: readonly Pick<Movement, 'kind' | 'amountMicros'>[]): bigint {
  return written.reduce((total, { kind, amountMicros }) => {
    if (kind.startsWith('take_')) return total + amountMicros;
    return kind.startsWith('give_') ? total - amountMicros : total;
  }, 0n);
}
