/** The endpoint that lists the holds of an org. */
import type { z } from 'zod';
import { findCount } from '../../core/integers.ts';
import type { Database } from '../../db/database.ts';
import { listHoldNumbers, listOpenHolds, readHolds, type HoldFilter, type HoldRecord } from '../../db/ledger/holds.ts';
import { SEQ_END } from '../../db/ledger/entries.ts';
import { checkServiceFilter } from '../../core/ledger/vocabulary.ts';
import { viewOfHold } from '../../views/hold.ts';
import { decodeCursor, encodeCursor } from '../endpoint/cursor.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { readHoldId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { holdsQuery, holdsReply } from './hold-schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';
import { payingOrg } from '../money/payer.ts';

const CURSOR_KIND = 'holds';
/** Most holds that one call reads to find those that match a filter; a page may have fewer than its limit then. */
const LOOKED_AT_MAX = 500;

/**
 * The holds of an org, newest first. Open ones come from the table of open holds. With any other filter one call reads
 * at most LOOKED_AT_MAX holds, so a page may be short or empty although another page follows it.
 */
export function holdListRoutes({ guard, db, clock, services }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/treasury/holds',
    operation: 'listHolds',
    summary: 'The holds of an org, newest first',
    chapter: CHAPTERS.holds,
    replies: { 200: holdsReply },
    scopes: ['treasury:read'],
    query: holdsQuery,
    body: NO_BODY,
  } as const;
  const list = orgRoute(guard, specification, async ({ org, query }) => {
    const { state, serviceType: service, reference, parentHoldId, metadata, limit } = query;
    checkServiceFilter(service, services);
    const beforeHold = decodeCursor(query.cursor, CURSOR_KIND, (number) => findCount(number ?? '')) ?? SEQ_END;
    const wallet = payingOrg(org).wallet;
    const parent = parentHoldId === undefined ? undefined : readHoldId(parentHoldId, wallet);
    const nowMs = clock.nowMs();
    const filter: HoldFilter = { wallet, state, service, reference, parent, metadata, beforeHold, nowMs };
    const { holds, nextHold } = await guard.turns.run(org.id, async () => readPage(db, filter, limit));
    const nextCursor = nextHold === undefined ? null : encodeCursor(CURSOR_KIND, nextHold);
    const body: z.input<typeof holdsReply> = { holds: holds.map(viewOfHold), nextCursor };
    return { body };
  });
  return [list];
}

async function readPage(
  db: Database,
  filter: HoldFilter,
  limit: number,
): Promise<{ readonly holds: readonly HoldRecord[]; readonly nextHold: number | undefined }> {
  const { state, service, reference, metadata } = filter;
  const onlyOpen = state === 'open';
  const filtered = [state, service, reference, metadata].some((asked) => asked !== undefined);
  const lookedAtMax = filtered && !onlyOpen ? LOOKED_AT_MAX : limit + 1;
  const numbers = await (onlyOpen ? listOpenHolds : listHoldNumbers)(db, filter, lookedAtMax);
  const found = await readHolds(db, filter, numbers);
  const holds = found.slice(0, limit);
  const lastLookedAt = numbers.length < lookedAtMax ? undefined : numbers.at(-1);
  return { holds, nextHold: found.length > limit ? holds.at(-1)?.hold : lastLookedAt };
}
