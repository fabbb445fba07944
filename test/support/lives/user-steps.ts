/** What happens to users: their subscriptions at the provider, their credits, and what they are charged. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { pauseSubscription } from '../../../devnet/stripe/billing/changes.ts';
import * as billing from '../../../devnet/stripe/billing/subscriptions.ts';
import { idOf } from '../../../devnet/stripe/checkout.ts';
import { StripeRefusal } from '../../../devnet/stripe/refusal.ts';
import type { Answer } from '../http/api.ts';
import { microsOf, usdOf } from './amounts.ts';
import { CREDIT_MICROS } from './model.ts';
import { dispute, giveBack, win } from './provider.ts';
import type { Step } from './step.ts';
import { ACTIONS, type Life, type LivesWorld } from './world.ts';

const BACK = 'https://shop.example/back';

const dataOf = ({ json }: Answer): Record<string, unknown> => ({ ...(json['data'] as object) });
export const newest = ({ subscriptions }: Life): Life['subscriptions'][number] | undefined => subscriptions.at(-1);

/** What a user can spend now, by the wallet's own answer. */
export async function userAvailable(world: LivesWorld, life: Life): Promise<bigint> {
  const path = `/io/wallet/balance?user_id=${encodeURIComponent(life.user)}`;
  const { text } = await world.asService(life, 'GET', path);
  return microsOf(/"credits":(-?[0-9.]+)/.exec(text)?.[1] ?? 'no number');
}

/** A step at the provider; what its state does not allow does nothing. */
function atProvider(name: string, act: (world: LivesWorld, life: Life) => Promise<void> | void): fc.Arbitrary<Step> {
  return fc.constant({
    name,
    run: async (world, life) => {
      try {
        await act(world, life);
      } catch (error) {
        if (!(error instanceof StripeRefusal)) throw error;
      }
    },
  });
}

export async function subscribe(world: LivesWorld, life: Life, index: number): Promise<void> {
  const { base, plans } = world;
  const urls = { success_url: BACK, cancel_url: BACK };
  const body = { channel: 'stripe', type: 'subscription', plan_id: plans[index]?.plan, ...urls };
  const answer = await world.asUser(life, 'POST', '/payment/create-session', body);
  const live = life.subscriptions.some(({ status }) => !['canceled', 'incomplete_expired'].includes(status));
  if (answer.status !== 200) {
    expect([live, answer.status, answer.json['code']]).toEqual([true, 409, 'SUBSCRIPTION_STATE']);
    return;
  }
  const session = String(dataOf(answer)['session_id']);
  base.stripe.pay(session);
  const { subscription } = base.books.get('checkout.session', session);
  life.subscriptions.push(base.books.get('subscription', idOf(subscription)));
}

/** Time passes until the next period is charged. */
export function renew({ base }: LivesWorld, life: Life): void {
  const subscription = newest(life);
  // Of one that has ended, that time is past.
  if (subscription) base.stripe.clock.advance(Math.max(0, billing.untilRenewedMs(base.books, subscription)));
}

/** What a user does about the subscription: done, or refused by its state. */
export async function manage(world: LivesWorld, life: Life, path: string, body: object = {}): Promise<void> {
  const { status, json, text } = await world.asUser(life, 'POST', `/subscription/${path}`, body);
  const ok = status === 200 || (status === 409 && json['code'] === 'SUBSCRIPTION_STATE') || status === 402;
  // The provider may be away on purpose.
  if (!ok && status !== 502) throw new Error(`${path}: ${text}`);
}

