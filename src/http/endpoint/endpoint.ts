/** Makes endpoints. Each checks the caller, the org and the input, in this order, and then runs its handler. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Scope } from '../../core/access/api-key.ts';
import { Refusal, type InputIssue } from '../../core/errors.ts';
import type { NamedKey } from '../../core/ids.ts';
import type { Org } from '../../db/access/orgs.ts';
import { auditCall, auditRefusal, type AuditedCall } from '../access/audit-call.ts';
import type { Guard } from '../access/guard.ts';
import { requireAdmin, requireReporter, type Caller } from '../access/caller.ts';
import { headerValues } from '../server/headers.ts';
import { readIdempotencyKey } from './idempotency.ts';
import type { Method, Params, Reply } from '../server/reply.ts';
import { DRY_RUN_HEADER, type Description, type Route } from '../server/route.ts';
import { check, readQuery } from './validate.ts';

/** Most bytes of a body, unless an endpoint sets another bound. */
const BODY_BYTES_MAX = 64 * 1024;

/** What every handler gets: a caller with permission, and valid input. */
export interface Call<Body, Query> {
  readonly caller: Caller;
  readonly body: Body;
  readonly query: Query;
  readonly params: Params;
  /** The idempotency key that the client named; undefined when it named none. */
  readonly idempotencyKey: NamedKey | undefined;
  /** Whether the client has hung up; unknown where a proxy keeps its own connection, and then false. */
  readonly isGone: () => boolean;
  readonly request: IncomingMessage;
  /** Nothing is to be written: the call answers what it would answer. */
  readonly dryRun: boolean;
  /** Fields of the body that the call does not know and ignores. */
  readonly ignored: readonly string[];
}

export interface OrgCall<Body, Query> extends Call<Body, Query> {
  readonly org: Org;
}

/** What an endpoint takes, who may call it, and what the API's document says about it. */
export interface Specification<Body, Query> extends Description {
  readonly method: Method;
  /** Variable parts are written `:name`. */
  readonly path: string;
  /** The caller needs one of them; an empty list accepts every signed-in caller. */
  readonly scopes: readonly Scope[];
  /** A body is read for POST, PUT and PATCH only. */
  readonly body: z.ZodType<Body>;
  readonly query: z.ZodType<Query>;
  readonly bodyBytesMax?: number;
  /** A call without a body counts as one with an empty object. */
  readonly bodyOptional?: boolean;
}

/** Makes an endpoint about one org: the one that the call names, else the bound key's or the user's only one. */
export function orgRoute<Body, Query>(
  guard: Guard,
  specification: Specification<Body, Query>,
  handle: (call: OrgCall<Body, Query>) => Promise<Reply>,
): Route {
  return routeOfOrg(guard, specification, handle, async (caller, request) =>
    guard.admit(caller, request, specification.scopes),
  );
}

/**
 * Makes an endpoint about the org in its path, `:org`: an id or an external id.
 * @param specification.operators lets operators in whatever their scopes and roles; the handler checks their rights
 */
export function namedOrgRoute<Body, Query>(
  guard: Guard,
  specification: Specification<Body, Query> & { readonly operators?: boolean },
  handle: (call: OrgCall<Body, Query>) => Promise<Reply>,
): Route {
  const { scopes, operators = false, pathParams } = specification;
  const described = { ...specification, pathParams: { ...pathParams, org: ORG_NAME } };
  return routeOfOrg(guard, described, handle, async (caller, request, params) =>
    guard.admitToNamed(caller, request, { org: params['org'], scopes, operators }),
  );
}

const ORG_NAME = z.string().min(1).max(255).meta({ description: 'The id of the org, or its external id.' });

function routeOfOrg<Body, Query>(
  guard: Guard,
  specification: Specification<Body, Query>,
  handle: (call: OrgCall<Body, Query>) => Promise<Reply>,
  admit: (caller: Caller, request: IncomingMessage, params: Params) => Promise<Org>,
): Route {
  const { method, path } = specification;
  return {
    method,
    path,
    documented: { ...specification, access: 'org' },
    handle: async (request, params) => {
      const caller = await authenticate(guard, request, specification);
      const org = await admit(caller, request, params);
      requireOpen(org, specification);
      const about = { caller, request, method, path, params, org: org.id };
      const input = await readAudited(guard, about, specification);
      const call = { ...about, body: input.body };
      return auditCall(guard.audit, call, async () => handle({ caller, org, ...input }));
    },
  };
}

