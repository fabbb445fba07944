/** The inbox of payments: claimed by one worker, tried again, parked, replayed, and deleted after its time. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../devnet/stripe/deliveries.ts';
import { findOrder } from '../../src/db/billing/orders.ts';
import { replayInbox, claimInbox, noteInbox } from '../../src/db/billing/inbox.ts';
import { receiveEvents } from '../../src/db/billing/provider-events.ts';
import { purgeInbox, purgeParked } from '../../src/db/billing/retention.ts';
import { ATTEMPTS_MAX, pauseAfter, processInbox } from '../../src/payments/process.ts';
import { takeWebhook } from '../../src/payments/intake.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { listAccounts } from '../../src/db/billing/accounts.ts';
import { viewOfAccounts } from '../../src/views/payment-account.ts';
import { queryRows } from '../support/process/query.ts';
import type { Settlement } from '../../src/payments/port.ts';
import { openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';

const DAY_MS = 24 * 3_600_000;
let world: PaymentWorld;

beforeEach(async () => {
  world = await openPaymentWorld();
});
afterEach(async () => world.close());

async function countEvents(): Promise<number> {
  const { rows } = await queryRows<{ n: string }>(world.db, 'SELECT count(*) AS n FROM payment_event');
  return +(rows[0]?.n ?? 0);
}

/** Sends a body signed with a secret straight to the intake. */
async function send(body: Buffer, secret: string, org: string | null = null): Promise<string> {
  const headers = { 'stripe-signature': sign(body.toString('utf8'), [secret], world.stripe.clock.now()) };
  return takeWebhook(world.intake, { provider: 'stripe', org, body, headers, platformOnly: false });
}

