/** Amounts stay text, or whole millionths of a dollar as bigint. {@link toPixels} alone makes numbers of them, for plots. */
const PLACES = 6;
const MICROS = 1_000_000n;
const MICROS_A_CENT = 10_000n;
const AMOUNT = /^(-?)([0-9]+)(?:\.([0-9]{1,6}))?$/;

/** Millionths of a dollar. @throws RangeError for a text that is no amount */
export function toMicros(usd: string): bigint {
  const [, sign = '', whole = '0', part = ''] = AMOUNT.exec(usd) ?? [];
  if (!AMOUNT.test(usd)) throw new RangeError(`not an amount: ${usd}`);
  const micros = BigInt(whole) * MICROS + BigInt(part.padEnd(PLACES, '0'));
  return sign === '-' ? -micros : micros;
}

/** An amount as the service writes it, with two places or as many as it needs. */
export function toUsd(micros: bigint): string {
  const [sign, size] = micros < 0n ? ['-', -micros] : ['', micros];
  const part = String(size % MICROS)
    .padStart(PLACES, '0')
    .replace(/0{1,4}$/, '');
  return `${sign}${size / MICROS}.${part}`;
}

/** An amount for people: `$1,234.50`; with a sign where it is a change. */
export function show(usd: string, signed = false): string {
  const [, sign = '', whole = '', part = '00'] = AMOUNT.exec(usd) ?? [];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const mark = sign === '-' ? '−' : signed && /[1-9]/.test(usd) ? '+' : '';
  return `${mark}$${grouped}.${part.padEnd(2, '0')}`;
}

/** A place on a plot. Never used to decide or to show an amount. */
export function toPixels(usd: string): number {
  // oxlint-disable-next-line no-restricted-globals -- a plot has pixels, not cents.
  return Number(usd);
}

/** Dollars and cents that a person typed; undefined when they are none. */
export function readTyped(text: string): string | undefined {
  const plain = text.trim().replace(/^\$/, '').replaceAll(',', '');
  return /^[0-9]{1,9}(\.[0-9]{1,2})?$/.test(plain) && /[1-9]/.test(plain) ? plain : undefined;
}

/** Whole cents, as the service names prices. */
export const usdOfCents = (cents: number): string => toUsd(BigInt(cents) * MICROS_A_CENT);

/** Cents of an amount with two places at most. */
export const centsOf = (usd: string): number => Number(toMicros(usd) / MICROS_A_CENT);

/** Whole credits for people: `12,500 credits`. */
export const showCredits = (credits: number): string =>
  `${credits.toLocaleString('en')} ${credits === 1 ? 'credit' : 'credits'}`;

/** Dollars and cents as a JSON number, for the calls that take one: with two places it is printed as it was typed. */
export const jsonNumber = (usd: string): number => Number(usd);
