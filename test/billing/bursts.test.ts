/** Webhooks that come at once: few statements, each event once, none spoils another, and what is kept of them has a bound. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sign } from '../../devnet/stripe/deliveries.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { listAccounts } from '../../src/db/billing/accounts.ts';
import {
  EVENTS_OF_OBJECT_MAX,
  listEventsAbout,
  receiveEvents,
  trimAccount,
  type ReceivedEvent,
} from '../../src/db/billing/provider-events.ts';
import type { Database } from '../../src/db/database.ts';
import { Inlet, storeEvents } from '../../src/payments/inlet.ts';
import { takeWebhook } from '../../src/payments/intake.ts';
import { BURST_WAIT_MS_MAX, workInboxOff } from '../../src/payments/process.ts';
import { queryRows } from '../support/process/query.ts';
import { openPaymentWorld, type PaymentWorld } from '../support/billing/payment-world.ts';

let world: PaymentWorld;

beforeEach(async () => {
  world = await openPaymentWorld();
});
afterEach(async () => world.close());

/** The same database, and how many statements were sent to it. */
function counting(): { db: Database; sent: () => number } {
  let sent = 0;
  const db: Database = {
    transaction: async (work, options) => world.db.transaction(work, options),
    raw: (sql, bindings = []) => {
      sent += 1;
      return world.db.raw(sql, bindings);
    },
  };
  return { db, sent: () => sent };
}

