/** The endpoint that lists who was seen signed in for an org. */
import { z } from 'zod';
import { ROLES } from '../../core/access/roles.ts';
import { listMembers, type MemberPosition } from '../../db/access/members.ts';
import { viewOfMember, type MemberView } from '../../views/people/member.ts';
import { decodeCursor, encodeCursor, pageOf, readTimeMs } from '../endpoint/cursor.ts';
import { orgRoute } from '../endpoint/endpoint.ts';
import { nextCursor, page as pageQuery, time } from '../endpoint/fields.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTER } from './surface.ts';

const CURSOR_KIND = 'members';

const memberView = z
  .strictObject({
    user: z.string().meta({ description: "The person's id in the sign-in.", examples: ['ada'] }),
    role: z.enum(ROLES).describe('Their role, as their token said when they were seen last.'),
    firstSeenAt: time.describe('When the person was first seen.'),
    lastSeenAt: time.describe('When the person was last seen, to the minute.'),
  })
  .meta({ id: 'Member' }) satisfies z.ZodType<MemberView>;

const membersReply = z.strictObject({ members: z.array(memberView).describe('The people, newest first.'), nextCursor });

/** People who were seen signed in. The sign-in decides who they are; nothing here lets anybody in. */
export function memberRoutes({ guard, forOrg }: SurfaceDeps): Route[] {
  const list = orgRoute(
    guard,
    {
      method: 'GET',
      path: '/treasury/members',
      operation: 'listMembers',
      summary: 'The people who were seen signed in for an org, newest first',
      chapter: CHAPTER,
      replies: { 200: membersReply },
      scopes: ['treasury:admin'],
      query: pageQuery,
      body: NO_BODY,
    },
    async ({ org, query: { limit, cursor } }) => {
      const after = decodeCursor(cursor, CURSOR_KIND, readPosition);
      const rows = await listMembers(forOrg(org.id), { org: org.id, after, limit: limit + 1 });
      const { page, nextCursor: next } = pageOf(rows, limit, ({ firstSeenAt, user }) =>
        encodeCursor(CURSOR_KIND, firstSeenAt.getTime(), user),
      );
      const body: z.input<typeof membersReply> = { members: page.map(viewOfMember), nextCursor: next };
      return { body };
    },
  );
  return [list];
}

function readPosition(firstSeenAt = '', ...rest: readonly string[]): MemberPosition | undefined {
  const firstSeenAtMs = readTimeMs(firstSeenAt);
  const user = rest.join('~');
  return firstSeenAtMs === undefined || user.includes('\0') ? undefined : { firstSeenAtMs, user };
}
