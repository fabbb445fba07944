/**
 * Whole numbers that are not money: heights, counts, ports, log positions.
 * Money is bigint micro-dollars and is handled by money.ts only.
 */

/**
 * Reads a non-negative whole number from decimal or 0x-hex text, or checks one that is already a number or bigint.
 * @throws RangeError when the value is not a whole number in 0..2^53-1.
 */
export function toCount(value: string | number | bigint): number {
  if (typeof value === 'string' && !/^(0x[0-9a-fA-F]{1,14}|[0-9]{1,16})$/.test(value)) {
    throw new RangeError(`not a whole number: ${value.slice(0, 40)}`);
  }
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new RangeError(`not a whole number within 0..2^53-1: ${String(value).slice(0, 40)}`);
  }
  return number;
}

/** A whole number of either sign as a number. @throws RangeError when a double does not count it exactly */
export function toWhole(value: bigint): number {
  return value < 0n ? -toCount(-value) : toCount(value);
}

/** True for a whole number, of either sign, that a double counts exactly. */
export function isWhole(value: number): boolean {
  return Number.isSafeInteger(value);
}

/** Like {@link toCount}, but gives undefined instead of throwing. */
export function findCount(value: string | number | bigint): number | undefined {
  try {
    return toCount(value);
  } catch {
    return undefined;
  }
}
