import type { z } from 'zod';
import { formatUsd } from '../../core/money.ts';
import { PACKS } from '../../core/billing/packs.ts';
import { signedInRoute } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { packsReply } from './schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

/** The packs that an org may order. */
export function packRoutes({ guard }: SurfaceDeps): Route[] {
  const packs = PACKS.map(({ amountMicros, ...pack }) => ({ ...pack, amountUsd: formatUsd(amountMicros) }));
  const body: z.input<typeof packsReply> = { packs };
  const specification = {
    method: 'GET',
    path: '/treasury/packs',
    operation: 'listPacks',
    summary: 'The credit packs that can be bought',
    chapter: CHAPTERS.balance,
    replies: { 200: packsReply },
    scopes: [],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return [signedInRoute(guard, specification, () => Promise.resolve({ body }))];
}
