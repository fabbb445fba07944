/**
 * Posts to URLs that customers chose. A host name is resolved and its addresses checked in the step that connects, and
 * the connection goes to the checked address. The name is not resolved again, so it cannot lead elsewhere after the
 * check.
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import type { Clock } from '../core/clock.ts';
import { AddressRefused, isByHttps, type AddressGuard } from './address-guard.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** From the start of the request to the last byte that is read of the answer. */
export const POST_DEADLINE_MS = 15_000;
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

/** The result of a post. */
export interface HookAnswer {
  readonly statusCode: number | null;
  /** Why there is no status, or why it does not count as an answer; null otherwise. Names no address. */
  readonly error: string | null;
  readonly responseStart: string | null;
  readonly durationMs: number;
}

export interface Outbound {
  /** Posts once; redirects are not followed. Never rejects. */
  post(post: Post): Promise<HookAnswer>;
  close(): Promise<void>;
}

interface Agents {
  /** For https on its default port. */
  readonly byHttps: Agent;
  readonly otherwise: Agent;
}

/** Opens the sender of webhooks; close it to release its connections. */
export function openOutbound(options: OutboundOptions): Outbound {
  const { guard, clock, resolve = systemResolve, deadlineMs = POST_DEADLINE_MS } = options;
  const agentFor = (byHttps: boolean): Agent =>
    new Agent({
      connect: { lookup: guardedLookup(guard, resolve, byHttps), timeout: CONNECT_TIMEOUT_MS, allowH2: false },
      connections: SOCKETS_PER_ORIGIN_MAX,
      maxHeaderSize: HEADER_BYTES_MAX,
      // One connection for each post, so that the addresses are checked again for every post.
      pipelining: 0,
    });
  // A look-up does not know the URL's protocol and port, so there is one agent for each kind of check.
  const agents: Agents = { byHttps: agentFor(true), otherwise: agentFor(false) };
  return {
    post: async (post) => {
      const startedAtMs = performance.now();
      const outcome = await attempt(agents, guard, post, { clock, deadlineMs });
      return { ...outcome, durationMs: Math.round(performance.now() - startedAtMs) };
    },
    close: async () => {
      await Promise.all([agents.byHttps.destroy(), agents.otherwise.destroy()]);
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

async function attempt(
  agents: Agents,
  guard: AddressGuard,
  { url, headers, body }: Post,
  { clock, deadlineMs }: { readonly clock: Clock; readonly deadlineMs: number },
): Promise<Omit<HookAnswer, 'durationMs'>> {
  const deadline = new AbortController();
  const cancel = clock.after(deadlineMs, () => deadline.abort());
  let statusCode: number | null = null;
  try {
    if (Buffer.byteLength(body) > REQUEST_BYTES_MAX) throw new AddressRefused('the event is too large to be sent');
    // A URL with an IP address is connected to without a look-up, and the allowed ranges may have been narrowed since.
    const checked = guard.checkUrl(url);
    const answer = await request(checked, {
      method: 'POST',
      headers,
      body,
      dispatcher: isByHttps(checked) ? agents.byHttps : agents.otherwise,
      signal: deadline.signal,
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
    });
    statusCode = answer.statusCode;
    const responseStart = await readStart(answer.body);
    const redirects = statusCode >= 300 && statusCode < 400;
    return { statusCode, error: redirects ? 'redirects are not followed' : null, responseStart };
  } catch (error) {
    const reason = deadline.signal.aborted ? `no whole answer within ${deadlineMs} ms` : reasonOf(error);
    return { statusCode: null, error: reason, responseStart: null };
  } finally {
    cancel();
  }
}

/** The first bytes as text that a database can store; reading stops at a bound. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > RESPONSE_BYTES_MAX) break;
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