/**
 * A closed org can be read, and what it began can be ended.
 * @throws Refusal ORG_SUSPENDED for every other call about it
 */
function requireOpen(
  org: Org,
  call: Pick<Specification<unknown, unknown>, 'method' | 'readsOnly' | 'servesClosed'>,
): void {
  if (org.closedAt === null || call.method === 'GET' || call.readsOnly === true || call.servesClosed === true) return;
  throw new Refusal('ORG_SUSPENDED', 'the org is closed; its operator can reopen it');
}

/** Makes an endpoint that is about no particular org, for every signed-in caller. */
export function signedInRoute<Body, Query>(
  guard: Guard,
  specification: Omit<Specification<Body, Query>, 'scopes'>,
  handle: (call: Call<Body, Query>) => Promise<Reply>,
): Route {
  const { method, path } = specification;
  return {
    method,
    path,
    documented: { ...specification, scopes: [], access: 'signedIn' },
    handle: async (request, params) => {
      const caller = await authenticate(guard, request, specification);
      return handle({ caller, ...(await readInput(request, params, { ...specification, scopes: [] })) });
    },
  };
}

/** Makes an endpoint for operators only: admin keys and platform admins. */
export function adminRoute<Body, Query>(
  guard: Guard,
  specification: Omit<Specification<Body, Query>, 'scopes'>,
  handle: (call: Call<Body, Query>) => Promise<Reply>,
): Route {
  const { method, path } = specification;
  return {
    method,
    path,
    documented: { ...specification, scopes: [], access: 'admin' },
    handle: async (request, params) => {
      const caller = await authenticate(guard, request, specification);
      requireAdmin(caller);
      const about = { caller, request, method, path, params, org: null };
      const input = await readAudited(guard, about, { ...specification, scopes: [] });
      const call = { ...about, body: input.body };
      return auditCall(guard.audit, call, async () => handle({ caller, ...input }));
    },
  };
}

/** The caller of a request, whose sign-in is as recent as the call needs it. @throws Refusal UNAUTHENTICATED, FORBIDDEN. */
async function authenticate(guard: Guard, request: IncomingMessage, { freshSignIn }: Description): Promise<Caller> {
  const caller = await guard.authenticate(request);
  if (freshSignIn === true) guard.requireFreshSignIn(caller);
  return caller;
}

/** Reads the input of a call; if it is not valid and an operator made the call, the refusal is recorded. @throws Refusal. */
export async function readAudited<Body, Query>(
  guard: Guard,
  call: Omit<AuditedCall, 'body'>,
  specification: Specification<Body, Query>,
): Promise<Omit<Call<Body, Query>, 'caller'>> {
  try {
    return await readInput(call.request, call.params, specification);
  } catch (error) {
    if (error instanceof Refusal) await auditRefusal(guard.audit, call, error.issues);
    throw error;
  }
}

/** Makes an endpoint that reads the books of the place, for operators and the platform's finance people. */
export function reportRoute<Body, Query>(
  guard: Guard,
  specification: Omit<Specification<Body, Query>, 'scopes' | 'method'> & { readonly method: 'GET' },
  handle: (call: Call<Body, Query>) => Promise<Reply>,
): Route {
  const { method, path } = specification;
  return {
    method,
    path,
    documented: { ...specification, scopes: [], access: 'reports' },
    handle: async (request, params) => {
      const caller = await authenticate(guard, request, specification);
      requireReporter(caller);
      return handle({ caller, ...(await readInput(request, params, { ...specification, scopes: [] })) });
    },
  };
}

