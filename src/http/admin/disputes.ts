/** Endpoints by which operators look at disputes, answer them with evidence, and give them up. */
import { z } from 'zod';
import { uuidV7 } from '../../core/ids.ts';
import { findDispute, listDisputes } from '../../db/billing/disputes.ts';
import { viewOfDispute, viewOfEvidence, type EvidenceView } from '../../views/dispute.ts';
import { decodeCursor, encodeCursor, pageOf, readTimeMs } from '../endpoint/cursor.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { nextCursor, page as pageQuery, time } from '../endpoint/fields.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import type { SurfaceDeps } from '../deps.ts';
import { keyFields } from '../money/schemas.ts';
import { FailedCall } from '../server/problem.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'disputes';
const PATH = '/admin/disputes';
const ONE = `${PATH}/:id`;
const DISPUTE_ID = /^[A-Za-z0-9_-]{1,255}$/;
const pathParams = { id: z.string().regex(DISPUTE_ID) };
const ANSWER_ERRORS = [
  'NOT_FOUND',
  'DISPUTE_NOT_OPEN',
  'PAYMENTS_NOT_CONFIGURED',
  'PAYMENT_PROVIDER_FAILED',
  'CARD_DECLINED',
  'LEDGER_UNAVAILABLE',
] as const;

const disputeView = z
  .strictObject({
    id: z.string().meta({ description: 'The id of the dispute at the provider.', examples: ['dp_1'] }),
    orderId: z.uuid().describe('The id of the order.'),
    account: z.string().meta({ description: 'The account at the payment provider.', examples: ['stripe'] }),
    status: z.string().meta({ description: "The provider's word for its state.", examples: ['needs_response'] }),
    reason: z.string().meta({ description: "The bank's reason.", examples: ['fraudulent'] }),
    currency: z.string().meta({ description: 'The currency, as an ISO 4217 code in lower case.', examples: ['usd'] }),
    amountCents: z.int().min(0).describe('The disputed amount in cents.'),
    withdrawnCents: z.int().min(0).describe('What the bank has withdrawn, in cents.'),
    dueBy: time.nullable().describe('Until when it has to be answered; null where that is unknown.'),
    openedAt: time.describe('When it was opened.'),
  })
  .meta({ id: 'Dispute' });
const disputesReply = z.strictObject({
  disputes: z.array(disputeView).describe('The disputes, newest first.'),
  nextCursor,
});
const evidenceView = z
  .strictObject({
    disputeId: z.string().meta({ description: 'The id of the dispute at the provider.', examples: ['dp_1'] }),
    orderId: z.uuid().describe('The id of the order.'),
    text: z.string().meta({
      description: 'What was sold, how it was used, and what was agreed to.',
      examples: ['The order was paid by card.'],
    }),
    hash: z.string().meta({
      description: 'SHA-256 of the text, 64 hex digits.',
      examples: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    }),
    madeAt: time.describe('When the text was made.'),
    submittedAt: time.nullable().describe('When it was sent; null: it was not, and is made anew with each reading.'),
  })
  .meta({ id: 'DisputeEvidence' }) satisfies z.ZodType<EvidenceView>;

/** Disputes of card payments. */
export function disputeRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), evidenceRoute(deps), submitRoute(deps), acceptRoute(deps)];
}

function readDisputeId(id: unknown): string {
  return readId(id, 'dispute', (text) => DISPUTE_ID.test(text));
}

function listRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: PATH,
    operation: 'listDisputes',
    summary: 'The disputes of card payments, newest first',
    chapter: CHAPTERS.orders,
    replies: { 200: disputesReply },
    query: pageQuery,
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async ({ query: { limit, cursor } }) => {
    const before = decodeCursor(cursor, CURSOR_KIND, (atMs, id) => {
      const openedAtMs = readTimeMs(atMs);
      return openedAtMs !== undefined && id !== undefined && DISPUTE_ID.test(id) ? { openedAtMs, id } : undefined;
    });
    const rows = await listDisputes(db, { before, limit: limit + 1 });
    const { page, nextCursor: next } = pageOf(rows, limit, ({ openedAtMs, id }) =>
      encodeCursor(CURSOR_KIND, openedAtMs, id),
    );
    return { body: { disputes: page.map(viewOfDispute), nextCursor: next } satisfies z.input<typeof disputesReply> };
  });
}

function evidenceRoute({ guard, cards }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: `${ONE}/evidence`,
    pathParams,
    operation: 'getDisputeEvidence',
    summary: 'The evidence against a dispute that was sent, or that would be sent now',
    chapter: CHAPTERS.orders,
    replies: { 200: evidenceView },
    errors: ['NOT_FOUND'],
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const evidence = await cards.disputes.evidence(readDisputeId(params['id']));
    return { body: viewOfEvidence(evidence) satisfies z.input<typeof evidenceView> };
  });
}

function submitRoute({ guard, cards, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: `${ONE}/submit`,
    pathParams,
    operation: 'submitDisputeEvidence',
    summary: "Sends the evidence against a dispute to the payer's bank, once",
    chapter: CHAPTERS.orders,
    replies: { 200: evidenceView },
    errors: ANSWER_ERRORS,
    idempotent: true,
    query: NO_QUERY,
    body: z.strictObject({ ...keyFields }),
  } as const;
  return adminRoute(guard, specification, async ({ params, idempotencyKey }) => {
    // A dispute is answered once, whatever the key: the key is only given back.
    const named = { [IDEMPOTENCY_HEADER]: idempotencyKey?.text ?? uuidV7(clock.nowMs()) };
    const { replayed, ...evidence } = await cards.disputes
      .submit(readDisputeId(params['id']))
      .catch((error: unknown) => {
        throw new FailedCall(error, named);
      });
    const headers = { ...named, ...(replayed ? { [REPLAYED_HEADER]: 'true' } : {}) };
    return { body: viewOfEvidence(evidence) satisfies z.input<typeof evidenceView>, headers };
  });
}

function acceptRoute({ guard, db, cards }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: `${ONE}/accept`,
    pathParams,
    operation: 'acceptDispute',
    summary: 'Gives a dispute up: it is lost',
    chapter: CHAPTERS.orders,
    replies: { 200: disputeView },
    errors: ANSWER_ERRORS,
    query: NO_QUERY,
    body: z.strictObject({}),
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const id = readDisputeId(params['id']);
    await cards.disputes.accept(id);
    const dispute = await findDispute(db, id);
    if (!dispute) throw notFound('dispute');
    return { body: viewOfDispute(dispute) satisfies z.input<typeof disputeView> };
  });
}
