import type { z } from 'zod';
import { listEvents } from '../../db/events/log.ts';
import { formatPosition } from '../../core/events/positions.ts';
import { viewOfEvent } from '../../views/event.ts';
import type { EventDeps, LogRoute } from './deps.ts';
import { eventsQuery, eventsReply } from './schemas.ts';
import { NO_BODY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

/** Reads a log from any position on, oldest first. The events at a position never change. */
export function logRoutes({ forLog }: EventDeps, route: LogRoute): Route[] {
  const read = route(
    {
      method: 'GET',
      path: '/events',
      operation: 'listEvents',
      summary: 'Events from any position on, oldest first',
      chapter: CHAPTERS.events,
      replies: { 200: eventsReply },
      errors: ['CURSOR_AHEAD'],
      query: eventsQuery,
      body: NO_BODY,
    },
    async ({ log, query: { after = 0, types, limit } }) => {
      const { events, lookedTo, hasMore } = await listEvents(forLog(log), { log, after, kinds: types, limit });
      const body = { events: events.map(viewOfEvent), cursor: formatPosition(lookedTo), hasMore };
      return { body: body satisfies Omit<z.input<typeof eventsReply>, 'events'> };
    },
  );
  return [read];
}
