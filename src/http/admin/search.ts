/** The endpoint of the search over everything: what a text names, over all orgs. */
import { z } from 'zod';
import { readSearch, SEARCH_CHARS_MAX, SEARCH_KINDS } from '../../core/desk/search.ts';
import { findNamed } from '../../db/desk/search.ts';
import { reportRoute } from '../endpoint/endpoint.ts';
import { time } from '../endpoint/fields.ts';
import { limit, text } from '../endpoint/validate.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import type { AdminDeps } from './deps.ts';
import { CHAPTERS } from './surface.ts';

const searchQuery = z.strictObject({
  /** An id, a hash or an address, an id of a payment provider, a name of an org or a user, or the beginning of one. */
  q: text(SEARCH_CHARS_MAX).refine((written) => written === '' || written.trim() !== '', 'must not be blank'),
  limit,
});
const kind = z.enum(SEARCH_KINDS);
export const searchReply = z.strictObject({
  /** By kind, in the order of the kinds; at most `limit` of each. */
  results: z.array(
    z.strictObject({
      kind,
      /**
       * The id by which other calls know it; of a user or member, their id in the sign-in; of a deposit address, the address; of
       * a payment, the id at the provider.
       */
      id: z.string(),
      title: z.string(),
      orgId: z.uuid().nullable(),
      orgName: z.string().nullable(),
      at: time.nullable(),
    }),
  ),
  /** The kinds of which there is more than `limit`. */
  more: z.array(kind),
});

/** One search over everything that has an id or a name. */
export function searchRoutes({ guard, db }: AdminDeps): Route[] {
  const search = reportRoute(
    guard,
    {
      method: 'GET',
      path: '/admin/search',
      summary: 'What a text names: orgs, people, deposits, orders, entries, addresses and more, of every org',
      chapter: CHAPTERS.search,
      replies: { 200: searchReply },
      query: searchQuery,
      body: NO_BODY,
    },
    async ({ query: { q, limit: most } }) => {
      const { found, more } = await findNamed(db, readSearch(q), most);
      const results = found.map(({ kind: of, id, title, org, orgName, at }) => ({
        kind: of,
        id,
        title,
        orgId: org,
        orgName,
        at: at?.toISOString() ?? null,
      }));
      const body: z.input<typeof searchReply> = { results, more: [...more] };
      return { body };
    },
  );
  return [search];
}
