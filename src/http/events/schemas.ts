/** Schemas of the calls about events and webhooks. The shape of each kind of event is in event-view.ts. */
import { z } from 'zod';
import { EVENT_KINDS, isEventKind } from '../../core/events/kinds.ts';
import { DELIVERY_STATES } from '../../db/webhooks/deliveries.ts';
import type { DeliveryView } from '../../views/delivery.ts';
import { parsePosition } from '../../core/events/positions.ts';
import type { EndpointView } from '../../views/webhook-endpoint.ts';
import { cursor, limit, nameText } from '../endpoint/validate.ts';
import { eventView } from './event-view.ts';
import { nextCursor, time } from '../endpoint/fields.ts';

const URL_LENGTH_MAX = 2048;
const DAY_SECONDS = 24 * 3_600;

const position = z.string().transform((written, context) => {
  const found = parsePosition(written);
  if (found !== undefined) return found;
  context.addIssue({ code: 'custom', message: 'is not a cursor of the event log' });
  return z.NEVER;
});

const kindsMessage = `must be one or more of ${EVENT_KINDS.join(', ')}`;
const kindList = z
  .string()
  .transform((written, context) => {
    const names = written.split(',').map((name) => name.trim());
    const kinds = names.filter(isEventKind);
    if (kinds.length === names.length) return kinds;
    context.addIssue({ code: 'custom', message: `${kindsMessage}, separated by commas` });
    return z.NEVER;
  })
  .optional();

export const eventsQuery = z.strictObject({
  /** The cursor of an event or of a page; events after it are listed. When left out, from the beginning. */
  after: position.optional(),
  types: kindList,
  limit,
});

export const eventsReply = z.strictObject({
  /** Oldest first. */
  events: z.array(eventView),
  /** To be sent as `after` for the next events, at any time. */
  cursor: z.string(),
  hasMore: z.boolean(),
});

export const streamQuery = z.strictObject({ after: position.optional(), types: kindList });

const url = z.string().min(1, 'must not be empty').max(URL_LENGTH_MAX, 'is too long');
const types = z
  .array(z.enum(EVENT_KINDS, kindsMessage), kindsMessage)
  .min(1, kindsMessage)
  .max(EVENT_KINDS.length, kindsMessage)
  .transform((kinds) => [...new Set(kinds)]);

export const createEndpointBody = z.strictObject({
  url,
  /** When left out, all kinds except entry.created. */
  types: types.optional(),
  description: nameText(200).optional(),
  /** A cursor: events after it are sent too. When left out, only new events are sent. */
  after: position.optional(),
});

export const changeEndpointBody = z.strictObject({
  url: url.optional(),
  types: types.nullable().optional(),
  description: nameText(200).nullable().optional(),
  enabled: z.boolean('must be true or false').optional(),
});

export const rotateBody = z.strictObject({
  /** How long the old secret signs beside the new one. */
  overlapSeconds: z
    .int('must be a whole number')
    .min(0, 'must not be below 0')
    .max(7 * DAY_SECONDS, 'must be at most 604800, a week')
    .default(DAY_SECONDS),
});

const endpointFields = {
  id: z.uuid(),
  url: z.string(),
  description: z.string().nullable(),
  /** Null means all kinds except entry.created. */
  types: z.array(z.enum(EVENT_KINDS)).nullable(),
  enabled: z.boolean(),
  disabledAt: time.nullable(),
  disabledReason: z.enum(['failing', 'gone', 'by_hand']).nullable(),
  /** Since when every delivery has failed; null while deliveries succeed. */
  failingSince: time.nullable(),
  /** Until when the previous secret signs too; null when it does not. */
  previousSecretExpiresAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
};

export const endpointReply = z.strictObject(endpointFields) satisfies z.ZodType<EndpointView>;
/** The secret is shown here and never again. */
export const endpointSecretReply = z.strictObject({ ...endpointFields, secret: z.string() });
export const endpointsReply = z.strictObject({ endpoints: z.array(endpointReply), nextCursor });
export const endpointsQuery = z.strictObject({ limit, cursor });

/** For calls whose path says everything. */
export const emptyBody = z.strictObject({});

export const testReply = z.strictObject({ eventId: z.string() });

export const deliveriesQuery = z.strictObject({
  state: z.enum(DELIVERY_STATES, `must be one of ${DELIVERY_STATES.join(', ')}`).optional(),
  limit,
  cursor,
});

export const deliveryReply = z.strictObject({
  id: z.uuid(),
  eventId: z.string(),
  type: z.enum(EVENT_KINDS),
  eventCursor: z.string(),
  state: z.enum(DELIVERY_STATES),
  redeliveryOf: z.uuid().nullable(),
  nextAttemptAt: time.nullable(),
  createdAt: time,
  finishedAt: time.nullable(),
  attempts: z.array(
    z.strictObject({
      at: time,
      durationMs: z.int().min(0),
      statusCode: z.int().nullable(),
      error: z.string().nullable(),
      /** The first bytes of the answer's body. */
      responseStart: z.string().nullable(),
    }),
  ),
}) satisfies z.ZodType<DeliveryView>;

export const deliveriesReply = z.strictObject({ deliveries: z.array(deliveryReply), nextCursor });
