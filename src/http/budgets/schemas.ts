/** Schemas of the calls about budgets. */
import { z } from 'zod';
import { BUDGET_PERIODS, BUDGET_SUBJECTS } from '../../core/budgets/budget.ts';
import type { BudgetView } from '../../views/spending/budget.ts';
import { amount, nextCursor, time } from '../endpoint/fields.ts';
import { nameText, text, usd } from '../endpoint/validate.ts';

const MODES = ['hard', 'soft'] as const;
const percentMessage = 'must be a whole number from 1 to 99';

const mode = z.enum(MODES, `must be one of ${MODES.join(', ')}`).meta({
  description: 'A hard budget refuses what would pass its limit; a soft one only counts and warns.',
});
const warnAtPercent = z
  .int(percentMessage)
  .min(1, percentMessage)
  .max(99, percentMessage)
  .nullable()
  .meta({ description: 'The part of the limit from which on `budget.warned` is sent; null: it is not.' });

/** Most characters of what a budget is about: as long as a user, team or app may be. */
const VALUE_CHARS_MAX = 255;
const NAME_CHARS_MAX = 100;

export const createBudgetBody = z
  .strictObject({
    name: nameText(NAME_CHARS_MAX)
      .optional()
      .meta({ description: 'The name that people read.', examples: ['Chat of user-17'] }),
    subject: z
      .enum(BUDGET_SUBJECTS, `must be one of ${BUDGET_SUBJECTS.join(', ')}`)
      .meta({ description: 'Which field of a spend it is about; `key`: the API key that makes the call.' }),
    value: text(VALUE_CHARS_MAX).meta({ description: 'The user, team, app, service, or the id of the key.' }),
    period: z
      .enum(BUDGET_PERIODS, `must be one of ${BUDGET_PERIODS.join(', ')}`)
      .meta({ description: 'When it begins anew, in the time zone of the org; `none`: never.' }),
    limitUsd: usd.describe('The limit of a period, in USD.'),
    mode: mode.describe('A hard budget refuses what would pass its limit; a soft one only counts and warns.'),
    warnAtPercent: warnAtPercent.optional(),
  })
  .meta({ examples: [{ subject: 'userId', value: 'u-1', period: 'month', limitUsd: '50.00', mode: 'hard' }] });

export const changeBudgetBody = z
  .strictObject({
    name: nameText(NAME_CHARS_MAX)
      .nullable()
      .optional()
      .meta({ description: 'The name that people read; null without one.', examples: ['Chat of user-17'] }),
    limitUsd: usd.optional().describe('The limit of a period, in USD.'),
    mode: mode
      .optional()
      .describe('A hard budget refuses what would pass its limit; a soft one only counts and warns.'),
    warnAtPercent: warnAtPercent.optional(),
  })
  .meta({ examples: [{ limitUsd: '75.00' }] });

export const budgetReply = z
  .strictObject({
    id: z.uuid().describe('The id of the budget.'),
    name: z
      .string()
      .nullable()
      .meta({ description: 'The name that people read; null without one.', examples: ['Chat of user-17'] }),
    subject: z
      .enum(BUDGET_SUBJECTS)
      .describe('Which field of a spend it is about; `key`: the API key that makes the call.'),
    value: z
      .string()
      .meta({ description: 'The user, team, app, service or key that it is about.', examples: ['user-17'] }),
    period: z.enum(BUDGET_PERIODS).describe('When the budget begins anew, in the time zone of the org; `none`: never.'),
    mode: z.enum(MODES).describe('A hard budget refuses what would pass its limit; a soft one only counts and warns.'),
    limitUsd: amount.describe('The limit of a period, in USD.'),
    warnAtPercent: z
      .int()
      .nullable()
      .describe('The part of the limit, in percent, from which on `budget.warned` is sent; null: it is not.'),
    usedUsd: amount.describe('What was spent in the present period, in USD.'),
    reservedUsd: amount.describe('What open holds reserve of it, in USD.'),
    leftUsd: amount.describe('What is left of the limit, in USD; zero where more was counted than the limit.'),
    periodStart: time.nullable().describe('When the present period began; null where there is none.'),
    renewsAt: time.nullable().describe('The end of the present period; null where the budget has none.'),
    timeZone: z.string().meta({ description: 'The time zone of its periods.', examples: ['Europe/Berlin'] }),
    createdAt: time.describe('When it was created.'),
  })
  .meta({ id: 'Budget' }) satisfies z.ZodType<BudgetView>;

export const budgetsReply = z.strictObject({
  budgets: z.array(budgetReply).describe('The budgets, newest first.'),
  nextCursor,
});
