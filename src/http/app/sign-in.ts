/** Endpoints that sign people in to the app, and out of it. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { ATTEMPT_MS_MAX, returnPathOf } from '../../core/access/session.ts';
import { EnvelopeError } from '../../core/access/vault.ts';
import { Refusal } from '../../core/errors.ts';
import { readCookie, setCookie } from '../access/cookies.ts';
import { attemptSchema, type Attempt } from '../access/issuer-client.ts';
import { invalidInput, signedInRoute } from '../endpoint/endpoint.ts';
import { check, readQuery } from '../endpoint/validate.ts';
import type { Reply } from '../server/reply.ts';
import { NO_BODY, NO_QUERY, type Documented, type Route } from '../server/route.ts';
import type { AppDeps, AppSignIn } from './deps.ts';
import { APP } from './surface.ts';

/** What an attempt is sealed for. */
const ATTEMPT = 'sign-in attempt';

const signInQuery = z.strictObject({
  /** A path of the app. */
  returnTo: z.string().max(2_000).optional().meta({ description: 'The path of the app to which it leads.' }),
  fresh: z
    .literal('true')
    .optional()
    .meta({ description: 'The person proves again who they are, even if the issuer remembers them.' }),
});
/** Issuers add parameters of their own. */
const callbackQuery = z.looseObject({});
const signOutBody = z.strictObject({
  everywhere: z.boolean().default(false).meta({ description: 'Ends all sessions of the person.' }),
});

/** Why a sign-in led nowhere, as the app's page explains it. */
type Problem = 'issuer_unavailable' | 'sign_in_failed';

/** Signing in at the issuer and back, and signing out. */
export function signInRoutes(deps: AppDeps): Route[] {
  return [
    openRoute(
      { path: '/app/sign-in', operation: 'startSignIn', summary: 'Leads to the sign-in of the issuer' },
      signInQuery,
      async (request) => begin(deps, request),
    ),
    openRoute(
      { path: '/app/callback', operation: 'finishSignIn', summary: 'Where the issuer sends people back to' },
      callbackQuery,
      async (request) => finish(deps, request),
    ),
    signOutRoute(deps),
  ];
}

function openRoute(
  { path, operation, summary }: { readonly path: string; readonly operation: string; readonly summary: string },
  query: z.ZodType,
  handle: (request: IncomingMessage) => Promise<Reply>,
): Route {
  const documented: Documented = {
    operation,
    summary,
    chapter: APP,
    replies: { 302: NO_BODY },
    errors: ['VALIDATION_FAILED', 'NOT_FOUND', 'RATE_LIMITED'],
    access: 'open',
    scopes: [],
    query,
    body: NO_BODY,
  };
  return { method: 'GET', path, documented, handle };
}

async function begin(deps: AppDeps, request: IncomingMessage): Promise<Reply> {
  const { issuer, site } = getSignIn(deps);
  deps.limits.countAddress(request);
  deps.limits.countOpen(request);
  const query = readQuery(request.url ?? '');
  const asked = query.issues ? query : check(signInQuery, query.value);
  if (asked.issues) throw invalidInput(asked.issues);
  // A cookie that is set under another name of this machine would not come back with the person.
  const isElsewhere = site.isLocal && request.headers.host !== new URL(site.origin).host;
  if (isElsewhere) return { status: 302, headers: { Location: site.publicUrl + (request.url ?? '') } };
  const { returnTo, fresh } = asked.value;
  const about = { fresh: fresh !== undefined, returnTo: returnPathOf(returnTo) };
  try {
    const { url, attempt } = await issuer.begin(about);
    const sealed = deps.vault.seal(ATTEMPT, JSON.stringify(attempt));
    const cookie = setCookie(site, 'sign-in', sealed, ATTEMPT_MS_MAX / 1_000);
    return { status: 302, headers: { Location: url, 'Set-Cookie': cookie } };
  } catch (error) {
    deps.log.error({ err: error }, 'the issuer of the sign-in cannot be reached; nobody can sign in');
    return leadTo(deps, 'issuer_unavailable');
  }
}

async function finish(deps: AppDeps, request: IncomingMessage): Promise<Reply> {
  const { issuer, site, sessions } = getSignIn(deps);
  const { limits, log, publicUrl } = deps;
  limits.countAddress(request);
  limits.countOpen(request);
  limits.checkFailures(request);
  const attempt = openAttempt(deps, readCookie(request, site, 'sign-in'));
  const search = /\?.*$/s.exec(request.url ?? '')?.[0] ?? '';
  try {
    if (!attempt) throw new Error('the browser has no sign-in that has begun, or it took too long');
    const cookie = await sessions.begin(request, attempt, await issuer.finish(search, attempt));
    if (cookie === undefined) throw new Error('the sign-in ended before');
    return { status: 302, headers: { Location: publicUrl + attempt.returnTo, 'Set-Cookie': cookie } };
  } catch (error) {
    log.warn({ err: error }, 'a sign-in failed');
    limits.countFailure(request);
    return leadTo(deps, 'sign_in_failed');
  }
}

/** The attempt of the person's browser; undefined when it has none, was not sealed here, or is too old. */
function openAttempt({ vault, clock }: AppDeps, sealed: string | undefined): Attempt | undefined {
  if (sealed === undefined) return undefined;
  try {
    const { data } = attemptSchema.safeParse(JSON.parse(vault.open(ATTEMPT, sealed)));
    return data && clock.nowMs() - data.startedAtMs < ATTEMPT_MS_MAX ? data : undefined;
  } catch (error) {
    if (error instanceof EnvelopeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function leadTo({ publicUrl }: AppDeps, problem: Problem): Reply {
  return { status: 302, headers: { Location: `${publicUrl}/app?problem=${problem}` } };
}

function signOutRoute(deps: AppDeps): Route {
  const specification = {
    method: 'POST',
    path: '/app/sign-out',
    operation: 'signOut',
    summary: 'Ends the session of the app, or all sessions of the person',
    chapter: APP,
    replies: { 204: NO_BODY },
    errors: ['FORBIDDEN', 'NOT_FOUND'],
    query: NO_QUERY,
    body: signOutBody,
    bodyOptional: true,
  } as const;
  return signedInRoute(deps.guard, specification, async ({ caller, body, request }) => {
    const { sessions } = getSignIn(deps);
    if (caller.type !== 'user') throw new Refusal('FORBIDDEN', 'this is for people');
    if (body.everywhere) await sessions.endAll(caller.user);
    if (caller.session === undefined) return { status: 204 };
    return { status: 204, headers: { 'Set-Cookie': await sessions.end(request) } };
  });
}

function getSignIn({ signIn }: AppDeps): AppSignIn {
  if (signIn) return signIn;
  throw new Refusal('NOT_FOUND', 'nobody can sign in here: the configuration has no sso.client');
}
