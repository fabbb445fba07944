import { listChainStandings } from '../../db/chains/status.ts';
import { viewOfChain } from '../../views/chain.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { chainsReply } from './chain-schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

/** The state of every configured chain: which process reads it, from which RPCs, how far, and whether money moves. */
export function chainRoutes({ guard, db, clock, chainNames }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/admin/chains',
    operation: 'listChains',
    summary: 'The state of every configured chain',
    chapter: CHAPTERS.chains,
    replies: { 200: chainsReply },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  const read = adminRoute(guard, specification, async () => {
    const standings = await listChainStandings(db, chainNames);
    const view = { chains: standings.map((standing) => viewOfChain(standing, clock.nowMs())) };
    return { body: chainsReply.parse(view) };
  });
  return [read];
}
