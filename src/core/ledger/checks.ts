/** Checks of amounts that several commands share; each refuses with what is there and what is needed. */
import { Refusal } from '../errors.ts';
import { AMOUNT_MICROS_MAX, formatUsd } from '../money.ts';
import { debtOf, type LotTerms } from './head.ts';
import type { Posting } from './posting.ts';

/** @throws Refusal VALIDATION_FAILED for an amount that is not above zero, or above the largest of one command. */
export function checkAmount(amountMicros: bigint): void {
  if (amountMicros > 0n && amountMicros <= AMOUNT_MICROS_MAX) return;
  const message = 'must be more than zero and at most 1000000000 USD';
  throw new Refusal('VALIDATION_FAILED', `the amount ${message}`, { issues: [{ path: 'amountUsd', message }] });
}

/** @throws Refusal VALIDATION_FAILED when more is taken back than counts as deposited. */
export function checkDeposited(posting: Posting, takenBack: bigint): void {
  if (takenBack <= posting.deposited) return;
  const message = `only ${formatUsd(posting.deposited)} USD are deposited and not taken back yet`;
  throw new Refusal('VALIDATION_FAILED', message, { issues: [{ path: 'amountUsd', message }] });
}

/** @throws Refusal CREDIT_INSUFFICIENT when the lots that fit have less than that. */
export function checkLots(posting: Posting, amountMicros: bigint, fits: (terms: LotTerms) => boolean): void {
  const left = posting.leftIn(fits);
  if (amountMicros <= left) return;
  const message = `${formatUsd(amountMicros)} USD needed, ${formatUsd(left)} USD of what is available may be paid out`;
  throw new Refusal('CREDIT_INSUFFICIENT', message, {
    details: { availableUsd: formatUsd(left), requiredUsd: formatUsd(amountMicros) },
  });
}

/** @throws Refusal CREDIT_INSUFFICIENT when less than that is available. */
export function checkAvailable(posting: Posting, amountMicros: bigint): void {
  if (amountMicros <= posting.available) return;
  const availableUsd = formatUsd(posting.available);
  throw new Refusal('CREDIT_INSUFFICIENT', `${formatUsd(amountMicros)} USD needed, ${availableUsd} USD available`, {
    details: { availableUsd, requiredUsd: formatUsd(amountMicros), debtUsd: formatUsd(debtOf(posting)) },
  });
}
