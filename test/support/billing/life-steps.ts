/** What happens in the life of an org that buys at the fake Stripe. What is impossible at that moment does nothing. */
import fc from 'fast-check';
import { sign } from '../../../devnet/stripe/deliveries.ts';
import { createRefund } from '../../../devnet/stripe/refunds.ts';
import { BY_ITSELF } from '../../../devnet/stripe/books.ts';
import { StripeRefusal } from '../../../devnet/stripe/refusal.ts';
import { Refusal } from '../../../src/core/errors.ts';
import { toCount } from '../../../src/core/integers.ts';
import { uuidV7 } from '../../../src/core/ids.ts';
import { inputHash } from '../../../src/core/ledger/entry.ts';
import { refillRound } from '../../../src/payments/refill.ts';
import { CRASHES, type Life, type LifeWorld } from './life-world.ts';

const DAY_MS = 24 * 3_600_000;
const CENT = 10_000n;
const USD = 1_000_000n;

/** What payers do on the page of an open checkout, button after button. */
const PAYING: readonly (readonly string[])[] = [
  ['pay'],
  ['pay_later'],
  ['fail_later'],
  ['decline', 'pay'],
  ['ask', 'confirm'],
  ['cancel'],
];

/** What happens to a payment. */
const AFTER: readonly (readonly string[])[] = [
  ['refund'],
  ['refund_half'],
  ['refund_half', 'refund_fails'],
  ['refund_fails'],
  ['warn'],
  ['inquiry', 'close_inquiry'],
  ['inquiry', 'escalate'],
  ['dispute'],
  ['dispute', 'win'],
  ['dispute', 'prevent'],
  ['dispute', 'lose', 'appeal', 'win_appeal'],
  ['dispute', 'lose', 'appeal', 'lose_appeal'],
  ['win'],
  ['lose'],
  ['appeal', 'win_appeal'],
];

export const LIFE_STEPS = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('checkout' as const),
      priceMinor: fc.constantFrom(199n, 1_000n, 2_500n, 9_999n),
      taxPercent: fc.constantFrom(0, 0, 8),
      discountPercent: fc.constantFrom(0, 0, 0, 0, 50, 100),
      /** The payer does this at once. */
      payer: fc.constantFrom<readonly string[]>(['pay'], ['pay'], ['pay'], ['pay_later'], ['fail_later'], []),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pay' as const), buttons: fc.constantFrom(...PAYING) }) },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constant('after' as const),
      buttons: fc.constantFrom(...AFTER),
      /** 0: the newest payment. */
      which: fc.constantFrom(0, 0, 1, 2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('spend' as const), usd: fc.bigInt(1n, 40n) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('give back' as const),
      part: fc.constantFrom(1n, 3n, 100n),
      isLost: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), where: fc.constantFrom(...CRASHES) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('verify' as const, 'a day' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('forge' as const, 'name ours' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('auto-refill' as const), isLost: fc.boolean() }) },
);
export type LifeStep = typeof LIFE_STEPS extends fc.Arbitrary<infer One> ? One : never;

/** Every step, and every button, that a set of lives should have had. */
export const EVERYTHING: readonly string[] = [
  ...new Set([
    ...PAYING.flat(),
    ...AFTER.flat(),
    'checkout',
    'tax',
    'no cost',
    'discount',
    'spend',
    'give back',
    'crash',
    'verify',
  ]),
  'a day',
  'forge',
  'name ours',
  'auto-refill',
];

/** A checkout of a person who begins to pay where none is open. */
const ANOTHER = { priceMinor: 1_000n, taxPercent: 0, discountPercent: 0 };

/** How each life begins. */
export const FIRST: Extract<LifeStep, { do: 'checkout' }> = {
  do: 'checkout',
  priceMinor: 2_500n,
  taxPercent: 8,
  discountPercent: 0,
  payer: ['pay'],
};

const buys = (taxPercent: 0 | 8, discountPercent: 0 | 50 | 100 = 0): LifeStep => ({
  ...FIRST,
  taxPercent,
  discountPercent,
});
const pays = (...buttons: string[]): LifeStep => ({ do: 'pay', buttons });
const after = (...buttons: string[]): LifeStep => ({ do: 'after', buttons, which: 0 });

