/** Amount fields of surfaces that take JSON numbers: read from the digits in the body, never through floating point. */
import { z } from 'zod';
import { parseDecimal } from '../../core/decimal.ts';
import { AMOUNT_MICROS_MAX, MoneyError } from '../../core/money.ts';
import { ExactNumber } from './json.ts';

/** Decimal places of an amount in dollars. */
const USD_PLACES = 6;

/** An amount in dollars above zero with up to six decimal places; gives micros. */
export const usdNumber = amountNumber(USD_PLACES, 'must be at most 1000000000');

/** A whole amount above zero in the smallest unit of its surface; gives it unchanged. */
export const wholeAmount = amountNumber(0, `must be at most ${AMOUNT_MICROS_MAX}`);

function amountNumber(places: number, tooMuch: string): z.ZodType<bigint> {
  return z
    .unknown()
    .meta({ type: 'number', exclusiveMinimum: 0 })
    .transform((written, context) => {
      const problem = (message: string): never => {
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      };
      if (written === undefined) return problem('is required');
      if (!(written instanceof ExactNumber)) return problem('must be a JSON number');
      try {
        const amount = parseDecimal(written.source, places);
        if (amount <= 0n) return problem('must be more than zero');
        return amount > AMOUNT_MICROS_MAX ? problem(tooMuch) : amount;
      } catch (error) {
        if (!(error instanceof MoneyError)) throw error;
        return problem(error.message);
      }
    });
}
