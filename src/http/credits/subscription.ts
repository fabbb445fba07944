/** Endpoints of the caller's own subscription. */
import { uuidV7 } from '../../core/ids.ts';
import { findSubscriptionOf } from '../../db/subscriptions/subscriptions.ts';
import { showSubscription } from '../../db/subscriptions/shown.ts';
import { viewOfSubscription, type SubscriptionView } from '../../views/people/subscription.ts';
import { personRoute } from '../endpoint/people.ts';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import type { SurfaceDeps } from '../deps.ts';
import { payingUser, scopeOf } from '../money/payer.ts';
import { checkRedirects } from '../money/redirects.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import { actBody, changeBody, portalBody, portalReply, subscriptionReply } from './plan-schemas.ts';
import { CHAPTERS } from './surface.ts';

const chapter = CHAPTERS.subscription;
const ERRORS = [
  'SUBSCRIPTION_STATE',
  'IDEMPOTENCY_CONFLICT',
  'PAYMENTS_NOT_CONFIGURED',
  'PAYMENT_PROVIDER_FAILED',
  'CARD_DECLINED',
] as const;

/** What a caller does about their subscription. */
export function subscriptionRoutes(deps: SurfaceDeps): Route[] {
  return [readRoute(deps), changeRoute(deps), actRoute(deps, 'cancel'), actRoute(deps, 'resume'), portalRoute(deps)];
}

function readRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'GET',
    path: '/subscription',
    operation: 'getSubscription',
    summary: "The caller's subscription, its state and what comes next; null where they never had one",
    chapter,
    replies: { 200: subscriptionReply },
    query: NO_QUERY,
    body: NO_BODY,
  } as const;
  return personRoute(deps.guard, specification, async ({ caller }) => ({ body: await show(deps, caller.user) }));
}

function changeRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: '/subscription/change',
    operation: 'changeSubscription',
    summary: 'Changes the plan: an upgrade now at its full price, anything else from the next period on',
    chapter,
    replies: { 200: subscriptionReply },
    errors: [...ERRORS, 'NOT_FOUND', 'PLAN_NOT_SELLABLE'],
    idempotent: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: changeBody,
  } as const;
  return personRoute(deps.guard, specification, async ({ caller, body, idempotencyKey }) => {
    const { plan_id: plan, interval } = body;
    const key = idempotencyKey?.text ?? uuidV7(deps.clock.nowMs());
    const payer = payingUser(caller.user).wallet;
    const { replayed } = await deps.cards.subscriptions.change({ payer, key, plan, interval });
    return { body: await show(deps, caller.user), headers: headersOf(key, replayed) };
  });
}

function actRoute(deps: SurfaceDeps, act: 'cancel' | 'resume'): Route {
  const specification = {
    method: 'POST',
    path: `/subscription/${act}`,
    operation: act === 'cancel' ? 'cancelSubscription' : 'resumeSubscription',
    summary:
      act === 'cancel'
        ? 'Ends the subscription with its period, or at once where nothing is paid; closes a checkout that is not paid'
        : 'Takes a cancellation back, or lets a paused subscription go on',
    chapter,
    replies: { 200: subscriptionReply },
    errors: ERRORS,
    idempotent: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: actBody,
  } as const;
  return personRoute(deps.guard, specification, async ({ caller, idempotencyKey }) => {
    const key = idempotencyKey?.text ?? uuidV7(deps.clock.nowMs());
    const payer = payingUser(caller.user).wallet;
    const { replayed } = await deps.cards.subscriptions[act]({ payer, key });
    return { body: await show(deps, caller.user), headers: headersOf(key, replayed) };
  });
}

function portalRoute(deps: SurfaceDeps): Route {
  const specification = {
    method: 'POST',
    path: '/subscription/portal',
    operation: 'openSubscriptionPortal',
    summary: "Opens the provider's page where the caller changes their card and sees their invoices",
    chapter,
    replies: { 200: portalReply },
    errors: ['SUBSCRIPTION_STATE', 'PAYMENTS_NOT_CONFIGURED', 'PAYMENT_PROVIDER_FAILED'],
    ignoresUnknown: true,
    query: NO_QUERY,
    body: portalBody,
  } as const;
  return personRoute(deps.guard, specification, async ({ caller, body: { return_url: returnUrl } }) => {
    checkRedirects(deps, caller, { return_url: returnUrl });
    const payer = payingUser(caller.user).wallet;
    return { body: { url: await deps.cards.subscriptions.openPortal({ payer, returnUrl }) } };
  });
}

async function show({ forOrg }: SurfaceDeps, user: string): Promise<SubscriptionView | null> {
  const payer = payingUser(user);
  const db = forOrg(scopeOf(payer));
  const found = await findSubscriptionOf(db, payer.wallet);
  return found === undefined ? null : viewOfSubscription(await showSubscription(db, found));
}

function headersOf(key: string, replayed: boolean): Readonly<Record<string, string>> {
  return { [IDEMPOTENCY_HEADER]: key, ...(replayed && { [REPLAYED_HEADER]: 'true' }) };
}
