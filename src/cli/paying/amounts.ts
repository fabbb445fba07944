/** Amounts as `coffer pay` takes them: whole numbers of the smallest unit, as its surface does. */
import { InvalidArgumentError } from 'commander';
import { findCount } from '../../core/integers.ts';
import { AMOUNT_MICROS_MAX } from '../../core/money.ts';

/** A whole number of micro-dollars or cents above zero. */
export function readAmount(text: string): bigint {
  const amount = findCount(text);
  if (amount !== undefined && amount > 0 && BigInt(amount) <= AMOUNT_MICROS_MAX) return BigInt(amount);
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${AMOUNT_MICROS_MAX}.`);
}

/** The same, or zero. */
export function readAmountOrZero(text: string): bigint {
  return text === '0' ? 0n : readAmount(text);
}