/** A life that has every step, and every button; without auto-refill, so that it has to end the same in every way. */
export const WHOLE_LIFE: LifeStep[] = [
  after('refund_half', 'refund_fails', 'refund'),
  { do: 'crash', where: 'entry written' },
  buys(0),
  after('warn', 'inquiry', 'escalate', 'win'),
  { do: 'spend', usd: 30n },
  { do: 'give back', part: 3n, isLost: true },
  buys(8, 50),
  buys(0, 100),
  { do: 'crash', where: 'entry unwritten' },
  buys(8),
  after('inquiry', 'close_inquiry', 'dispute', 'lose', 'appeal', 'win_appeal'),
  { do: 'crash', where: 'before' },
  buys(0),
  after('dispute', 'lose', 'appeal', 'lose_appeal'),
  { do: 'forge' },
  { do: 'name ours' },
  buys(0),
  after('dispute', 'prevent'),
  { do: 'crash', where: 'after' },
  pays('pay_later'),
  pays('fail_later'),
  { do: 'a day' },
  pays('decline', 'ask', 'confirm'),
  { do: 'verify' },
  pays('cancel'),
];

/** Takes a step of a life. */
export async function takeStep(world: LifeWorld, life: Life, step: LifeStep): Promise<void> {
  switch (step.do) {
    case 'checkout':
      await buy(world, life, step);
      return press(world, life, step.payer, life.bought.at(-1));
    case 'pay':
      if (sessionsOf(world, life, 'open').length === 0) await buy(world, life, ANOTHER);
      return press(world, life, step.buttons, sessionsOf(world, life, 'open').at(-1));
    case 'after': {
      const paid = sessionsOf(world, life, 'paid');
      return press(world, life, step.buttons, paid.at(-1 - step.which) ?? paid[0]);
    }
    case 'spend':
      return spend(world, life, step.usd);
    case 'give back':
      return giveBack(world, life, step);
    case 'crash':
      if (life.way === 'crashing') world.crash(step.where);
      life.done.add('crash');
      return;
    case 'verify':
      return verify(world, life);
    case 'a day':
      world.stripe.clock.advance(DAY_MS);
      life.done.add('a day');
      return world.seen(life);
    case 'forge':
      return forge(world, life);
    case 'name ours':
      return nameOurs(world, life);
    case 'auto-refill':
      return autoRefill(world, life, step.isLost);
    default:
      return step satisfies never;
  }
}

async function buy(
  world: LifeWorld,
  life: Life,
  { priceMinor, taxPercent, discountPercent }: typeof ANOTHER,
): Promise<void> {
  Object.assign(world.shop.books().settings, { taxPercent, discountPercent });
  const { order, session } = await world.cashier.openCheckout({
    org: life.org,
    ownAccount: false,
    pack: null,
    product: null,
    name: 'Credit',
    priceMicros: priceMinor * CENT,
    creditMicros: priceMinor * CENT,
    bonusMicros: 0n,
    freeGiftCards: 7,
    successUrl: 'https://shop.example/yes',
    cancelUrl: 'https://shop.example/no',
    metadata: {},
    saveMethod: false,
    key: uuidV7(Date.now()),
    hash: 'asked',
  });
  life.bought.push({ order, session });
  life.done.add('checkout');
  if (taxPercent > 0) life.done.add('tax');
  if (discountPercent > 0) life.done.add(discountPercent === 100 ? 'no cost' : 'discount');
  await world.seen(life);
}

type Bought = Life['bought'][number];

/** Checkouts of a life that are still open, or that were paid; oldest first. */
function sessionsOf(world: LifeWorld, life: Life, which: 'open' | 'paid'): readonly Bought[] {
  return life.bought.filter(({ session: id }) => {
    const session = world.shop.books().get('checkout.session', id);
    return which === 'open' ? session.status === 'open' : session.payment_status === 'paid';
  });
}

async function press(
  world: LifeWorld,
  life: Life,
  buttons: readonly string[],
  bought: Bought | undefined,
): Promise<void> {
  if (!bought) return;
  for (const button of buttons) {
    try {
      world.stripe.act(bought.session, button);
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      return;
    }
    life.done.add(button);
    await world.seen(life);
  }
}

/** Spends what may not be there, as an operator's correction may: it is written whenever it comes. */
async function spend(world: LifeWorld, life: Life, usd: bigint): Promise<void> {
  await world.writer.submit({
    wallet: life.wallet,
    command: { op: 'debit', amountMicros: usd * USD, type: 'ADJUSTMENT', contra: 'equity:adjustments', mayOwe: true },
    key: uuidV7(Date.now()),
    inputHash: inputHash('spent'),
  });
  life.spentMicros += usd * USD;
  life.done.add('spend');
}

