/** The event log: read to its end, or followed as it grows. */
import type { Event } from './generated/api.ts';
import type { Query, Reply } from './calls.ts';
import { ApiError, ConnectionError } from './errors.ts';
import { readMessages } from './sse.ts';
import { backoffMs, sleep } from './wait.ts';

/** Above this a stream that says nothing counts as lost: the service sends something every 15 seconds. */
const SILENCE_MS_MAX = 45_000;
/** How long the service may be away before following the log is given up. */
const AWAY_MS_MAX = 300_000;
/** The cursor before the first event of a log. */
export const FROM_THE_BEGINNING = '0000000000000000';

export interface LogOptions {
  /** The cursor of the last event that was dealt with; left out: from the first event on. */
  readonly after?: string;
  readonly types?: readonly Event['type'][];
}

export interface FollowOptions {
  /**
   * The cursor of the last event that was dealt with. `'now'`: only what happens from now on; what happens while a connection
   * is opened again before the first event or heartbeat came is then not seen.
   */
  readonly after: string;
  readonly types?: readonly Event['type'][];
  readonly signal?: AbortSignal;
}

/** All events after a cursor up to the log's present end. */
export async function* readLog(
  read: (query: Query<'GET /events'>) => Promise<Reply<'GET /events'>>,
  { after, types }: LogOptions,
): AsyncGenerator<Event, void> {
  let from = after;
  for (;;) {
    const query = {
      ...(from === undefined ? {} : { after: from }),
      ...(types === undefined ? {} : { types: types.join(',') }),
    };
    const page = await read(query);
    yield* page.events;
    if (!page.hasMore) return;
    if (page.cursor === from) throw new Error('a page of the event log leads back to itself');
    from = page.cursor;
  }
}

type Open = (
  query: Query<'GET /events/stream'>,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<ReadableStream<Uint8Array>>;

/** The log from a cursor on, for ever. Connections that end or break are opened again after the last cursor that came. */
export async function* followLog(open: Open, options: FollowOptions): AsyncGenerator<Event, void> {
  const { types, signal } = options;
  let cursor = options.after === 'now' ? undefined : options.after;
  let failed = 0;
  let awayMs = 0;
  while (!isAborted(signal)) {
    const connection = new Connection(signal);
    try {
      const query = types === undefined ? {} : { types: types.join(',') };
      const headers: Record<string, string> = cursor === undefined ? {} : { 'Last-Event-ID': cursor };
      const body = await open(query, headers, connection.signal);
      for await (const { id, data } of readMessages(body, () => connection.heard())) {
        [failed, awayMs] = [0, 0];
        // A connection that is opened again, or a proxy that repeats itself, shows nothing a second time.
        const isNew = id !== undefined && (cursor === undefined || id > cursor);
        if (isNew) cursor = id;
        if (isNew && data !== '') yield JSON.parse(data) as Event;
      }
    } catch (error) {
      if (isAborted(signal)) return;
      if (error instanceof ApiError && !mayPass(error)) throw error;
      if (awayMs > AWAY_MS_MAX) throw error;
    } finally {
      connection.close();
    }
    failed += 1;
    const wait = backoffMs(failed);
    awayMs += wait;
    try {
      await sleep(wait, signal);
    } catch {
      return;
    }
  }
}

/** Asked anew each time: the caller aborts it while the log is followed. */
const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Whether a refusal may be gone later. */
const mayPass = (error: ApiError): boolean => error.status === 429 || error.status >= 500;

/** One connection of a stream: aborted with the caller's signal, when it is closed, and when nothing is heard for too long. */
class Connection {
  readonly #stop = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #abort = (): void => this.#stop.abort(this.#outer?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    outer?.addEventListener('abort', this.#abort, { once: true });
    this.heard();
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    const facts = { call: 'GET /events/stream', idempotencyKey: undefined };
    this.#timer = setTimeout(
      () => this.#stop.abort(new ConnectionError('the stream is silent', facts)),
      SILENCE_MS_MAX,
    );
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#abort);
    this.#stop.abort();
  }
}
