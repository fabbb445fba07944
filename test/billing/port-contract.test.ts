/** What every adapter promises the code behind the port, shown against the fake of each provider. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PROVIDERS, type ProviderFact } from '../../src/core/billing/facts.ts';
import { judgeCheckout } from '../../src/core/billing/payment.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { ProviderFailed, type ObjectName, type ProviderEvent } from '../../src/payments/port.ts';
import { PORT_SHOPS, type PortShop, type ShopAction } from '../support/billing/port-shops.ts';

const PRICE = 1_000n;

describe.each(PROVIDERS)('the adapter of %s', (provider) => {
  let shop: PortShop;
  beforeEach(async () => {
    shop = await PORT_SHOPS[provider]();
  });
  afterEach(async () => shop.stop());

  /** Opens a checkout, and does things to it. */
  async function open(...actions: readonly ShopAction[]): Promise<{ order: string; session: string }> {
    const order = uuidV7(shop.clock.nowMs());
    const item = shop.item(1_000);
    const { id, url } = await shop.account.createCheckout({
      order,
      name: 'Credit',
      ...(item !== undefined && { item }),
      currency: 'usd',
      priceMinor: PRICE,
      successUrl: 'https://example.com/yes',
      cancelUrl: 'https://example.com/no',
      expiresAtMs: shop.clock.nowMs() + 3_600_000,
    });
    expect(url).toMatch(/^http/);
    for (const action of actions) shop.act(id, action);
    return { order, session: id };
  }

  async function get(object: ObjectName): Promise<ProviderFact> {
    const fact = await shop.account.fetch(object);
    if (!fact) throw new Error(`no ${object.kind} ${object.id}`);
    return fact;
  }

  /** The events that came, as they are read from their bytes. */
  async function events(): Promise<ProviderEvent[]> {
    return (await shop.hooks()).flatMap(({ body }) => shop.webhooks.read(body).event ?? []);
  }

  const termsOf = (session: string): Parameters<typeof judgeCheckout>[0] => ({
    account: provider,
    mode: 'test',
    purpose: 'payment',
    session,
    currency: 'usd',
    priceMinor: PRICE,
  });

  async function paymentOf(session: string): Promise<string> {
    const fact = await get({ kind: 'checkout', id: session });
    if (fact.kind !== 'checkout' || fact.payment === null) throw new Error('nothing was paid');
    return fact.payment;
  }

  test('names itself and its mode as its key does', () => {
    expect(shop.account).toMatchObject({ name: provider, provider, mode: 'test' });
  });

  test('a checkout is open, names our order, and is paid once its payer has paid', async () => {
    const { order, session } = await open();
    const before = await get({ kind: 'checkout', id: session });
    if (before.kind !== 'checkout') throw new Error('no checkout');
    expect(before).toMatchObject({ id: session, order, mode: 'test', account: provider, currency: 'usd' });
    expect(judgeCheckout(termsOf(session), before)).toEqual({ state: 'awaiting_payment' });
    shop.act(session, 'pay');
    const after = await get({ kind: 'checkout', id: session });
    if (after.kind !== 'checkout') throw new Error('no checkout');
    expect(judgeCheckout(termsOf(session), after)).toEqual({ state: 'paid' });
    expect(after).toMatchObject({ subtotalMinor: PRICE, totalMinor: PRICE, payment: expect.any(String) as string });
    expect(after.readAtMs).toBeGreaterThanOrEqual(before.readAtMs);
  });

  test('what does not exist is undefined, and not an error', async () => {
    for (const kind of ['checkout', 'payment', 'refund', 'dispute'] as const) {
      expect(await shop.account.fetch({ kind, id: 'none_1' })).toBeUndefined();
    }
  });

  test('each event is signed over its bytes, and says where to read a fact that belongs to our order', async () => {
    const { order, session } = await open('pay', 'refund_half', 'dispute');
    const payment = await paymentOf(session);
    const hooks = await shop.hooks();
    expect(hooks.length).toBeGreaterThanOrEqual(3);
    for (const { body, headers } of hooks) {
      expect(shop.webhooks.verify(body, headers, ['', shop.secret], shop.clock.nowMs())).toBe(true);
      expect(
        shop.webhooks.verify(Buffer.concat([body, Buffer.from(' ')]), headers, [shop.secret], shop.clock.nowMs()),
      ).toBe(false);
    }
    const read = hooks.flatMap(({ body }) => shop.webhooks.read(body).event?.about ?? []);
    const kinds = new Set<string>();
    for (const about of read) {
      const fact = await get(about);
      kinds.add(fact.kind);
      if (fact.kind === 'subscription' || fact.kind === 'invoice') throw new Error('nobody subscribed');
      const paid = fact.kind === 'payment' ? fact.id : fact.payment;
      expect(fact.order === order || paid === payment).toBe(true);
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['checkout', 'refund', 'dispute']));
  });

  test('a refund of all that is left gives all back once, asked for once or again after a lost answer', async () => {
    const { order, session } = await open('pay', 'refund_half');
    const payment = await paymentOf(session);
    shop.faults.add({ call: shop.calls.refund, times: 1, effect: { kind: 'lose_answer' } });
    const refund = { payment, order, key: 'key-1' };
    await shop.account.refund(refund).catch(() => undefined);
    const fact = await shop.account.refund(refund);
    expect(fact).toMatchObject({ kind: 'refund', payment, currency: 'usd' });
    const all = await shop.account.listRefunds(payment);
    expect(all.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(PRICE);
    expect(all.map(({ id }) => id)).toContain(fact.id);
  });

  test('a refund of a part is made, or refused without any effect', async () => {
    const { order, session } = await open('pay');
    const payment = await paymentOf(session);
    const outcome = await shop.account
      .refund({ payment, order, key: 'key-2', amountMinor: 400n })
      .catch((error: unknown) => error);
    const back = (await shop.account.listRefunds(payment)).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    if (shop.account.refunds === 'any') expect([outcome, back]).toMatchObject([{ kind: 'refund' }, 400n]);
    else expect([outcome, back]).toMatchObject([{ code: 'REFUND_NOT_POSSIBLE' }, 0n]);
  });

  test('a dispute holds the money until it is won', async () => {
    const { session } = await open('pay', 'dispute');
    const about = (await events()).find((event) => event.about?.kind === 'dispute')?.about;
    if (!about) throw new Error('no event reports the dispute');
    expect(await get(about)).toMatchObject({ kind: 'dispute', withdrawnMinor: PRICE, amountMinor: PRICE });
    shop.act(session, 'win');
    expect(await get(about)).toMatchObject({ kind: 'dispute', withdrawnMinor: 0n });
  });

  test('a lost answer leaves its outcome open, and a refusal does not', async () => {
    shop.faults.add({ call: shop.calls.open, times: 1, effect: { kind: 'close_before' } });
    const known = await open().catch((error: unknown) => error);
    // One adapter tries again under the key of the call; the other has no keys, and leaves that to its caller.
    if (known instanceof ProviderFailed) expect(known.fault.outcome).toBe('unknown');
    else expect(known).toMatchObject({ session: expect.any(String) as string });
    const refused = await shop.account
      .refund({ payment: 'none_1', order: uuidV7(0), key: 'key-3' })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ fault: { outcome: 'refused' } });
    expect(String(refused)).not.toContain(shop.key);
  });

  test('what no webhook brought is found by what the provider lists', async () => {
    const { session } = await open('pay', 'refund_half', 'dispute');
    const payment = await paymentOf(session);
    const { account } = shop;
    if (account.lists === 'payments') {
      const { payments } = await account.listPayments(1);
      expect(payments).toMatchObject([{ payment, paidMinor: PRICE, refundedMinor: 500n, withdrawnMinor: 500n }]);
      expect(await account.readPayment(payment)).toEqual(payments[0]);
      return;
    }
    const range = { sinceMs: shop.clock.nowMs() - 60_000, untilMs: shop.clock.nowMs() + 60_000 };
    const listed = (await account.listEvents(range)).events.map(({ about }) => about?.kind);
    expect(listed).toEqual(expect.arrayContaining(['checkout', 'refund', 'dispute']));
    const { movements } = await account.listBalance(range);
    expect(movements.every((movement) => movement.payment === payment)).toBe(true);
    expect(movements.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['payment', 'refund', 'dispute']));
  });

  test('closing a checkout leaves none that could be paid unseen', async () => {
    const { session } = await open();
    await shop.account.expireCheckout(session);
    const fact = await get({ kind: 'checkout', id: session });
    if (fact.kind !== 'checkout') throw new Error('no checkout');
    if (fact.state === 'open') shop.act(session, 'pay');
    const after = await get({ kind: 'checkout', id: session });
    expect(after).toMatchObject(fact.state === 'open' ? { paid: 'paid' } : { state: 'expired', paid: 'unpaid' });
  });
});
