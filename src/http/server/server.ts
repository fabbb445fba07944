/** The HTTP server: serves routes, answers errors as problem details, and bounds the time and memory of clients. */
import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import { Socket } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { Refusal } from '../../core/errors.ts';
import { FailedCall, problemOf, PROBLEMS, sendProblem, type Problem } from './problem.ts';
import { requestIdOf } from './request-id.ts';
import type { Form } from './surface.ts';
import type { Params, Reply } from './reply.ts';
import type { Route } from './route.ts';
import { rateLimitHeaders } from './limit-headers.ts';

const HEADERS_TIMEOUT_MS = 10_000;
/** From the first byte of a request to the last of its body. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of common load balancers (60 s), so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const CONNECTIONS_CHECK_MS = 5_000;
/** How long a client may leave an answer unread. */
const STALL_TIMEOUT_MS = 30_000;
const HEADER_BYTES_MAX = 16 * 1024;
const NOT_MODIFIED = 304;
/** While the server stops, connections without a request are looked for so often. */
const IDLE_SWEEP_MS = 50;

/** What sending an answer needs. */
interface Means {
  readonly log: Logger;
  readonly stallMs: number;
  readonly linkBase: string;
  /** False once the server stops: its connections end with the answers that are sent from then on. */
  readonly isListening: () => boolean;
}

/**
 * The server for these routes; it does not listen yet. Every answer carries `X-Request-Id`, the client's own if it is
 * valid. A request whose URL equals a route's path, without parameters or query, bypasses Express, since Express alone
 * costs more than a debit; handlers, checks and errors are the same.
 * @param options.stallMs how long a client may leave an answer unread before its connection is cut.
 * @param options.linkBase what comes before the path of the page about a problem; left out: nothing.
 */
export function createHttpServer(
  routes: readonly Route[],
  log: Logger,
  { stallMs = STALL_TIMEOUT_MS, linkBase = '' }: { readonly stallMs?: number; readonly linkBase?: string } = {},
): Server {
  const means: Means = { log, stallMs, linkBase, isListening: () => server.listening };
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  mount(app, routes, means);
  app.use((request, response) => {
    fail(means, request, response, new Refusal('NOT_FOUND', 'there is nothing at this path'));
  });
  app.use(((error: unknown, request, response, _next) => fail(means, request, response, error)) as ErrorRequestHandler);
  const exact = new Map(
    routes.filter(({ path }) => !path.includes(':')).map((route) => [`${route.method} ${route.path}`, route]),
  );
  const bounds = { maxHeaderSize: HEADER_BYTES_MAX, connectionsCheckingInterval: CONNECTIONS_CHECK_MS };
  const server = createServer(bounds, (request, response) => {
    const target = originForm(request.url ?? '');
    if (target === undefined) return fail(means, request, response, unreadableTarget());
    request.url = target;
    const route = exact.get(`${request.method} ${target}`);
    if (route) return void answer(means, route, request, response, {});
    return app(request, response);
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  return server;
}

/**
 * The path and query of a request target. Absolute targets (RFC 9112 section 3.2.2) are read as their path; undefined for
 * what is neither, which Express would answer with a page of its own.
 */
function originForm(target: string): string | undefined {
  if (target.startsWith('/')) return target;
  const url = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  return url === null ? undefined : url.pathname + url.search;
}

function unreadableTarget(): Refusal {
  return new Refusal('VALIDATION_FAILED', 'the target of the request is not a path');
}

/** What helmet sets for pages alone is left out; the pages set their own policy. */
const FOR_JSON = {
  contentSecurityPolicy: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  referrerPolicy: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xFrameOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
} as const;

/** The headers of every answer: those of helmet that matter to JSON, and `no-store`. Names and values alternate. */
const COMMON_HEADERS: readonly string[] = commonHeaders();

function commonHeaders(): string[] {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(FOR_JSON)(response.req, response, () => response.setHeader('Cache-Control', 'no-store'));
  return response.getHeaderNames().flatMap((name) => [name, String(response.getHeader(name))]);
}

function headersOf({ isListening }: Means, request: IncomingMessage): string[] {
  const last = isListening() ? [] : ['Connection', 'close'];
  return [...COMMON_HEADERS, 'X-Request-Id', requestIdOf(request), ...last, ...rateLimitHeaders(request)];
}

function mount(app: Express, routes: readonly Route[], means: Means): void {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  for (const [path, own] of byPath) {
    for (const route of own) {
      const handler: RequestHandler = async (request, response) =>
        answer(means, route, request, response, request.params);
      const name = route.method.toLowerCase() as Lowercase<typeof route.method>;
      app[name](path, handler);
    }
    const [form] = own.map(formOf);
    const allowed = own.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path, (request, response) => {
      response.set('Allow', allowed);
      const detail = `${request.method} is not allowed here`;
      const problem: Problem = { code: 'METHOD_NOT_ALLOWED', detail, issues: [], details: {}, unexpected: false };
      refuse(means, request, response, { problem, path: request.path, headers: {}, form });
    });
  }
}

/** Calls a route and sends its answer; every failure becomes a problem. */
async function answer(
  means: Means,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
  params: Params,
): Promise<void> {
  try {
    const reply = await route.handle(request, params);
    if (reply.pieces) await sendPieces(means, request, response, { ...reply, pieces: reply.pieces });
    else send(means, request, response, { ...reply, form: formOf(route) });
  } catch (error) {
    fail(means, request, response, error, formOf(route));
  }
}

/** The form of the surface that a route belongs to. */
function formOf({ documented }: Route): Form {
  return documented.chapter.surface.form;
}

/** Sends the head of an answer in one call: a list of headers costs far less than setting them one by one. */
function begin(
  means: Means,
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, own = [] }: Pick<Reply, 'status' | 'headers'> & { readonly own?: readonly string[] },
): void {
  const list = headersOf(means, request);
  for (const name in headers) list.push(name, headers[name] ?? '');
  response.writeHead(status ?? 200, [...list, ...own]);
}