export const OF_SUBSCRIPTIONS: readonly fc.Arbitrary<Step>[] = [
  fc.nat(1).map((index) => ({
    name: `subscribe to plan ${index}`,
    run: async (world, life) => subscribe(world, life, index),
  })),
  atProvider('renew', renew),
  atProvider('fail to renew', (world, life) => {
    const subscription = newest(life);
    if (subscription) billing.useMethod(world.base.books, subscription, 'pm_card_chargeDeclined');
    renew(world, life);
  }),
  atProvider('recover', ({ base }, life) => {
    const subscription = newest(life);
    if (subscription) billing.payOpenInvoices(base.books, subscription, 'pm_card_visa');
  }),
  atProvider('pause', ({ base }, life) => {
    const subscription = newest(life);
    if (subscription) pauseSubscription(base.books, subscription);
  }),
  fc.constant({
    name: 'upgrade',
    run: async (world, life) => manage(world, life, 'change', { plan_id: world.plans[1].plan }),
  }),
  fc.constant({
    name: 'downgrade',
    run: async (world, life) => manage(world, life, 'change', { plan_id: world.plans[0].plan }),
  }),
  fc.constant({ name: 'cancel', run: async (world, life) => manage(world, life, 'cancel') }),
  fc.constant({ name: 'resume', run: async (world, life) => manage(world, life, 'resume') }),
  fc.constantFrom(1 as const, 2 as const).chain((share) =>
    atProvider(`refund 1/${share}`, ({ base }, life) => {
      const subscription = newest(life);
      if (subscription) giveBack(base.books, subscription, share);
    }),
  ),
  atProvider('dispute', ({ base }, life) => {
    const subscription = newest(life);
    if (subscription) dispute(base.books, subscription);
  }),
  atProvider('win the dispute', ({ base }, life) => {
    const subscription = newest(life);
    if (subscription) win(base.books, subscription);
  }),
];

export async function checkIn(world: LivesWorld, life: Life): Promise<void> {
  const expected = life.model.user.checkIn(world.nowMs());
  const answer = await world.asUser(life, 'POST', '/checkin', {});
  if (expected === undefined) expect(answer.json).toMatchObject({ status: 409, code: 'ALREADY_CHECKED_IN' });
  else expect(answer.text).toContain(`"credits":${expected.credits},"streak":${expected.streak}`);
}

export async function redeem(world: LivesWorld, life: Life, index: number): Promise<void> {
  const code = life.model.user.coupons[index]?.code ?? 'NO-SUCH-CODE';
  const expected = life.model.user.redeem(code, world.nowMs());
  const { json, text } = await world.asUser(life, 'POST', '/credits/redeem', { code: code.toLowerCase() });
  if (typeof expected === 'bigint') expect(text).toContain(`"credits":${expected}`);
  else expect(json['reason'] ?? json['limit']).toBe(expected);
}

/** A charge of a user that costs so many micros. @param allowed whether the answer says that it was made */
async function charge(
  world: LivesWorld,
  life: Life,
  { micros, send }: { readonly micros: bigint; readonly send: () => Promise<boolean> },
): Promise<void> {
  await world.settle(life.wallet);
  const before = await userAvailable(world, life);
  expect(await send()).toBe(micros <= before);
  if (micros <= before) life.model.user.spentMicros += micros;
}

export async function deduct(world: LivesWorld, life: Life, about: object, micros: bigint): Promise<void> {
  const send = async (): Promise<boolean> => {
    const answer = await world.asService(life, 'POST', '/io/wallet/deduct', { user_id: life.user, ...about });
    expect(answer.status).toBe(200);
    return answer.json['allowed'] === true;
  };
  await charge(world, life, { micros, send });
}

export async function deductCredits(world: LivesWorld, life: Life, credits: number): Promise<void> {
  const send = async (): Promise<boolean> => {
    const body = { user_id: life.user, amount: credits };
    const { status } = await world.asService(life, 'POST', '/credits/deduct', body);
    expect([200, 402]).toContain(status);
    return status === 200;
  };
  await charge(world, life, { micros: BigInt(credits) * CREDIT_MICROS, send });
}

const counts = fc.integer({ min: 1, max: 2_000 });
const actions = fc.constantFrom(...ACTIONS);

export const OF_CREDITS: readonly fc.Arbitrary<Step>[] = [
  fc.constant({ name: 'check in', run: checkIn }),
  fc.nat(3).map((index) => ({
    name: `redeem coupon ${index}`,
    run: async (world, life) => redeem(world, life, index),
  })),
  fc.bigInt(1n, 9_000_000n).map((micros) => ({
    name: `deduct ${usdOf(micros)} dollars`,
    run: async (world, life) => deduct(world, life, { feature: 'run', amount: JSON.rawJSON(usdOf(micros)) }, micros),
  })),
  fc.tuple(actions, counts).map(([action, count]) => ({
    name: `deduct ${count} of ${action}`,
    run: async (world, life) => {
      const micros = world.prices.find({ action, units: BigInt(count), org: null }, world.nowMs());
      if (micros !== undefined) await deduct(world, life, { feature: action, count }, micros);
    },
  })),
  fc.integer({ min: 1, max: 9_000 }).map((credits) => ({
    name: `deduct ${credits} credits`,
    run: async (world, life) => deductCredits(world, life, credits),
  })),
];
