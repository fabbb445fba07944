/** The fake's HTTP: checks the key, finds the call, and fails where it is told to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallEffect, CallFaults } from '../stripe/faults.ts';
import { CreemRefusal, type Books } from './books.ts';
import type { Shown } from './objects.ts';
import { CALLS } from './routes.ts';

const BODY_BYTES_MAX = 1_000_000;

export interface ServerParts {
  readonly findBooks: (key: string) => Books | undefined;
  readonly faults: CallFaults;
  readonly pageUrl: (checkout: string) => string;
  readonly oldestFirst: () => boolean;
  /** Serves what is for people; false when the path is none of its. */
  readonly page: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Called with each call that arrives. */
  readonly onCall: (call: ArrivedCall) => void;
}

/** A call as it arrived, for tests that look at what a client sends. */
export interface ArrivedCall {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

/** The server; it does not listen yet. */
export function createFakeServer(parts: ServerParts): Server {
  return createServer((request, response) => {
    serve(parts, request, response).catch(() => request.socket.destroy());
  });
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readAll(request);
  if (parts.page(request, response)) return;
  const [path = '', query = ''] = (request.url ?? '').split('?');
  parts.onCall({ method: request.method ?? '', path, query, body });
  const effect = parts.faults.take(`${request.method} ${path}`);
  if (effect?.kind === 'close_before') {
    request.socket.destroy();
    return;
  }
  if (effect?.kind === 'slow') await sleep(effect.ms);
  const answer = answerTo(parts, request, { path, query, body, effect });
  if (effect?.kind === 'lose_answer') {
    request.socket.destroy();
    return;
  }
  const text = JSON.stringify(answer.body);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
  response.writeHead(answer.status, headers);
  if (effect?.kind === 'cut_body') response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  else response.end(text);
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
  readonly effect: CallEffect | undefined;
}

const STATUS_OF: Readonly<Partial<Record<CallEffect['kind'], number>>> = {
  lock: 409,
  rate_limit: 429,
  server_error: 500,
};

function answerTo(parts: ServerParts, request: IncomingMessage, call: Call): { status: number; body: Shown } {
  try {
    const key = request.headers['x-api-key'];
    const books = typeof key === 'string' ? parts.findBooks(key) : undefined;
    if (books === undefined) throw new CreemRefusal(401, 'Unauthorized');
    const status = call.effect === undefined ? undefined : STATUS_OF[call.effect.kind];
    if (status !== undefined) throw new CreemRefusal(status, 'told to fail');
    const found = CALLS.find(({ method, path }) => method === request.method && path.test(call.path));
    if (found === undefined) throw new CreemRefusal(404, `Cannot ${request.method} ${call.path}`);
    const input = { books, query: new URLSearchParams(call.query), body: jsonOf(call.body), ...parts };
    const id = decodeURIComponent(found.path.exec(call.path)?.[1] ?? '');
    return { status: 200, body: found.run({ ...input, id, oldestFirst: parts.oldestFirst() }) };
  } catch (error) {
    if (!(error instanceof CreemRefusal)) throw error;
    const { status, message } = error;
    return {
      status,
      body: { trace_id: 'trace_1', status, error: 'Refused', message: [message], timestamp: Date.now() },
    };
  }
}

function jsonOf(text: string): Shown {
  if (text === '') return {};
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new CreemRefusal(400, 'the body must be an object');
  return { ...value };
}