/** Sends events at once, signed with the platform's secret; gives what became of each. */
async function sendAll(
  inlet: Inlet,
  events: readonly { readonly id: string; readonly object: string; readonly version?: string }[],
): Promise<string[]> {
  const [secret = ''] = await world.accounts.webhookSecretsOf('stripe');
  const settled = await Promise.allSettled(
    events.map(async ({ id, object, version = '2020-08-27' }) => {
      const data = { object: { id: object, metadata: { coffer_order: uuidV7(1) } } };
      const event = {
        id,
        object: 'event',
        type: 'refund.created',
        created: 1,
        livemode: false,
        api_version: version,
        data,
      };
      const text = JSON.stringify(event);
      const headers = { 'stripe-signature': sign(text, [secret], world.stripe.clock.now()) };
      const webhook = { provider: 'stripe', org: null, headers, platformOnly: false } as const;
      return takeWebhook({ ...world.intake, inlet }, { ...webhook, body: Buffer.from(text) });
    }),
  );
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'));
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

async function receivedOf(object: string): Promise<string[]> {
  const rows = await queryRows<{ received: string }>(
    world.db,
    'SELECT received FROM payment_inbox WHERE object = ? ORDER BY id',
    [object],
  );
  return rows.rows.map(({ received }) => received);
}

describe('A50 a burst of webhooks', () => {
  test('is looked up and stored by few statements, and every event is answered once it is stored', async () => {
    const { db, sent } = counting();
    const inlet = new Inlet(db, world.clock);
    const events = numbers(200).map((n) => ({ id: `evt_${n}`, object: `re_${n}` }));
    expect(new Set(await sendAll(inlet, events))).toEqual(new Set(['stored']));
    expect(sent()).toBeLessThan(12);
    const { rows } = await queryRows<{ n: string }>(world.db, 'SELECT count(*) AS n FROM payment_event');
    expect(rows[0]?.n).toBe('200');
    expect(await world.inbox()).toHaveLength(200);
  });

  test('counts an event once that comes twice in it, and two events of one object as two reports', async () => {
    const inlet = new Inlet(world.db, world.clock);
    // The first one waits for how much of its account waits, and so is stored alone.
    const twice = [
      { id: 'evt_2', object: 're_2' },
      { id: 'evt_3', object: 're_2' },
      { id: 'evt_1', object: 're_1' },
      { id: 'evt_1', object: 're_1' },
    ];
    expect(await sendAll(inlet, twice)).toEqual(twice.map(() => 'stored'));
    expect([await receivedOf('re_1'), await receivedOf('re_2')]).toEqual([['1'], ['2']]);
    expect(await sendAll(inlet, twice)).toEqual(twice.map(() => 'stored'));
    expect([await receivedOf('re_1'), await receivedOf('re_2')]).toEqual([['1'], ['2']]);
  });

  test('loses no event to one in it that cannot be stored', async () => {
    const inlet = new Inlet(world.db, world.clock);
    const events = numbers(40).map((n) => ({
      id: `evt_${n}`,
      object: `re_${n}`,
      ...(n === 17 && { version: 'no\u0000text' }),
    }));
    const taken = await sendAll(inlet, events);
    expect(taken.map((one, n) => [n, one]).filter(([, one]) => one !== 'stored')).toEqual([[17, 'failed']]);
    expect(await world.inbox()).toHaveLength(39);
  });

  test('from two processes about the same objects in opposite orders waits for no lock for ever', async () => {
    const events = numbers(100).map((n) => ({ id: `evt_${n}`, object: `re_${n % 10}` }));
    const inlets = [new Inlet(world.db, world.clock), new Inlet(world.db, world.clock)];
    for (let round = 0; round < 5; round += 1) {
      const taken = await Promise.all(
        inlets.map(async (inlet, at) => {
          const own = events.map((event) => ({ ...event, id: `${event.id}_${round}_${at}` }));
          return sendAll(inlet, at === 0 ? own : own.toReversed());
        }),
      );
      expect(new Set(taken.flat())).toEqual(new Set(['stored']));
    }
    expect(await receivedOf('re_3')).toEqual(['100']);
  });

  test('that names the same objects in opposite orders waits, and never for each other', async () => {
    const eventOf = (id: string, object: string, n: number): ReceivedEvent => {
      const at = new Date(world.clock.nowMs() + n);
      const rest = { account: 'stripe', org: null, type: 'refund.updated', mode: 'test', apiVersion: null } as const;
      const about = { kind: 'refund', id: object } as const;
      return { ...rest, id, about, inboxId: uuidV7(at.getTime()), createdAt: at, at, source: 'webhook' };
    };
    const pair = (name: string, objects: readonly string[]): ReceivedEvent[] =>
      objects.map((object, n) => eventOf(`evt_${name}_${object}`, object, n));
    await receiveEvents(world.db, pair('first', ['re_a', 're_b']));
    const waiting = async (): Promise<number> => {
      const { rows } = await queryRows<{ n: number }>(
        world.db,
        "SELECT count(*)::integer AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      return rows[0]?.n ?? 0;
    };
    const both = await world.db.transaction(async (trx) => {
      await trx.raw("SELECT 1 FROM payment_inbox WHERE object = 're_b' FOR UPDATE");
      const one = receiveEvents(world.db, pair('one', ['re_b', 're_a']));
      await expect.poll(waiting).toBe(1);
      const other = receiveEvents(world.db, pair('other', ['re_a', 're_b']));
      await expect.poll(waiting).toBe(2);
      return [one, other];
    });
    expect((await Promise.all(both)).map(({ isNew }) => isNew)).toEqual([
      [true, true],
      [true, true],
    ]);
  });

  test('is taken in before what came in is worked on, for as long as a burst may last', async () => {
    const { session } = await world.checkout();
    world.stripe.pay(session);
    await world.stripe.idle();
    let isOver = false;
    const work = workInboxOff({ ...world.processing, inlet: { isInBurst: () => !isOver } }, () => false);
    const settled = (): boolean => world.facts.length > 0;
    await pass(BURST_WAIT_MS_MAX - 1_000);
    expect(settled()).toBe(false);
    await pass(2_000);
    // Although the burst has no end.
    await expect.poll(settled, { timeout: 10_000 }).toBe(true);
    isOver = true;
    await work;
  });
});

/** Lets time pass in small steps, so that whatever waits meanwhile goes on. */
async function pass(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 50) {
    world.stripe.clock.advance(50);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('A54 ever new events', () => {
  /** Events about objects of an account, one after the other. */
  const eventsOf = (account: string, org: string, objects: readonly string[]): ReceivedEvent[] =>
    objects.map((object, n) => {
      const at = new Date(world.clock.nowMs() + n);
      const about = { kind: 'refund', id: object } as const;
      const event = { account, org, type: 'refund.updated', mode: 'test', apiVersion: null, createdAt: at } as const;
      const inboxId = uuidV7(at.getTime());
      return { ...event, id: `evt_${String(n).padStart(4, '0')}`, about, inboxId, source: 'webhook', at };
    });

  async function orgAccount(): Promise<{ account: string; org: string }> {
    const org = await world.createOrg();
    await world.accounts.store(org, { secretKey: world.shop.createKey(), webhookSecrets: [] });
    return { account: `stripe:${org}`, org };
  }

  test('about one object are kept up to a bound, the newest; the object is worked on all the same', async () => {
    const { account, org } = await orgAccount();
    const count = EVENTS_OF_OBJECT_MAX + 30;
    const events = eventsOf(
      account,
      org,
      Array.from({ length: count }, () => 're_1'),
    );
    for (let at = 0; at < count; at += 13) await storeEvents(world.db, events.slice(at, at + 13));
    const kept = await listEventsAbout(world.db, ['re_1'], 1_000);
    expect(kept.map(({ id }) => id)).toEqual(events.slice(-EVENTS_OF_OBJECT_MAX).map(({ id }) => id));
    expect(await receivedOf('re_1')).toEqual([String(count)]);
    expect((await world.inbox()).map(({ object, state }) => [object, state])).toEqual([['re_1', 'pending']]);
    const stored = (await listAccounts(world.db)).find(({ name }) => name === account);
    expect(stored?.eventsDropped).toBe(30);
  });

  test('of one account are kept up to a bound, the newest; no object is dropped', async () => {
    const { account, org } = await orgAccount();
    await receiveEvents(
      world.db,
      eventsOf(
        account,
        org,
        numbers(10).map((n) => `re_${n}`),
      ),
    );
    await receiveEvents(world.db, [{ ...(eventsOf('stripe', org, ['re_other'])[0] as ReceivedEvent), org: null }]);
    expect(await trimAccount(world.db, account, { keptMax: 4, limit: 5 })).toBe(5);
    expect(await trimAccount(world.db, account, { keptMax: 4, limit: 5 })).toBe(1);
    expect(await trimAccount(world.db, account, { keptMax: 4, limit: 5 })).toBe(0);
    const { rows } = await queryRows<{ object: string }>(
      world.db,
      'SELECT object FROM payment_event ORDER BY received_at, id',
    );
    expect(rows.map(({ object }) => object).toSorted()).toEqual(['re_6', 're_7', 're_8', 're_9', 're_other']);
    expect((await world.inbox()).filter(({ state }) => state === 'pending')).toHaveLength(11);
    const stored = (await listAccounts(world.db)).find(({ name }) => name === account);
    expect(stored?.eventsDropped).toBe(6);
  });
});
