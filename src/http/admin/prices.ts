/** Endpoints of the price book: lists its rows and adds one. */
import type { z } from 'zod';
import { priceChange, type PriceInput } from '../../db/approvals/price.ts';
import { listPrices } from '../../db/pricing/prices.ts';
import { viewOfPrice } from '../../views/spending/price.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { changeOrAsk } from '../money/changes.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { AdminDeps } from './deps.ts';
import { priceBody, priceReply, pricesQuery, pricesReply } from './price-schemas.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'prices';
const PATH = '/admin/prices';

/** What actions cost: rows are added, never changed, and a command keeps the price that it was judged by. */
export function priceRoutes(deps: AdminDeps): Route[] {
  const { guard, db } = deps;
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: PATH,
      operation: 'listPrices',
      summary: 'The rows of the price book, the one added last first',
      chapter: CHAPTERS.prices,
      replies: { 200: pricesReply },
      query: pricesQuery,
      body: NO_BODY,
    },
    async ({ query: { limit, cursor, ...filter } }) => {
      const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
      const rows = await listPrices(db, { ...filter, beforeId, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const body: z.input<typeof pricesReply> = { prices: page.map(viewOfPrice), nextCursor };
      return { body };
    },
  );
  const add = adminRoute(
    guard,
    {
      method: 'POST',
      path: PATH,
      operation: 'createPrice',
      summary: 'Adds a row to the price book; where there is a limit for bookings by hand, it waits for an approval',
      chapter: CHAPTERS.prices,
      replies: { 200: priceReply, 202: approvalReply },
      errors: ['NOT_FOUND', 'IDEMPOTENCY_CONFLICT'],
      idempotent: true,
      query: NO_QUERY,
      body: priceBody,
    },
    async ({ caller, idempotencyKey, body }) =>
      changeOrAsk(deps, priceChange, { caller, idempotencyKey, input: inputOf(body), show: viewOfPrice }),
  );
  return [list, add];
}

/** The row that a body asks for. */
function inputOf(body: z.output<typeof priceBody>): PriceInput {
  const { org = null, action, unit, rateUsd, tiers, from, to } = body;
  const rate = rateUsd === undefined ? null : [{ upTo: null, rate: rateUsd }];
  const times = { fromMs: from?.getTime() ?? null, toMs: to?.getTime() ?? null };
  return { org, action, unit, tiers: tiers ?? rate, ...times };
}
