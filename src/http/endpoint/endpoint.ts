/** How an endpoint is made: who may call, what it takes, what it does. The same steps in the same order for each. */
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Scope } from '../../core/access/api-key.ts';
import { Refusal, type InputIssue } from '../../core/errors.ts';
import type { Org } from '../../db/access/orgs.ts';
import { auditCall } from '../access/audit-call.ts';
import type { Guard } from '../access/guard.ts';
import { requireAdmin, type Caller } from '../access/caller.ts';
import { headerValues } from '../server/headers.ts';
import { readIdempotencyKey } from './idempotency.ts';
import type { Method, Params, Reply } from '../server/reply.ts';
import type { Description, Route } from '../server/route.ts';
import { check, readQuery } from './validate.ts';

/** Most bytes of a body, unless an endpoint says otherwise. */
const BODY_BYTES_MAX = 64 * 1024;

/** What every handler gets: a caller who may, and an input that fits. */
export interface Call<Body, Query> {
  readonly caller: Caller;
  readonly body: Body;
  readonly query: Query;
  readonly params: Params;
  /** What the client named, where the endpoint takes a key. */
  readonly idempotencyKey: string | undefined;
}

export interface OrgCall<Body, Query> extends Call<Body, Query> {
  readonly org: Org;
}

/** What an endpoint takes, who may call it, and what the API's document says of it. */
export interface Specification<Body, Query> extends Description {
  readonly method: Method;
  /** With :name for what varies. */
  readonly path: string;
  /** Any of them will do; none: everybody who is signed in. */
  readonly scopes: readonly Scope[];
  /** Read where the method is POST, PUT or PATCH. */
  readonly body: z.ZodType<Body>;
  readonly query: z.ZodType<Query>;
  readonly bodyBytesMax?: number;
}

/** An endpoint about one org: the bound key's, or the one that the call names. */
export function orgRoute<Body, Query>(
  guard: Guard,
  specification: Specification<Body, Query>,
  handle: (call: OrgCall<Body, Query>) => Promise<Reply>,
): Route {
  const { method, path } = specification;
  return {
    method,
    path,
    documented: { ...specification, access: 'org' },
    handle: async (request, params) => {
      const caller = await guard.authenticate(request);
      const org = await guard.admit(caller, request, specification.scopes);
      const input = await readInput(request, params, specification);
      const call = { caller, request, method, path, params, body: input.body, org: org.id };
      return auditCall(guard.audit, call, async () => handle({ caller, org, ...input }));
    },
  };
}

/** An endpoint that is about no org in particular, for everybody who is signed in. */
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
      const caller = await guard.authenticate(request);
      return handle({ caller, ...(await readInput(request, params, { ...specification, scopes: [] })) });
    },
  };
}

/** An endpoint for running the place: for admin keys and platform admins alone. */
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
      const caller = await guard.authenticate(request);
      requireAdmin(caller);
      const input = await readInput(request, params, { ...specification, scopes: [] });
      const call = { caller, request, method, path, params, body: input.body, org: null };
      return auditCall(guard.audit, call, async () => handle({ caller, ...input }));
    },
  };
}

/** Reads query and body and lists everything that is wrong with both. */
async function readInput<Body, Query>(
  request: IncomingMessage,
  params: Params,
  specification: Specification<Body, Query>,
): Promise<Omit<Call<Body, Query>, 'caller'>> {
  const { method, bodyBytesMax = BODY_BYTES_MAX } = specification;
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const { readBody } = specification.chapter.surface.form;
  const json = hasBody ? readBody(await readBytes(request, bodyBytesMax)) : undefined;
  const query = readQuery(request.url ?? '/');
  const checkedQuery = query.issues ? query : check(specification.query, query.value);
  const checkedBody = check(specification.body, json);
  const named = readIdempotencyKey(headerValues(request, 'idempotency-key'), json);
  const issues = [...(checkedQuery.issues ?? []), ...(checkedBody.issues ?? []), ...named.issues];
  if (checkedQuery.issues || checkedBody.issues || issues.length > 0) throw invalidInput(issues);
  return { params, query: checkedQuery.value, body: checkedBody.value, idempotencyKey: named.key };
}

/** The refusal of an input, with everything that is wrong with it. */
export function invalidInput(issues: readonly InputIssue[]): Refusal {
  const listed = issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  return new Refusal('VALIDATION_FAILED', listed, { issues });
}

/** The bytes of a body that says it is JSON. */
async function readBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const { 'content-type': type, 'content-encoding': encoding = 'identity' } = request.headers;
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    throw invalidInput([{ path: 'Content-Type', message: 'must be application/json' }]);
  }
  // Compressed bodies are refused: a small one could unfold into a large one.
  if (encoding.toLowerCase() !== 'identity') {
    throw invalidInput([{ path: 'Content-Encoding', message: 'must be identity' }]);
  }
  const bytes = await collectBytes(request, bytesMax);
  if (bytes.length === 0) throw invalidInput([{ path: '', message: 'a JSON body is needed' }]);
  return bytes;
}

/** The body's bytes. What is too large is not read to its end. */
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
