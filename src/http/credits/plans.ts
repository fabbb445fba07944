/** Endpoints of plans: what is on offer, and what operators sell. */
import type { z } from 'zod';
import { findPlan, listPlans } from '../../db/subscriptions/plans.ts';
import { planChange, type PlanInput } from '../../db/approvals/plan.ts';
import { viewOfOffer, viewOfPlan } from '../../views/people/plan.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { readId } from '../endpoint/path-ids.ts';
import { personRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { approvalReply } from '../money/approval-schema.ts';
import { changeOrAsk } from '../money/changes.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { offeredPlans, planBody, planView, planViews } from './plan-schemas.ts';
import { CHAPTERS } from './surface.ts';

const PATH = '/admin/billing/plans';
const ERRORS = ['IDEMPOTENCY_CONFLICT', 'PAYMENT_PROVIDER_FAILED'] as const;

/** What customers may subscribe to. */
export function offerRoutes({ guard, db, creditMicros }: SurfaceDeps): Route[] {
  const specification = {
    method: 'GET',
    path: '/subscription/plans',
    operation: 'listOfferedPlans',
    summary: 'What is for sale',
    chapter: CHAPTERS.subscription,
    replies: { 200: offeredPlans },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return [
    personRoute(guard, specification, async () => ({
      body: (await listPlans(db)).filter(({ isActive }) => isActive).map((plan) => viewOfOffer(plan, creditMicros)),
    })),
  ];
}

/** What operators do about plans. */
export function planRoutes(deps: SurfaceDeps): Route[] {
  return [listRoute(deps), writeRoute(deps, 'POST'), writeRoute(deps, 'PUT')];
}

function listRoute({ guard, db, creditMicros }: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: PATH,
    operation: 'listPlans',
    summary: 'Every plan as it is now',
    chapter: CHAPTERS.plans,
    replies: { 200: planViews },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return adminRoute(guard, specification, async () => ({
    body: (await listPlans(db)).map((plan) => viewOfPlan(plan, creditMicros)),
  }));
}

/** `POST` makes a plan, `PUT` gives one that is there all its fields anew. */
function writeRoute(deps: SurfaceDeps, method: 'POST' | 'PUT'): Route {
  const isNew = method === 'POST';
  const specification = {
    method,
    path: isNew ? PATH : `${PATH}/:id`,
    operation: isNew ? 'createPlan' : 'updatePlan',
    summary: `${isNew ? 'Makes a plan' : 'Changes a plan from now on'}; above the limit it waits for an approval`,
    chapter: CHAPTERS.plans,
    replies: { 200: planView, 202: approvalReply },
    errors: isNew ? ERRORS : ([...ERRORS, 'NOT_FOUND'] as const),
    idempotent: true,
    query: NO_QUERY,
    body: planBody,
  } as const;
  return adminRoute(deps.guard, specification, async ({ caller, params, body, idempotencyKey }) => {
    const plan = isNew ? null : readId(params['id'], 'plan');
    const input = inputOf(body, plan, deps.creditMicros);
    if (input.isActive) await deps.cards.subscriptions.checkPlan(input);
    return changeOrAsk(deps, planChange, {
      caller,
      idempotencyKey,
      input,
      show: (version) => viewOfPlan(version, deps.creditMicros),
    });
  });
}

function inputOf(body: z.output<typeof planBody>, plan: string | null, creditMicros: bigint): PlanInput {
  return {
    plan,
    name: body.name,
    description: body.description,
    features: body.features,
    kind: body.kind,
    monthlyCents: body.price_monthly,
    yearlyCents: body.price_yearly,
    creditMicros: body.credits_included * creditMicros,
    creditEnd: body.credits_expire,
    isActive: body.active,
    stripeMonthly: body.stripe_price_id_monthly,
    stripeYearly: body.stripe_price_id_yearly,
    creemProduct: body.creem_product_id,
  };
}

/** A plan for sale, as it is now; undefined for any other. */
export async function findOffer({ db }: Pick<SurfaceDeps, 'db'>, id: string): ReturnType<typeof findPlan> {
  const plan = await findPlan(db, id);
  return plan?.isActive === true ? plan : undefined;
}