/**
 * We refund a part of the newest checkout, and ask again where the answer was lost. What we do not know of yet is refunded at the
 * provider itself, so that every way has the same refunds.
 */
async function giveBack(
  world: LifeWorld,
  life: Life,
  { part, isLost }: Extract<LifeStep, { do: 'give back' }>,
): Promise<void> {
  const bought = sessionsOf(world, life, 'paid').at(-1);
  if (!bought) return;
  const books = world.shop.books();
  const session = books.get('checkout.session', bought.session);
  const amount = BigInt(session.amount_total ?? 0) / part;
  if (amount === 0n) return;
  const asked = { order: bought.order, amountCents: amount, key: uuidV7(Date.now()) };
  if (isLost) world.stripe.faults.add({ call: 'POST /v1/refunds', times: 3, effect: { kind: 'lose_answer' } });
  const refuse = (error: unknown): Refusal => {
    if (error instanceof Refusal) return error;
    throw error;
  };
  const first = await world.cashier.refund(asked).catch(refuse);
  world.stripe.faults.clear();
  const last = first instanceof Refusal ? await world.cashier.refund(asked).catch(refuse) : first;
  if (!(last instanceof Refusal)) life.done.add('give back');
  else if (last.code === 'REFUND_NOT_POSSIBLE' && typeof session.payment_intent === 'string') {
    try {
      createRefund(books, { payment_intent: session.payment_intent, amount: toCount(String(amount)) }, BY_ITSELF);
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
    }
  }
  await world.seen(life);
}

async function verify(world: LifeWorld, life: Life): Promise<void> {
  const bought = life.bought.at(-1);
  if (!bought) return;
  await world.cashier.verify(bought.order);
  life.done.add('verify');
}

/** The thief signs our newest event with its own secret, and events about objects of ours with made-up ids. */
async function forge(world: LifeWorld, life: Life): Promise<void> {
  const event = world.shop.books().events.at(-1);
  const bought = life.bought.at(-1);
  if (!event || !bought) return;
  const { thief, stripe } = world;
  const about = { id: 'cs_test_forged', payment_intent: bought.session, metadata: { coffer_order: bought.order } };
  const bodies = [
    stripe.deliveries.textOf(event),
    stripe.deliveries.textOf({ ...event, id: `evt_forged${stripe.clock.now()}`, data: { object: about } }),
  ];
  for (const body of bodies) {
    for (const url of [world.hookUrl(), world.hookUrl(thief.org)]) {
      const headers = { 'stripe-signature': sign(body, [thief.secret], stripe.clock.now()) };
      await fetch(url, { method: 'POST', body, headers });
    }
  }
  life.done.add('forge');
  await world.seen(life);
}

/** The thief sells something on its own account whose metadata name our order, and refunds it. */
async function nameOurs(world: LifeWorld, life: Life): Promise<void> {
  const bought = life.bought.at(-1);
  const account = await world.accounts.find(`stripe:${world.thief.org}`);
  // Asked for once more, it would be the same checkout.
  if (!bought || !account || life.named.has(bought.order)) return;
  life.named.add(bought.order);
  const { id } = await account.createCheckout({
    order: bought.order,
    name: 'Credit',
    currency: 'usd',
    priceMinor: 2_500n,
    successUrl: 'https://thief.example',
    cancelUrl: 'https://thief.example',
    expiresAtMs: world.clock.nowMs() + 3_600_000,
  });
  for (const button of ['pay', 'refund_half', 'dispute']) {
    try {
      world.stripe.act(id, button);
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
    }
  }
  life.done.add('name ours');
  await world.seen(life);
}

/** The balance falls, and auto-refill looks; the answer to its confirmation may be lost. */
async function autoRefill(world: LifeWorld, life: Life, isLost: boolean): Promise<void> {
  await world.set(life.org, { enabled: true });
  const available = await world.available(life);
  if (available > 0n) await spend(world, life, available / USD + 1n);
  if (isLost) {
    world.stripe.faults.add({ call: 'POST /v1/payment_intents/', times: 3, effect: { kind: 'lose_answer' } });
  }
  const before = (await world.orders(life.org)).length;
  await refillRound(world.means);
  world.stripe.faults.clear();
  if ((await world.orders(life.org)).length > before) life.done.add('auto-refill');
  await world.seen(life);
}
