/** The endpoint that releases a frozen card rail. */
import { z } from 'zod';
import { findRailAccount, releaseRail } from '../../db/billing/rails.ts';
import { actorOf } from '../access/caller.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { time } from '../endpoint/fields.ts';
import { notFound } from '../endpoint/path-ids.ts';
import { text } from '../endpoint/validate.ts';
import type { SurfaceDeps } from '../deps.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { CHAPTERS } from './surface.ts';

const RAIL_LENGTH_MAX = 100;

const releaseBody = z.strictObject({
  reason: text(1000)
    .optional()
    .meta({ description: 'Why, in words.', examples: ['agreed with the customer'] }),
});
const releaseReply = z.strictObject({
  rail: z.string().meta({ description: 'The contra account of the card rail.', examples: ['clearing:stripe'] }),
  released: z
    .strictObject({
      reason: z.string().meta({ description: 'Why, in words.', examples: ['agreed with the customer'] }),
      frozenBy: z.string().meta({ description: 'Who froze it.', examples: ['user:ada'] }),
      frozenAt: time.describe('When it was frozen.'),
    })
    .nullable()
    .describe('The freezes that ended.'),
});

/** Releases card rails. The shortage that was found is accepted: what waits is credited, and only more of it freezes again. */
export function railRoutes({ guard, db, clock }: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/admin/rails/:rail/release',
    pathParams: { rail: z.string().min(1).max(RAIL_LENGTH_MAX) },
    operation: 'releaseRail',
    summary: 'Releases a frozen card rail, on which payments are credited again',
    chapter: CHAPTERS.chains,
    replies: { 200: releaseReply },
    errors: ['NOT_FOUND'],
    query: NO_QUERY,
    body: releaseBody,
  } as const;
  const release = adminRoute(guard, specification, async ({ params, caller, body: { reason = null } }) => {
    const rail = params['rail'];
    const account = typeof rail === 'string' ? await findRailAccount(db, rail) : undefined;
    if (typeof rail !== 'string' || account === undefined) throw notFound('rail');
    const ended = await releaseRail(db, { account, by: actorOf(caller), reason, at: new Date(clock.nowMs()) });
    const released = ended && {
      reason: ended.reason,
      frozenBy: ended.frozenBy,
      frozenAt: ended.frozenAt.toISOString(),
    };
    return { body: { rail, released: released ?? null } satisfies z.input<typeof releaseReply> };
  });
  return [release];
}
