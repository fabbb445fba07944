/** The endpoint that says who is signed in to the app. */
import { z } from 'zod';
import { ROLES } from '../../core/access/roles.ts';
import { Refusal } from '../../core/errors.ts';
import { listOrgsNamed } from '../../db/access/orgs.ts';
import { roleIn, type UserCaller } from '../access/caller.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { AppDeps } from './deps.ts';
import { APP } from './surface.ts';

const meReply = z.strictObject({
  person: z
    .strictObject({
      user: z.string().meta({ description: "The person's id in the sign-in.", examples: ['ada'] }),
      isPlatformAdmin: z.boolean().describe('Whether they are an admin of the platform.'),
      isPlatformFinance: z.boolean().describe('Whether they are of the finance of the platform.'),
    })
    .nullable()
    .describe('Who is signed in; null while nobody is.'),
  orgs: z
    .array(
      z.strictObject({
        id: z.uuid().describe('The id of the org.'),
        name: z.string().meta({ description: 'The name of the org.', examples: ['Acme'] }),
        externalId: z
          .string()
          .nullable()
          .meta({ description: "The id in the operator's own system; null without one.", examples: ['acme-1'] }),
        role: z.enum(ROLES).describe('The role in the org.'),
      }),
    )
    .describe('The orgs in which the person has a role, by name.'),
  csrfToken: z
    .string()
    .nullable()
    .meta({
      description: 'To be sent as `X-Coffer-CSRF` with what is not a GET; null for callers without a session.',
      examples: ['x5Jb2mQ0'],
    }),
  session: z
    .strictObject({
      provenAt: z.iso
        .datetime()
        .nullable()
        .describe('When the person last proved who they are; null where the issuer does not say.'),
      expiresAt: z.iso.datetime().describe('When the session ends.'),
    })
    .nullable()
    .describe('The session; null for callers without one.'),
  signInPath: z
    .string()
    .nullable()
    .meta({ description: 'Where to sign in; null where nobody can.', examples: ['/app/sign-in'] }),
});
type Me = z.input<typeof meReply>;

/** Who is signed in. It is no error that nobody is: the app then offers the sign-in. */
export function meRoute({ guard, db, signIn }: AppDeps): Route {
  const signInPath = signIn === undefined ? null : '/app/sign-in';
  const nobody: Me = { person: null, orgs: [], csrfToken: null, session: null, signInPath };
  const me = async (caller: UserCaller): Promise<Me> => {
    const { user, isPlatformAdmin, isPlatformFinance, session } = caller;
    const orgs = await listOrgsNamed(db, caller.orgsBy, [...caller.roles.keys()]);
    return {
      person: { user, isPlatformAdmin, isPlatformFinance },
      orgs: orgs.flatMap((org) => {
        const { id, name, externalId } = org;
        const role = roleIn(caller, org);
        return role === undefined ? [] : [{ id, name, externalId, role }];
      }),
      csrfToken: session?.csrfToken ?? null,
      session: session
        ? { provenAt: isoOrNull(session.provenAtMs), expiresAt: new Date(session.expiresAtMs).toISOString() }
        : null,
      signInPath,
    };
  };
  return {
    method: 'GET',
    path: '/app/me',
    documented: {
      operation: 'getMe',
      summary: 'Who is signed in, and in which orgs they have a role',
      chapter: APP,
      replies: { 200: meReply },
      errors: ['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'LEDGER_UNAVAILABLE'],
      access: 'open',
      scopes: [],
      query: NO_QUERY,
      body: NO_BODY,
    },
    handle: async (request) => {
      if (!guard.names(request)) return { body: nobody };
      try {
        const caller = await guard.authenticate(request);
        if (caller.type !== 'user') throw new Refusal('FORBIDDEN', 'this is for people');
        return { body: await me(caller) };
      } catch (error) {
        const isOver = error instanceof Refusal && error.code === 'UNAUTHENTICATED';
        if (isOver && request.headers.authorization === undefined) return { body: nobody };
        throw error;
      }
    },
  };
}

function isoOrNull(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}
