/** Endpoints that list the deliveries to a webhook endpoint, repeat one, and send a test. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { listDeliveries, recordTest, redeliver, TESTS_WITHIN_MS } from '../../db/webhooks/deliveries.ts';
import { findEndpoint, type WebhookEndpoint } from '../../db/webhooks/endpoints.ts';
import { viewOfDelivery } from '../../views/delivery.ts';
import { formatEventId } from '../../views/event.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { type EventDeps, type LogRoute } from './deps.ts';
import { readUuid } from '../endpoint/cursor.ts';
import { deliveriesQuery, deliveriesReply, deliveryReply, emptyBody, testReply } from './schemas.ts';
import { FailedCall } from '../server/problem.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/webhook-endpoints/:id';
const CURSOR_KIND = 'deliveries-to';

/** The deliveries to an endpoint with their results, the repetition of one, and a test. */
export function deliveryRoutes(deps: EventDeps, route: LogRoute): Route[] {
  const { forLog, clock } = deps;
  const list = route(
    {
      method: 'GET',
      path: `${PATH}/deliveries`,
      operation: 'listWebhookDeliveries',
      summary: 'The deliveries to an endpoint, and their results',
      chapter: CHAPTERS.events,
      replies: { 200: deliveriesReply },
      query: deliveriesQuery,
      body: NO_BODY,
    },
    async ({ log, params, query: { state, limit, cursor } }) => {
      const endpoint = await getEndpoint(deps, log, params['id']);
      const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
      const rows = await listDeliveries(forLog(log), { endpoint, state, beforeId, limit: limit + 1 });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const body: z.input<typeof deliveriesReply> = { deliveries: page.map(viewOfDelivery), nextCursor };
      return { body };
    },
  );
  const again = route(
    {
      method: 'POST',
      path: `${PATH}/deliveries/:delivery/redeliver`,
      operation: 'redeliverEvent',
      summary: 'Sends an event once more',
      chapter: CHAPTERS.events,
      replies: { 202: deliveryReply },
      query: NO_QUERY,
      body: emptyBody,
    },
    async ({ log, params }) => {
      const endpoint = getEnabled(await getEndpoint(deps, log, params['id']));
      const delivery = readId(params['delivery'], 'delivery');
      const at = new Date(clock.nowMs());
      const made = await redeliver(forLog(log), { endpoint, delivery, id: uuidV7(at.getTime()), at });
      if (!made) throw notFound('delivery');
      const body: z.input<typeof deliveryReply> = viewOfDelivery(made);
      return { status: 202, body };
    },
  );
  const test = route(
    {
      method: 'POST',
      path: `${PATH}/test`,
      operation: 'sendTestEvent',
      summary: 'Sends a test event',
      errors: ['RATE_LIMITED'],
      chapter: CHAPTERS.events,
      replies: { 202: testReply },
      query: NO_QUERY,
      body: emptyBody,
    },
    async ({ log, params }) => {
      const endpoint = getEnabled(await getEndpoint(deps, log, params['id']));
      const eventId = await recordTest(forLog(log), { log, id: endpoint.id, at: new Date(clock.nowMs()) });
      if (eventId === undefined) throw tooManyTests();
      const body: z.input<typeof testReply> = { eventId: formatEventId(eventId) };
      return { status: 202, body };
    },
  );
  return [list, again, test];
}

function tooManyTests(): FailedCall {
  const seconds = String(TESTS_WITHIN_MS / 1_000);
  const refusal = new Refusal('RATE_LIMITED', `too many test events in ${seconds} s: try again later`);
  return new FailedCall(refusal, { 'Retry-After': seconds });
}

async function getEndpoint({ forLog }: EventDeps, log: string, parameter: unknown): Promise<WebhookEndpoint> {
  const endpoint = await findEndpoint(forLog(log), { log, id: readId(parameter, 'endpoint') });
  if (!endpoint) throw notFound('endpoint');
  return endpoint;
}

function getEnabled(endpoint: WebhookEndpoint): WebhookEndpoint {
  if (endpoint.disabledAt === null) return endpoint;
  throw invalidInput([{ path: '', message: 'the endpoint is disabled: enable it first' }]);
}
