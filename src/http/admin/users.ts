/** Endpoints about people who use orgs' services. */
import { z } from 'zod';
import { eraseTexts } from '../../db/access/erase.ts';
import { dropSessionsOf } from '../../db/access/sessions.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const USER_ID_LENGTH_MAX = 255;
const userId = z.string().min(1).max(USER_ID_LENGTH_MAX);
const eraseReply = z.strictObject({
  userId,
  /** Descriptions and metadata, with their salts; those of a command and of what followed from it count once. */
  erasedTexts: z.int().min(0),
});

/** Erasing what was written about a person: the ledger keeps its entries, and verification reports their texts as erased. */
export function userRoutes({ guard, db }: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/admin/users/:id/erase',
    pathParams: { id: userId },
    summary: 'Erases the descriptions and metadata of what names a user, and ends their sessions',
    chapter: CHAPTERS.users,
    replies: { 200: eraseReply },
    query: NO_QUERY,
    body: z.strictObject({}),
  } as const;
  const erase = adminRoute(guard, specification, async ({ params }) => {
    const { data: user } = userId.safeParse(params['id']);
    if (user === undefined)
      throw invalidInput([{ path: 'id', message: `must have 1 to ${USER_ID_LENGTH_MAX} characters` }]);
    await dropSessionsOf(db, user);
    const body: z.input<typeof eraseReply> = { userId: user, erasedTexts: await eraseTexts(db, user) };
    return { body };
  });
  return [erase];
}
