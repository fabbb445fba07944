/** The endpoint that says what a quantity of a priced action would cost. */
import { z } from 'zod';
import { formatUsd, MoneyError } from '../../core/money.ts';
import { findPrice, priceBy } from '../../core/pricing/price-book.ts';
import { formatQuantity, formatRate } from '../../core/pricing/rate.ts';
import { listPricesFor } from '../../db/pricing/prices.ts';
import type { SurfaceDeps } from '../deps.ts';
import { invalidInput, orgRoute } from '../endpoint/endpoint.ts';
import { amount, time } from '../endpoint/fields.ts';
import { moment } from '../endpoint/validate.ts';
import { action, quantity } from '../money/price-fields.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const quoteQuery = z.strictObject({
  action: action.meta({ description: 'The action that is priced.', examples: ['chat'] }),
  quantity: quantity.describe('How many units.'),
  at: moment.optional().describe('As of when; left out: now.'),
});

const quoteReply = z
  .strictObject({
    action: z.string().meta({ description: 'The action that is priced.', examples: ['chat'] }),
    quantity: z.string().meta({ description: 'How many units.', examples: ['1500'] }),
    unit: z.string().meta({ description: 'What is counted, such as `token`.', examples: ['token'] }),
    rateUsd: z.string().meta({ description: 'USD for a unit.', examples: ['0.00002'] }),
    amountUsd: amount.describe('What they cost, in USD.'),
    priceId: z.uuid().describe('The id of the row of the price book.'),
    at: time.describe('As of when.'),
  })
  .meta({ id: 'Quote' });

/** What an action would cost; moves nothing and promises nothing about later. */
export function quoteRoutes({ guard, forOrg, clock }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/treasury/quote',
    operation: 'getQuote',
    summary: 'What a quantity of a priced action costs',
    chapter: CHAPTERS.spending,
    replies: { 200: quoteReply },
    scopes: ['treasury:read', 'treasury:spend'],
    query: quoteQuery,
    body: NO_BODY,
  } as const;
  return [
    orgRoute(guard, specification, async ({ org, query: { at, ...asked } }) => {
      const atMs = at?.getTime() ?? clock.nowMs();
      const command = { org: org.id, action: asked.action, atMs };
      const row = findPrice(await listPricesFor(forOrg(org.id), command), command);
      if (!row) throw invalidInput([{ path: 'action', message: 'has no price in force at that time' }]);
      const { rate, amountMicros } = priced(row, asked.quantity);
      const body: z.input<typeof quoteReply> = {
        action: asked.action,
        quantity: formatQuantity(asked.quantity),
        unit: row.unit,
        rateUsd: formatRate(rate),
        amountUsd: formatUsd(amountMicros),
        priceId: row.id,
        at: new Date(atMs).toISOString(),
      };
      return { body };
    }),
  ];
}

function priced(...[row, asked]: Parameters<typeof priceBy>): ReturnType<typeof priceBy> {
  try {
    return priceBy(row, asked);
  } catch (error) {
    throw error instanceof MoneyError ? invalidInput([{ path: 'quantity', message: error.message }]) : error;
  }
}
