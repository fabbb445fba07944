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
  after: position
    .optional()
    .describe('The cursor of an event or of a page; events after it are listed. Left out: from the beginning.'),
  types: kindList.describe('Only these types of events; left out: all, for an endpoint all except entry.created.'),
  limit,
});

export const eventsReply = z.strictObject({
  events: z.array(eventView).describe('The events, oldest first.'),
  cursor: z
    .string()
    .meta({ description: 'To be sent as `after` for the next events, at any time.', examples: ['0000000000000042'] }),
  hasMore: z.boolean().describe('Whether there are more.'),
});

export const streamQuery = z.strictObject({
  after: position
    .optional()
    .describe('The cursor of an event or of a page; events after it are sent. Left out: only new ones.'),
  types: kindList.describe('Only these types of events; left out: all, for an endpoint all except entry.created.'),
});

const url = z.string().min(1, 'must not be empty').max(URL_LENGTH_MAX, 'is too long');
const types = z
  .array(z.enum(EVENT_KINDS, kindsMessage), kindsMessage)
  .min(1, kindsMessage)
  .max(EVENT_KINDS.length, kindsMessage)
  .transform((kinds) => [...new Set(kinds)]);

export const createEndpointBody = z.strictObject({
  url: url.meta({ description: 'Where events are sent.', examples: ['https://shop.example/hooks'] }),
  types: types.optional().describe('The types of events that are sent. Left out: all except `entry.created`.'),
  description: nameText(200)
    .optional()
    .meta({ description: 'What it is for, in words.', examples: ['Chat of the support desk'] }),
  after: position.optional().describe('A cursor: events after it are sent too. Left out: only new events.'),
});

export const changeEndpointBody = z
  .strictObject({
    url: url.optional().meta({ description: 'Where events are sent.', examples: ['https://shop.example/hooks'] }),
    types: types.nullable().optional().describe('The types of events that are sent; null: all except `entry.created`.'),
    description: nameText(200)
      .nullable()
      .optional()
      .meta({ description: 'What it is for, in words; null without any.', examples: ['Chat of the support desk'] }),
    enabled: z.boolean('must be true or false').optional().describe('Whether events are sent.'),
  })
  .meta({ examples: [{ enabled: false }] });

export const rotateBody = z.strictObject({
  overlapSeconds: z
    .int('must be a whole number')
    .min(0, 'must not be below 0')
    .max(7 * DAY_SECONDS, 'must be at most 604800, a week')
    .default(DAY_SECONDS)
    .describe('How long the old one stays valid beside the new one, in seconds.'),
});

const endpointFields = {
  id: z.uuid().describe('The id.'),
  url: z.string().meta({ description: 'Where events are sent.', examples: ['https://shop.example/hooks'] }),
  description: z
    .string()
    .nullable()
    .meta({ description: 'What it is for, in words; null without any.', examples: ['Chat of the support desk'] }),
  types: z
    .array(z.enum(EVENT_KINDS))
    .nullable()
    .describe('Only these types of events; null: all, for an endpoint all except entry.created.'),
  enabled: z.boolean().describe('Whether events are sent.'),
  disabledAt: time.nullable().describe('When it was disabled; null while it is enabled.'),
  disabledReason: z
    .enum(['failing', 'gone', 'by_hand'])
    .nullable()
    .describe('Why it was disabled; null while it is enabled.'),
  failingSince: time.nullable().describe('Since when every delivery has failed; null while deliveries succeed.'),
  previousSecretExpiresAt: time.nullable().describe('Until when the previous secret signs too; null when it does not.'),
  createdAt: time.describe('When it was created.'),
  updatedAt: time.describe('When it was last changed.'),
};

export const endpointReply = z
  .strictObject(endpointFields)
  .meta({ id: 'WebhookEndpoint' }) satisfies z.ZodType<EndpointView>;
/** The secret is shown here and never again. */
export const endpointSecretReply = z
  .strictObject({
    ...endpointFields,
    secret: z.string().meta({
      description: 'The secret that signs the deliveries; shown here and never again.',
      examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    }),
  })
  .meta({ id: 'WebhookEndpointWithSecret' });
export const endpointsReply = z.strictObject({
  endpoints: z.array(endpointReply).describe('The webhook endpoints.'),
  nextCursor,
});
export const endpointsQuery = z.strictObject({ limit, cursor });

/** For calls whose path says everything. */
export const emptyBody = z.strictObject({});

export const testReply = z.strictObject({
  eventId: z
    .string()
    .meta({ description: 'The id of the event.', examples: ['evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'] }),
});

export const deliveriesQuery = z.strictObject({
  state: z
    .enum(DELIVERY_STATES, `must be one of ${DELIVERY_STATES.join(', ')}`)
    .optional()
    .describe('Only deliveries in this state.'),
  limit,
  cursor,
});

export const deliveryReply = z
  .strictObject({
    id: z.uuid().describe('The id.'),
    eventId: z
      .string()
      .meta({ description: 'The id of the event.', examples: ['evt_019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'] }),
    type: z.enum(EVENT_KINDS).describe('Which event it is.'),
    eventCursor: z
      .string()
      .meta({ description: 'The position of the event in the log.', examples: ['0000000000000042'] }),
    state: z.enum(DELIVERY_STATES).describe('The state of the delivery.'),
    redeliveryOf: z.uuid().nullable().describe('The delivery that this one repeats; null where it repeats none.'),
    nextAttemptAt: time.nullable().describe('When it is tried again; null where it is not.'),
    createdAt: time.describe('When it was created.'),
    finishedAt: time.nullable().describe('When it ended; null while it is open.'),
    attempts: z
      .array(
        z.strictObject({
          at: time.describe('When it was tried.'),
          durationMs: z.int().min(0).describe('How long it took, in milliseconds.'),
          statusCode: z.int().nullable().describe('The status of the answer; null where none came.'),
          error: z
            .string()
            .nullable()
            .meta({ description: 'What went wrong; null when nothing did.', examples: ['the connection was refused'] }),
          responseStart: z
            .string()
            .nullable()
            .meta({ description: "The first bytes of the answer's body; null where none came.", examples: ['ok'] }),
        }),
      )
      .describe('The attempts, oldest first.'),
  })
  .meta({ id: 'WebhookDelivery' }) satisfies z.ZodType<DeliveryView>;

export const deliveriesReply = z.strictObject({
  deliveries: z.array(deliveryReply).describe('The deliveries, newest first.'),
  nextCursor,
});
