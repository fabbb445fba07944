/** What a command may ask of a wallet: each check refuses what is out of bounds or not there. */
import { Refusal } from '../errors.ts';
import { AMOUNT_MICROS_MAX, BALANCE_MICROS_MAX, BALANCE_MICROS_MIN, formatUsd } from '../money.ts';
import type { Purpose } from '../lots/restriction.ts';
import type { Pricing } from '../pricing/price-book.ts';
import { DRAWS_MAX, type DrawFrom } from './draws.ts';
import { debtOf, endOfHold, nextLotExpiry, type LotTerms, type OpenHold } from './head.ts';
import type { Posting } from './posting.ts';

/** The most free gift cards that a wallet may have, available and held. */
const GIFT_CARDS_MAX = 2 ** 31 - 1;

/** The cost of a capture is above what its hold has left. Micros. */
export function holdExceeded(amountMicros: bigint, leftMicros: bigint): Refusal {
  const message = `the cost of ${formatUsd(amountMicros)} is above the ${formatUsd(leftMicros)} that the hold has left`;
  return new Refusal('HOLD_EXCEEDED', message, { details: { holdLeftUsd: formatUsd(leftMicros) } });
}

/** The owner is suspended, and a capture would go beyond its hold, which has so many micros left. */
export function overrunSuspended(leftMicros: bigint): Refusal {
  const message = `the org is suspended: no more than the ${formatUsd(leftMicros)} that the hold has left may be spent`;
  return new Refusal('ORG_SUSPENDED', message);
}

/** @throws Refusal unless the amount is more than zero and within the bound of one command. */
export function checkAmount(amountMicros: bigint): void {
  if (amountMicros > 0n && amountMicros <= AMOUNT_MICROS_MAX) return;
  const message = 'must be more than zero and at most 1000000000 USD';
  throw new Refusal('VALIDATION_FAILED', `the amount ${message}`, { issues: [{ path: 'amountUsd', message }] });
}

/** @throws Refusal RATE_LIMITED when so many holds are open, or may be, that no other may be opened. */
export function checkOpenHolds(posting: Posting, openMax: number): void {
  if (posting.openHolds.atMost < openMax) return;
  const detail = `${openMax} holds may be open at once: capture or release some, or wait until they end`;
  throw new Refusal('RATE_LIMITED', detail, { details: { limit: 'open_holds' } });
}

/** @throws Refusal for a priced hold that would hold nothing, since nothing could be captured from it. */
export function checkHeldPrice(pricing: Pricing | undefined): void {
  if (pricing?.amountMicros !== 0n) return;
  const message = 'costs nothing, so that nothing can be held for it';
  throw new Refusal('VALIDATION_FAILED', `the quantity ${message}`, { issues: [{ path: 'quantity', message }] });
}

/** @throws Refusal when more is taken back than counts as deposited. */
export function checkDeposited(posting: Posting, takenBack: bigint): void {
  if (takenBack <= posting.deposited) return;
  const message = `only ${formatUsd(posting.deposited)} USD are deposited and not taken back yet`;
  throw new Refusal('VALIDATION_FAILED', message, { issues: [{ path: 'amountUsd', message }] });
}

/** @throws Refusal when spending the amount would draw on more lots than one command may. */
export function checkDraws(posting: Posting, amountMicros: bigint, from: DrawFrom): void {
  if (posting.lotCount <= DRAWS_MAX) return;
  const draws = posting.plan(amountMicros, from);
  if (draws.length <= DRAWS_MAX) return;
  const most = draws.slice(0, DRAWS_MAX).reduce((sum, { taken }) => sum + taken, 0n);
  const message = `draws on more than ${DRAWS_MAX} lots of credit: spend at most ${formatUsd(most)} at once`;
  throw new Refusal('VALIDATION_FAILED', `the amount ${message}`, { issues: [{ path: 'amountUsd', message }] });
}

/** @throws Refusal when the lots that fit have less than the amount. */
export function checkLots(posting: Posting, amountMicros: bigint, fits: (terms: LotTerms) => boolean): void {
  const left = posting.leftIn(fits);
  if (amountMicros <= left) return;
  const message = `${formatUsd(amountMicros)} USD needed, ${formatUsd(left)} USD of what is available may be paid out`;
  throw new Refusal('CREDIT_INSUFFICIENT', message, {
    details: { kind: 'balance', availableUsd: formatUsd(left), requiredUsd: formatUsd(amountMicros) },
  });
}

/** @throws Refusal when less than the amount is available. */
export function checkBalance(posting: Posting, amountMicros: bigint): void {
  if (amountMicros > posting.available) throw notAvailable(posting, amountMicros);
}

