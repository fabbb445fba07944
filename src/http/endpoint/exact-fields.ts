/** Amount fields of surfaces that take JSON numbers: read from the digits in the body, never through floating point. */
import { z } from 'zod';
import { parseDecimal } from '../../core/decimal.ts';
import { toCount } from '../../core/integers.ts';
import { AMOUNT_MICROS_MAX, MoneyError } from '../../core/money.ts';
import { ExactNumber } from './json.ts';

/** Decimal places of an amount in dollars. */
const USD_PLACES = 6;
/** Card providers take amounts of up to eight digits. */
const PRICE_CENTS_MAX = 99_999_999n;

/** An amount in dollars above zero with up to six decimal places; gives micros. */
export const usdNumber = amountNumber({ places: USD_PLACES, least: 1n, tooMuch: 'must be at most 1000000000' });

/** A whole amount above zero in the smallest unit of its surface; gives it unchanged. */
export const wholeAmount = amountNumber({ places: 0, least: 1n, tooMuch: `must be at most ${AMOUNT_MICROS_MAX}` });

/** A whole amount that may be zero (settings); gives it unchanged. */
export const wholeAmountOrZero = amountNumber({
  places: 0,
  least: 0n,
  tooMuch: `must be at most ${AMOUNT_MICROS_MAX}`,
});

/** A price in whole cents above zero, up to what card providers take; gives it unchanged. */
export const priceCents = amountNumber({
  places: 0,
  least: 1n,
  most: PRICE_CENTS_MAX,
  tooMuch: `must be at most ${PRICE_CENTS_MAX}`,
});

interface AmountBounds {
  readonly places: number;
  /** In units of the last place, as is `most`. */
  readonly least: bigint;
  readonly most?: bigint;
  readonly tooMuch: string;
}

function amountNumber({ places, least, most = AMOUNT_MICROS_MAX, tooMuch }: AmountBounds): z.ZodType<bigint> {
  return z
    .unknown()
    .meta({
      type: places === 0 ? 'integer' : 'number',
      minimum: toCount(least) / 10 ** places,
      maximum: toCount(most) / 10 ** places,
    })
    .transform((written, context) => {
      const problem = (message: string): never => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (written === undefined) return problem('is required');
      if (!(written instanceof ExactNumber)) return problem('must be a JSON number');
      try {
        const amount = parseDecimal(written.source, places);
        if (amount < least) return problem(least > 0n ? 'must be more than zero' : 'must not be below zero');
        return amount > most ? problem(tooMuch) : amount;
      } catch (error) {
        if (!(error instanceof MoneyError)) throw error;
        return problem(error.message);
      }
    });
}
