/**
 * A JSON-RPC proxy in front of any node that fails and lies on demand, over HTTP and websocket. From code:
 *
 *     const proxy = await startRpcProxy({ target: chain.rpcUrl, wsTarget: chain.wsUrl, seed: 1 });
 *     proxy.rpcUrl, proxy.wsUrl                     where the client connects
 *     proxy.addFault({ effect: { kind: 'drop' } })  a rule for every call; gives its id for removeFault(id)
 *     proxy.addFault({ method: 'eth_getLogs', times: 1, effect: { kind: 'hideLogs', txHash } })
 *     proxy.addFault({ probability: 0.05, effect: { kind: 'rateLimit', body: 'json', retryAfterSeconds: 2 } })
 *     for (const fault of faultsOfAllKinds(0.05, transfer)) proxy.addFault(fault)
 *     const gate = proxy.gate('eth_getLogs'); await gate.reached; ...; gate.open()   holds back one answer
 *     proxy.freeze({ http: true, sockets: true })   nothing is answered, nothing pushed, until set to false
 *     proxy.closeSockets(), proxy.flood(10_000)     1006 for all; heads without end
 *     proxy.setTarget(otherUrl)                     another node answers from now on
 *     proxy.calls('eth_getLogs'), proxy.done()      calls that came; effects by kind
 *
 * Kinds (rpc-proxy/faults.ts has their fields): delay drop hang rateLimit http error result truncate wrongId duplicate
 * replay slowBody staleHead hideLogs alterLogs inventLog capResults capRange prune. Rules of method `ws` act on frames
 * from the node: drop hang delay truncate duplicate. All rules that hit one call act together, those that answer without
 * the node first. With `control`, the methods proxy_addFault, proxy_removeFault {id}, proxy_clearFaults, proxy_listFaults,
 * proxy_freeze {http, sockets}, proxy_closeSockets {code?}, proxy_flood {count} work on the proxy's own URL.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { callRpc, RpcReplyError } from './json-rpc.ts';
import {
  FaultRules,
  proxyFaultSchema,
  type ListedFault,
  type ProxyEffect,
  type ProxyFault,
} from './rpc-proxy/faults.ts';
import { Liar, type Answer, type Call } from './rpc-proxy/lies.ts';
import { SocketSide } from './rpc-proxy/sockets.ts';

export { faultsOfAllKinds, type ProxyFault } from './rpc-proxy/faults.ts';

const BODY_BYTES_MAX = 4_000_000;
const NODE_TIMEOUT_MS = 60_000;
const RATE_LIMITED = { jsonrpc: '2.0', error: { code: 429, message: 'Too Many Requests' } };

export interface RpcProxyOptions {
  /** URL of the node. */
  readonly target: string;
  readonly wsTarget?: string | undefined;
  /** Seed of the random numbers; default 1. */
  readonly seed?: number;
  readonly port?: number;
  /** Whether anyone who reaches the proxy may add and remove faults by JSON-RPC. Default false. */
  readonly control?: boolean;
}

/** Holds one answer back, so that a test can do something between a question and its answer. */
export interface Gate {
  /** Resolves when the node has answered; the proxy holds the answer back. */
  readonly reached: Promise<void>;
  open(): void;
}

export interface RpcProxy {
  readonly rpcUrl: string;
  readonly wsUrl: string;
  addFault(fault: ProxyFault): number;
  removeFault(id: number): void;
  clearFaults(): void;
  listFaults(): ListedFault[];
  /** How often each kind of effect happened. */
  done(): ReturnType<FaultRules['done']>;
  /** The number of received calls of the method, or of all methods. */
  calls(method?: string): number;
  /** Makes the next answer to this method wait, or the `nth` from now. */
  gate(method: string, nth?: number): Gate;
  freeze(what: { http?: boolean; sockets?: boolean }): void;
  /** Closes every websocket; without a code as a broken connection does (1006). */
  closeSockets(code?: number): void;
  flood(count: number): Promise<void>;
  setTarget(target: string, wsTarget?: string): void;
  stop(): Promise<void>;
}

const callSchema = z.object({
  id: z.union([z.string(), z.number(), z.null()]).default(null),
  method: z.string(),
  params: z.unknown().optional(),
});
type Request = z.output<typeof callSchema>;

