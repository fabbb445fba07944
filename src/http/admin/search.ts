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
  q: text(SEARCH_CHARS_MAX)
    .refine((written) => written === '' || written.trim() !== '', 'must not be blank')
    .meta({
      description:
        'An id, a hash or an address, an id of a payment provider, a name of an org or a user, or the beginning of one.',
      examples: ['Acme'],
    }),
  limit,
});
const kind = z.enum(SEARCH_KINDS);
export const searchReply = z.strictObject({
  results: z
    .array(
      z
        .strictObject({
          kind: kind.describe('What was found.'),
          id: z.string().meta({
            description:
              'The id by which other calls know it; of a user or member, their id in the sign-in; of a deposit address, the address; of a payment, the id at the provider.',
            examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
          }),
          title: z.string().meta({ description: 'What it is, for people.', examples: ['Acme'] }),
          orgId: z.uuid().nullable().describe('The org that it is of; null where it is of none.'),
          orgName: z
            .string()
            .nullable()
            .meta({ description: 'The name of that org; null where it is of none.', examples: ['Acme'] }),
          at: time.nullable().describe('When it was made; null where that is not kept.'),
        })
        .meta({ id: 'SearchResult' }),
    )
    .describe('What was found, by kind, in the order of the kinds; at most `limit` of each.'),
  more: z.array(kind).describe('The kinds of which there is more than `limit`.'),
});

/** One search over everything that has an id or a name. */
export function searchRoutes({ guard, db }: AdminDeps): Route[] {
  const search = reportRoute(
    guard,
    {
      method: 'GET',
      path: '/admin/search',
      operation: 'searchAll',
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
