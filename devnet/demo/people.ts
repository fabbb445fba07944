/** The demo's wallet of a person: a check-in, a subscription on a test clock, a charge, and a renewal. */
import { Stripe } from 'stripe';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Issuer } from '../issuer.ts';
import { coffer, isRecord, type Service } from '../service.ts';
import { click, type CardShop } from './cards.ts';
import { say, step, textIn, until } from './steps.ts';

const PLAN_CREDITS = 20_000;
const DAILY_CREDITS = 100;
const CHARGED_CREDITS = 1_500;
const MONTH_DAYS = 32;
const DAY_SECONDS = 86_400;
/** How long the fake's clock may take to be ready. */
const CLOCK_TRIES_MAX = 100;

/** Ada's wallet, from the first check-in to the renewal of her subscription. */
export async function subscribePerson(
  service: Service,
  { env, issuer, cards }: { readonly env: NodeJS.ProcessEnv; readonly issuer: Issuer; readonly cards: CardShop },
): Promise<void> {
  const stripe = openSdk(cards);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Math.floor(Date.now() / 1_000) });
  cards.bindCustomersTo(clock.id);
  const plan = await sellPlan(cards, env);
  const keys = ['keys', 'create', '--kind', 'platform', '--scopes', 'treasury:spend', '--name', 'models'];
  const serviceKey = textIn(await coffer(env, keys), 'key');
  const token = await issuer.sign({ user: 'ada' });
  const ask = asking(service, token);
  const balance = async (): Promise<number> => numberIn(await ask('GET', '/credits/balance'), 'balance');

  step('Ada has a wallet of her own, in credits: she checks in, as she may once a day');
  await coffer(env, ['credits', 'checkin', '--per-day', String(DAILY_CREDITS)]);
  await ask('POST', '/checkin', {});
  say(`  checked in: ${DAILY_CREDITS} credits, balance ${await balance()}`);

  step('She subscribes to the plan Pro at the fake Stripe, whose time for her stands still on a test clock');
  const urls = { success_url: `${service.url}/app`, cancel_url: `${service.url}/app` };
  const asked = { channel: 'stripe', type: 'subscription', plan_id: plan, ...urls };
  await click(textIn(await ask('POST', '/payment/create-session', asked), 'url'), 'pay');
  await until('the first period', async () => (await balance()) === DAILY_CREDITS + PLAN_CREDITS);
  say(`  paid: ${PLAN_CREDITS} credits for the first month, balance ${await balance()}`);

  step('A service charges her for what it did');
  await asking(service, serviceKey)('POST', '/credits/deduct', { user_id: 'ada', amount: CHARGED_CREDITS });
  say(`  charged: ${CHARGED_CREDITS} credits, balance ${await balance()}`);

  step('The test clock is moved on by a month: the subscription renews');
  await advance(stripe, clock);
  const expected = DAILY_CREDITS + 2 * PLAN_CREDITS - CHARGED_CREDITS;
  await until('the second period', async () => (await balance()) === expected);
  say(`  renewed: ${PLAN_CREDITS} credits for the second month, balance ${await balance()}`);
}

function openSdk({ url, key }: Pick<CardShop, 'url' | 'key'>): Stripe {
  const { hostname: host, port } = new URL(url);
  return new Stripe(key, { host, port, protocol: 'http', telemetry: false });
}

/** Makes a price at the fake, and the plan Pro that is sold for it. @returns the plan's id */
export async function sellPlan(cards: Pick<CardShop, 'url' | 'key'>, env: NodeJS.ProcessEnv): Promise<string> {
  const stripe = openSdk(cards);
  const product = await stripe.products.create({ name: 'Pro' });
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 2_000,
    recurring: { interval: 'month' },
  });
  const terms = ['--credits', String(PLAN_CREDITS), '--monthly', '20', '--stripe-monthly', price.id];
  return textIn(await coffer(env, ['plans', 'add', 'Pro', ...terms]), 'id');
}

async function advance(stripe: Stripe, { id, frozen_time: from }: Stripe.TestHelpers.TestClock): Promise<void> {
  await stripe.testHelpers.testClocks.advance(id, { frozen_time: from + MONTH_DAYS * DAY_SECONDS });
  for (let tries = 0; tries < CLOCK_TRIES_MAX; tries += 1) {
    if ((await stripe.testHelpers.testClocks.retrieve(id)).status === 'ready') return;
    await sleep(100);
  }
  throw new Error('the test clock does not become ready');
}

type Ask = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/** Calls with a key or a token; gives what the envelope of the answer has in it. @throws Error when it is refused */
function asking({ url }: Service, bearer: string): Ask {
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const answer: unknown = await response.json();
    if (response.ok && isRecord(answer) && isRecord(answer['data'])) return answer['data'];
    throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  };
}

function numberIn(record: Record<string, unknown>, name: string): number {
  const value = record[name];
  if (typeof value !== 'number') throw new Error(`the answer has no ${name}: ${JSON.stringify(record)}`);
  return value;
}
