/** Fields of calls about priced actions: what is priced, how much of it, and at which rate. */
import { z } from 'zod';
import { MoneyError } from '../../core/money.ts';
import { parseQuantity, parseRate } from '../../core/pricing/rate.ts';
import { nameText } from '../endpoint/validate.ts';

const ACTION_CHARS_MAX = 100;

function decimal(parse: (text: string) => bigint, about: string, example: string): z.ZodType<bigint, string> {
  return z
    .string(`must be a decimal string, ${about}`)
    .transform((written, context) => {
      try {
        return parse(written);
      } catch (error) {
        if (!(error instanceof MoneyError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
        return z.NEVER;
      }
    })
    .meta({ description: `A decimal string, ${about}.`, override: { examples: [example] } });
}

/** A quantity of an action: up to 6 places; gives millionths. */
export const quantity = decimal(parseQuantity, 'such as 1500 or 0.25', '1500');
/** A rate in USD a unit: up to 12 places; gives picodollars. */
export const rate = decimal(parseRate, 'such as 0.0000025, in USD a unit with up to 12 places', '0.0000025');
/** What is priced. */
export const action = nameText(ACTION_CHARS_MAX);
