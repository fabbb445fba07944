/** The HTTP server: routes in, problem details out, bounds on everything that a client may make it wait for or hold. */
import { createServer, type Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { Refusal } from '../core/errors.ts';
import { uuidV7 } from '../core/ids.ts';
import type { Reply, Route } from './endpoint.ts';
import { problemOf, PROBLEMS, sendProblem, type Problem } from './problem.ts';

const HEADERS_TIMEOUT_MS = 10_000;
/** From the first byte of a request to the last of its body. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than the idle time of common load balancers (60 s), so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const CONNECTIONS_CHECK_MS = 5_000;
/** How long a client may leave a streamed answer unread. */
const STALL_TIMEOUT_MS = 30_000;
const HEADER_BYTES_MAX = 16 * 1024;

const REQUEST_ID = /^[0-9A-Za-z._-]{1,64}$/;

/**
 * The server for these routes; it does not listen yet. Every answer carries `X-Request-Id`, the client's own when it
 * sent a plain one.
 */
export function createHttpServer(routes: readonly Route[], log: Logger): Server {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.use(identify, helmet());
  mount(app, routes);
  app.use((_request, _response, next) => next(new Refusal('NOT_FOUND', 'there is nothing at this path')));
  app.use(failed(log));
  const bounds = { maxHeaderSize: HEADER_BYTES_MAX, connectionsCheckingInterval: CONNECTIONS_CHECK_MS };
  const server = createServer(bounds, (request, response) => {
    app(request, response);
  });
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  return server;
}

const identify: RequestHandler = (request, response, next) => {
  const sent = request.get('x-request-id');
  response.locals['requestId'] = sent !== undefined && REQUEST_ID.test(sent) ? sent : uuidV7(Date.now());
  response.set({ 'X-Request-Id': requestIdOf(response), 'Cache-Control': 'no-store' });
  next();
};

function requestIdOf(response: Response): string {
  const id: unknown = response.locals['requestId'];
  return typeof id === 'string' ? id : '';
}

function mount(app: Express, routes: readonly Route[]): void {
  const byPath = Map.groupBy(routes, ({ path }) => path);
  for (const [path, own] of byPath) {
    for (const { method, handle } of own) {
      const handler: RequestHandler = async (request, response) => {
        const reply = await handle(request, response);
        if (reply.pieces) await sendPieces(response, reply, reply.pieces);
        else send(response, reply);
      };
      const name = method.toLowerCase() as Lowercase<typeof method>;
      app[name](path, handler);
    }
    const allowed = own.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path, (request, response) => {
      response.set('Allow', allowed);
      const detail = `${request.method} is not allowed here`;
      const problem: Problem = { code: 'METHOD_NOT_ALLOWED', detail, issues: [], details: {}, unexpected: false };
      sendProblem(response, problem, { instance: request.path, requestId: requestIdOf(response) });
    });
  }
}

function send(response: Response, { status, body, headers }: Reply): void {
  response.status(status ?? 200).set(headers ?? {});
  if (body === undefined) response.end();
  else response.json(body);
}

/**
 * Sends piece by piece and waits while the client does not read. The first piece is there before the head is sent, so
 * that what fails at once is an ordinary problem; what fails later cuts the connection.
 */
async function sendPieces(
  response: Response,
  { status, headers }: Reply,
  pieces: AsyncIterable<string>,
): Promise<void> {
  let begun = false;
  for await (const piece of pieces) {
    if (!begun) {
      response.status(status ?? 200).set(headers ?? {});
      response.setTimeout(STALL_TIMEOUT_MS, () => response.destroy());
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

function failed(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error);
    const requestId = requestIdOf(response);
    const about = { requestId, method: request.method, path: request.path, code: problem.code };
    if (problem.unexpected) log.error({ ...about, err: error }, 'request failed');
    else log.debug({ ...about, status: PROBLEMS[problem.code].status }, 'request refused');
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem, { instance: request.path, requestId });
  };
}

/** Listens; answers the URL. Port 0 takes a free one. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}

/** Takes no new connection, lets what began finish, and cuts what has not after graceMs. */
export async function close(server: Server, graceMs: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearTimeout(timer);
}
