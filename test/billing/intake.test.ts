/** What comes in from a provider: verified, stored once, read again, and settled whatever the order and number of events. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../devnet/stripe/deliveries.ts';
import type { FakeAccount } from '../../devnet/stripe/account.ts';
import { takeWebhook } from '../../src/payments/intake.ts';
import { queryRows } from '../support/process/query.ts';
import { insertCheckout, insertOrder, openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';

const DAY_MS = 24 * 3_600_000;
let world: PaymentWorld;

beforeEach(async () => {
  world = await openPaymentWorld();
});
afterEach(async () => world.close());

/** The last fact that was settled about an object. */
function lastFact(object: string): object | undefined {
  return world.facts.findLast(({ id }) => id === object);
}

async function countEvents(): Promise<number> {
  const { rows } = await queryRows<{ n: string }>(world.db, 'SELECT count(*) AS n FROM payment_event');
  return +(rows[0]?.n ?? 0);
}

/** Sends a body signed with a secret straight to the intake. */
async function send(body: Buffer, secret: string, org: string | null = null): Promise<string> {
  const headers = { 'stripe-signature': sign(body.toString('utf8'), [secret], world.stripe.clock.now()) };
  return takeWebhook(world.intake, { provider: 'stripe', org, body, headers, platformOnly: false });
}

/** An org's own account, whose keys and secret this deployment knows. */
async function orgAccount(): Promise<{ org: string; fake: FakeAccount; secret: string }> {
  const org = await world.createOrg();
  const fake = world.stripe.addAccount();
  const { secrets } = fake.addEndpoint(world.hookUrl(org));
  await world.accounts.store(org, { secretKey: fake.createKey(), webhookSecrets: secrets });
  return { org, fake, secret: secrets[0] ?? '' };
}

/** The text of the newest event of a type. */
function eventText(account: FakeAccount, type: string): Buffer {
  const event = account.books().events.findLast((one) => one.type === type);
  if (event === undefined) throw new Error(`no event ${type}`);
  return Buffer.from(world.stripe.deliveries.textOf(event));
}

