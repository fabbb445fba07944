/** Endpoints of approvals: lists requests, approves and rejects them. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { decideApproval, findApproval, listApprovals, type NotDecided } from '../../db/approvals/approvals.ts';
import type { ApprovalVerdict } from '../../db/approvals/verdict.ts';
import { viewOfApproval } from '../../views/approval.ts';
import { actorOf, ownLimitOf } from '../access/caller.ts';
import { decodeCursor, encodeCursor, pageOf, readUuid } from '../endpoint/cursor.ts';
import { adminRoute, invalidInput } from '../endpoint/endpoint.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { APPROVALS_PATH } from '../money/second-person.ts';
import { approvalsQuery, approvalsReply, decisionBody } from './approval-schemas.ts';
import type { AdminDeps } from './deps.ts';
import { handsOf } from '../access/key-lineage.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { readId, notFound } from '../endpoint/path-ids.ts';
import { CHAPTERS } from './surface.ts';

const CURSOR_KIND = 'approvals';
const chapter = CHAPTERS.entries;
const APPROVAL_ERRORS = ['CREDIT_INSUFFICIENT', 'REFUND_NOT_POSSIBLE', 'IDEMPOTENCY_CONFLICT'] as const;

/** What is above the limit: one caller requests, another approves, and it is done once. */
export function approvalRoutes(deps: AdminDeps): Route[] {
  return [listRoute(deps), readRoute(deps), decideRoute(deps, 'approved'), decideRoute(deps, 'rejected')];
}

function listRoute({ guard, db, clock }: AdminDeps): Route {
  const specification = {
    method: 'GET',
    path: APPROVALS_PATH,
    query: approvalsQuery,
    body: NO_BODY,
    operation: 'listApprovals',
    summary: 'The bookings and changes above the limit that were requested, newest first',
    chapter,
    replies: { 200: approvalsReply },
  } as const;
  return adminRoute(guard, specification, async ({ query: { limit, cursor, ...filter } }) => {
    const now = new Date(clock.nowMs());
    const beforeId = decodeCursor(cursor, CURSOR_KIND, readUuid);
    const rows = await listApprovals(db, { ...filter, beforeId, now, limit: limit + 1 });
    const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(CURSOR_KIND, id));
    const body: z.input<typeof approvalsReply> = {
      approvals: page.map((one) => viewOfApproval(one, now.getTime())),
      nextCursor,
    };
    return { body };
  });
}

function readRoute({ guard, db, clock }: AdminDeps): Route {
  const specification = {
    method: 'GET',
    path: `${APPROVALS_PATH}/:id`,
    query: NO_QUERY,
    body: NO_BODY,
    operation: 'getApproval',
    summary: 'A requested booking or change above the limit',
    chapter,
    replies: { 200: approvalReply },
    errors: ['NOT_FOUND'],
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const approval = await findApproval(db, readId(params['id'], 'approval'));
    if (!approval) throw notFound('approval');
    return { body: viewOfApproval(approval, clock.nowMs()) };
  });
}

function decideRoute(deps: AdminDeps, verdict: ApprovalVerdict['verdict']): Route {
  const { guard, db, clock } = deps;
  const isApproval = verdict === 'approved';
  const specification = {
    method: 'POST',
    path: `${APPROVALS_PATH}/:id/${isApproval ? 'approve' : 'reject'}`,
    freshSignIn: isApproval,
    query: NO_QUERY,
    body: decisionBody,
    operation: isApproval ? 'approveRequest' : 'rejectRequest',
    summary: isApproval
      ? "Approves somebody else's booking or change, which is then done"
      : 'Rejects a booking or change',
    chapter,
    replies: { 200: approvalReply },
    errors: ['NOT_FOUND', ...(isApproval ? APPROVAL_ERRORS : [])],
  } as const;
  return adminRoute(guard, specification, async ({ caller, params, body: { reason = null } }) => {
    const at = new Date(clock.nowMs());
    const hands = await handsOf(db, caller);
    const id = readId(params['id'], 'approval');
    const decided = await decideApproval(
      db,
      { id, verdict, by: actorOf(caller), hands, limitMicros: ownLimitOf(caller), reason, at },
      deps,
    );
    if (typeof decided === 'string') throw notDecided(decided);
    // What it changed about an org counts here at once.
    if (decided.org !== null) guard.forgetOrg(decided.org);
    const body: z.input<typeof approvalReply> = viewOfApproval(decided, clock.nowMs());
    return { body };
  });
}

function notDecided(why: NotDecided): Refusal {
  if (why === 'unknown') return notFound('approval');
  if (why === 'own') {
    return new Refusal(
      'FORBIDDEN',
      'somebody else must approve it: neither its requester nor a creator of the requesting key',
    );
  }
  if (why === 'above') throw new Refusal('FORBIDDEN', 'it is above mintLimitUsd, the limit of the key of this call');
  return invalidInput([{ path: 'id', message: why === 'expired' ? 'has expired' : `is ${why} already` }]);
}