describe('the inbox', () => {
  test('A52 what an event is for waits for its order, and is settled once the order is there', async () => {
    world.answer = async () => Promise.resolve({ outcome: 'wait', reason: 'its order is not here yet' });
    const { session, order } = await world.checkout({ stored: false });
    world.stripe.pay(session);
    await world.work();
    expect(await world.inbox()).toContainEqual(
      expect.objectContaining({ object: session, state: 'waiting', reason: 'its order is not here yet' }),
    );
    world.answer = async () => Promise.resolve({ outcome: 'settled', order });
    world.stripe.clock.advance(pauseAfter(0) + 1);
    await world.work();
    expect(await world.inbox()).toContainEqual(
      expect.objectContaining({ object: session, state: 'settled', reason: null }),
    );
  });

  test('a provider or a ledger that is away is tried again, with growing pauses, and given up after three days', async () => {
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.stripe.idle();
    world.stripe.faults.add({ call: 'GET', effect: { kind: 'rate_limit' } });
    await world.work();
    expect((await world.inbox()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    world.stripe.faults.clear();
    world.answer = async () => Promise.reject(new Error('the ledger is away'));
    world.stripe.clock.advance(pauseAfter(0) + 1);
    await world.work();
    expect((await world.inbox()).map(({ reason }) => reason)).toEqual(['the ledger is away', 'the ledger is away']);
    const pauses = Array.from({ length: ATTEMPTS_MAX }, (_, attempts) => pauseAfter(attempts));
    expect(pauses.reduce((sum, ms) => sum + ms, 0) / DAY_MS).toBeGreaterThan(2.9);
    expect(pauses[1]).toBeGreaterThan(pauses[0] ?? 0);
    await world.db.raw('UPDATE payment_inbox SET attempts = ?', [ATTEMPTS_MAX - 1]);
    world.stripe.clock.advance(pauseAfter(ATTEMPTS_MAX));
    await world.work();
    expect((await world.inbox()).map(({ state, reason }) => [state, reason])).toEqual([
      ['parked', 'given up: the ledger is away'],
      ['parked', 'given up: the ledger is away'],
    ]);
  });

  test('S12 a reason that cannot be stored as it is does not keep its object from being noted', async () => {
    world.answer = async () => Promise.reject(new Error('no\u0000thing\nhere'));
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.work();
    const noted = await world.inbox();
    expect(noted.map(({ state, reason }) => [state, reason])).toEqual(
      noted.map(() => ['waiting', 'no\ufffdthing here']),
    );
  });

  test('what is parked shows its reason and is settled when a person replays it', async () => {
    world.answer = async ({ order }) => Promise.resolve({ outcome: 'parked', reason: 'amount', order });
    const { session, order } = await world.checkout();
    world.stripe.pay(session);
    await world.work();
    const { rows } = await queryRows<{ id: string; order_id: string }>(
      world.db,
      'SELECT id, order_id FROM payment_inbox WHERE object = ?',
      [session],
    );
    expect(rows).toMatchObject([{ order_id: order }]);
    world.answer = async () => Promise.resolve({ outcome: 'settled', order });
    expect(await replayInbox(world.db, rows[0]?.id ?? '', new Date(world.clock.nowMs()))).toMatchObject({
      state: 'pending',
    });
    await world.work();
    expect(await world.inbox()).toContainEqual(
      expect.objectContaining({ object: session, state: 'settled', reason: null }),
    );
  });

  test("an account of the other mode than the deployment's brings no credit", async () => {
    const { session, order } = await world.checkout();
    world.stripe.pay(session);
    await world.stripe.idle();
    const mode = world.platform.mode === 'live' ? 'test' : 'live';
    await processInbox({ ...world.processing, mode });
    expect(world.facts).toEqual([]);
    expect(await world.inbox()).toContainEqual(
      expect.objectContaining({ object: session, state: 'parked', reason: 'wrong_mode' }),
    );
    expect(await findOrder(world.db, order)).toMatchObject({ state: 'parked', reason: 'wrong_mode' });
  });

  test('two workers at once work on each object once', async () => {
    const sessions = await Promise.all(Array.from({ length: 6 }, async () => world.checkout()));
    for (const { session } of sessions) world.stripe.pay(session);
    await world.stripe.idle();
    const counts = await Promise.all([
      processInbox(world.processing),
      processInbox(world.processing),
      processInbox(world.processing),
    ]);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(12);
    expect(new Set(world.facts.map(({ id }) => id)).size).toBe(world.facts.length);
  });

  test('what is reported while an object is being settled has it settled again', async () => {
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.stripe.idle();
    let reported = false;
    world.answer = async ({ id, order }) => {
      if (id === session && !reported) {
        reported = true;
        world.shop.books().emit('checkout.session.completed', world.shop.books().get('checkout.session', session), {
          requestId: null,
          idempotencyKey: null,
        });
        await world.stripe.idle();
      }
      return { outcome: 'settled', order: order ?? '' };
    };
    await world.work();
    expect(world.facts.filter(({ id }) => id === session)).toHaveLength(2);
    expect((await world.inbox()).map(({ state }) => state)).toEqual(['settled', 'settled']);
  });

  test('a worker that dies with its claim holds nothing up for good, and one that wakes late changes nothing', async () => {
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.stripe.idle();
    const now = new Date(world.clock.nowMs());
    const [dead, late] = [uuidV7(1), uuidV7(2)];
    const claimed = await claimInbox(world.db, { claim: dead, now, leaseMs: 60_000, limit: 10 });
    expect(claimed).toHaveLength(2);
    expect(await claimInbox(world.db, { claim: late, now, leaseMs: 60_000, limit: 10 })).toEqual([]);
    await world.db.raw(`UPDATE payment_inbox SET claimed_until = clock_timestamp() - interval '1 second'`);
    await world.work();
    const [first] = claimed;
    if (first)
      await noteInbox(world.db, first, dead, {
        state: 'parked',
        reason: 'too late',
        order: null,
        nextAttemptAt: null,
        at: now,
      });
    expect((await world.inbox()).map(({ state }) => state)).toEqual(['settled', 'settled']);
  });

  test('a key that lacks a permission shows it, and no longer once it has it', async () => {
    const narrow = world.shop.createKey('test', ['checkout_session_write', 'accounts_kyc_basic_read']);
    const org = await world.createOrg();
    const name = `stripe:${org}`;
    const secret = 'whsec_org';
    await world.accounts.store(org, { secretKey: narrow, webhookSecrets: [secret] });
    const { session } = await world.checkout();
    world.stripe.pay(session);
    world.stripe.act(session, 'refund');
    await world.work();
    const [refund] = world.shop.books().list('refund');
    const body = Buffer.from(
      JSON.stringify({
        id: 'evt_1',
        object: 'event',
        type: 'refund.created',
        created: 1,
        livemode: false,
        data: { object: { id: refund?.id } },
      }),
    );
    expect(await send(body, secret, org)).toBe('stored');
    await world.work();
    const stateOf = async (): Promise<unknown> =>
      viewOfAccounts(await listAccounts(world.db), []).find((one) => one.account === name);
    expect(await stateOf()).toMatchObject({
      mode: 'test',
      lacks: ['refund_read'],
      webhookSecrets: 1,
      keyLast4: narrow.slice(-4),
    });
    await world.accounts.note(name, 'refund', undefined);
    expect(await stateOf()).toMatchObject({ lacks: [] });
  });

  test('old events and objects are deleted after their time, those of nobody sooner; what waits, and what a person should see, stays', async () => {
    const kept: Record<string, unknown> = {
      payment: { outcome: 'foreign' },
      refund: { outcome: 'parked', reason: 'wrong_currency', order: uuidV7(0) },
      dispute: { outcome: 'wait', reason: 'early' },
    };
    world.answer = async ({ kind, order }) =>
      Promise.resolve((kept[kind] ?? { outcome: 'settled', order: order ?? '' }) as Settlement);
    const { session } = await world.checkout();
    world.stripe.pay(session, 'pm_card_createDisputeInquiry');
    world.stripe.act(session, 'refund_half');
    await world.work();
    const [before, after] = [-DAY_MS, DAY_MS].map((ms) => new Date(world.clock.nowMs() + ms));
    if (!before || !after) throw new Error('no times');
    const ends = { events: before, done: before, foreign: before, parked: before };
    expect(await purgeInbox(world.db, ends)).toBe(0);
    const kinds = async (): Promise<string[]> => (await world.inbox()).map(({ kind }) => kind);
    expect(await kinds()).toEqual(['refund', 'payment', 'dispute', 'checkout']);
    await purgeInbox(world.db, { ...ends, foreign: after });
    expect(await kinds()).toEqual(['refund', 'dispute', 'checkout']);
    await purgeInbox(world.db, { ...ends, events: after, done: after });
    expect(await kinds()).toEqual(['refund', 'dispute']);
    expect(await countEvents()).toBe(0);
    await purgeInbox(world.db, { ...ends, parked: after });
    expect(await kinds()).toEqual(['dispute']);
  });
});

/** An event about an object of an account, as a webhook of it that is signed rightly stores it. */
async function report(account: string, object: string): Promise<void> {
  const at = new Date(world.clock.nowMs());
  const about = { kind: 'refund', id: object } as const;
  const event = { account, org: null, type: 'refund.created', mode: 'test', apiVersion: null, createdAt: at } as const;
  const received = { inboxId: uuidV7(at.getTime()), source: 'webhook', at } as const;
  await receiveEvents(world.db, [{ ...event, ...received, id: `evt_${account}_${object}`, about }]);
}

describe('A54 an account that floods the inbox', () => {
  test('gets its share of each round, and takes no other account out of its turn', async () => {
    for (let n = 0; n < 40; n += 1) await report('stripe:flood', `re_${n}`);
    await report('stripe:quiet', 're_1');
    await report('stripe', 're_1');
    const claim = async (): Promise<string[]> => {
      const due = { claim: uuidV7(1), now: new Date(world.clock.nowMs() + 1), leaseMs: 60_000, limit: 16 };
      return (await claimInbox(world.db, due)).map(({ account }) => account);
    };
    const first = await claim();
    expect(new Set(first)).toEqual(new Set(['stripe', 'stripe:flood', 'stripe:quiet']));
    expect(first.filter((account) => account === 'stripe:flood')).toHaveLength(5);
    expect(await claim()).toEqual(Array.from({ length: 16 }, () => 'stripe:flood'));
  });

  test('the platform is served in each round, however many accounts of orgs have something', async () => {
    for (let n = 0; n < 10; n += 1) await report(`stripe:org${n}`, 're_1');
    for (let n = 0; n < 3; n += 1) await report('stripe', `re_${n}`);
    for (let round = 0; round < 3; round += 1) {
      const due = { claim: uuidV7(1), now: new Date(world.clock.nowMs() + 1), leaseMs: 60_000, limit: 3 };
      const accounts = (await claimInbox(world.db, due)).map(({ account }) => account);
      expect(accounts).toHaveLength(3);
      expect(accounts).toContain('stripe');
    }
  });

  test('is told to send again later once it has as much waiting as it may, and nothing is stored', async () => {
    world.openMax = 2;
    const [secret = ''] = await world.accounts.webhookSecretsOf('stripe');
    const bodyOf = (id: string): Buffer =>
      Buffer.from(
        JSON.stringify({
          id: `evt_${id}`,
          object: 'event',
          type: 'refund.created',
          created: 1,
          livemode: false,
          data: { object: { id } },
        }),
      );
    const sent: string[] = [];
    for (const id of ['re_1', 're_2', 're_3']) {
      sent.push(await send(bodyOf(id), secret));
      world.stripe.clock.advance(2_000);
    }
    expect(sent).toEqual(['stored', 'stored', 'full']);
    expect(await countEvents()).toBe(2);
    await world.db.raw("UPDATE payment_inbox SET state = 'settled', next_attempt_at = NULL WHERE object = 're_1'");
    expect(await send(bodyOf('re_3'), secret)).toBe('stored');
  });

  test('what is parked of it and belongs to no order is kept up to a bound, the newest', async () => {
    for (let n = 0; n < 5; n += 1) await report('stripe:flood', `re_${n}`);
    await report('stripe', 're_1');
    await world.db.raw(`UPDATE payment_inbox SET state = 'parked', reason = 'none', next_attempt_at = NULL,
      updated_at = now() + substr(object, 4)::integer * interval '1 second'`);
    expect(await purgeParked(world.db, 'stripe:flood', 3)).toBe(2);
    expect((await world.inbox()).map(({ account, object }) => `${account} ${object}`).toSorted()).toEqual([
      'stripe re_1',
      'stripe:flood re_2',
      'stripe:flood re_3',
      'stripe:flood re_4',
    ]);
  });
});