/** Reads query, body and idempotency key. @throws Refusal VALIDATION_FAILED that lists everything wrong with them. */
async function readInput<Body, Query>(
  request: IncomingMessage,
  params: Params,
  specification: Specification<Body, Query>,
): Promise<Omit<Call<Body, Query>, 'caller'>> {
  const { method, bodyBytesMax = BODY_BYTES_MAX } = specification;
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const { readBody } = specification.chapter.surface.form;
  const bytes = hasBody ? await readBytes(request, bodyBytesMax, specification.bodyOptional) : undefined;
  const json = bytes === undefined ? undefined : bytes.length === 0 ? {} : readBody(bytes);
  const query = readQuery(request.url ?? '/');
  const checkedQuery = query.issues ? query : check(specification.query, query.value);
  const ignored = specification.ignoresUnknown === true ? unknownFields(specification.body, json) : [];
  const checkedBody = check(specification.body, without(json, ignored));
  const named = readIdempotencyKey(headerValues(request, 'idempotency-key'), json);
  const asked = headerValues(request, DRY_RUN_HEADER.toLowerCase());
  const dry = specification.dryRun === true ? checkDryRun(asked) : asked.map(() => NO_DRY_RUN);
  const issues = [...(checkedQuery.issues ?? []), ...(checkedBody.issues ?? []), ...named.issues, ...dry];
  if (checkedQuery.issues || checkedBody.issues || issues.length > 0) throw invalidInput(issues);
  const isGone = (): boolean => request.socket.destroyed;
  const input = { request, params, query: checkedQuery.value, body: checkedBody.value, idempotencyKey: named.key };
  return { ...input, isGone, dryRun: asked.length > 0, ignored };
}

/** The fields of a body that its schema does not have. */
function unknownFields(schema: z.ZodType, json: unknown): string[] {
  if (!(schema instanceof z.ZodObject)) throw new Error('a body whose unknown fields are ignored is an object');
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
  return isObject ? Object.keys(json).filter((name) => !Object.hasOwn(schema.shape, name)) : [];
}

function without(json: unknown, names: readonly string[]): unknown {
  if (names.length === 0 || typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).filter(([name]) => !names.includes(name)));
}

/** A call that does not know dry runs must not carry one out. */
const NO_DRY_RUN: InputIssue = { path: DRY_RUN_HEADER, message: 'is not taken by this call: nothing was done' };

function checkDryRun(values: readonly string[]): readonly InputIssue[] {
  return values.length > 1 || values.some((value) => value !== 'true')
    ? [{ path: DRY_RUN_HEADER, message: 'must be true' }]
    : [];
}

/** The refusal VALIDATION_FAILED, with everything that is wrong with an input. */
export function invalidInput(issues: readonly InputIssue[]): Refusal {
  const listed = issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  return new Refusal('VALIDATION_FAILED', listed, { issues });
}

/**
 * The bytes of a body that is declared as JSON, or has no declared type.
 * @param mayBeEmpty whether there may be none
 * @throws Refusal VALIDATION_FAILED, or BODY_TOO_LARGE above `bytesMax`
 */
export async function readBytes(request: IncomingMessage, bytesMax: number, mayBeEmpty = false): Promise<Buffer> {
  const { 'content-type': type, 'content-encoding': encoding = 'identity' } = request.headers;
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    throw invalidInput([{ path: 'Content-Type', message: 'must be application/json' }]);
  }
  // Compressed bodies are refused: a small one could expand to a very large one.
  if (encoding.toLowerCase() !== 'identity') {
    throw invalidInput([{ path: 'Content-Encoding', message: 'must be identity' }]);
  }
  const bytes = await collectBytes(request, bytesMax);
  if (bytes.length === 0 && !mayBeEmpty) throw invalidInput([{ path: '', message: 'a JSON body is needed' }]);
  return bytes;
}

/** The body's bytes. A body that is too large is refused at once, and its rest is not kept. */
async function collectBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= bytesMax) {
        chunks.push(chunk);
        return;
      }
      request.removeAllListeners('data').resume();
      reject(new Refusal('BODY_TOO_LARGE', `send a body of at most ${bytesMax} bytes`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks, Math.min(size, bytesMax))));
    request.on('close', () => {
      if (!request.complete) reject(invalidInput([{ path: '', message: 'the body was cut off' }]));
    });
    request.on('error', () => reject(invalidInput([{ path: '', message: 'the body cannot be read' }])));
  });
}
