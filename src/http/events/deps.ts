/** What the endpoints about events depend on, and how an endpoint about a log is made. */
import type { Clock } from '../../core/clock.ts';
import type { Vault } from '../../core/access/vault.ts';
import { PLATFORM_LOG } from '../../core/events/kinds.ts';
import type { Database } from '../../db/database.ts';
import type { EventFeed } from '../../db/events/feed.ts';
import type { Guard } from '../access/guard.ts';
import { adminRoute, orgRoute, type Call, type Specification } from '../endpoint/endpoint.ts';
import type { Reply } from '../server/reply.ts';
import type { Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

/** What the endpoints about events depend on. */
export interface EventDeps {
  readonly guard: Guard;
  /** Sees the rows of the log's org only; for the platform's own log, everything. */
  readonly forLog: (log: string) => Database;
  readonly clock: Clock;
  readonly feed: EventFeed;
  /** Seals the secrets of webhook endpoints. */
  readonly vault: Vault;
  /** What is wrong with a webhook's URL in this deployment; undefined when it is allowed. */
  readonly findUrlProblem: (url: string) => string | undefined;
}

/** A call about one log. */
export interface LogCall<Body, Query> extends Call<Body, Query> {
  readonly log: string;
}

/** Makes an endpoint about a log; it decides which log, and who may call. */
export type LogRoute = <Body, Query>(
  specification: Omit<Specification<Body, Query>, 'scopes'>,
  handle: (call: LogCall<Body, Query>) => Promise<Reply>,
) => Route;

/** The scope for reading and setting up the events of an org. */
export const EVENT_SCOPES = ['treasury:admin'] as const;
/** The path prefix of the platform's own log. */
export const PLATFORM_PREFIX = '/admin';

/** Endpoints about the log of the org that the call is about. */
export function orgLogRoute(guard: Guard): LogRoute {
  return (specification, handle) =>
    orgRoute(guard, { ...specification, scopes: EVENT_SCOPES }, async (call) => handle({ ...call, log: call.org.id }));
}

/** The same endpoints about the platform's own log, for operators. */
export function platformLogRoute(guard: Guard): LogRoute {
  return (specification, handle) =>
    adminRoute(
      guard,
      {
        ...specification,
        operation: platformNameOf(specification.operation),
        path: PLATFORM_PREFIX + specification.path,
        chapter: CHAPTERS.platform,
      },
      async (call) => handle({ ...call, log: PLATFORM_LOG }),
    );
}

/** The name of the operation about the platform's own log: `listPlatformEvents` beside `listEvents`. */
function platformNameOf(operation: string): string {
  return operation.replace(/^[a-z]+/, '$&Platform');
}
