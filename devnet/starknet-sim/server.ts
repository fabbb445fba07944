import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { CONTROL_METHODS } from './control-methods.ts';
import { distortResult, type FaultEffect } from './faults.ts';
import { nameParameters, READ_METHODS, SimRpcError } from './rpc-methods.ts';
import { Simulator, type SimulatorOptions } from './simulator.ts';
import { viewHeader } from './views.ts';

const BODY_BYTES_MAX = 4_000_000;
const INVALID_PARAMS = -32602;
const METHOD_NOT_FOUND = -32601;
const PARSE_ERROR = -32700;
const INVALID_SUBSCRIPTION = 66;

const requestSchema = z.object({
  id: z.union([z.string(), z.number(), z.null()]).default(null),
  method: z.string(),
  params: z.unknown().optional(),
});
type Request = z.infer<typeof requestSchema>;
const unsubscribeSchema = z.object({ subscription_id: z.string() });

/** A running simulated node. `simulator` scripts it from the same process. */
export interface SimServer {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  readonly simulator: Simulator;
  /** Cuts every websocket without a closing frame; the client sees code 1006. */
  dropSockets(): void;
  /** While frozen, websockets stay open and nothing is sent on them. */
  freezeSockets(frozen: boolean): void;
  /** Acts like a restart of the real node: websockets stay open, but their subscriptions are gone without notice. */
  forgetSubscriptions(): void;
  stop(): Promise<void>;
}

/** Starts the simulated node on the given port or a free one: JSON-RPC over HTTP at any path, websocket at `/ws`. */
export async function startSimServer(
  options: SimulatorOptions & { port?: number | undefined } = {},
): Promise<SimServer> {
  const simulator = new Simulator(options);
  const server = createServer((request, response) => {
    void serveHttp(simulator, request, response).catch(() => response.destroy());
  });
  const heads = new HeadFeed(simulator);
  const sockets = new WebSocketServer({ server, path: '/ws' });
  sockets.on('connection', (socket) => heads.connect(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the simulated node has no port');
  return {
    rpcUrl: `http://127.0.0.1:${address.port}/rpc`,
    wsUrl: `ws://127.0.0.1:${address.port}/ws`,
    simulator,
    dropSockets: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    freezeSockets: (frozen) => {
      heads.frozen = frozen;
    },
    forgetSubscriptions: () => heads.forget(),
    stop: async () => {
      simulator.stop();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

async function serveHttp(simulator: Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' && request.url === '/is_alive') {
    response.end('Alive!!!');
    return;
  }
  const parsed = parseRequest(await readBody(request));
  if (parsed === undefined) {
    reply(response, { jsonrpc: '2.0', id: null, error: { code: PARSE_ERROR, message: 'Parse error' } });
    return;
  }
  const effect = simulator.faults.take(parsed.method);
  if (effect?.kind === 'drop') {
    request.socket.destroy();
    return;
  }
  if (effect?.kind === 'hang') return;
  if (effect?.kind === 'http') {
    const retry = effect.retryAfterSeconds === undefined ? {} : { 'retry-after': `${effect.retryAfterSeconds}` };
    response.writeHead(effect.status, { 'content-type': effect.contentType, ...retry }).end(effect.body);
    return;
  }
  if (effect?.kind === 'delay') await sleep(effect.delayMs);
  const answer = answerRequest(simulator, parsed, effect);
  reply(response, effect?.kind === 'wrongId' ? { ...answer, id: 'another call' } : answer, effect?.kind === 'truncate');
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > BODY_BYTES_MAX) throw new Error('the request is too long');
  }
  return body;
}

function parseRequest(text: string): Request | undefined {
  try {
    return requestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function reply(response: ServerResponse, answer: Record<string, unknown>, isTruncated = false): void {
  const text = JSON.stringify(answer);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(isTruncated ? text.slice(0, text.length / 2) : text);
}

function answerRequest(simulator: Simulator, request: Request, effect?: FaultEffect): Record<string, unknown> {
  const head = { jsonrpc: '2.0', id: request.id };
  try {
    if (effect?.kind === 'error') throw new SimRpcError(effect.code, effect.message, effect.data);
    const params = nameParameters(request.method, request.params);
    const result = callMethod(simulator, request.method, params);
    return { ...head, result: effect === undefined ? result : distortResult(effect, params, result) };
  } catch (error) {
    return { ...head, error: errorObjectOf(error) };
  }
}

function callMethod(simulator: Simulator, method: string, params: unknown): unknown {
  const read = READ_METHODS[method];
  if (read !== undefined) return read(simulator, params);
  const control = CONTROL_METHODS[method];
  if (control !== undefined) return control(simulator, params);
  throw new SimRpcError(METHOD_NOT_FOUND, 'Method not found');
}

function errorObjectOf(error: unknown): Record<string, unknown> {
  if (error instanceof SimRpcError) {
    return { code: error.code, message: error.message, ...(error.data === undefined ? {} : { data: error.data }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: INVALID_PARAMS, message };
}

/** The websocket side: subscriptions to new heads, each of which also gets the notice of a reorg. */
class HeadFeed {
  frozen = false;
  readonly #simulator: Simulator;
  readonly #subscriptions = new Set<Set<string>>();
  #issued = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  forget(): void {
    for (const ids of this.#subscriptions) ids.clear();
  }

  connect(socket: WebSocket): void {
    const ids = new Set<string>();
    this.#subscriptions.add(ids);
    const notify = (method: string, result: unknown): void => {
      for (const id of ids) this.#send(socket, { jsonrpc: '2.0', method, params: { subscription_id: id, result } });
    };
    const stopListening = this.#simulator.listen({
      onBlock: (block) => notify('starknet_subscriptionNewHeads', viewHeader(block)),
      onReorg: (reorg) => notify('starknet_subscriptionReorg', reorg),
    });
    socket.on('close', () => {
      stopListening();
      this.#subscriptions.delete(ids);
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data: Buffer) => this.#answer(socket, ids, data.toString('utf8')));
  }

  #answer(socket: WebSocket, ids: Set<string>, text: string): void {
    const request = parseRequest(text);
    if (request === undefined) {
      this.#send(socket, { jsonrpc: '2.0', id: null, error: { code: PARSE_ERROR, message: 'Parse error' } });
      return;
    }
    const head = { jsonrpc: '2.0', id: request.id };
    if (request.method === 'starknet_subscribeNewHeads') {
      this.#issued += 1;
      ids.add(`${this.#issued}`);
      this.#send(socket, { ...head, result: `${this.#issued}` });
    } else if (request.method === 'starknet_unsubscribe') {
      const asked = unsubscribeSchema.safeParse(
        Array.isArray(request.params) ? { subscription_id: request.params[0] } : request.params,
      );
      const isKnown = asked.success && ids.delete(asked.data.subscription_id);
      const error = { code: INVALID_SUBSCRIPTION, message: 'Invalid subscription id' };
      this.#send(socket, isKnown ? { ...head, result: true } : { ...head, error });
    } else {
      this.#send(socket, answerRequest(this.#simulator, request));
    }
  }

  #send(socket: WebSocket, message: Record<string, unknown>): void {
    if (!this.frozen && socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }
}
