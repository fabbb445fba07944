/** `coffer events listen`: sends the events of a log to a local receiver as they come, signed as webhooks are. */
import { InvalidArgumentError, type Command } from 'commander';
import { sleep, systemClock, type Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { PLATFORM_LOG, type EventKind } from '../../core/events/kinds.ts';
import { formatPosition } from '../../core/events/positions.ts';
import { findCount } from '../../core/integers.ts';
import { createWebhookSecret } from '../../core/events/webhooks.ts';
import { isDatabaseUnavailable } from '../../db/errors.ts';
import type { Database } from '../../db/database.ts';
import { findLogEnd, listEvents, type LoggedEvent } from '../../db/events/log.ts';
import { findOrg } from '../../db/access/orgs.ts';
import { signedHeaders } from '../../events/sign.ts';
import { formatEventId, viewOfEvent } from '../../views/event.ts';
import { CliError, EXIT, withDatabase } from '../context.ts';
import { readEventKinds, readOrgId, readPosition } from '../options.ts';

/** Pause between two looks at the log. */
const POLL_MS = 500;
const PAGE = 100;
/** From the start of a request to the status of its answer. */
const POST_DEADLINE_MS = 15_000;
/** Pause before an event is sent again; it doubles with each try, up to RETRY_PAUSE_MS_MAX. */
const [RETRY_PAUSE_MS, RETRY_PAUSE_MS_MAX] = [500, 30_000];
const RETRIES_MAX = 100;

interface ListenOptions {
  readonly forwardTo: URL;
  readonly org?: string;
  readonly after?: number;
  readonly types?: readonly EventKind[];
  readonly retry: number;
}

/** What a run works with. */
interface Means {
  readonly db: Database;
  readonly clock: Clock;
  readonly secret: string;
  readonly stop: AbortSignal;
}

/** What became of a run. */
interface Tally {
  /** The last event that was taken in or given up: from here the next run goes on. */
  cursor: number;
  delivered: number;
  failed: number;
}

async function listen(options: ListenOptions): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const failed = await withDatabase(async (db) => {
    const { org, after } = options;
    if (org !== undefined && !(await findOrg(db, org))) throw new CliError(`there is no org ${org}`, EXIT.notFound);
    const log = org ?? PLATFORM_LOG;
    const tally = { cursor: after ?? (await findLogEnd(db, log)).position, delivered: 0, failed: 0 };
    const secret = createWebhookSecret();
    console.log(
      `events ${after === undefined ? 'from now on' : `after ${formatPosition(after)}`} go to ${options.forwardTo.href}`,
    );
    console.log(`signed with the secret ${secret} (of this run alone); Ctrl-C stops it`);
    try {
      await follow({ db, clock: systemClock, secret, stop: stopping.signal }, log, options, tally);
    } finally {
      console.log(
        `${tally.delivered} delivered, ${tally.failed} failed; to go on: --after ${formatPosition(tally.cursor)}`,
      );
    }
    return tally.failed;
  });
  if (failed > 0) throw new CliError(`${failed} events were not taken in by the receiver`);
}

/** Sends events until it is stopped. The service may be restarted meanwhile. @throws CliError for a cursor ahead of the log */
async function follow(means: Means, log: string, options: ListenOptions, tally: Tally): Promise<void> {
  const { db, clock, stop } = means;
  while (!stop.aborted) {
    let hasMore = false;
    try {
      const page = await listEvents(db, { log, after: tally.cursor, kinds: options.types, limit: PAGE });
      for (const event of page.events) {
        if (!(await forward(means, event, options))) {
          if (isStopped(stop)) return;
          tally.failed += 1;
        } else tally.delivered += 1;
        tally.cursor = event.position;
      }
      tally.cursor = page.lookedTo;
      hasMore = page.hasMore;
    } catch (error) {
      if (error instanceof Refusal) throw new CliError(`${error.message} (${String(error.details['readAgainAfter'])})`);
      if (!isDatabaseUnavailable(error)) throw error;
      console.log('the database cannot be reached; trying again');
    }
    if (!hasMore) await pause(clock, POLL_MS, stop);
  }
}

/** A signal may be raised while something else is waited for, which the compiler does not know. */
function isStopped(stop: AbortSignal): boolean {
  return stop.aborted;
}

/** Sends an event until the receiver takes it in, as often as was asked for. @returns whether it did */
async function forward(means: Means, event: LoggedEvent, { forwardTo, retry }: ListenOptions): Promise<boolean> {
  const about = `${formatPosition(event.position)} ${event.kind} ${formatEventId(event.id)}`;
  let pauseMs = RETRY_PAUSE_MS;
  for (let tries = 0; tries <= retry; tries += 1) {
    if (tries > 0) {
      await pause(means.clock, pauseMs, means.stop);
      pauseMs = Math.min(2 * pauseMs, RETRY_PAUSE_MS_MAX);
    }
    if (isStopped(means.stop)) return false;
    const outcome = await post(means, forwardTo, event);
    console.log(`${about} -> ${outcome.text}`);
    if (outcome.isTaken) return true;
  }
  return false;
}

async function post(
  { clock, secret, stop }: Means,
  url: URL,
  event: LoggedEvent,
): Promise<{ readonly isTaken: boolean; readonly text: string }> {
  const body = JSON.stringify(viewOfEvent(event));
  const headers = signedHeaders({ id: formatEventId(event.id), atMs: clock.nowMs(), body, secrets: [secret] });
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(POST_DEADLINE_MS)]);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await answer.body?.cancel();
    return { isTaken: answer.ok, text: String(answer.status) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { isTaken: false, text: `no answer: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

/** Waits, or until it is stopped. */
async function pause(clock: Clock, ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await Promise.race([
    sleep(clock, ms),
    new Promise<void>((resolve) => {
      stop.addEventListener('abort', () => resolve(), { once: true });
    }),
  ]);
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Reads where events go: to this machine, or by https. @throws InvalidArgumentError for anything else */
function readReceiver(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname))) return url;
  throw new InvalidArgumentError('must be an http URL of this machine, or an https URL');
}

function readRetries(text: string): number {
  const times = findCount(text);
  if (times !== undefined && times <= RETRIES_MAX) return times;
  throw new InvalidArgumentError(`must be a whole number up to ${RETRIES_MAX}`);
}

/** `coffer events listen`. */
export function addListen(events: Command): void {
  events
    .command('listen')
    .description('send events to a receiver as they come, signed as webhooks are, until Ctrl-C')
    .requiredOption('--forward-to <url>', 'the receiver: http on this machine, or https', readReceiver)
    .option('--org <id>', 'the org (default: the log of the platform)', readOrgId)
    .option('--after <cursor>', 'begin after this cursor (default: with what comes from now on)', readPosition)
    .option('--types <list>', 'comma-separated kinds of events', readEventKinds)
    .option('--retry <n>', 'how often an event is sent again that is not answered with 2xx', readRetries, 0)
    .action(listen);
}
