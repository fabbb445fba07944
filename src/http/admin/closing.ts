/** Endpoints that close an org, and reopen it. */
import { z } from 'zod';
import { walletId } from '../../core/ids.ts';
import { closeOrg, reopenOrg } from '../../db/closing/orgs.ts';
import { findStanding } from '../../db/ledger/balance-now.ts';
import { viewOfClosedOrg, viewOfOrg, type ClosedOrgView } from '../../views/org.ts';
import { actorOf } from '../access/caller.ts';
import type { SurfaceDeps } from '../deps.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { amount } from '../endpoint/fields.ts';
import { notFound, readId } from '../endpoint/path-ids.ts';
import { text } from '../endpoint/validate.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { orgReply } from './schemas.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/admin/orgs/:org';

/** Why it is closed; stored and shown. */
const closeBody = z.strictObject({
  reason: text(1000).meta({ description: 'Why, in words.', examples: ['the contract ended'] }),
});

export const closedOrgReply = orgReply
  .extend({
    availableUsd: amount.describe(
      'What is left, in USD, to be paid out with a WITHDRAWAL or written off with an ADJUSTMENT.',
    ),
    heldUsd: amount.describe(
      'What open holds keep, in USD; it becomes available again where they are released or expire.',
    ),
  })
  .meta({ id: 'ClosedOrg' }) satisfies z.ZodType<ClosedOrgView>;

/** The end of an org, and its new beginning. */
export function closingRoutes(deps: SurfaceDeps): Route[] {
  return [closeRoute(deps), reopenRoute(deps)];
}

function closeRoute({ guard, db, clock }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: `${PATH}/close`,
    query: NO_QUERY,
    body: closeBody,
    operation: 'closeOrg',
    summary: 'Closes an org: nothing new is spent or credited, its keys are revoked; answers what is left to be booked',
    chapter: CHAPTERS.orgs,
    replies: { 200: closedOrgReply },
  } as const;
  return adminRoute(guard, specification, async ({ caller, params, body: { reason } }) => {
    const [id, at] = [readId(params['org'], 'org'), new Date(clock.nowMs())];
    const closed = await closeOrg(db, { id, at, actor: actorOf(caller), reason });
    guard.forgetOrg(id);
    if (!closed) throw notFound('org');
    for (const key of closed.revokedKeys) guard.forgetKey(key);
    const left = await findStanding(db, walletId({ kind: 'org', id }), at);
    return { body: viewOfClosedOrg(closed.org, left) satisfies z.input<typeof closedOrgReply> };
  });
}

function reopenRoute({ guard, db }: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: `${PATH}/reopen`,
    query: NO_QUERY,
    body: z.strictObject({}),
    operation: 'reopenOrg',
    summary: 'Reopens a closed org, which stays suspended until it is resumed',
    chapter: CHAPTERS.orgs,
    replies: { 200: orgReply },
  } as const;
  return adminRoute(guard, specification, async ({ params }) => {
    const id = readId(params['org'], 'org');
    const org = await reopenOrg(db, id);
    guard.forgetOrg(id);
    if (!org) throw notFound('org');
    return { body: viewOfOrg(org) satisfies z.input<typeof orgReply> };
  });
}
