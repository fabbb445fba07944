/** Amounts in US dollars, exact to six places, on bigint. No floating point is involved anywhere. */

const PLACES = 6;
const RATE_PLACES_MAX = 12;
const MICROS_PER_USD = 1_000_000n;
const AMOUNT = /^(-)?(\d{1,15})(?:\.(\d{1,6}))?$/;
const RATE = /^(\d{1,15})(?:\.(\d{1,12}))?$/;

/** What stands for an amount in arguments: a `Usd`, or its text, such as `'10.50'`. Numbers are refused. */
export type Amount = Usd | string;

/** An exact amount in US dollars. Immutable. `JSON.stringify` writes it as the API wants it. */
export class Usd {
  static readonly ZERO = new Usd(0n);
  /** Micro-dollars; 1 USD is 1,000,000 of them. */
  readonly micros: bigint;

  private constructor(micros: bigint) {
    this.micros = micros;
  }

  /** @throws TypeError for anything but a bigint */
  static fromMicros(micros: bigint): Usd {
    if (typeof micros !== 'bigint') throw new TypeError('micro-dollars are a bigint');
    return new Usd(micros);
  }

  /** Reads decimal text with up to six places, such as `'10.50'` or `'-0.000001'`. @throws TypeError for other text, and for numbers */
  static of(amount: Amount): Usd {
    if (amount instanceof Usd) return amount;
    const parts = typeof amount === 'string' ? AMOUNT.exec(amount) : null;
    if (parts === null) throw new TypeError(`not an amount in USD with up to six places, as text: ${amount}`);
    const [, sign, whole = '', rest = ''] = parts;
    const micros = BigInt(whole) * MICROS_PER_USD + BigInt(rest.padEnd(PLACES, '0'));
    return new Usd(sign === undefined ? micros : -micros);
  }

  /**
   * What a quantity costs at a rate in USD for one unit (text with up to twelve places), rounded up to a whole micro-dollar, as
   * the service's price book rounds.
   * @throws TypeError for a negative quantity, and a rate that is not such text
   */
  static priceOf(quantity: bigint, rateUsd: string): Usd {
    const parts = RATE.exec(rateUsd);
    if (parts === null) throw new TypeError(`not a rate in USD with up to twelve places, as text: ${rateUsd}`);
    if (quantity < 0n) throw new TypeError('a quantity is not negative');
    const [, whole = '', rest = ''] = parts;
    const perMicro = 10n ** BigInt(RATE_PLACES_MAX - PLACES);
    const product = quantity * BigInt(whole + rest.padEnd(RATE_PLACES_MAX, '0'));
    return new Usd((product + perMicro - 1n) / perMicro);
  }

  plus(other: Amount): Usd {
    return new Usd(this.micros + Usd.of(other).micros);
  }

  minus(other: Amount): Usd {
    return new Usd(this.micros - Usd.of(other).micros);
  }

  times(factor: bigint): Usd {
    return new Usd(this.micros * factor);
  }

  /** Below zero, zero or above zero, as this amount is less than, equal to or more than the other one. */
  compare(other: Amount): -1 | 0 | 1 {
    const difference = this.micros - Usd.of(other).micros;
    if (difference === 0n) return 0;
    return difference < 0n ? -1 : 1;
  }

  /** Decimal text with two to six places, as the API writes amounts. */
  toString(): string {
    const size = this.micros < 0n ? -this.micros : this.micros;
    const places = String(size % MICROS_PER_USD)
      .padStart(PLACES, '0')
      .replace(/0{1,4}$/, '');
    return `${this.micros < 0n ? '-' : ''}${size / MICROS_PER_USD}.${places}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** The smaller of two amounts. */
export function lesser(one: Usd, other: Usd): Usd {
  return one.compare(other) < 0 ? one : other;
}

/** The larger of two amounts. */
export function greater(one: Usd, other: Usd): Usd {
  return one.compare(other) > 0 ? one : other;
}