describe('A50 events of a provider', () => {
  test('are answered once stored, and settled from the object as it is now', async () => {
    const { order, session } = await world.checkout();
    world.stripe.pay(session);
    await world.work();
    expect(lastFact(session)).toMatchObject({
      kind: 'checkout',
      account: 'stripe',
      mode: 'test',
      order,
      paid: 'paid',
      subtotalMinor: 1_000n,
    });
    expect((await world.inbox()).map(({ kind, state }) => [kind, state])).toEqual([
      ['payment', 'settled'],
      ['checkout', 'settled'],
    ]);
    expect(world.stripe.attempts().every(({ status }) => status === 200)).toBe(true);
  });

  test('that are forged, altered or signed with another secret are refused and leave nothing', async () => {
    const { session } = await world.checkout();
    world.stripe.weather.hold = true;
    world.stripe.pay(session);
    const body = eventText(world.shop, 'checkout.session.completed');
    expect(await send(body, 'whsec_wrong')).toBe('unverified');
    const [secret = ''] = await world.accounts.webhookSecretsOf('stripe');
    const signature = { 'stripe-signature': sign(body.toString('utf8'), [secret], world.stripe.clock.now()) };
    const changed = Buffer.from(body.toString('utf8').replace('"amount_total": 1000', '"amount_total": 9000'));
    expect(changed.equals(body)).toBe(false);
    const webhook = { provider: 'stripe', org: null, body: changed, headers: signature, platformOnly: false } as const;
    expect(await takeWebhook(world.intake, webhook)).toBe('unverified');
    expect(
      await takeWebhook(world.intake, {
        ...webhook,
        body: Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8')))),
      }),
    ).toBe('unverified');
    expect([await countEvents(), await world.inbox()]).toEqual([0, []]);
  });

  test('that come twice, as twins, or again after they were settled, are one object to settle', async () => {
    Object.assign(world.stripe.weather, { duplicate: 1, twin: 1 });
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.work();
    const body = eventText(world.shop, 'checkout.session.completed');
    const [secret = ''] = await world.accounts.webhookSecretsOf('stripe');
    const before = world.facts.length;
    expect(await send(body, secret)).toBe('stored');
    await world.work();
    expect(world.facts).toHaveLength(before);
    expect((await world.inbox()).filter(({ kind }) => kind === 'checkout')).toHaveLength(1);
  });

  test('in any order end in the same state, which is that of the objects', async () => {
    const ends: unknown[] = [];
    for (let seed = 0; seed < 4; seed += 1) {
      const { session } = await world.checkout();
      world.stripe.weather.hold = true;
      world.stripe.pay(session, 'pm_card_createDisputeInquiry');
      for (const step of ['escalate', 'lose', 'appeal', 'win_appeal']) world.stripe.act(session, step);
      world.stripe.act(session, 'refund_half');
      await world.stripe.deliveries.release();
      world.stripe.weather.hold = false;
      await world.work();
      const payment = (lastFact(session) as { payment: string }).payment;
      const last = new Map(
        world.facts
          .filter((fact) => fact.id === session || ('payment' in fact && fact.payment === payment))
          .map((fact) => [fact.kind, fact]),
      );
      const dispute = last.get('dispute');
      const refund = last.get('refund');
      ends.push(
        [lastFact(session), dispute, refund].map(
          (fact) =>
            fact &&
            Object.fromEntries(
              Object.entries(fact).filter(([name]) =>
                ['paid', 'status', 'withdrawnMinor', 'state', 'amountMinor'].includes(name),
              ),
            ),
        ),
      );
    }
    expect(
      new Set(
        ends.map((end) =>
          JSON.stringify(end, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
        ),
      ).size,
    ).toBe(1);
    expect(ends[0]).toMatchObject([
      { paid: 'paid' },
      { status: 'won', withdrawnMinor: 0n },
      { state: 'succeeded', amountMinor: 500n },
    ]);
  });

  test('written in an old version of the API are not read for amounts', async () => {
    Object.assign(world.shop.books().settings, {
      apiVersion: '2020-08-27',
      presentment: { currency: 'jpy', rate: 150 },
    });
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.work();
    expect(JSON.parse(eventText(world.shop, 'checkout.session.completed').toString())).toMatchObject({
      data: { object: { currency: 'jpy', amount_total: 150_000 } },
    });
    expect(lastFact(session)).toMatchObject({
      currency: 'usd',
      totalMinor: 1_000n,
      presentment: { currency: 'jpy', amountMinor: 150_000n },
    });
  });
});

describe('A51 a checkout', () => {
  test('that is complete and unpaid is settled as such, and again when the money arrives', async () => {
    const { session } = await world.checkout();
    world.stripe.pay(session, 'pm_usBankAccount_success');
    await world.work();
    expect(lastFact(session)).toMatchObject({ state: 'complete', paid: 'unpaid', paymentState: 'processing' });
    world.stripe.clock.advance(5 * DAY_MS);
    await world.work();
    expect(lastFact(session)).toMatchObject({ state: 'complete', paid: 'paid' });
  });

  test('whose money never arrives is never paid', async () => {
    const { session } = await world.checkout();
    world.stripe.pay(session, 'pm_usBankAccount_debitNotAuthorized');
    world.stripe.clock.advance(5 * DAY_MS);
    await world.work();
    expect(lastFact(session)).toMatchObject({ state: 'complete', paid: 'unpaid', paymentState: 'needs_method' });
  });

  test('of the other mode is parked with its mode, and nothing is settled', async () => {
    world.stripe.weather.swapMode = true;
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.work();
    expect((await world.inbox()).map(({ kind, mode, state, reason }) => [kind, mode, state, reason])).toEqual([
      ['payment', 'live', 'parked', 'wrong_mode'],
      ['checkout', 'live', 'parked', 'wrong_mode'],
    ]);
    expect(world.facts).toEqual([]);
  });

  test('that was made in the mode of an earlier key parks its order; one of the present mode stays as it is', async () => {
    world.stripe.weather.swapMode = true;
    const earlier = await world.checkout();
    const present = await world.checkout();
    await world.db.raw("UPDATE order_checkout SET mode = 'live' WHERE order_id = ?", [earlier.order]);
    for (const { session } of [earlier, present]) world.stripe.pay(session);
    await world.work();
    const { rows } = await queryRows<{ id: string; state: string; reason: string | null }>(
      world.db,
      'SELECT id, state, reason FROM pack_order ORDER BY id',
    );
    expect(rows).toEqual([
      { id: earlier.order, state: 'parked', reason: 'wrong_mode' },
      { id: present.order, state: 'awaiting_payment', reason: null },
    ]);
  });

  test('of test books whose webhook comes to a live account is parked as well', async () => {
    const live = await openPaymentWorld({ platformKey: (shop) => shop.createKey('live') });
    try {
      const secrets = await live.accounts.webhookSecretsOf('stripe');
      live.shop
        .books('test')
        .emit('checkout.session.completed', { id: 'cs_test_1', object: 'checkout.session' } as never, {
          requestId: null,
          idempotencyKey: null,
        });
      await live.work();
      expect(secrets).toHaveLength(1);
      expect(await live.inbox()).toMatchObject([{ mode: 'test', state: 'parked', reason: 'wrong_mode' }]);
      expect(live.facts).toEqual([]);
    } finally {
      await live.close();
    }
  });
});

describe('accounts', () => {
  test('an org that signs an event about another org, or about the platform, changes nothing', async () => {
    const honest = await orgAccount();
    const thief = await orgAccount();
    const { order, session } = await world.checkout();
    world.stripe.weather.hold = true;
    world.stripe.pay(session);
    const body = eventText(world.shop, 'checkout.session.completed');
    const theirs = await insertOrder(world.db, honest.org);
    await insertCheckout(world.db, { order: theirs, account: `stripe:${honest.org}`, session: 'cs_test_honest' });
    const about = (object: object): Buffer =>
      Buffer.from(
        JSON.stringify({
          id: 'evt_forged',
          object: 'event',
          type: 'checkout.session.completed',
          created: 1,
          livemode: false,
          api_version: null,
          data: { object },
        }),
      );
    const bodies = [
      body,
      about({ id: session, object: 'checkout.session' }),
      about({ id: 'cs_test_honest' }),
      about({ id: 'cs_test_new', metadata: { coffer_order: order } }),
      about({ id: 'cs_test_new', payment_intent: 'cs_test_honest' }),
    ];
    for (const forged of bodies) {
      for (const org of [thief.org, honest.org, null]) expect(await send(forged, thief.secret, org)).toBe('unverified');
    }
    expect([await countEvents(), await world.inbox()]).toEqual([0, []]);
  });

  test("an org's own event is verified with its own secret and read with its own key", async () => {
    const { org, fake, secret } = await orgAccount();
    const account = await world.accounts.find(`stripe:${org}`);
    const made = await account?.createCheckout({
      order: 'x',
      name: 'Credit',
      currency: 'usd',
      priceMinor: 500n,
      successUrl: 'https://a.example',
      cancelUrl: 'https://a.example',
      expiresAtMs: world.clock.nowMs() + 3_600_000,
    });
    world.stripe.pay(made?.id ?? '');
    await world.work();
    expect(lastFact(made?.id ?? '')).toMatchObject({ account: `stripe:${org}`, paid: 'paid', subtotalMinor: 500n });
    const body = eventText(fake, 'checkout.session.completed');
    expect(await send(body, secret, null)).toBe('foreign');
    const order = await insertOrder(world.db, org);
    await insertCheckout(world.db, { order, account: `stripe:${org}`, session: made?.id ?? '' });
    expect(await send(body, secret, null)).toBe('stored');
  });

  test('an event that names an object of another account is parked: the account has no such object', async () => {
    const { org, secret } = await orgAccount();
    const body = Buffer.from(
      JSON.stringify({
        id: 'evt_1',
        object: 'event',
        type: 'refund.created',
        created: 1,
        livemode: false,
        data: { object: { id: 're_elsewhere' } },
      }),
    );
    expect(await send(body, secret, org)).toBe('stored');
    await world.work();
    expect(await world.inbox()).toMatchObject([{ account: `stripe:${org}`, object: 're_elsewhere', state: 'parked' }]);
    expect(world.facts).toEqual([]);
  });

  test('other business that an account signs is answered and stored nowhere', async () => {
    const { org, secret } = await orgAccount();
    const event = { id: 'evt_1', object: 'event', created: 1, livemode: false, data: { object: { id: 'cus_1' } } };
    const body = Buffer.from(JSON.stringify({ ...event, type: 'customer.created' }));
    expect([await send(body, secret, org), await countEvents()]).toEqual(['ignored', 0]);
  });

  test('other business of an account on the bare path is answered and stored nowhere', async () => {
    const stranger = world.stripe.addAccount();
    stranger.addEndpoint(world.hookUrl());
    stranger.books().emit('customer.created', { id: 'cus_1', object: 'customer' } as never, {
      requestId: null,
      idempotencyKey: null,
    });
    await world.stripe.idle();
    expect([world.taken, await countEvents()]).toEqual([['foreign'], 0]);
  });

  test('while only the platform is believed, its events come in and nobody else is looked up', async () => {
    const { org, secret } = await orgAccount();
    const body = Buffer.from(
      JSON.stringify({
        id: 'evt_1',
        object: 'event',
        type: 'refund.created',
        created: 1,
        livemode: false,
        data: { object: { id: 're_1' } },
      }),
    );
    const sendStrict = async (one: string, path: string | null): Promise<string> =>
      takeWebhook(world.intake, {
        provider: 'stripe',
        org: path,
        body,
        headers: { 'stripe-signature': sign(body.toString(), [one], world.stripe.clock.now()) },
        platformOnly: true,
      });
    expect(await sendStrict(secret, org)).toBe('unverified');
    expect(await sendStrict('whsec_wrong', null)).toBe('unverified');
    expect(await sendStrict((await world.accounts.webhookSecretsOf('stripe'))[0] ?? '', null)).toBe('stored');
  });

  test('up to four secrets verify an account; a replaced key opens the account anew', async () => {
    const { org, fake } = await orgAccount();
    await world.accounts.store(org, {
      secretKey: fake.createKey('live'),
      webhookSecrets: ['a', 'b', 'c', 'd', 'e'].map((one) => `whsec_${one}`),
    });
    expect(await world.accounts.webhookSecretsOf(`stripe:${org}`)).toEqual([
      'whsec_a',
      'whsec_b',
      'whsec_c',
      'whsec_d',
    ]);
    expect((await world.accounts.find(`stripe:${org}`))?.mode).toBe('live');
    const { rows } = await queryRows<{ text: string }>(world.db, 'SELECT a::text AS text FROM payment_account a');
    expect(JSON.stringify(rows)).not.toMatch(/sk_live|whsec_/);
  });
});
