/** Endpoints that freeze a chain and release it. */
import { z } from 'zod';
import { freezeChain, releaseChain } from '../../db/chains/freezes.ts';
import { viewOfFreeze } from '../../views/chain.ts';
import { actorOf } from '../access/caller.ts';
import { adminRoute, type Call } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { freezeBody, releaseBody, freezeReply, releaseReply } from './chain-schemas.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/admin/chains/:chain';

/** The kill switch of a chain, and its release: after a release the detector's next round writes what is due. */
export function chainFreezeRoutes({ guard, db, clock, chains }: SurfaceDeps): Route[] {
  const chainOf = ({ params }: Pick<Call<unknown, unknown>, 'params'>): string => {
    const found = chains.find(({ chain }) => chain === params['chain']);
    if (!found) throw notFound('chain');
    return found.chain;
  };
  const freeze = adminRoute(
    guard,
    {
      method: 'POST',
      path: `${PATH}/freeze`,
      pathParams: { chain: z.string() },
      operation: 'freezeChain',
      summary: 'Stops credits and reversals on a chain',
      chapter: CHAPTERS.chains,
      replies: { 200: freezeReply },
      query: NO_QUERY,
      body: freezeBody,
    },
    async ({ params, caller, body: { reason } }) => {
      const chain = chainOf({ params });
      const by = actorOf(caller);
      const changed = await freezeChain(db, { chain, kind: 'operator', reason, by, at: new Date(clock.nowMs()) });
      const body: z.input<typeof freezeReply> = { chain, frozen: true, changed };
      return { body };
    },
  );
  const release = adminRoute(
    guard,
    {
      method: 'POST',
      path: `${PATH}/release`,
      pathParams: { chain: z.string() },
      operation: 'releaseChain',
      summary: 'Releases a frozen chain, whose credits and reversals go on',
      chapter: CHAPTERS.chains,
      replies: { 200: releaseReply },
      query: NO_QUERY,
      body: releaseBody,
    },
    async ({ params, caller }) => {
      const chain = chainOf({ params });
      const ended = await releaseChain(db, { chain, by: actorOf(caller), at: new Date(clock.nowMs()) });
      const body: z.input<typeof releaseReply> = { chain, released: ended.map(viewOfFreeze) };
      return { body };
    },
  );
  return [freeze, release];
}
