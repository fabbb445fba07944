/** The endpoint by which a user buys credits: it opens a checkout on the platform's account. */
import type { z } from 'zod';
import { Refusal } from '../../core/errors.ts';
import { uuidV7 } from '../../core/ids.ts';
import { openUserWallet } from '../../db/access/users.ts';
import { invalidInput } from '../endpoint/endpoint.ts';
import { requestHash } from '../endpoint/idempotency.ts';
import { personRoute } from '../endpoint/people.ts';
import type { SurfaceDeps } from '../deps.ts';
import { openCheckout } from '../money/opened-checkout.ts';
import { payingUser, scopeOf } from '../money/payer.ts';
import { checkRedirects } from '../money/redirects.ts';
import { NO_QUERY, type Route } from '../server/route.ts';
import { sessionBody, sessionReply } from './schemas.ts';
import { readPlanPurchase, type PlanPurchase } from './plan-session.ts';
import { CHAPTERS } from './surface.ts';

const MICROS_PER_CENT = 10_000n;
const MICROS_PER_DOLLAR = 1_000_000n;

type Input = z.output<typeof sessionBody>;

/** Opens checkouts for the caller. */
export function sessionRoutes(deps: SurfaceDeps): Route[] {
  const specification = {
    method: 'POST',
    path: '/payment/create-session',
    operation: 'createPaymentSession',
    summary: 'Opens a card checkout for credits, or for a plan',
    chapter: CHAPTERS.payment,
    replies: { 200: sessionReply },
    errors: [
      'IDEMPOTENCY_CONFLICT',
      'ORDER_NOT_OPEN',
      'PLAN_NOT_SELLABLE',
      'SUBSCRIPTION_STATE',
      'PAYMENTS_NOT_CONFIGURED',
      'PAYMENT_PROVIDER_FAILED',
      'CARD_DECLINED',
      'RATE_LIMITED',
    ],
    idempotent: true,
    ignoresUnknown: true,
    query: NO_QUERY,
    body: sessionBody,
  } as const;
  return [
    personRoute(deps.guard, specification, async ({ caller, body, idempotencyKey }) => {
      const { clock, forOrg } = deps;
      const { successUrl, cancelUrl } = readUrls(body);
      checkRedirects(deps, caller, { success_url: successUrl, cancel_url: cancelUrl });
      const bought = await readBought(deps, body);
      const key = idempotencyKey?.text ?? uuidV7(clock.nowMs());
      const payer = payingUser(caller.user);
      await openUserWallet(forOrg(scopeOf(payer)), { id: caller.user, at: new Date(clock.nowMs()) });
      const { opened, headers } = await openCheckout(deps, {
        ...bought.purchase,
        org: payer.wallet,
        user: caller.user,
        ownAccount: false,
        pack: null,
        product: null,
        freeGiftCards: 0,
        successUrl,
        cancelUrl,
        saveMethod: false,
        metadata: {},
        key,
        hash: requestHash('credits.session', caller.user, {
          channel: body.channel,
          type: body.type,
          ...bought.asked,
          successUrl,
          cancelUrl,
        }),
      });
      const reply: z.input<typeof sessionReply> = {
        url: opened.url,
        session_id: opened.session,
        order_id: opened.order,
      };
      return { body: reply, headers };
    }),
  ];
}

/** Where the payer goes. Creem's page leads back from a payment alone. @throws Refusal VALIDATION_FAILED */
function readUrls({ channel, success_url: successUrl, cancel_url: cancelUrl }: Input): {
  readonly successUrl: string;
  readonly cancelUrl: string;
} {
  if (channel === 'stripe' && cancelUrl === undefined) {
    throw invalidInput([{ path: 'cancel_url', message: 'is required' }]);
  }
  return { successUrl, cancelUrl: cancelUrl ?? successUrl };
}

/** What is bought, and what of the request says so. */
interface Bought {
  readonly purchase: PlanPurchase;
  readonly asked: Readonly<Record<string, string | bigint>>;
}

/** @throws Refusal VALIDATION_FAILED, PLAN_NOT_SELLABLE */
async function readBought(deps: SurfaceDeps, body: Input): Promise<Bought> {
  const { channel, type, plan_id: plan, interval, credits: asked } = body;
  if (type === 'subscription' && asked !== undefined) {
    throw invalidInput([{ path: 'credits', message: 'a subscription has those of its plan' }]);
  }
  if (plan !== undefined && asked === undefined) {
    const purchase = await readPlanPurchase(deps, { channel, type, plan, interval });
    return { purchase, asked: { plan, interval } };
  }
  const { credits, priceMicros } = readTopup(deps, body);
  const name = `${credits} credits`;
  return { purchase: { name, priceMicros, creditMicros: priceMicros, bonusMicros: 0n }, asked: { credits } };
}

/**
 * A top-up of credits at their fixed worth.
 * @throws Refusal VALIDATION_FAILED; PLAN_NOT_SELLABLE for what the channel has no price for
 */
function readTopup(
  { creditMicros, cards: { topup } }: SurfaceDeps,
  { channel, type, plan_id: plan, credits }: Input,
): { readonly credits: bigint; readonly priceMicros: bigint } {
  if (type === 'topup' && (plan === undefined) === (credits === undefined)) {
    throw invalidInput([{ path: 'credits', message: 'give either plan_id or credits' }]);
  }
  if (type === 'subscription' && plan === undefined) throw invalidInput([{ path: 'plan_id', message: 'is required' }]);
  if (credits === undefined) throw new Refusal('PLAN_NOT_SELLABLE', 'there is no such plan for sale');
  if (channel !== 'stripe') throw new Refusal('PLAN_NOT_SELLABLE', `${channel} sells no credits by their number`);
  const priceMicros = credits * creditMicros;
  if (priceMicros % MICROS_PER_CENT !== 0n) {
    throw invalidInput([{ path: 'credits', message: 'must cost whole cents' }]);
  }
  const [min, max] = [BigInt(topup.minDollars), BigInt(topup.maxDollars)];
  if (priceMicros < min * MICROS_PER_DOLLAR || priceMicros > max * MICROS_PER_DOLLAR) {
    throw invalidInput([{ path: 'credits', message: `must cost from ${min} to ${max} US dollars` }]);
  }
  return { credits, priceMicros };
}
