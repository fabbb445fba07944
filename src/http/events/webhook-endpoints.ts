/** Endpoints that create, list, change and remove the webhook endpoints of a log. */
import type { z } from 'zod';
import { createWebhookSecret, secretContext } from '../../core/events/webhooks.ts';
import type { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import {
  changeEndpoint,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  removeEndpoint,
  replaceSecret,
  type WebhookEndpoint,
} from '../../db/webhooks/endpoints.ts';
import { viewOfEndpoint } from '../../views/webhook-endpoint.ts';
import { decodeCursor, encodeCursor, pageOf } from '../endpoint/cursor.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { readUuid } from '../endpoint/cursor.ts';
import { isPlainText, NOT_PLAIN } from '../endpoint/validate.ts';
import type { EventDeps, LogRoute } from './deps.ts';
import {
  changeEndpointBody,
  createEndpointBody,
  endpointsQuery,
  rotateBody,
  endpointReply,
  endpointSecretReply,
  endpointsReply,
} from './schemas.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/webhook-endpoints';
const CURSOR_KIND = 'webhook-endpoints';
/** Most webhook endpoints of one log. */
const ENDPOINTS_MAX = 20;

/** The webhook endpoints that the events of a log are sent to. */
export function endpointRoutes(deps: EventDeps, route: LogRoute): Route[] {
  return [createRoute(deps, route), rotateRoute(deps, route), ...readRoutes(deps, route), ...changeRoutes(deps, route)];
}

function createRoute({ forLog, clock, vault, findUrlProblem }: EventDeps, route: LogRoute): Route {
  return route(
    {
      method: 'POST',
      path: PATH,
      operation: 'createWebhookEndpoint',
      summary: 'Adds an endpoint that events are sent to; only this answer shows its secret',
      chapter: CHAPTERS.events,
      replies: { 201: endpointSecretReply },
      errors: ['CURSOR_AHEAD'],
      query: NO_QUERY,
      body: createEndpointBody,
    },
    async ({ log, body }) => {
      const url = readUrl(findUrlProblem, body.url);
      const [id, secret] = [uuidV7(clock.nowMs()), createWebhookSecret()];
      const endpoint = await insertEndpoint(forLog(log), {
        id,
        log,
        url,
        description: body.description ?? null,
        kinds: body.types ?? null,
        secret: vault.seal(secretContext(id), secret),
        createdAt: new Date(clock.nowMs()),
        after: body.after,
        most: ENDPOINTS_MAX,
      });
      if (!endpoint) throw invalidInput([{ path: '', message: `there are ${ENDPOINTS_MAX} endpoints already` }]);
      const shown: z.input<typeof endpointSecretReply> = { ...viewOfEndpoint(endpoint, clock.nowMs()), secret };
      return { status: 201, body: shown };
    },
  );
}

function rotateRoute({ forLog, clock, vault }: EventDeps, route: LogRoute): Route {
  const path = `${PATH}/:id/rotate-secret`;
  return route(
    {
      method: 'POST',
      path,
      operation: 'rotateWebhookSecret',
      summary: 'Gives an endpoint a new secret; the old one signs beside it for a while',
      chapter: CHAPTERS.events,
      replies: { 200: endpointSecretReply },
      query: NO_QUERY,
      body: rotateBody,
    },
    async ({ log, params, body }) => {
      const id = readId(params['id'], 'endpoint');
      const secret = createWebhookSecret();
      const at = new Date(clock.nowMs());
      const endpoint = await replaceSecret(forLog(log), {
        log,
        id,
        at,
        secret: vault.seal(secretContext(id), secret),
        previousExpiresAt: new Date(at.getTime() + body.overlapSeconds * 1_000),
      });
      if (!endpoint) throw whyNotRotated(await findEndpoint(forLog(log), { log, id }));
      const shown: z.input<typeof endpointSecretReply> = { ...viewOfEndpoint(endpoint, at.getTime()), secret };
      return { body: shown };
    },
  );
}

function readRoutes({ forLog, clock }: EventDeps, route: LogRoute): Route[] {
  const list = route(
    {
      method: 'GET',
      path: PATH,
      operation: 'listWebhookEndpoints',
      summary: 'The webhook endpoints, newest first',
      chapter: CHAPTERS.events,
      replies: { 200: endpointsReply },
      query: endpointsQuery,
      body: NO_BODY,
    },
    async ({ log, query: { limit, cursor } }) => {
      const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
      const rows = await listEndpoints(forLog(log), { log, limit: limit + 1, beforeId });
      const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
      const nowMs = clock.nowMs();
      const body: z.input<typeof endpointsReply> = {
        endpoints: page.map((one) => viewOfEndpoint(one, nowMs)),
        nextCursor,
      };
      return { body };
    },
  );
  const get = route(
    {
      method: 'GET',
      path: `${PATH}/:id`,
      operation: 'getWebhookEndpoint',
      summary: 'One webhook endpoint',
      chapter: CHAPTERS.events,
      replies: { 200: endpointReply },
      query: NO_QUERY,
      body: NO_BODY,
    },
    async ({ log, params }) => {
      const endpoint = await findEndpoint(forLog(log), { log, id: readId(params['id'], 'endpoint') });
      if (!endpoint) throw notFound('endpoint');
      const body: z.input<typeof endpointReply> = viewOfEndpoint(endpoint, clock.nowMs());
      return { body };
    },
  );
  return [list, get];
}

function changeRoutes({ forLog, clock, findUrlProblem }: EventDeps, route: LogRoute): Route[] {
  const change = route(
    {
      method: 'PATCH',
      path: `${PATH}/:id`,
      operation: 'updateWebhookEndpoint',
      summary: 'Changes, disables or enables an endpoint',
      chapter: CHAPTERS.events,
      replies: { 200: endpointReply },
      query: NO_QUERY,
      body: changeEndpointBody,
    },
    async ({ log, params, body: { types, url, ...rest } }) => {
      const at = new Date(clock.nowMs());
      const endpoint = await changeEndpoint(forLog(log), {
        log,
        id: readId(params['id'], 'endpoint'),
        at,
        kinds: types,
        ...(url === undefined ? {} : { url: readUrl(findUrlProblem, url) }),
        ...rest,
      });
      if (!endpoint) throw notFound('endpoint');
      const shown: z.input<typeof endpointReply> = viewOfEndpoint(endpoint, at.getTime());
      return { body: shown };
    },
  );
  const remove = route(
    {
      method: 'DELETE',
      path: `${PATH}/:id`,
      operation: 'deleteWebhookEndpoint',
      summary: 'Removes an endpoint and the record of its deliveries',
      chapter: CHAPTERS.events,
      replies: { 204: NO_BODY },
      query: NO_QUERY,
      body: NO_BODY,
    },
    async ({ log, params }) => {
      if (!(await removeEndpoint(forLog(log), { log, id: readId(params['id'], 'endpoint') })))
        throw notFound('endpoint');
      return { status: 204 };
    },
  );
  return [change, remove];
}

/**
 * Two secrets sign at once, so a third would end the first before the time that it was promised. Without an overlap
 * both end at once, which is what a leak needs.
 * So a rotation with an overlap waits until the secret before the present one has ended.
 */
function whyNotRotated(endpoint: WebhookEndpoint | undefined): Refusal {
  const until = endpoint?.previousExpiresAt?.toISOString();
  if (until === undefined) return notFound('endpoint');
  const message = `must be 0 until ${until}, when the secret before the present one ends; with 0 both end now`;
  return invalidInput([{ path: 'overlapSeconds', message }]);
}

/** The URL in the form in which it is connected to: parsers drop line breaks and escape what is no part of a URL. */
function readUrl(findProblem: EventDeps['findUrlProblem'], url: string): string {
  const message = isPlainText(url) ? findProblem(url) : NOT_PLAIN;
  if (message !== undefined) throw invalidInput([{ path: 'url', message }]);
  return new URL(url).href;
}
