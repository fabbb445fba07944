/** Endpoints that show operators what came in from payment providers, and have it read again. */
import { z } from 'zod';
import type { FactKind } from '../../core/billing/facts.ts';
import { findAboutPayment } from '../../db/billing/explain.ts';
import { INBOX_STATES, listInbox, replayInbox } from '../../db/billing/inbox.ts';
import {
  viewOfInbox,
  viewOfPaymentEvent,
  type PaymentEventView,
  type PaymentInboxView,
} from '../../views/payment-inbox.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { nextCursor, page, time } from '../endpoint/fields.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'payment-inbox';
const PATH = '/admin/payments/inbox';
const MODES = ['live', 'test'] as const;
const KINDS = [
  'checkout',
  'payment',
  'refund',
  'dispute',
  'early_warning',
  'subscription',
  'invoice',
] as const satisfies readonly FactKind[];
/** What a person may want to look at. */
const OPEN = ['pending', 'waiting', 'parked'] as const;
const ID_LENGTH_MAX = 255;

const inboxView = z
  .strictObject({
    id: z.uuid().describe('The id.'),
    account: z.string().meta({ description: 'The account at the payment provider.', examples: ['stripe'] }),
    org: z.uuid().nullable().describe("The org whose account it is; null for the platform's."),
    mode: z.enum(MODES).describe('Whether it is of the live or the test mode.'),
    kind: z.enum(KINDS).describe('What kind of object it is.'),
    object: z.string().meta({ description: 'The id of the object at the provider.', examples: ['pi_1'] }),
    state: z.enum(INBOX_STATES).describe('Whether it is settled.'),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why it is not settled; null when nothing needs saying.', examples: ['no_order'] }),
    orderId: z.uuid().nullable().describe('The id of the order; null where there is none.'),
    attempts: z.int().min(0).describe('How often it was tried.'),
    nextAttemptAt: time.nullable().describe('When it is tried again; null where it is not.'),
    createdAt: time.describe('When it was created.'),
    updatedAt: time.describe('When it was last changed.'),
  })
  .meta({ id: 'PaymentInboxItem' }) satisfies z.ZodType<PaymentInboxView>;
const eventView = z
  .strictObject({
    id: z.string().meta({ description: 'The id.', examples: ['evt_1'] }),
    account: z.string().meta({ description: 'The account at the payment provider.', examples: ['stripe'] }),
    type: z.string().meta({ description: "The provider's name of the event.", examples: ['payment_intent.succeeded'] }),
    object: z
      .string()
      .nullable()
      .meta({ description: 'The id of the object at the provider; null where it is about none.', examples: ['pi_1'] }),
    apiVersion: z
      .string()
      .nullable()
      .meta({ description: "The version of the provider's API; null where it is unknown.", examples: ['2026-10-01'] }),
    source: z.string().meta({ description: 'How it was learnt.', examples: ['webhook'] }),
    createdAt: time.describe('When it was created.'),
    receivedAt: time.describe('When it came in.'),
  })
  .meta({ id: 'PaymentEvent' }) satisfies z.ZodType<PaymentEventView>;
const inboxReply = z.strictObject({
  inbox: z.array(inboxView).describe('What came in from payment providers.'),
  nextCursor,
});
const aboutReply = z.strictObject({
  inbox: z.array(inboxView).describe('What came in from payment providers.'),
  events: z.array(eventView).describe('The events.'),
});

/** The inbox of payments: what is not settled and why, reading it again, and what is known about an id. */
export function paymentInboxRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), replayRoute(deps), explainRoute(deps)];
}

function listRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: PATH,
    operation: 'listPaymentInbox',
    summary: 'What payment providers reported and is not settled, newest first; of one state, if it is named',
    chapter: CHAPTERS.orders,
    replies: { 200: inboxReply },
    query: page.extend({
      state: z
        .enum(INBOX_STATES, `must be one of ${INBOX_STATES.join(', ')}`)
        .optional()
        .describe('Whether it is settled.'),
    }),
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async ({ query: { state, limit, cursor } }) => {
    const before = decodeCursor(cursor, CURSOR_KIND, readUuid);
    const rows = await listInbox(db, { states: state === undefined ? OPEN : [state], before, limit: limit + 1 });
    const { page: shown, nextCursor: next } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
    return { body: { inbox: shown.map(viewOfInbox), nextCursor: next } satisfies z.input<typeof inboxReply> };
  });
}

function replayRoute({ guard, db, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: `${PATH}/:id/replay`,
    operation: 'replayPayment',
    summary: 'Has an object read from its provider and settled again, whatever its state',
    chapter: CHAPTERS.orders,
    replies: { 200: inboxView },
    errors: ['NOT_FOUND'],
    query: NO_QUERY,
    body: z.strictObject({}),
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const item = await replayInbox(db, readId(params['id'], 'object in the inbox'), new Date(clock.nowMs()));
    if (!item) throw notFound('object in the inbox');
    return { body: viewOfInbox(item) satisfies z.input<typeof inboxView> };
  });
}

function explainRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: '/admin/payments/explain',
    operation: 'explainPayment',
    summary: 'Everything that came in about a session, payment, refund, dispute or order',
    chapter: CHAPTERS.orders,
    replies: { 200: aboutReply },
    errors: ['NOT_FOUND'],
    query: z.strictObject({
      id: z
        .string()
        .min(1)
        .max(ID_LENGTH_MAX)
        .meta({ description: 'The id.', examples: ['evt_1'] }),
    }),
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async ({ query: { id } }) => {
    const { items, events } = await findAboutPayment(db, id);
    if (items.length === 0 && events.length === 0) throw notFound('event about this id');
    return {
      body: { inbox: items.map(viewOfInbox), events: events.map(viewOfPaymentEvent) } satisfies z.input<
        typeof aboutReply
      >,
    };
  });
}
