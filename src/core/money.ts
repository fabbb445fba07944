/**
 * Money: micro-dollars as bigint (1 USD = 1,000,000 micros; one base unit of USDC is one micro-dollar).
 * The only parsing, formatting and bounds of money in the product.
 */

export const MICROS_PER_USD = 1_000_000n;

/** The most that one command may move, in micros (10^15 micros = one billion USD). */
export const AMOUNT_MICROS_MAX = 1_000_000_000_000_000n;

/** The largest micro amount that fits PostgreSQL's bigint; no balance may pass it. */
export const BALANCE_MICROS_MAX = 9_223_372_036_854_775_807n;

/** The lowest micro amount of a balance: a debt as large as the largest balance. */
export const BALANCE_MICROS_MIN = -BALANCE_MICROS_MAX;

const DECIMAL_USD = /^(0|[1-9][0-9]{0,9})(?:\.([0-9]{1,6}))?$/;

/** Why a text is not an amount; the message may be shown to the caller. */
export class MoneyError extends Error {
  override name = 'MoneyError';
}

/**
 * Reads a decimal USD amount such as "10.50" into micros.
 * Accepts ASCII digits without sign, exponent or leading zeros, with up to six places.
 * @throws MoneyError when the text has another form or the amount is zero or above {@link AMOUNT_MICROS_MAX}.
 */
export function parseUsd(text: string): bigint {
  const micros = parseUsdOrZero(text);
  if (micros === 0n) throw new MoneyError('must be more than zero');
  return micros;
}

/** Like {@link parseUsd}, but zero is allowed (thresholds, limits). */
export function parseUsdOrZero(text: string): bigint {
  const match = DECIMAL_USD.exec(text);
  const whole = match?.[1];
  if (whole === undefined) {
    throw new MoneyError('must be a decimal USD amount as a string, such as "10.50", with up to 6 places and no sign');
  }
  const micros = BigInt(whole) * MICROS_PER_USD + BigInt((match?.[2] ?? '').padEnd(6, '0'));
  if (micros > AMOUNT_MICROS_MAX) throw new MoneyError('must be at most 1000000000 USD');
  return micros;
}

/**
 * Reads a signed decimal USD amount ("-3.20"), as adjustments carry it.
 * @throws MoneyError as {@link parseUsd} does; zero is refused.
 */
export function parseSignedUsd(text: string): bigint {
  return text.startsWith('-') ? -parseUsd(text.slice(1)) : parseUsd(text);
}

/** The message for an amount that is not a string. */
export const AMOUNT_NOT_TEXT =
  'must be a decimal USD amount as a string, such as "10.50"; JSON numbers are refused for money';

/**
 * An amount for schemas, which collect what is wrong instead of throwing it.
 * @param parse one of the parsers above.
 * @returns micros, or why the text is not an amount.
 */
export function readAmount(
  parse: (text: string) => bigint,
  text: string,
): { readonly micros: bigint; readonly problem?: never } | { readonly problem: string; readonly micros?: never } {
  try {
    return { micros: parse(text) };
  } catch (error) {
    if (error instanceof MoneyError) return { problem: error.message };
    throw error;
  }
}

/** Writes micros as decimal USD with 2 to 6 places; zeros past the second place are dropped. */
export function formatUsd(micros: bigint): string {
  const sign = micros < 0n ? '-' : '';
  const absolute = micros < 0n ? -micros : micros;
  const places = (absolute % MICROS_PER_USD).toString().padStart(6, '0');
  const shown = places.slice(0, 2) + places.slice(2).replace(/0+$/, '');
  return `${sign}${absolute / MICROS_PER_USD}.${shown}`;
}
