/** What a command may ask of a wallet: each check refuses what is out of bounds or not there. */
import { Refusal } from '../errors.ts';
import { AMOUNT_MICROS_MAX, formatUsd } from '../money.ts';
import { debtOf, type LotTerms } from './head.ts';
import type { Posting } from './posting.ts';

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

/** @throws Refusal when more is taken back than counts as deposited. */
export function checkDeposited(posting: Posting, takenBack: bigint): void {
  if (takenBack <= posting.deposited) return;
  const message = `only ${formatUsd(posting.deposited)} USD are deposited and not taken back yet`;
  throw new Refusal('VALIDATION_FAILED', message, { issues: [{ path: 'amountUsd', message }] });
}

/** @throws Refusal when the lots that fit have less than the amount. */
export function checkLots(posting: Posting, amountMicros: bigint, fits: (terms: LotTerms) => boolean): void {
  const left = posting.leftIn(fits);
  if (amountMicros <= left) return;
  const message = `${formatUsd(amountMicros)} USD needed, ${formatUsd(left)} USD of what is available may be paid out`;
  throw new Refusal('CREDIT_INSUFFICIENT', message, {
    details: { availableUsd: formatUsd(left), requiredUsd: formatUsd(amountMicros) },
  });
}

/** @throws Refusal when less than the amount is available. */
export function checkAvailable(posting: Posting, amountMicros: bigint): void {
  if (amountMicros <= posting.available) return;
  const availableUsd = formatUsd(posting.available);
  throw new Refusal('CREDIT_INSUFFICIENT', `${formatUsd(amountMicros)} USD needed, ${availableUsd} USD available`, {
    details: { availableUsd, requiredUsd: formatUsd(amountMicros), debtUsd: formatUsd(debtOf(posting)) },
  });
}
