/** A span for each request, within the trace that its caller names. */
import type { IncomingMessage } from 'node:http';
import { isTracing, traced, type SpanContext } from '../../db/tracing.ts';
import { PROBLEMS, problemOf } from './problem.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';

/** https://www.w3.org/TR/trace-context/#traceparent-header: later versions may say more behind what 00 says. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

/** The span that a `traceparent` header names; undefined for one that is missing or not valid, as if it were not there. */
export function readTraceparent(header: string | readonly string[] | undefined): SpanContext | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = TRACEPARENT.exec(header) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Buffer.from(flags, 'hex').readUInt8() & SAMPLED) !== 0 };
}

/** The routes with a span for each request; unchanged while nothing is traced. */
export function traceRoutes(routes: readonly Route[]): readonly Route[] {
  if (!isTracing()) return routes;
  return routes.map((route) => ({
    ...route,
    handle: async (request: IncomingMessage, params: Parameters<Route['handle']>[1]): Promise<Reply> =>
      traced(
        () => ({
          name: `${route.method} ${route.path}`,
          kind: 'server',
          parent: readTraceparent(request.headers['traceparent']),
          attributes: { 'http.request.method': route.method, 'http.route': route.path },
        }),
        async (note) => {
          try {
            const reply = await route.handle(request, params);
            const isEmpty = reply.body === undefined && !reply.pieces;
            note({ 'http.response.status_code': reply.status ?? (isEmpty ? 204 : 200) });
            return reply;
          } catch (error) {
            const { code } = problemOf(error);
            note({ 'http.response.status_code': PROBLEMS[code].status, 'coffer.problem': code });
            throw error;
          }
        },
      ),
  }));
}
