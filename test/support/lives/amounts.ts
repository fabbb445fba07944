/** Amounts and prices as the model of lives computes them, from their texts and without any code of the ledger's. */

const MICROS_PER_USD = 1_000_000n;
const PLACES = 6;
/** A rate of a whole number times a quantity of another is this many times a micro-dollar. */
const PICOS_PER_MICRO = 1_000_000n;

/** The micros of a decimal number of dollars, such as `-1.05`. */
export function microsOf(usd: string): bigint {
  const [whole = '', places = ''] = usd.replace('-', '').split('.');
  const micros = BigInt(whole) * MICROS_PER_USD + BigInt(places.padEnd(PLACES, '0'));
  return usd.startsWith('-') ? -micros : micros;
}

/** Micros as a decimal number of dollars. */
export function usdOf(micros: bigint): string {
  const digits = String(micros < 0n ? -micros : micros).padStart(PLACES + 1, '0');
  return `${micros < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/** A rate of so many picodollars as a decimal number of dollars. */
export function rateOf(picos: bigint): string {
  const digits = String(picos).padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

interface PriceRow {
  readonly org: string | null;
  readonly action: string;
  readonly picos: bigint;
  readonly fromMs: number;
}

/** The price book as the model knows it. */
export class ModelPrices {
  readonly #rows: PriceRow[] = [];

  add(row: PriceRow): void {
    this.#rows.push(row);
  }

  /** What so many units cost at a time, rounded up; undefined where there is no price. */
  find(
    { action, units, org }: { readonly action: string; readonly units: bigint; readonly org: string | null },
    atMs: number,
  ): bigint | undefined {
    const inForce = this.#rows.filter((row) => row.action === action && row.fromMs <= atMs);
    const own = org === null ? undefined : inForce.findLast((row) => row.org === org);
    const row = own ?? inForce.findLast((one) => one.org === null);
    return row && (units * row.picos + PICOS_PER_MICRO - 1n) / PICOS_PER_MICRO;
  }
}

/** The date in a zone, as `YYYY-MM-DD`. */
export function dateIn(timeZone: string, atMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(atMs));
}

/** The date before one. */
export function dateBefore(date: string): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) - 86_400_000).toISOString().slice(0, date.length);
}
