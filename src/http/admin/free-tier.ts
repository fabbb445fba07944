/** Endpoints that read and set what each new org is given. */
import { z } from 'zod';
import { formatUsd } from '../../core/money.ts';
import { freeTierChange } from '../../db/approvals/free-tier.ts';
import { findFreeTier } from '../../db/billing/free-tier.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { amount } from '../endpoint/fields.ts';
import { usdOrZero } from '../endpoint/validate.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { changeOrAsk } from '../money/changes.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { AdminDeps } from './deps.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/admin/free-tier';
const chapter = CHAPTERS.orgs;

const freeTierBody = z.strictObject({ amountUsd: usdOrZero.describe('What each new org is given, in USD.') });
const freeTierReply = z
  .strictObject({ amountUsd: amount.describe('What each new org is given, in USD.') })
  .meta({ id: 'FreeTier' });

/** The free tier of the deployment. */
export function freeTierRoutes(deps: AdminDeps): Route[] {
  const { guard, db } = deps;
  const shared = { path: PATH, chapter, query: NO_QUERY } as const;
  const read = adminRoute(
    guard,
    {
      ...shared,
      method: 'GET',
      operation: 'getFreeTier',
      summary: 'What each new org is given',
      replies: { 200: freeTierReply },
      body: NO_BODY,
    },
    async () => ({ body: { amountUsd: formatUsd(await findFreeTier(db)) } }),
  );
  const change = adminRoute(
    guard,
    {
      ...shared,
      method: 'PUT',
      operation: 'setFreeTier',
      summary: 'Sets what orgs are given that are created from now on; above the limit it waits for an approval',
      replies: { 200: freeTierReply, 202: approvalReply },
      errors: ['IDEMPOTENCY_CONFLICT'],
      idempotent: true,
      body: freeTierBody,
    },
    async ({ caller, idempotencyKey, body: { amountUsd: amountMicros } }) => {
      const show = (done: { readonly amountMicros: bigint }): object => ({ amountUsd: formatUsd(done.amountMicros) });
      return changeOrAsk(deps, freeTierChange, { caller, idempotencyKey, input: { amountMicros }, show });
    },
  );
  return [read, change];
}
