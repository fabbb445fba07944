/**
 * Posts to URLs that customers chose. A host name is resolved and its addresses checked in the step that connects, and
 * the connection goes to the checked address. The name is not resolved again, so it cannot lead elsewhere after the
 * check.
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Clock } from '../core/clock.ts';
import { readRetryAfterMs } from '../core/retry-after.ts';
import { AddressRefused, isByHttps, type AddressGuard } from './address-guard.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** From the start of the request to the status of the answer. */
export const POST_DEADLINE_MS = 15_000;
/** How long the body of an answer is read once its status has come: it is only shown. */
const BODY_DEADLINE_MS = 2_000;
/** The longest pause that a receiver's Retry-After can ask for. */
const RETRY_AFTER_MS_MAX = 12 * 3_600_000;
const REQUEST_BYTES_MAX = 64 * 1024;
/** Most bytes of an answer that are read. */
const RESPONSE_BYTES_MAX = 16 * 1024;
/** Most bytes of an answer that are stored. */
const RESPONSE_START_BYTES_MAX = 1_024;
const HEADER_BYTES_MAX = 16 * 1024;
const SOCKETS_PER_ORIGIN_MAX = 16;

/** The addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface OutboundOptions {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  /** Resolves host names; the system's resolver by default. */
  readonly resolve?: Resolve;
  readonly deadlineMs?: number;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The result of a post: the status of the answer, whatever its body did. */
export interface HookAnswer {
  readonly statusCode: number | null;
  /** Why there is no status, or why it does not count as an answer; null otherwise. Names no address. */
  readonly error: string | null;
  readonly responseStart: string | null;
  /** The pause that a receiver asks for with 429 or 503; undefined: it asks for none. */
  readonly retryAfterMs: number | undefined;
  readonly durationMs: number;
}

export interface Outbound {
  /** Posts once; redirects are not followed. Never rejects. */
  post(post: Post): Promise<HookAnswer>;
  close(): Promise<void>;
}

/** What one attempt needs. */
interface Means {
  readonly guard: AddressGuard;
  readonly clock: Clock;
  readonly resolve: Resolve;
  readonly deadlineMs: number;
  /** The agents of both protocols. */
  readonly agents: { readonly http: http.Agent; readonly https: https.Agent };
}

/** Opens the sender of webhooks; close it to release its connections. */
export function openOutbound(options: OutboundOptions): Outbound {
  const { guard, clock, resolve = systemResolve, deadlineMs = POST_DEADLINE_MS } = options;
  // One connection for each post, so that the addresses are checked again for every post.
  const kept = { keepAlive: false, maxSockets: SOCKETS_PER_ORIGIN_MAX };
  const agents = { http: new http.Agent(kept), https: new https.Agent(kept) };
  const means: Means = { guard, clock, resolve, deadlineMs, agents };
  return {
    post: async (post) => {
      const startedAtMs = performance.now();
      const outcome = await attempt(means, post);
      return { ...outcome, durationMs: Math.round(performance.now() - startedAtMs) };
    },
    close: async () => {
      agents.http.destroy();
      agents.https.destroy();
      return Promise.resolve();
    },
  };
}

async function systemResolve(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}

/** Resolves a name and checks its addresses, in the step that connects to it. */
function guardedLookup(guard: AddressGuard, resolve: Resolve, byHttps: boolean): LookupFunction {
  const answer = async (hostname: string, all: boolean, callback: Parameters<LookupFunction>[2]): Promise<void> => {
    let addresses: readonly LookupAddress[];
    try {
      addresses = await resolve(hostname);
      // A single refused address refuses the name: one that mixes public and private addresses is likely an attack.
      for (const { address } of addresses) guard.checkAddress(address, byHttps);
    } catch (error) {
      callback(error instanceof Error ? error : new Error('the name was not resolved'), '');
      return;
    }
    const [first] = addresses;
    if (!first) callback(new AddressRefused('has a name without an address'), '');
    else if (all) callback(null, [...addresses]);
    else callback(null, first.address, first.family);
  };
  return (hostname, { all }, callback) => void answer(hostname, all === true, callback);
}

