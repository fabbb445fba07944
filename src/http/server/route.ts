/** A route: a path, what answers there, and what the API's document says of it. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Scope } from '../../core/access/api-key.ts';
import type { ProblemCode } from './problem.ts';
import type { Method, Params, Reply } from './reply.ts';
import type { Chapter } from './surface.ts';

/** For endpoints that take no query, or no body. */
export const NO_QUERY = z.strictObject({});
export const NO_BODY = z.undefined();

/** What the API's document says of a route beside its input. While a request is answered, only the surface is looked at. */
export interface Description {
  /** What the call does, in a line. */
  readonly summary: string;
  /** The chapter of the document that it stands in, and by that its surface: the forms of its body and answers. */
  readonly chapter: Chapter;
  /** The schema of what it answers with when it succeeds, by status; NO_BODY where it answers without one. */
  readonly replies: Readonly<Record<number, z.ZodType>>;
  /** What stands in the path where it has a :name, by name; a UUID unless it is told here. */
  readonly pathParams?: Readonly<Record<string, z.ZodType>>;
  /** Media types other than JSON, without parameters, in which a 200 may come. */
  readonly texts?: readonly string[];
  /** What it may refuse with, beyond what every route of its kind may. */
  readonly errors?: readonly ProblemCode[];
  /** What the document shows of the body where the schema that checks it is looser: it checks the parts later. */
  readonly bodyShown?: z.ZodType;
  /** Takes an Idempotency-Key: the same request under the same key has one effect and one answer. */
  readonly idempotent?: boolean;
}

/** Who may call a route: anybody at all, whoever is signed in, callers that name an org, admins. */
export type Access = 'open' | 'signedIn' | 'org' | 'admin';

/** A route for the API's document. */
export interface Documented extends Description {
  readonly access: Access;
  readonly scopes: readonly Scope[];
  readonly body: z.ZodType;
  readonly query: z.ZodType;
}

/** A path and what answers there. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly documented: Documented;
  /** @param params what stands in the path where it has a :name. */
  readonly handle: (request: IncomingMessage, params: Params) => Promise<Reply>;
}
