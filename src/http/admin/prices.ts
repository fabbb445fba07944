/** Endpoints of the price book: lists its rows and adds one. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { findTimeProblem } from '../../core/pricing/price-book.ts';
import { findOrg } from '../../db/access/orgs.ts';
import { addPrice, listPrices, type AddedPrice } from '../../db/pricing/prices.ts';
import { viewOfPrice } from '../../views/price.ts';
import { actorOf } from '../access/caller.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { notFound } from '../endpoint/path-ids.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { AdminDeps } from './deps.ts';
import { priceBody, priceReply, pricesQuery, pricesReply } from './price-schemas.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'prices';
const PATH = '/admin/prices';

/** What actions cost: rows are added, never changed, and a command keeps the price that it was judged by. */
export function priceRoutes({ guard, db, clock, adminEntryLimitMicros: limitMicros }: AdminDeps): Route[] {
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: PATH,
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
      summary: 'Adds a row to the price book; what was charged before keeps its price',
      chapter: CHAPTERS.prices,
      replies: { 200: priceReply },
      errors: ['NOT_FOUND'],
      query: NO_QUERY,
      body: priceBody,
    },
    async ({ caller, body }) => {
      // A rate bounds no amount, so that every row counts as above the limit.
      if (limitMicros !== undefined) {
        throw new Refusal(
          'FORBIDDEN',
          'while adminEntryLimitUsd is set a price needs a second person: no call adds it',
        );
      }
      if (body.org !== undefined && !(await findOrg(db, body.org))) throw notFound('org');
      const price = priceOf(body, { nowMs: clock.nowMs(), by: actorOf(caller) });
      await addPrice(db, price);
      return { body: viewOfPrice(price) };
    },
  );
  return [list, add];
}

/** The row that a body asks for. @throws Refusal VALIDATION_FAILED for times that do not fit */
function priceOf(body: z.output<typeof priceBody>, { nowMs, by }: { nowMs: number; by: string }): AddedPrice {
  const fromMs = body.from?.getTime() ?? nowMs;
  const toMs = body.to?.getTime() ?? null;
  const problem = findTimeProblem({ fromMs, toMs }, nowMs);
  if (problem) throw invalidInput([{ path: problem.field, message: problem.message }]);
  const rate = body.rateUsd === undefined ? null : [{ upTo: null, rate: body.rateUsd }];
  const { org = null, action, unit } = body;
  const tiers = body.tiers ?? rate;
  return { id: uuidV7(nowMs), org, action, unit, tiers, fromMs, toMs, addedAtMs: nowMs, addedBy: by };
}