/** Starts a proxy on a free port of the loopback interface, or the given one. */
export async function startRpcProxy(options: RpcProxyOptions): Promise<RpcProxy> {
  const proxy = new ProxyServer(options);
  await proxy.listen(options.port ?? 0);
  return proxy;
}

class ProxyServer implements RpcProxy {
  rpcUrl = '';
  wsUrl = '';
  readonly #rules: FaultRules;
  readonly #liar: Liar;
  readonly #control: boolean;
  readonly #server = createServer((request, response) => {
    void this.#serve(request, response).catch(() => request.socket.destroy());
  });
  readonly #sockets: SocketSide;
  readonly #counts = new Map<string, number>();
  readonly #lastReplies = new Map<string, string>();
  readonly #gates = new Map<string, { left: number; reach: () => void; opened: Promise<void> }>();
  readonly #stopping = new AbortController();
  #target: string;
  #wsTarget: string | undefined;
  #thaw: (() => void) | undefined;
  #thawed: Promise<void> = Promise.resolve();

  constructor({ target, wsTarget, seed = 1, control = false }: RpcProxyOptions) {
    this.#target = target;
    this.#wsTarget = wsTarget;
    this.#control = control;
    this.#rules = new FaultRules(seed);
    this.#liar = new Liar(async (method, params) => callRpc(this.#target, method, objectOrList(params)));
    const server = new WebSocketServer({ server: this.#server });
    this.#sockets = new SocketSide({ server, rules: this.#rules, getUrl: () => this.#wsTarget });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    this.rpcUrl = `http://127.0.0.1:${address.port}`;
    this.wsUrl = `ws://127.0.0.1:${address.port}`;
  }

  addFault(fault: ProxyFault): number {
    return this.#rules.add(fault);
  }
  removeFault(id: number): void {
    this.#rules.remove(id);
  }
  clearFaults(): void {
    this.#rules.clear();
    this.#liar.forget();
  }
  listFaults(): ListedFault[] {
    return this.#rules.list();
  }
  done(): ReturnType<FaultRules['done']> {
    return this.#rules.done();
  }
  calls(method?: string): number {
    if (method !== undefined) return this.#counts.get(method) ?? 0;
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  gate(method: string, nth = 1): Gate {
    const reached = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    this.#gates.set(method, { left: nth, reach: reached.resolve, opened: opened.promise });
    return { reached: reached.promise, open: opened.resolve };
  }

  freeze({ http, sockets }: { http?: boolean; sockets?: boolean }): void {
    if (sockets !== undefined) this.#sockets.frozen = sockets;
    if (http === false) {
      this.#thaw?.();
      this.#thaw = undefined;
    } else if (http === true && this.#thaw === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      [this.#thawed, this.#thaw] = [promise, resolve];
    }
  }

  closeSockets(code?: number): void {
    this.#sockets.close(code);
  }
  async flood(count: number): Promise<void> {
    await this.#sockets.flood(count);
  }

  setTarget(target: string, wsTarget?: string): void {
    this.#target = target;
    this.#wsTarget = wsTarget ?? this.#wsTarget;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.freeze({ http: false });
    this.#sockets.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #serve(http: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(http);
    const request = callSchema.safeParse(parseJson(body)).data;
    if (request === undefined) {
      await this.#passThrough(body, response);
      return;
    }
    if (this.#control && request.method.startsWith('proxy_')) {
      response.end(JSON.stringify({ jsonrpc: '2.0', id: request.id, ...(await this.#controlled(request)) }));
      return;
    }
    this.#counts.set(request.method, this.calls(request.method) + 1);
    await this.#thawed;
    const effects = this.#rules.take(request.method);
    for (const effect of effects) {
      if (effect.kind === 'delay') await sleep(effect.delayMs, undefined, { ref: false });
    }
    if (effects.some(({ kind }) => kind === 'hang')) return;
    if (effects.some(({ kind }) => kind === 'drop')) {
      http.socket.destroy();
      return;
    }
    if (effects.some((effect) => answerAlone(effect, request, response))) return;
    const { method, params } = request;
    const answer = await this.#liar.answer({ method, params }, effects, async (call) => this.#forward(call));
    await this.#waitAtGate(method);
    await this.#reply(request, effects, { answer, response });
  }

  async #waitAtGate(method: string): Promise<void> {
    const gate = this.#gates.get(method);
    if (gate === undefined) return;
    gate.left -= 1;
    if (gate.left > 0) return;
    this.#gates.delete(method);
    gate.reach();
    await gate.opened;
  }

  async #reply(
    request: Request,
    effects: readonly ProxyEffect[],
    { answer, response }: { answer: Answer; response: ServerResponse },
  ): Promise<void> {
    const has = (kind: ProxyEffect['kind']): boolean => effects.some((effect) => effect.kind === kind);
    const id = has('wrongId') ? 'another call' : request.id;
    let text = JSON.stringify({ jsonrpc: '2.0', id, ...answer });
    const before = this.#lastReplies.get(request.method);
    this.#lastReplies.set(request.method, text);
    if (has('replay')) text = before ?? text;
    if (has('duplicate')) text += text;
    if (has('truncate')) text = text.slice(0, text.length / 2);
    response.writeHead(200, { 'content-type': 'application/json' });
    const slow = effects.find((effect) => effect.kind === 'slowBody');
    if (slow === undefined) {
      response.end(text);
      return;
    }
    for (const character of text) {
      if (response.destroyed || this.#stopping.signal.aborted) return;
      response.write(character);
      await sleep(slow.everyMs, undefined, { ref: false });
    }
    response.end();
  }

  async #forward({ method, params }: Call): Promise<Answer> {
    try {
      return { result: await callRpc(this.#target, method, objectOrList(params), NODE_TIMEOUT_MS) };
    } catch (error) {
      if (!(error instanceof RpcReplyError)) throw error;
      const { code, data, reason } = error;
      return { error: { code, message: reason, ...(data === undefined ? {} : { data }) } };
    }
  }

  /** A body that is not a single call, such as a batch, is forwarded unchanged, and so is its answer. */
  async #passThrough(body: string, response: ServerResponse): Promise<void> {
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(NODE_TIMEOUT_MS)]);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.#target, { method: 'POST', headers, body, signal });
    response.writeHead(answer.status, headers).end(await answer.text());
  }

  async #controlled({ method, params }: Request): Promise<Record<string, unknown>> {
    try {
      return { result: (await CONTROL[method]?.(this, params ?? {})) ?? true };
    } catch (error) {
      return { error: { code: -32_602, message: error instanceof Error ? error.message : String(error) } };
    }
  }
}

/** Answers in place of the node, if the effect does that. */
function answerAlone(effect: ProxyEffect, { id }: Request, response: ServerResponse): boolean {
  const json = { 'content-type': 'application/json' };
  if (effect.kind === 'rateLimit') {
    const { retryAfterSeconds, body } = effect;
    const wait = retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` };
    if (body === 'html') {
      response.writeHead(429, { 'content-type': 'text/html', ...wait }).end('<html><h1>Too Many Requests</h1></html>');
    } else {
      const status = body === 'json' ? 429 : 200;
      response.writeHead(status, { ...json, ...wait }).end(JSON.stringify({ ...RATE_LIMITED, id }));
    }
    return true;
  }
  if (effect.kind === 'http') {
    response.writeHead(effect.status, { 'content-type': effect.contentType }).end(effect.body);
    return true;
  }
  if (effect.kind !== 'error' && effect.kind !== 'result') return false;
  const { kind, ...said } = effect;
  const content = kind === 'error' ? { error: said } : said;
  response.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id, ...content }));
  return true;
}

const CONTROL: Readonly<Record<string, (proxy: RpcProxy, params: unknown) => unknown>> = {
  proxy_addFault: (proxy, params) => proxy.addFault(proxyFaultSchema.parse(params)),
  proxy_removeFault: (proxy, params) => proxy.removeFault(z.object({ id: z.int() }).parse(params).id),
  proxy_clearFaults: (proxy) => proxy.clearFaults(),
  proxy_listFaults: (proxy) => proxy.listFaults(),
  proxy_freeze: (proxy, params) =>
    proxy.freeze(z.object({ http: z.boolean().exactOptional(), sockets: z.boolean().exactOptional() }).parse(params)),
  proxy_closeSockets: (proxy, params) => proxy.closeSockets(z.object({ code: z.int().optional() }).parse(params).code),
  proxy_flood: async (proxy, params) =>
    proxy.flood(z.object({ count: z.int().min(1).max(1_000_000) }).parse(params).count),
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > BODY_BYTES_MAX) throw new Error('the request is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOrList(params: unknown): readonly unknown[] | Readonly<Record<string, unknown>> {
  return z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).safeParse(params).data ?? [];
}
