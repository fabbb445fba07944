/** The log as server-sent events (WHATWG HTML, section 9.2): first the events after a position, then new ones. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../core/errors.ts';
import { PLATFORM_LOG, type EventKind } from '../../core/events/kinds.ts';
import { formatPosition, parsePosition } from '../../core/events/positions.ts';
import { checkCursor, findLogEnd, listEvents, type LoggedEvent } from '../../db/events/log.ts';
import { viewOfEvent } from '../../views/event.ts';
import { requireAdmin, type Caller } from '../access/caller.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { check, readQuery } from '../endpoint/validate.ts';
import { EVENT_SCOPES, PLATFORM_PREFIX, type EventDeps } from './deps.ts';
import { streamQuery } from './schemas.ts';
import { NO_BODY, type Access, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/events/stream';
const PAGE = 100;
/** Keeps a quiet stream alive: the server cuts answers that are idle for 30 seconds. */
const HEARTBEAT_MS = 15_000;
/** Longest time of a stream; clients reconnect by themselves and continue at their position. */
const STREAM_MS_MAX = 10 * 60_000;
const RETRY_MS = 2_000;
const STREAMS_MAX = 500;
const STREAMS_PER_LOG_MAX = 10;
const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Keeps proxies from buffering the stream.
  'X-Accel-Buffering': 'no',
  // A connection kept open after the stream would delay the stop of the service.
  Connection: 'close',
};

/** Finds the log that a request is about, in two ways. @throws Refusal when the caller may not see it. */
interface Door {
  /** Called once, at the start; counts against the rate limits. */
  readonly enter: (request: IncomingMessage) => Promise<string>;
  /** Called each time that a stream wakes; not counted, since a stream is one request however long it lasts. */
  readonly stay: (request: IncomingMessage) => Promise<string>;
}

/** Streams of an org's log, and of the platform's own. */
export function streamRoutes(deps: EventDeps): Route[] {
  const { guard } = deps;
  const open = new OpenStreams();
  const ofOrg: Door = {
    enter: async (request) => (await guard.admit(await guard.authenticate(request), request, EVENT_SCOPES)).id,
    stay: async (request) => (await guard.orgFor(await guard.identify(request), request, EVENT_SCOPES)).id,
  };
  const platformLogFor = (caller: Caller): string => {
    requireAdmin(caller);
    return PLATFORM_LOG;
  };
  const ofPlatform: Door = {
    enter: async (request) => platformLogFor(await guard.authenticate(request)),
    stay: async (request) => platformLogFor(await guard.identify(request)),
  };
  return [streamRoute(deps, open, 'org', ofOrg), streamRoute(deps, open, 'admin', ofPlatform)];
}

function streamRoute(deps: EventDeps, open: OpenStreams, access: Access, door: Door): Route {
  return {
    method: 'GET',
    path: access === 'org' ? PATH : PLATFORM_PREFIX + PATH,
    documented: {
      operation: access === 'org' ? 'streamEvents' : 'streamPlatformEvents',
      summary: 'The log as server-sent events, from a position on',
      chapter: access === 'org' ? CHAPTERS.events : CHAPTERS.platform,
      replies: {},
      texts: ['text/event-stream'],
      errors: ['RATE_LIMITED', 'CURSOR_AHEAD'],
      access,
      scopes: access === 'org' ? EVENT_SCOPES : [],
      query: streamQuery,
      body: NO_BODY,
    },
    handle: async (request) => {
      const log = await door.enter(request);
      const { after, kinds } = readInput(request);
      if (request.method === 'HEAD') return { headers: HEADERS };
      const end = await findLogEnd(deps.forLog(log), log);
      const from = after ?? end.position;
      checkCursor(from, end);
      const ended = new AbortController();
      request.socket.once('close', () => ended.abort());
      const gone = ended.signal;
      const mayGoOn = async (): Promise<boolean> =>
        door.stay(request).then(
          (one) => one === log,
          () => false,
        );
      return { headers: HEADERS, pieces: open.within(log, follow(deps, { log, from, kinds, mayGoOn, gone }), gone) };
    },
  };
}

function readInput(request: IncomingMessage): { after: number | undefined; kinds: readonly EventKind[] | undefined } {
  const query = readQuery(request.url ?? '/');
  const checked = query.issues ? query : check(streamQuery, query.value);
  if (checked.issues) throw invalidInput(checked.issues);
  const lastId = request.headersDistinct['last-event-id']?.[0];
  // After a reconnect, Last-Event-ID is newer than the position in the URL.
  const seen = lastId === undefined || lastId === '' ? undefined : parsePosition(lastId);
  if (lastId !== undefined && lastId !== '' && seen === undefined) {
    throw invalidInput([{ path: 'Last-Event-ID', message: 'is not a cursor of the event log' }]);
  }
  return { after: seen ?? checked.value.after, kinds: checked.value.types };
}

/**
 * The text of a stream. Holds one page at a time and reads the next when the client has taken it. Ends after
 * STREAM_MS_MAX, when the service stops, or when the caller may no longer see the log.
 */
async function* follow(
  { forLog, feed, clock }: EventDeps,
  stream: {
    readonly log: string;
    readonly from: number;
    readonly kinds: readonly EventKind[] | undefined;
    readonly mayGoOn: () => Promise<boolean>;
    /** Aborted once the client is gone. */
    readonly gone: AbortSignal;
  },
): AsyncGenerator<string> {
  const { log, kinds } = stream;
  const endsAtMs = clock.nowMs() + STREAM_MS_MAX;
  let position = stream.from;
  yield `retry: ${RETRY_MS}\n\n`;
  while (clock.nowMs() < endsAtMs) {
    const { events, lookedTo, hasMore } = await listEvents(forLog(log), { log, after: position, kinds, limit: PAGE });
    if (events.length > 0) yield events.map(messageOf).join('');
    position = lookedTo;
    if (hasMore) continue;
    const why = await feed.wait(log, position, HEARTBEAT_MS, stream.gone);
    if (why === 'closed' || !(await stream.mayGoOn())) return;
    // The id moves the client past events that the filter dropped.
    if (why === 'quiet') yield `id: ${formatPosition(position)}\n: still here\n\n`;
  }
}

function messageOf(event: LoggedEvent): string {
  const view = viewOfEvent(event);
  return `id: ${view.cursor}\nevent: ${view.type}\ndata: ${JSON.stringify(view)}\n\n`;
}

/** Counts the open streams of this process, each from its first piece to its end, and bounds them. */
class OpenStreams {
  private readonly byLog = new Map<string, number>();
  private total = 0;

  /** The pieces of a stream, within the bounds. Its place is free once it ends, or at once when its client goes. */
  async *within(log: string, pieces: AsyncGenerator<string>, gone: AbortSignal): AsyncGenerator<string> {
    const own = this.byLog.get(log) ?? 0;
    if (this.total >= STREAMS_MAX || own >= STREAMS_PER_LOG_MAX) {
      throw new Refusal('RATE_LIMITED', `there are too many streams; close one, ${STREAMS_PER_LOG_MAX} may be open`);
    }
    this.total += 1;
    this.byLog.set(log, own + 1);
    let isHeld = true;
    const free = (): void => {
      if (isHeld) this.release(log);
      isHeld = false;
    };
    gone.addEventListener('abort', free, { once: true });
    if (gone.aborted) free();
    try {
      yield* pieces;
    } finally {
      free();
    }
  }

  private release(log: string): void {
    this.total -= 1;
    const left = (this.byLog.get(log) ?? 1) - 1;
    if (left > 0) this.byLog.set(log, left);
    else this.byLog.delete(log);
  }
}
