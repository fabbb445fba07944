/** The fake's HTTP: checks the key, reads the parameters, keeps idempotency, and fails where it is told to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import type { AccountKey } from './account.ts';
import { DEFAULT_API_VERSION } from './books.ts';
import type { Deliveries } from './deliveries.ts';
import type { CallEffect, CallFaults } from './faults.ts';
import { decodeForm, type FormValue } from './form.ts';
import type { Answer } from './idempotency.ts';
import type { Schedule } from './schedule.ts';
import { StripeRefusal } from './refusal.ts';
import type { SimulatedCall } from './call.ts';
import { CALLS } from './routes.ts';

const BODY_BYTES_MAX = 1_000_000;

export interface ServerParts {
  readonly findKey: (text: string) => AccountKey | undefined;
  readonly faults: CallFaults;
  readonly deliveries: Deliveries;
  readonly schedule: Schedule;
  readonly pageUrl: (session: string) => string;
  /** Serves what is for people; false when the path is none of its. */
  readonly page: (request: IncomingMessage, response: ServerResponse, body: string) => boolean;
  /** Called with each call that arrives. */
  readonly onCall: (call: ArrivedCall) => void;
}

/** A call as it arrived, for tests that look at what a client sends. */
export interface ArrivedCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** The server; it does not listen yet. */
export function createFakeServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    serve(parts, request, response).catch(() => request.socket.destroy());
  });
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readAll(request);
  if (parts.page(request, response, body)) return;
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const requestId = `req_${randomBytes(7).toString('hex')}`;
  parts.onCall({ method: request.method ?? '', path, query, body, headers: request.headers });
  const effect = parts.faults.take(`${request.method} ${path}`);
  if (effect?.kind === 'close_before') {
    request.socket.destroy();
    return;
  }
  if (effect?.kind === 'slow') await sleep(effect.ms);
  const { answer, replayed } = handle(parts, request, { path, query, body, requestId, effect });
  if (parts.deliveries.weather.beforeAnswer) await parts.deliveries.idle();
  if (effect?.kind === 'lose_answer') {
    request.socket.destroy();
    return;
  }
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(answer.body),
    'Request-Id': requestId,
    'Stripe-Version': String(request.headers['stripe-version'] ?? DEFAULT_API_VERSION),
    ...(request.headers['idempotency-key'] !== undefined && { 'Idempotency-Key': request.headers['idempotency-key'] }),
    ...(replayed && { 'Idempotent-Replayed': 'true' }),
  });
  if (effect?.kind === 'cut_body')
    response.write(answer.body.slice(0, answer.body.length / 2), () => request.socket.destroy());
  else response.end(answer.body);
}

async function readAll(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > BODY_BYTES_MAX) throw new Error('the request is too long');
  }
  return body;
}

interface Call {
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly requestId: string;
  readonly effect: CallEffect | undefined;
}

function handle(parts: ServerParts, request: IncomingMessage, call: Call): { answer: Answer; replayed: boolean } {
  const idempotencyKey = request.method === 'POST' ? headerOf(request, 'idempotency-key') : null;
  try {
    const key = keyOf(parts, request);
    const found = CALLS.find(({ method, path }) => method === request.method && path.test(call.path));
    if (found === undefined)
      throw new StripeRefusal(404, `Unrecognized request URL (${request.method}: ${call.path}).`);
    checkPermission(found, key);
    const refused = refusalOf(call.effect);
    if (refused) throw refused;
    if (idempotencyKey === null) return { answer: run(parts, { found, key, call, idempotencyKey }), replayed: false };
    const keys = key.account.idempotencyKeys(key.mode);
    const before = keys.begin(idempotencyKey, `${call.path}\n${call.body}`, parts.schedule.nowMs());
    if (before) return { answer: before, replayed: true };
    return { answer: runOnce(parts, { found, key, call, idempotencyKey }), replayed: false };
  } catch (error) {
    if (error instanceof StripeRefusal) return { answer: answerOfRefusal(error), replayed: false };
    throw error;
  }
}

interface Found {
  readonly found: SimulatedCall;
  readonly key: AccountKey;
  readonly call: Call;
}

/** Runs a call under its key and keeps the answer. What validation refuses is not kept; a 500 and a 402 are. */
function runOnce(parts: ServerParts, about: Found & { readonly idempotencyKey: string }): Answer {
  const { key, idempotencyKey, call } = about;
  const keys = key.account.idempotencyKeys(key.mode);
  try {
    const answer = call.effect?.kind === 'server_error' ? answerOfRefusal(SERVER_ERROR) : run(parts, about);
    keys.finish(idempotencyKey, answer);
    return answer;
  } catch (error) {
    if (error instanceof StripeRefusal && error.status === 402) {
      const answer = answerOfRefusal(error);
      keys.finish(idempotencyKey, answer);
      return answer;
    }
    keys.forget(idempotencyKey);
    throw error;
  }
}

function run(
  { pageUrl }: ServerParts,
  { found, key, call, idempotencyKey }: Found & { readonly idempotencyKey: string | null },
): Answer {
  const books = key.account.books(key.mode);
  const id = found.path.exec(call.path)?.[1] ?? '';
  const cause = { requestId: call.requestId, idempotencyKey };
  const body = found.run({
    books,
    cause,
    given: given(found.method === 'POST' ? call.body : call.query),
    id,
    pageUrl,
    account: key.account.id,
  });
  return { status: 200, body: JSON.stringify(body) };
}

function given(text: string): { [name: string]: FormValue } {
  try {
    return decodeForm(text);
  } catch (error) {
    throw new StripeRefusal(400, error instanceof Error ? error.message : 'Invalid request');
  }
}

function answerOfRefusal(error: StripeRefusal): Answer {
  return { status: error.status, body: JSON.stringify(error.body()) };
}

const SERVER_ERROR = new StripeRefusal(500, 'An unknown error occurred.', {}, 'api_error');

/** The refusal that a fault puts in place of a call; undefined where the call goes on. */
function refusalOf(effect: CallEffect | undefined): StripeRefusal | undefined {
  if (effect?.kind === 'lock')
    return new StripeRefusal(409, 'This object cannot be accessed right now.', { code: 'lock_timeout' });
  if (effect?.kind === 'rate_limit') return new StripeRefusal(429, 'Too many requests.', { code: 'rate_limit' });
  if (effect?.kind === 'server_error' && effect.kept !== true) return SERVER_ERROR;
  return undefined;
}

function keyOf(parts: ServerParts, request: IncomingMessage): AccountKey {
  const text = /^Bearer (.+)$/.exec(headerOf(request, 'authorization') ?? '')?.[1];
  if (text === undefined) throw new StripeRefusal(401, 'You did not provide an API key.');
  const key = parts.findKey(text);
  if (key === undefined) throw new StripeRefusal(401, `Invalid API Key provided: ${text.slice(0, 8)}****`);
  return key;
}

function checkPermission({ permission }: SimulatedCall, { permissions, account }: AccountKey): void {
  const includes = permission.replace(/_read$/, '_write');
  if (permissions === undefined || permissions.includes(permission) || permissions.includes(includes)) return;
  const message = `The provided key does not have the required permissions for this endpoint on account '${account.id}'. Having the 'rak_${permission}' permission would allow this request to continue.`;
  throw new StripeRefusal(403, message);
}

function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