function send(
  means: Means,
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply & { readonly form: Form },
): void {
  if (reply.status === NOT_MODIFIED) {
    setHeaders(response, headersOf(means, request), reply.headers);
    response.writeHead(NOT_MODIFIED);
    response.end();
  } else if (reply.body === undefined) {
    begin(means, request, response, reply);
    response.end();
  } else {
    const body = reply.form.writeBody(reply.body);
    const length = String(Buffer.byteLength(body));
    const own = ['Content-Type', 'application/json; charset=utf-8', 'Content-Length', length];
    begin(means, request, response, { ...reply, own });
    response.end(body);
  }
  watch(response, means.stallMs);
}

/** Cuts the connection if the client stops reading a finished answer. No timer runs if the system took all of it. */
function watch(response: ServerResponse, stallMs: number): void {
  if (response.writableLength > 0) response.setTimeout(stallMs, () => response.destroy());
}

/**
 * Sends piece by piece and waits while the client does not read. The head is sent after the first piece is made, so a
 * failure before that is answered as a problem; a later failure cuts the connection.
 */
async function sendPieces(
  means: Means,
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply & Required<Pick<Reply, 'pieces'>>,
): Promise<void> {
  let begun = false;
  for await (const piece of reply.pieces) {
    if (!begun) {
      setHeaders(response, headersOf(means, request), reply.headers);
      response.writeHead(reply.status ?? 200);
      response.setTimeout(means.stallMs, () => response.destroy());
    }
    begun = true;
    if (response.destroyed) return;
    if (response.write(piece)) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }
  response.end();
}

/** Logs an error and answers it as a problem. @param form of the surface; undefined when no route has the path. */
function fail(means: Means, request: IncomingMessage, response: ServerResponse, error: unknown, form?: Form): void {
  const { log } = means;
  const problem = problemOf(error);
  const headers = error instanceof FailedCall ? error.headers : {};
  const requestId = requestIdOf(request);
  const path = /^[^?]*/.exec(request.url ?? '')?.[0] ?? '';
  const about = { requestId, method: request.method, path, code: problem.code };
  if (problem.unexpected) log.error({ ...about, err: error }, 'request failed');
  else log.debug({ ...about, status: PROBLEMS[problem.code].status }, 'request refused');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  refuse(means, request, response, { problem, path, headers, form });
}

/** Sets the common headers, then the answer's own, which replace common ones of the same name. */
function setHeaders(response: ServerResponse, common: readonly string[], own: Reply['headers'] = {}): void {
  for (let at = 0; at < common.length; at += 2) response.setHeader(common[at] ?? '', common[at + 1] ?? '');
  for (const [name, value] of Object.entries(own)) response.setHeader(name, value);
}

function refuse(
  means: Means,
  request: IncomingMessage,
  response: ServerResponse,
  about: {
    readonly problem: Problem;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly form: Form | undefined;
  },
): void {
  const { problem, path, headers, form } = about;
  setHeaders(response, headersOf(means, request), headers);
  const { linkBase } = means;
  sendProblem(response, problem, { instance: path, form, linkBase, requestId: requestIdOf(request) });
  watch(response, means.stallMs);
}

/**
 * Checks that a port can be listened on, before anything is made for whoever would listen.
 * @param setting the variable that names the port, for the message.
 * @throws Error that says what to do when it is taken.
 */
export async function assertPortFree(port: number, host: string, setting: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  try {
    await listen(probe, port, host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE') throw error;
    const remedy = `end what listens there, or name another port with ${setting}`;
    throw new Error(`port ${port} of ${host} is taken: ${remedy}`, { cause: error });
  }
  await close(probe, 0);
}

/** The open connections of each server that listens. */
const CONNECTIONS = new WeakMap<Server, Set<Socket>>();

/**
 * Listens, and gives the URL. Port 0 takes a free port. Rejects when the port cannot be used.
 * @param alone false: a process of several that serve one port listens with the others.
 */
export async function listen(server: Server, port: number, host: string, alone = true): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: alone }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const connections = new Set<Socket>();
  CONNECTIONS.set(server, connections);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

/**
 * Accepts no new connections and lets running requests finish; each connection is closed once no request is under way on
 * it, and after graceMs whatever there is on it.
 */
export async function close(server: Server, graceMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  // Of a request that began before, the answer may have kept its connection open. To Node, one on which nothing has come yet
  // is not idle.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of CONNECTIONS.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
  }, IDLE_SWEEP_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(sweep);
  clearTimeout(timer);
}
