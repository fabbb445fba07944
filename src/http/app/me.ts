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
  /** Null while nobody is signed in. */
  person: z
    .strictObject({
      user: z.string(),
      isPlatformAdmin: z.boolean(),
      isPlatformFinance: z.boolean(),
    })
    .nullable(),
  /** The orgs in which the person has a role, by name. */
  orgs: z.array(
    z.strictObject({ id: z.uuid(), name: z.string(), externalId: z.string().nullable(), role: z.enum(ROLES) }),
  ),
  /** To be sent as `X-Coffer-CSRF` with what is not a GET; null for callers without a session. */
  csrfToken: z.string().nullable(),
  session: z
    .strictObject({
      /** When the person last proved who they are; null where the issuer does not say. */
      provenAt: z.iso.datetime().nullable(),
      expiresAt: z.iso.datetime(),
    })
    .nullable(),
  /** Where to sign in; null where nobody can. */
  signInPath: z.string().nullable(),
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
