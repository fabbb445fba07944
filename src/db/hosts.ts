/**
 * The servers behind the URL of a database: which of its hosts takes writes now, and what is known of their timelines. All
 * connections of a process to one URL share it, so that what one of them finds out holds for all.
 */
import pg from 'pg';
import { splitDatabaseUrl } from '../core/database-url.ts';
import { askServer, checkServer, ServerRefused, type Expected, type ServerState } from './admission.ts';
import type { Queries } from './rows.ts';

/** Least time between two searches among several hosts that found none. A promotion is noticed within it. */
export const PROBE_INTERVAL_MS = 1_000;
const PROBE_TIMEOUT_MS = 1_000;

/** One for each URL, which the configuration names: a process has two at most, and tests some more. */
const known = new Map<string, DatabaseHosts>();

/** The servers behind a URL, the same object for every connection of this process. @throws Error for an invalid URL */
export function hostsOf(url: string): DatabaseHosts {
  let hosts = known.get(url);
  if (!hosts) known.set(url, (hosts = new DatabaseHosts(splitDatabaseUrl(url))));
  return hosts;
}

/** Which host takes writes, and which connections may still be used. */
export class DatabaseHosts {
  readonly #urls: readonly string[];
  /** The host that was found last; undefined when it has to be searched again. */
  #current: string | undefined;
  #last: string | undefined;
  #looking: Promise<string> | undefined;
  #failure: { readonly error: unknown; readonly atMs: number } | undefined;
  /** The highest that a server reported. */
  #timeline = 0;
  #epoch = 0;

  /** @param urls one for each host */
  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  /** Grows when connections that are open must not be used any more; one that was opened in an earlier epoch is dropped. */
  get epoch(): number {
    return this.#epoch;
  }

  /** True when {@link choose} would search among several hosts. */
  get isUncertain(): boolean {
    return this.#urls.length > 1 && this.#current === undefined;
  }

  /** True when there is a choice. */
  get areSeveral(): boolean {
    return this.#urls.length > 1;
  }

  /**
   * The URL to connect to. Of several hosts it is the one on the highest timeline among those that take writes: a primary
   * that was replaced takes writes, too, when it is started again, but the one that replaced it is on a later timeline.
   * @throws ServerRefused when none takes writes, or only one that is older than a server seen before
   */
  async choose(): Promise<string> {
    const [only, ...others] = this.#urls;
    if (only !== undefined && others.length === 0) return only;
    if (this.#current !== undefined) return this.#current;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** To be called when a connection breaks or cannot be opened: all hosts are asked before the next one is. */
  doubt(): void {
    this.#current = undefined;
  }

  /** To be called when a server refused a write as read-only: every connection that is open now is dropped. */
  suspect(): void {
    this.#epoch += 1;
    this.doubt();
  }

  /**
   * Checks a new connection, and remembers its server's timeline. @returns the epoch that the connection belongs to
   * @throws ServerRefused when it must not be used
   */
  async admit(connection: Queries, expected: Expected): Promise<number> {
    const state = await askServer(connection);
    checkServer(state, expected);
    this.#note(state);
    return this.#epoch;
  }

  #note({ timeline }: ServerState): void {
    if (timeline === 0 || timeline === this.#timeline) return;
    if (timeline < this.#timeline) {
      throw new ServerRefused(
        'older-timeline',
        `the server is on timeline ${timeline}, and one on timeline ${this.#timeline} was seen: it is a primary that was replaced`,
      );
    }
    // What was opened before may lead to the primary that this one has replaced.
    if (this.#timeline !== 0) this.#epoch += 1;
    this.#timeline = timeline;
  }

  async #look(): Promise<string> {
    const failed = this.#failure;
    if (failed && performance.now() - failed.atMs < PROBE_INTERVAL_MS) throw failed.error;
    try {
      const asked = await Promise.all(this.#urls.map(async (url) => ({ url, answer: await probe(url) })));
      const writable = asked.flatMap(({ url, answer }) =>
        'problem' in answer || !answer.isWritable ? [] : [{ url, state: answer }],
      );
      const [best] = writable.toSorted((a, b) => b.state.timeline - a.state.timeline);
      if (!best) throw new ServerRefused('read-only', `no host takes writes: ${asked.map(tellOf).join('; ')}`);
      this.#note(best.state);
      if (this.#last !== undefined && this.#last !== best.url) this.#epoch += 1;
      this.#failure = undefined;
      this.#last = this.#current = best.url;
      return best.url;
    } catch (error) {
      this.#failure = { error, atMs: performance.now() };
      throw error;
    }
  }
}

type Answer = ServerState | { readonly problem: string };

function tellOf({ url, answer }: { readonly url: string; readonly answer: Answer }): string {
  return `${new URL(url).host}: ${'problem' in answer ? answer.problem : 'read-only'}`;
}

/** Asks one host, within {@link PROBE_TIMEOUT_MS} for the connection and the same for the answer. */
async function probe(url: string): Promise<Answer> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
    application_name: 'coffer probe',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await askServer({ raw: async (sql) => client.query(sql) });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    client.end().catch(() => undefined);
  }
}