/** @throws Refusal when less than the amount is available, or all but what is frozen or restricted to something else. */
export function checkAvailable(posting: Posting, amountMicros: bigint, use: Purpose): void {
  checkBalance(posting, amountMicros);
  const { frozen } = posting;
  if (amountMicros <= posting.available - frozen) return checkRestricted(posting, amountMicros, use);
  const [frozenUsd, availableUsd] = [formatUsd(frozen), formatUsd(posting.available)];
  const message = `${formatUsd(amountMicros)} USD needed, ${availableUsd} USD available, ${frozenUsd} USD of it frozen`;
  throw new Refusal('CREDIT_INSUFFICIENT', message, {
    details: { kind: 'frozen', availableUsd, frozenUsd, requiredUsd: formatUsd(amountMicros) },
  });
}

/** @throws Refusal when the amount can only be paid with what is restricted to something else. */
function checkRestricted(posting: Posting, amountMicros: bigint, use: Purpose): void {
  const restricted = posting.leftForOthers(use);
  const spendable = posting.available - posting.frozen - restricted;
  if (restricted === 0n || amountMicros <= spendable) return;
  const usable = formatUsd(spendable > 0n ? spendable : 0n);
  const message = `${formatUsd(amountMicros)} USD needed, ${usable} USD may be spent on this, and ${formatUsd(restricted)} USD on other things only`;
  throw new Refusal('CREDIT_INSUFFICIENT', message, {
    details: {
      kind: 'restricted',
      availableUsd: formatUsd(posting.available),
      restrictedUsd: formatUsd(restricted),
      spendableUsd: usable,
      requiredUsd: formatUsd(amountMicros),
    },
  });
}

function notAvailable(posting: Posting, amountMicros: bigint): Refusal {
  const availableUsd = formatUsd(posting.available);
  const kind = posting.available < 0n ? 'debt' : 'balance';
  return new Refusal('CREDIT_INSUFFICIENT', `${formatUsd(amountMicros)} USD needed, ${availableUsd} USD available`, {
    details: { kind, availableUsd, requiredUsd: formatUsd(amountMicros), debtUsd: formatUsd(debtOf(posting)) },
  });
}

/**
 * @throws Refusal unless the new end of a hold (ms since the epoch) is after its present one, and not after its first end
 * and the end of a lot that it keeps: credit that ends is kept beyond its end for the hold's first life alone.
 */
export function checkNewEnd(hold: OpenHold, newEndMs: number): void {
  const endMs = endOfHold(hold);
  if (newEndMs <= endMs) {
    const message = `the new end must be after the present end of the hold, ${timeOf(endMs)}`;
    throw new Refusal('HOLD_NOT_PENDING', message, { details: { reason: 'shorter' } });
  }
  const lotEndMs = nextLotExpiry(hold.draws);
  if (newEndMs <= Math.max(lotEndMs, hold.firstEndMs)) return;
  const latest = timeOf(Math.max(lotEndMs, hold.firstEndMs, endMs));
  const message = `the hold keeps credit that ends on ${timeOf(lotEndMs)}: it cannot be extended beyond ${latest}`;
  throw new Refusal('HOLD_NOT_PENDING', message, { details: { reason: 'credit_ends', latestEnd: latest } });
}

/** A hold has so many micros left, which is as much as it should grow to. */
export function notLarger(leftMicros: bigint): Refusal {
  const holdLeftUsd = formatUsd(leftMicros);
  return new Refusal('HOLD_NOT_PENDING', `the hold has ${holdLeftUsd} left already: it can only grow`, {
    details: { reason: 'not_larger', holdLeftUsd },
  });
}

/**
 * @throws Refusal when a hold that was extended would take in credit that ends before it: such credit is kept for a hold's
 * first life alone.
 */
export function checkKept(hold: OpenHold, draws: readonly { readonly terms: LotTerms }[]): void {
  const lotEndMs = nextLotExpiry(draws);
  const endMs = endOfHold(hold);
  if (endMs <= hold.firstEndMs || lotEndMs >= endMs) return;
  const message = `the hold was extended, and would take in credit that ends on ${timeOf(lotEndMs)}, before it does`;
  throw new Refusal('HOLD_NOT_PENDING', message, { details: { reason: 'credit_ends', latestEnd: timeOf(lotEndMs) } });
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** @throws Refusal when a credit would raise a balance above the largest that can be stored. */
export function checkLargest(posting: Posting, amountMicros: bigint): void {
  const total = posting.available + posting.held + amountMicros;
  if (total <= BALANCE_MICROS_MAX && posting.deposited + amountMicros <= BALANCE_MICROS_MAX) return;
  throw new Refusal('VALIDATION_FAILED', 'the balance would pass the largest that can be kept');
}

/** @throws Refusal when what is taken would lower the balance below the lowest that can be stored. */
export function checkLowest(posting: Posting, amountMicros: bigint): void {
  if (posting.available - amountMicros >= BALANCE_MICROS_MIN) return;
  throw new Refusal('VALIDATION_FAILED', 'the debt would pass the largest that can be kept');
}

/** @throws Refusal when a wallet would have more free gift cards than can be stored. */
export function checkCards(posting: Posting, cards: number): void {
  if (posting.giftAvailable + posting.giftHeld + cards <= GIFT_CARDS_MAX) return;
  throw new Refusal('VALIDATION_FAILED', 'the wallet would have more free gift cards than can be kept');
}
