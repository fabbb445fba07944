/** A route: a path, its handler, and what the API's document says about it. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Scope } from '../../core/access/api-key.ts';
import type { ProblemCode } from './problem.ts';
import type { Method, Params, Reply } from './reply.ts';
import type { Chapter } from './surface.ts';

/** Asks a call that moves money what it would answer. */
export const DRY_RUN_HEADER = 'Coffer-Dry-Run';

/** Names the fields of a body that were ignored. */
export const IGNORED_HEADER = 'Coffer-Ignored-Fields';

/** For endpoints that take no query, or no body. */
export const NO_QUERY = z.strictObject({});
export const NO_BODY = z.undefined();

/** What the API's document says about a route beside its input. Answering a request uses only the surface. */
export interface Description {
  /** The name of the call in generated clients: a verb and what it is about, such as `createHold`; unique. */
  readonly operation: string;
  /** What the call does, in a line. */
  readonly summary: string;
  /** Its chapter of the document, which also names its surface: the forms of its body and answers. */
  readonly chapter: Chapter;
  /** The schemas of its successful answers, by status; NO_BODY for an answer without a body. */
  readonly replies: Readonly<Record<number, z.ZodType>>;
  /** The schemas of the path's `:name` parts, by name; a part that is not listed is a UUID. */
  readonly pathParams?: Readonly<Record<string, z.ZodType>>;
  /** Media types of a 200 other than JSON, without parameters. */
  readonly texts?: readonly string[];
  /** Codes that it may refuse with, beside those of every route with the same access. */
  readonly errors?: readonly ProblemCode[];
  /** The schema of the body in the document, when `body` is looser because the handler checks the parts itself. */
  readonly bodyShown?: z.ZodType;
  /** Takes an Idempotency-Key: the same request under the same key has one effect and one answer. */
  readonly idempotent?: boolean;
  /** Changes nothing, though its method is not GET. */
  readonly readsOnly?: boolean;
  /** Works for a closed org, too: it ends what was begun before. What else changes something is refused there. */
  readonly servesClosed?: boolean;
  /** A person who signed in to the app has to have proven within the last minutes who they are. */
  readonly freshSignIn?: boolean;
  /** Unknown fields of its body are ignored, and named in {@link IGNORED_HEADER}; elsewhere they are refused. */
  readonly ignoresUnknown?: boolean;
  /** Takes the header {@link DRY_RUN_HEADER}: it then answers what it would answer, and nothing is written. */
  readonly dryRun?: boolean;
}

/**
 * Who may call a route: anyone, every signed-in caller, callers of an org, operators, those who read reports; people about
 * what is their own, keys of the platform about users, or both of these.
 */
export type Access = 'open' | 'signedIn' | 'org' | 'admin' | 'reports' | 'person' | 'service' | 'personOrService';

/** What the API's document says about a route, its input included. */
export interface Documented extends Description {
  readonly access: Access;
  readonly scopes: readonly Scope[];
  readonly body: z.ZodType;
  readonly query: z.ZodType;
}

/** A method and path, and their handler. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly documented: Documented;
  /** @param params the values of the path's `:name` parts. */
  readonly handle: (request: IncomingMessage, params: Params) => Promise<Reply>;
}

/** Whether a route changes nothing: it must answer while whatever changes something waits. */
export function isReading({ method, documented }: Route): boolean {
  return method === 'GET' || documented.readsOnly === true;
}
