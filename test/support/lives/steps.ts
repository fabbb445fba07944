/** What can happen in a life, each as a small command: done to the service, and to the model beside it. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { pauseSubscription } from '../../../devnet/stripe/billing/changes.ts';
import * as billing from '../../../devnet/stripe/billing/subscriptions.ts';
import { idOf } from '../../../devnet/stripe/checkout.ts';
import { StripeRefusal } from '../../../devnet/stripe/refusal.ts';
import { listIn } from '../asserts.ts';
import type { Answer } from '../http/api.ts';
import { microsOf, usdOf } from './amounts.ts';
import { CREDIT_MICROS, type ModelHold } from './model.ts';
import { dispute, giveBack, win } from './provider.ts';
import { ACTIONS, type Life, type LivesWorld } from './world.ts';

const HOUR_MS = 3_600_000;
const BACK = 'https://shop.example/back';
const SERVICE = 'AI_API';

/** A command: its name and what it does. */
export interface Step {
  readonly name: string;
  readonly run: (world: LivesWorld, life: Life) => Promise<void>;
}

const dataOf = ({ json }: Answer): Record<string, unknown> => ({ ...(json['data'] as object) });
const newest = ({ subscriptions }: Life) => subscriptions.at(-1);

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

async function subscribe(world: LivesWorld, life: Life, index: number): Promise<void> {
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

/** What a user does about the subscription: done, or refused by its state. */
async function manage(world: LivesWorld, life: Life, path: string, body: object = {}): Promise<void> {
  const { status, json, text } = await world.asUser(life, 'POST', `/subscription/${path}`, body);
  const ok = status === 200 || (status === 409 && json['code'] === 'SUBSCRIPTION_STATE') || status === 402;
  // The provider may be away on purpose.
  if (!ok && status !== 502) throw new Error(`${path}: ${text}`);
}

const OF_SUBSCRIPTIONS: readonly fc.Arbitrary<Step>[] = [
  fc.nat(1).map((index) => ({
    name: `subscribe to plan ${index}`,
    run: async (world, life) => subscribe(world, life, index),
  })),
  atProvider('renew', ({ base }, life) => {
    const subscription = newest(life);
    if (subscription) base.stripe.clock.advance(billing.untilRenewedMs(base.books, subscription));
  }),
  atProvider('fail to renew', ({ base }, life) => {
    const subscription = newest(life);
    if (!subscription) return;
    billing.useMethod(base.books, subscription, 'pm_card_chargeDeclined');
    base.stripe.clock.advance(billing.untilRenewedMs(base.books, subscription));
  }),
  atProvider('recover', ({ base }, life) => {
    const subscription = newest(life);
    if (subscription) billing.payOpenInvoices(base.books, subscription, 'pm_card_visa');
  }),
  atProvider('pause', ({ base }, life) => {
    const subscription = newest(life);
    if (subscription) pauseSubscription(base.books, subscription);
  }),
  fc.constant({ name: 'upgrade', run: async (world, life) => manage(world, life, 'change', { plan_id: world.plans[1].plan }) }),
  fc.constant({ name: 'downgrade', run: async (world, life) => manage(world, life, 'change', { plan_id: world.plans[0].plan }) }),
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

async function checkIn(world: LivesWorld, life: Life): Promise<void> {
  const expected = life.model.user.checkIn(world.nowMs());
  const answer = await world.asUser(life, 'POST', '/checkin', {});
  if (expected === undefined) expect(answer.json).toMatchObject({ status: 409, code: 'ALREADY_CHECKED_IN' });
  else expect(answer.text).toContain(`"credits":${expected.credits},"streak":${expected.streak}`);
}

async function redeem(world: LivesWorld, life: Life, index: number): Promise<void> {
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

async function deduct(world: LivesWorld, life: Life, about: object, micros: bigint): Promise<void> {
  const send = async (): Promise<boolean> => {
    const answer = await world.asService(life, 'POST', '/io/wallet/deduct', { user_id: life.user, ...about });
    expect(answer.status).toBe(200);
    return answer.json['allowed'] === true;
  };
  await charge(world, life, { micros, send });
}

async function deductCredits(world: LivesWorld, life: Life, credits: number): Promise<void> {
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

const OF_CREDITS: readonly fc.Arbitrary<Step>[] = [
  fc.constant({ name: 'check in', run: checkIn }),
  fc.nat(3).map((index) => ({
    name: `redeem coupon ${index}`,
    run: async (world, life) => redeem(world, life, index),
  })),
  fc.bigInt(1n, 9_000_000n).map((micros) => ({
    name: `deduct ${usdOf(micros)} dollars`,
    run: async (world, life) =>
      deduct(world, life, { feature: 'run', amount: JSON.rawJSON(usdOf(micros)) }, micros),
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

/** A call that spends an org's money: made where there is enough, else 402. */
async function spend(
  world: LivesWorld,
  life: Life,
  { path, body, micros }: { readonly path: string; readonly body: object; readonly micros: bigint },
): Promise<Answer | undefined> {
  const enough = micros <= life.model.org.availableAt(world.nowMs());
  const answer = await world.asService(life, 'POST', path, body);
  expect([path, answer.status, answer.json['code']]).toEqual(
    enough ? [path, 200, undefined] : [path, 402, 'CREDIT_INSUFFICIENT'],
  );
  return enough ? answer : undefined;
}

async function deposit(world: LivesWorld, life: Life, micros: bigint): Promise<void> {
  const body = { operation: 'deposit', amount_micros: JSON.rawJSON(String(micros)), description: 'by wire' };
  const { status } = await world.asAdmin(life, 'POST', `/orgs/${life.org}/wallet`, body);
  expect(status).toBe(200);
  life.model.org.depositedMicros += micros;
}

/** An event of usage; an id that was charged before is seen again, and with other content a conflict. */
async function report(
  world: LivesWorld,
  life: Life,
  { id, action, units, agoMs }: { readonly id: string; readonly action: string; readonly units: bigint; readonly agoMs: number },
): Promise<void> {
  const { org } = life.model;
  const atMs = world.nowMs() - agoMs;
  const known = org.usage.get(id);
  const event = known === undefined
    ? { id, action, quantity: String(units), at: new Date(atMs).toISOString(), serviceType: SERVICE }
    : { ...(JSON.parse(known) as { action: string; at: string }) };
  const micros = world.prices.find({ action: event.action, units, org: life.org }, atMs);
  const enough = micros !== undefined && micros <= org.availableAt(world.nowMs());
  const answer = await world.asService(life, 'POST', '/treasury/usage', { events: [event] });
  const [result] = listIn(answer, 'results');
  const seen = known !== undefined;
  if (seen) expect([result?.['status'], result?.['seen']]).toEqual([200, true]);
  else if (micros === undefined) expect(result?.['status']).toBe(400);
  else expect(result?.['status']).toBe(enough ? 200 : 402);
  if (seen || !enough) return;
  org.spentMicros += micros;
  org.usage.set(id, JSON.stringify(event));
}

async function openHold(world: LivesWorld, life: Life, micros: bigint, hours: number): Promise<void> {
  const body = { serviceType: SERVICE, amountUsd: usdOf(micros), expiresInSeconds: hours * 3_600 };
  const answer = await spend(world, life, { path: '/treasury/hold', body, micros });
  if (!answer) return;
  const id = String(answer.json['holdId']);
  const endsMs = Date.parse(String(answer.json['expiresAt']));
  life.model.org.holds.set(id, { id, heldMicros: micros, capturedMicros: 0n, endsMs });
}

/** One of the open holds, if there are any. */
function pickHold(world: LivesWorld, { model: { org } }: Life, pick: number): ModelHold | undefined {
  org.heldAt(world.nowMs());
  const open = [...org.holds.values()];
  return open[pick % Math.max(1, open.length)];
}

async function grow(world: LivesWorld, life: Life, pick: number, micros: bigint): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  const body = { holdId: hold.id, byUsd: usdOf(micros) };
  if (await spend(world, life, { path: '/treasury/grow-hold', body, micros })) hold.heldMicros += micros;
}

async function capture(
  world: LivesWorld,
  life: Life,
  { pick, micros, final }: { readonly pick: number; readonly micros: bigint; readonly final: boolean },
): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  const { org } = life.model;
  const fits = micros <= org.leftIn(hold);
  const body = { holdId: hold.id, amountUsd: usdOf(micros), final };
  const { status, json } = await world.asService(life, 'POST', '/treasury/consume-hold', body);
  expect([status, json['code']]).toEqual(fits ? [200, undefined] : [409, 'HOLD_EXCEEDED']);
  if (!fits) return;
  hold.capturedMicros += micros;
  org.spentMicros += micros;
  expect(hold.capturedMicros <= hold.heldMicros).toBe(true);
  if (final || org.leftIn(hold) === 0n) org.holds.delete(hold.id);
}

async function release(world: LivesWorld, life: Life, pick: number): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  expect((await world.asService(life, 'POST', '/treasury/release-hold', { holdId: hold.id })).status).toBe(200);
  life.model.org.holds.delete(hold.id);
}

const amounts = fc.bigInt(1n, 6_000_000n);
const picks = fc.nat(20);

const OF_ORGS: readonly fc.Arbitrary<Step>[] = [
  amounts.map((micros) => ({
    name: `deposit ${usdOf(micros)}`,
    run: async (world, life) => deposit(world, life, micros),
  })),
  fc.tuple(picks, actions, counts, fc.nat(48)).map(([pick, action, count, hours]) => ({
    name: `report ${count} of ${action}, ${hours} hours ago, as ${pick}`,
    run: async (world, life) =>
      report(world, life, { id: `event-${pick}`, action, units: BigInt(count), agoMs: hours * HOUR_MS }),
  })),
  fc.tuple(actions, counts).map(([action, count]) => ({
    name: `debit ${count} of ${action}`,
    run: async (world, life) => {
      const micros = world.prices.find({ action, units: BigInt(count), org: life.org }, world.nowMs());
      if (micros === undefined) return;
      const body = { serviceType: SERVICE, action, quantity: String(count) };
      const done = await spend(world, life, { path: '/treasury/debit', body, micros });
      if (done) life.model.org.spentMicros += micros;
    },
  })),
  fc.tuple(amounts, fc.integer({ min: 1, max: 60 })).map(([micros, hours]) => ({
    name: `hold ${usdOf(micros)} for ${hours} hours`,
    run: async (world, life) => openHold(world, life, micros, hours),
  })),
  fc.tuple(picks, amounts).map(([pick, micros]) => ({
    name: `grow hold ${pick} by ${usdOf(micros)}`,
    run: async (world, life) => grow(world, life, pick, micros),
  })),
  fc.tuple(picks, amounts, fc.boolean()).map(([pick, micros, final]) => ({
    name: `capture ${usdOf(micros)} of hold ${pick}${final ? ', and the end' : ''}`,
    run: async (world, life) => capture(world, life, { pick, micros, final }),
  })),
  picks.map((pick) => ({
    name: `release hold ${pick}`,
    run: async (world, life) => release(world, life, pick),
  })),
];

const weather = (name: string, change: object): fc.Arbitrary<Step> =>
  fc.constant({ name, run: async ({ base }) => Promise.resolve(void Object.assign(base.stripe.weather, change)) });

const OF_THE_PLACE: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(actions, fc.bigInt(1n, 9_000_000_000n), fc.boolean()).map(([action, picos, own]) => ({
    name: `price of ${action}: ${picos}${own ? ' for the org' : ''}`,
    run: async (world, life) => world.setPrice({ action, picos, org: own ? life.org : null }, life),
  })),
  fc.integer({ min: 1, max: 60 }).map((hours) => ({
    name: `${hours} hours`,
    run: async ({ base }) => Promise.resolve(base.stripe.clock.advance(hours * HOUR_MS)),
  })),
  fc.constant({
    name: 'ten days',
    run: async ({ base }) => Promise.resolve(base.stripe.clock.advance(240 * HOUR_MS)),
  }),
  weather('webhooks are lost', { drop: 1 }),
  weather('webhooks come twice', { drop: 0, duplicate: 1, twin: 1 }),
  weather('webhooks are as they should be', { drop: 0, duplicate: 0, twin: 0 }),
  fc.constant({
    name: 'the provider hangs up',
    run: async ({ base }) =>
      Promise.resolve(
        void base.stripe.faults.add({ call: 'GET /v1/invoices', times: 2, effect: { kind: 'close_before' } }),
      ),
  }),
  fc.constant({ name: 'crash', run: async (world) => Promise.resolve(world.crashNext()) }),
];

/** Anything that can happen. */
export const STEPS: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(...OF_SUBSCRIPTIONS) },
  { weight: 4, arbitrary: fc.oneof(...OF_CREDITS) },
  { weight: 4, arbitrary: fc.oneof(...OF_ORGS) },
  { weight: 3, arbitrary: fc.oneof(...OF_THE_PLACE) },
);
