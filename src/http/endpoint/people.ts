/** Makes endpoints about users: for people about what is their own, and for keys of the platform about any user. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { auditCall } from '../access/audit-call.ts';
import { requirePerson, requirePlatformKey, type Caller, type KeyCaller, type UserCaller } from '../access/caller.ts';
import type { Guard } from '../access/guard.ts';
import type { Reply } from '../server/reply.ts';
import { IGNORED_HEADER, type Access, type Route } from '../server/route.ts';
import { readAudited, type Call, type Specification } from './endpoint.ts';

/** Most names of ignored fields in a header, and most characters of one. */
const IGNORED_NAMES_MAX = 20;
const IGNORED_NAME_CHARS_MAX = 100;
/** What a key needs to act for users. */
const SERVICE_SCOPES = ['treasury:spend'] as const;

const USER_ID = /^[^\p{Cc}\p{Cs}]{1,255}$/u;
/** The id of a user in the sign-in. */
export const userId = z.string().regex(USER_ID, 'must be the id of a user: 1 to 255 characters');

/** What such an endpoint takes. */
export interface PeopleSpecification<Body, Query> extends Omit<Specification<Body, Query>, 'scopes'> {
  /** Finds the caller; left out: by the header `Authorization`. */
  readonly authenticate?: (request: IncomingMessage) => Promise<Caller>;
}

export interface PersonCall<Body, Query> extends Call<Body, Query> {
  readonly caller: UserCaller;
}

export interface ServiceCall<Body, Query> extends Call<Body, Query> {
  readonly caller: KeyCaller;
}

/** Makes an endpoint for people. The call is about the caller. */
export function personRoute<Body, Query>(
  guard: Guard,
  specification: PeopleSpecification<Body, Query>,
  handle: (call: PersonCall<Body, Query>) => Promise<Reply>,
): Route {
  return routeOf(guard, specification, 'person', async (call) =>
    handle({ ...call, caller: requirePerson(call.caller) }),
  );
}

/** Makes an endpoint for keys of the platform that may spend. */
export function serviceRoute<Body, Query>(
  guard: Guard,
  specification: PeopleSpecification<Body, Query>,
  handle: (call: ServiceCall<Body, Query>) => Promise<Reply>,
): Route {
  return routeOf(guard, specification, 'service', async (call) =>
    handle({ ...call, caller: requirePlatformKey(call.caller, SERVICE_SCOPES) }),
  );
}

/** Makes an endpoint for people about themselves, and for keys of the platform that may spend about any user. */
export function personOrServiceRoute<Body, Query>(
  guard: Guard,
  specification: PeopleSpecification<Body, Query>,
  handle: (call: Call<Body, Query>) => Promise<Reply>,
): Route {
  return routeOf(guard, specification, 'personOrService', handle);
}

function routeOf<Body, Query>(
  guard: Guard,
  specification: PeopleSpecification<Body, Query>,
  access: Extract<Access, 'person' | 'service' | 'personOrService'>,
  handle: (call: Call<Body, Query>) => Promise<Reply>,
): Route {
  const { method, path, authenticate = async (request) => guard.authenticate(request), ...rest } = specification;
  const scopes = access === 'person' ? [] : SERVICE_SCOPES;
  const described = { ...rest, method, path, scopes };
  return {
    method,
    path,
    documented: { ...described, access },
    handle: async (request, params) => {
      const caller = await authenticate(request);
      // Before the input is read: whoever may not call learns nothing about it.
      checkCaller(caller, access);
      const about = { caller, request, method, path, params, org: null };
      const input = await readAudited(guard, about, described);
      const reply = await auditCall(guard.audit, { ...about, body: input.body }, async () =>
        handle({ caller, ...input }),
      );
      return withIgnored(reply, input.ignored);
    },
  };
}

function checkCaller(caller: Caller, access: Access): void {
  if (access === 'person') requirePerson(caller);
  else if (access === 'service' || caller.type === 'key') requirePlatformKey(caller, SERVICE_SCOPES);
}

/** Names ignored fields in the answer, percent-encoded, so that any name fits in a header. */
function withIgnored(reply: Reply, ignored: readonly string[]): Reply {
  if (ignored.length === 0) return reply;
  const names = ignored
    .slice(0, IGNORED_NAMES_MAX)
    .map((name) => encodeURIComponent(name.slice(0, IGNORED_NAME_CHARS_MAX).toWellFormed()));
  return { ...reply, headers: { ...reply.headers, [IGNORED_HEADER]: names.join(', ') } };
}
