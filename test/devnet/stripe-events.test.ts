/** The fake Stripe lists and delivers events as the real one does, and worse on request. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Stripe } from 'stripe';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { idOf } from '../../devnet/stripe/checkout.ts';
import { startFakeStripe, type FakeStripe } from '../../devnet/stripe/fake.ts';
import { sdkOf, tenDollars } from '../support/billing/stripe-sdk.ts';

const DAY_MS = 24 * 3_600_000;

let fake: FakeStripe;
let shop: FakeAccount;
let stripe: Stripe;

beforeEach(async () => {
  fake = await startFakeStripe();
  shop = fake.addAccount();
  stripe = sdkOf(fake, shop.createKey());
});
afterEach(async () => fake.stop());

/** Creates a session, pays it, and gives it as it is then. */
async function paidSession(method = 'pm_card_visa'): Promise<Stripe.Checkout.Session> {
  const session = await stripe.checkout.sessions.create(tenDollars('o1'));
  fake.pay(session.id, method);
  return stripe.checkout.sessions.retrieve(session.id);
}

describe('events', () => {
  test('the list is newest first, filtered, paged both ways, and ends after 30 days', async () => {
    for (let time = 0; time < 3; time += 1) await paidSession();
    const types = ['checkout.session.completed', 'payment_intent.succeeded'];
    const all = await stripe.events.list({ types, limit: 100 });
    expect(all.data).toHaveLength(6);
    const first = await stripe.events.list({ types, limit: 4 });
    const second = await stripe.events.list({ types, limit: 4, starting_after: first.data.at(-1)?.id ?? '' });
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(all.data.map(({ id }) => id));
    expect([first.has_more, second.has_more]).toEqual([true, false]);
    const before = await stripe.events.list({ types, limit: 4, ending_before: second.data[0]?.id ?? '' });
    expect(before.data.map(({ id }) => id)).toEqual(first.data.map(({ id }) => id));
    expect((await stripe.events.list({ created: { gte: (all.data[0]?.created ?? 0) + 1 } })).data).toEqual([]);
    fake.clock.advance(31 * DAY_MS);
    expect((await stripe.events.list({ types })).data).toEqual([]);
  });

  test('an old version gives amounts another meaning and lacks new fields', async () => {
    Object.assign(shop.books().settings, { apiVersion: '2024-06-20', presentment: { currency: 'eur', rate: 2 } });
    const session = await paidSession();
    const event = shop.books().events.find(({ type }) => type === 'checkout.session.completed');
    expect(event).toMatchObject({
      api_version: '2024-06-20',
      data: { object: { currency: 'eur', amount_total: 2_000, ui_mode: 'hosted' } },
    });
    expect(session).toMatchObject({ currency: 'usd', amount_total: 1_000, ui_mode: 'hosted_page' });
  });
});

describe('deliveries', () => {
  interface Got {
    readonly event: Stripe.Event;
    readonly raw: string;
    readonly signature: string;
  }
  let got: Got[];
  let status: number;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    got = [];
    status = 200;
    server = createServer((request, response) => {
      let raw = '';
      request.on('data', (chunk) => (raw += String(chunk)));
      request.on('end', () => {
        got.push({
          raw,
          event: JSON.parse(raw) as Stripe.Event,
          signature: String(request.headers['stripe-signature']),
        });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const types = ['checkout.session.completed'];

  test('are signed with every secret of the endpoint, as the SDK verifies it', async () => {
    const hook = shop.addEndpoint(url, { types });
    hook.secrets.push('whsec_new');
    await paidSession();
    await fake.idle();
    expect(got).toHaveLength(1);
    for (const secret of hook.secrets) {
      for (const { raw, signature } of got)
        expect(stripe.webhooks.constructEvent(raw, signature, secret).type).toBe(types[0]);
    }
    expect(() => stripe.webhooks.constructEvent(got[0]?.raw ?? '', got[0]?.signature ?? '', 'whsec_other')).toThrow(
      'signature',
    );
  });

  test('are tried again until the first success, and then end', async () => {
    shop.addEndpoint(url, { types });
    status = 500;
    await paidSession();
    await fake.idle();
    fake.clock.advance(70_000);
    await fake.idle();
    expect(got.length).toBeGreaterThanOrEqual(2);
    status = 200;
    fake.clock.advance(3_600_000);
    await fake.idle();
    const before = got.length;
    fake.clock.advance(DAY_MS);
    await fake.idle();
    expect(got).toHaveLength(before);
    expect(shop.books().events.find(({ type }) => type === types[0])?.pending_webhooks).toBe(0);
  });

  test('come twice, as twins, not at all, in the other mode, or in any order, when told to', async () => {
    shop.addEndpoint(url, { types });
    const ids = async (): Promise<Set<string>> => {
      got = [];
      await paidSession();
      await fake.idle();
      return new Set(got.map(({ event }) => event.id));
    };
    fake.weather.duplicate = 1;
    expect([(await ids()).size, got.length]).toEqual([1, 2]);
    Object.assign(fake.weather, { duplicate: 0, twin: 1 });
    expect([(await ids()).size, got.length]).toEqual([2, 2]);
    Object.assign(fake.weather, { twin: 0, drop: 1 });
    expect((await ids()).size).toBe(0);
    Object.assign(fake.weather, { drop: 0, swapMode: true });
    await ids();
    expect(got[0]?.event).toMatchObject({ livemode: true, data: { object: { livemode: true } } });
    Object.assign(fake.weather, { swapMode: false, hold: true });
    const held = [await paidSession(), await paidSession()].map(({ id }) => id);
    got = [];
    await fake.deliveries.release((all) => all.toReversed());
    expect(got.map(({ event }) => (event.data.object as { id: string }).id)).toEqual(held.toReversed());
  });

  test('can arrive before the call that caused them is answered', async () => {
    shop.addEndpoint(url, { types: ['refund.created'] });
    const session = await paidSession();
    fake.weather.beforeAnswer = true;
    let answered = false;
    const call = stripe.refunds.create({ payment_intent: idOf(session.payment_intent) }).then(() => (answered = true));
    while (got.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(answered).toBe(false);
    await call;
  });
});