/** Posts once. The status is the outcome, as soon as it has come: what follows it, or fails to, changes nothing. */
async function attempt(means: Means, { url, headers, body }: Post): Promise<Omit<HookAnswer, 'durationMs'>> {
  const { guard, clock, deadlineMs } = means;
  const deadline = new AbortController();
  const cancel = clock.after(deadlineMs, () => deadline.abort());
  try {
    if (Buffer.byteLength(body) > REQUEST_BYTES_MAX) throw new AddressRefused('the event is too large to be sent');
    // A URL with an IP address is connected to without a look-up, and the allowed ranges may have been narrowed since.
    const checked = guard.checkUrl(url);
    const answer = await send(means, checked, { headers, body, signal: deadline.signal });
    cancel();
    const statusCode = answer.statusCode ?? 0;
    const responseStart = await readStart(answer, clock);
    const redirects = statusCode >= 300 && statusCode < 400;
    const asks = statusCode === 429 || statusCode === 503 ? answer.headers['retry-after'] : undefined;
    const retryAfterMs = readRetryAfterMs(asks, { nowMs: clock.nowMs(), maxMs: RETRY_AFTER_MS_MAX });
    return { statusCode, error: redirects ? 'redirects are not followed' : null, responseStart, retryAfterMs };
  } catch (error) {
    const reason = deadline.signal.aborted ? `no answer within ${deadlineMs} ms` : reasonOf(error);
    return { statusCode: null, error: reason, responseStart: null, retryAfterMs: undefined };
  } finally {
    cancel();
  }
}

/**
 * Sends a request and gives the answer's head. Interim answers (100, 102, 103) are passed over; redirects are answers.
 */
async function send(
  { guard, clock, resolve, agents }: Means,
  url: URL,
  sent: { readonly headers: Post['headers']; readonly body: string; readonly signal: AbortSignal },
): Promise<http.IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const options = {
    method: 'POST',
    headers: { ...sent.headers, 'content-length': String(Buffer.byteLength(sent.body)) },
    signal: sent.signal,
    maxHeaderSize: HEADER_BYTES_MAX,
    lookup: guardedLookup(guard, resolve, isByHttps(url)),
  };
  return new Promise<http.IncomingMessage>((resolveAnswer, reject) => {
    const request = isSecure
      ? https.request(url, { ...options, agent: agents.https })
      : http.request(url, { ...options, agent: agents.http });
    const late = clock.after(CONNECT_TIMEOUT_MS, () => request.destroy(new AddressRefused('cannot be connected to')));
    request.on('socket', (socket) => socket.once(isSecure ? 'secureConnect' : 'connect', late));
    request.on('response', resolveAnswer);
    // A receiver that upgrades the connection has given no answer.
    request.on('upgrade', (answer) => {
      answer.destroy();
      reject(new AddressRefused('answered with an upgrade of the connection'));
    });
    // Stays for the life of the request: after the head, an error of the connection is the body's.
    request.on('error', (error) => {
      late();
      reject(error);
    });
    request.end(sent.body);
  });
}

/** The first bytes as text; reading stops at a bound, at an error, or when the time for it is over. */
async function readStart(answer: http.IncomingMessage, clock: Clock): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const cancel = clock.after(BODY_DEADLINE_MS, () => answer.destroy());
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > RESPONSE_BYTES_MAX) break;
    }
  } catch {
    // The receiver cut its answer, or it took too long: its status has come.
  } finally {
    cancel();
    answer.destroy();
  }
  const start = Buffer.concat(chunks).subarray(0, RESPONSE_START_BYTES_MAX);
  return start.toString('utf8').replaceAll('\0', '');
}

/** Network errors are reported by their code, since their messages name addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  if (error instanceof AddressRefused) return error.message;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? 'failed' : reasonOf(error.cause);
}
