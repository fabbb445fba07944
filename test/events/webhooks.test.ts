import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWebhookSecret, nextAttemptMs, secretContext } from '../../src/core/events/webhooks.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { listDeliveries, recordTest, redeliver } from '../../src/db/webhooks/deliveries.ts';
import { changeEndpoint, findEndpoint, replaceSecret, type WebhookEndpoint } from '../../src/db/webhooks/endpoints.ts';
import { claimDeliveries, noteAttempt } from '../../src/db/webhooks/queue.ts';
import type { DeliveryWorker } from '../../src/events/delivery.ts';
import { eventView } from '../../src/http/events/event-view.ts';
import { useEventBench } from '../support/events/bench.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';
import { verifies } from '../support/events/webhook-receiver.ts';
import { queryRows } from '../support/process/query.ts';

const bench = useEventBench();
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

beforeEach(() => {
  // Only what tells the time: connections and pauses go on as ever.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const { receiver } = bench();
  receiver.received.length = 0;
  receiver.taken.length = 0;
  receiver.secrets = [];
  receiver.behaviour = () => 200;
});
afterEach(() => {
  vi.useRealTimers();
});

function advance(byMs: number): void {
  vi.setSystemTime(Date.now() + byMs);
}

async function statesOf(endpoint: WebhookEndpoint): Promise<string[]> {
  const page = { endpoint, state: undefined, beforeId: undefined, limit: 100 };
  return (await listDeliveries(bench().db, page)).map(({ state }) => state);
}

/** Lets the time pass in steps, and whatever is due be sent at each. */
async function live(worker: DeliveryWorker, forMs: number, stepMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += stepMs) {
    advance(stepMs);
    await bench().settle(worker);
  }
}

describe('A46 what a receiver gets', () => {
  it('verifies with the public library, and does not when a byte, the id, the time or the secret is another', async () => {
    const { newOrg, newEndpoint, record, settle, worker, receiver } = bench();
    const { org } = await newOrg();
    const { plainSecret } = await newEndpoint(org);
    const id = await record(org, `signed-${org}`);
    await settle(worker());
    const [received] = receiver.received;
    if (!received) throw new Error('nothing was received');
    const { headers, body } = received;
    expect([received.id, received.verified, headers['content-type']]).toEqual([id, true, 'application/json']);
    expect(eventView.parse(JSON.parse(body))).toMatchObject({ id, orgId: org, type: 'sender.unbound' });
    expect(verifies(plainSecret, body.replace('eip155', 'eip156'), headers)).toBe(false);
    expect(verifies(plainSecret, body, { ...headers, 'webhook-id': 'evt_other' })).toBe(false);
    expect(verifies(plainSecret, body, { ...headers, 'webhook-timestamp': '1790000000' })).toBe(false);
    expect(verifies(createWebhookSecret(), body, headers)).toBe(false);
    advance(6 * 60_000);
    expect(verifies(plainSecret, body, headers)).toBe(false);
  });

  it('is signed with both secrets while one follows the other, and with the new one alone after that', async () => {
    const { newOrg, newEndpoint, record, settle, worker, receiver, db, vault } = bench();
    const { org } = await newOrg();
    const { id, plainSecret: before } = await newEndpoint(org);
    const after = createWebhookSecret();
    receiver.secrets.push(after);
    const at = new Date();
    const secret = vault.seal(secretContext(id), after);
    await replaceSecret(db, { log: org, id, at, secret, previousExpiresAt: new Date(at.getTime() + HOUR_MS) });
    const sent = worker();
    for (const name of ['during', 'after']) {
      await record(org, `${name}-${org}`);
      await settle(sent);
      advance(HOUR_MS);
    }
    vi.setSystemTime(at);
    const [during, later] = receiver.received;
    const opens = (one: typeof during, key: string): boolean =>
      one !== undefined && verifies(key, one.body, one.headers);
    expect([opens(during, before), opens(during, after)]).toEqual([true, true]);
    vi.setSystemTime(at.getTime() + HOUR_MS);
    expect([opens(later, before), opens(later, after)]).toEqual([false, true]);
  });

  it('is signed with a secret that the database holds sealed, for that endpoint alone', async () => {
    const { newOrg, newEndpoint, record, settle, worker, receiver, db } = bench();
    const { org } = await newOrg();
    const one = await newEndpoint(org);
    const two = await newEndpoint(org);
    const stored = await queryRows<{ text: string }>(db, 'SELECT row_to_json(w)::text AS text FROM webhook_endpoint w');
    for (const { text } of stored.rows) expect(text).not.toMatch(/whsec_/);
    await db.raw('UPDATE webhook_endpoint SET secret = ? WHERE id = ?', [one.secret, two.id]);
    await record(org, `sealed-${org}`);
    await settle(worker());
    expect(receiver.received.map(({ verified }) => verified)).toEqual([true]);
    const [failed] = await listDeliveries(db, { endpoint: two, state: undefined, beforeId: undefined, limit: 1 });
    expect(failed).toMatchObject({ state: 'pending', attempts: [{ error: 'the event could not be signed' }] });
  });
});

describe('A69 a receiver that is away', () => {
  it('for three days gets every event when it is back, though it answers late, twice and out of order', async () => {
    const { newOrg, newEndpoint, writer, worker, receiver, events, db } = bench();
    const { org, wallet } = await newOrg();
    const endpoint = await newEndpoint(org, { kinds: ['entry.created', 'balance.status_changed'] });
    const sender = worker({ random: () => 0.999 });
    await writer.submit(depositOf(wallet, 100n));
    receiver.behaviour = ({ body }) => (body.length % 3 === 0 ? 'cut' : 503);
    for (let day = 0; day < 6; day += 1) {
      await writer.submit(debitOf(wallet, 1n));
      await live(sender, DAY_MS / 2, 2 * HOUR_MS);
    }
    expect(receiver.taken).toEqual([]);
    // Back: every third event is worked on but not answered well the first time, so that it comes again; some are held up.
    const seen = new Set<string>();
    receiver.behaviour = async ({ id, verified }) => {
      const fails = !seen.has(id) && seen.size % 3 === 0;
      await pause(seen.add(id).size % 4 === 0 ? 15 : 0);
      if (verified && !receiver.taken.includes(id)) receiver.taken.push(id);
      return fails ? 500 : 200;
    };
    receiver.received.length = 0;
    await live(sender, 2 * DAY_MS, 2 * HOUR_MS);
    const all = await events(org);
    expect(receiver.taken.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    expect(receiver.received.every(({ verified }) => verified)).toBe(true);
    expect(receiver.received.length).toBeGreaterThan(all.length);
    expect(receiver.taken).not.toEqual(all.map(({ id }) => id));
    const positions = new Map(all.map(({ id, cursor }) => [id, cursor]));
    for (const { id, body } of receiver.received) {
      expect(eventView.parse(JSON.parse(body))).toMatchObject({ id, cursor: positions.get(id) });
    }
    expect(new Set(await statesOf(endpoint))).toEqual(new Set(['delivered']));
    expect(await findEndpoint(db, endpoint)).toMatchObject({ disabledAt: null, failingSince: null });
  });

  it('is asked over more than three days at growing intervals, spread out but never early', () => {
    const asked = (random: number): number[] => {
      const times = [0];
      for (let next: number | undefined = 0; next !== undefined; next = nextAttemptMs(times.length, next, random)) {
        if (next > 0) times.push(next);
      }
      return times;
    };
    const [early, late] = [asked(0), asked(0.999)];
    expect(early).toHaveLength(15);
    expect(early.at(-1)).toBeGreaterThan(3 * DAY_MS);
    expect(early.at(-1)).toBeLessThan(4 * DAY_MS);
    const pauses = early.slice(1).map((at, index) => at - (early[index] ?? 0));
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    for (const [index, at] of late.entries()) expect(at).toBeGreaterThanOrEqual(early[index] ?? 0);
    expect(late.at(-1)).toBeGreaterThan(early.at(-1) ?? 0);
  });

  it('for five days is disabled with notice, and goes on where it stopped when it is enabled', async () => {
    const { newOrg, newEndpoint, record, settle, worker, receiver, events, db } = bench();
    const { org } = await newOrg();
    const endpoint = await newEndpoint(org);
    const sender = worker();
    receiver.behaviour = () => 500;
    const first = await record(org, `lost-${org}`);
    await live(sender, 6 * HOUR_MS, HOUR_MS / 4);
    await live(sender, 4 * DAY_MS, 6 * HOUR_MS);
    expect(await statesOf(endpoint)).toEqual(['failed']);
    const second = await record(org, `kept-${org}`);
    await live(sender, DAY_MS, 6 * HOUR_MS);
    await bench().projector.sweep();
    expect(await findEndpoint(db, endpoint)).toMatchObject({
      disabledReason: 'failing',
      failingSince: expect.any(Date),
    });
    expect((await events(org, ['webhook.disabled'])).map(({ data }) => data)).toMatchObject([
      { endpointId: endpoint.id, reason: 'failing' },
    ]);
    const third = await record(org, `waits-${org}`);
    receiver.received.length = 0;
    await live(sender, DAY_MS, 6 * HOUR_MS);
    expect(receiver.received).toEqual([]);
    receiver.behaviour = () => 200;
    await changeEndpoint(db, {
      ...endpoint,
      at: new Date(),
      enabled: true,
      url: undefined,
      kinds: undefined,
      description: undefined,
    });
    await live(sender, DAY_MS, 6 * HOUR_MS);
    const [notice] = await events(org, ['webhook.disabled']);
    expect(receiver.taken.toSorted()).toEqual([second, third, notice?.id ?? ''].toSorted());
    // What was given up is in the log, and is sent again by who asks for it.
    const page = { endpoint, state: 'failed', beforeId: undefined, limit: 10 } as const;
    const [failed] = await listDeliveries(db, page);
    await redeliver(db, { endpoint, delivery: failed?.id ?? '', id: uuidV7(Date.now()), at: new Date() });
    await settle(sender);
    expect(receiver.taken).toContain(first);
  });

  it('and says that it is gone is disabled at once', async () => {
    const { newOrg, newEndpoint, record, settle, worker, receiver, events, db } = bench();
    const { org } = await newOrg();
    const endpoint = await newEndpoint(org);
    receiver.behaviour = () => 410;
    await record(org, `gone-${org}`);
    await settle(worker());
    await bench().projector.sweep();
    expect(await findEndpoint(db, endpoint)).toMatchObject({ disabledReason: 'gone' });
    expect((await events(org, ['webhook.disabled'])).length).toBe(1);
  });

  it('holds up no other endpoint, of its org or of another', async () => {
    const { newOrg, newEndpoint, record, projector, worker, receiver, db } = bench();
    const [one, two] = [await newOrg(), await newOrg()];
    const hung: (() => void)[] = [];
    receiver.behaviour = async ({ headers }) => {
      if (headers['host']?.startsWith('localhost') !== true) return 200;
      await new Promise<void>((resolve) => hung.push(resolve));
      return 200;
    };
    const slow = await newEndpoint(one.org, { url: receiver.url.replace('127.0.0.1', 'localhost') });
    const quick = [await newEndpoint(one.org), await newEndpoint(two.org)];
    for (let each = 0; each < 3; each += 1) for (const { org } of [one, two]) await record(org, `${each}-${org}`);
    await projector.sweep();
    const sender = worker();
    await sender.round();
    await expect
      .poll(async () => Promise.all(quick.map(statesOf)))
      .toEqual(quick.map(() => Array(3).fill('delivered')));
    expect(await statesOf(slow)).toEqual(Array(3).fill('pending'));
    await expect.poll(() => hung.length).toBe(3);
    for (const go of hung) go();
    await sender.stop();
    expect(await statesOf(slow)).toEqual(Array(3).fill('delivered'));
    await db.raw('SELECT 1');
  });

  it('gets only the kinds that it asked for, entries only by name, and tests for itself alone', async () => {
    const { newOrg, newEndpoint, writer, settle, worker, receiver, db } = bench();
    const { org, wallet } = await newOrg();
    const all = await newEndpoint(org, { url: `${receiver.url}?all` });
    await newEndpoint(org, { url: `${receiver.url}?entries`, kinds: ['entry.created'] });
    await writer.submit(depositOf(wallet, 1n));
    await recordTest(db, { ...all, at: new Date() });
    await settle(worker());
    const kinds = receiver.received.map(({ body }) => eventView.parse(JSON.parse(body)).type);
    expect(kinds.toSorted()).toEqual(['balance.status_changed', 'entry.created', 'webhook.test']);
  });

  it('fills its queue only so far, and the rest waits in the log', async () => {
    const { newOrg, newEndpoint, writer, settle, worker, receiver, db, projector } = bench();
    const { org, wallet } = await newOrg();
    const endpoint = await newEndpoint(org, { kinds: ['entry.created'] });
    receiver.behaviour = () => 500;
    await writer.submit(depositOf(wallet, 100n));
    await Promise.all(Array.from({ length: 40 }, async () => writer.submit(debitOf(wallet, 1n))));
    await projector.sweep();
    const sender = worker({ queueMax: 10 });
    await sender.round();
    await sender.idle();
    // What fails gives its place to others after one batch.
    expect(receiver.received.length).toBe(8);
    await sender.round();
    await sender.stop();
    const waiting = await queryRows<{ count: string }>(db, 'SELECT count(*) FROM webhook_delivery WHERE endpoint = ?', [
      endpoint.id,
    ]);
    expect(waiting.rows).toEqual([{ count: '10' }]);
    receiver.behaviour = () => 200;
    advance(DAY_MS);
    const again = worker({ queueMax: 10 });
    for (let round = 0; round < 5; round += 1) await settle(again);
    expect(receiver.taken.length).toBe(41);
  });
});

describe('A70 a delivery that is taken twice', () => {
  it('since its claim ran out is sent again under the same id, and what got through stays delivered', async () => {
    const { newOrg, newEndpoint, record, projector, worker, receiver, db } = bench();
    const { org } = await newOrg();
    const endpoint = await newEndpoint(org);
    const id = await record(org, `outlived-${org}`);
    await projector.sweep();
    let letGo = (): void => undefined;
    let calls = 0;
    receiver.behaviour = async () => {
      calls += 1;
      if (calls > 1) return 200;
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
      return 500;
    };
    const [one, two] = [worker({ claimMs: 1 }), worker()];
    await one.round();
    await expect.poll(() => calls).toBe(1);
    await two.round();
    await two.idle();
    expect(await statesOf(endpoint)).toEqual(['delivered']);
    letGo();
    await one.stop();
    expect(receiver.received.map((received) => received.id)).toEqual([id, id]);
    const [delivery] = await listDeliveries(db, { endpoint, state: undefined, beforeId: undefined, limit: 5 });
    expect(delivery).toMatchObject({ state: 'delivered', nextAttemptAt: null });
    expect(delivery?.attempts.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 500]);
  });

  it('is not put off by the failure of one whose claim ran out, while another sends it', async () => {
    const { newOrg, newEndpoint, record, projector, worker, receiver, db } = bench();
    const { org } = await newOrg();
    const endpoint = await newEndpoint(org);
    await record(org, `late-${org}`);
    await projector.sweep();
    const late = worker();
    receiver.behaviour = () => 500;
    await late.round();
    await late.idle();
    advance(HOUR_MS);
    const due = { endpoint: endpoint.id, now: new Date(), limit: 5 };
    const [first] = await claimDeliveries(db, { ...due, claim: uuidV7(Date.now()), leaseMs: 0 });
    const [second] = await claimDeliveries(db, { ...due, claim: uuidV7(Date.now()), leaseMs: 60_000 });
    if (!first || !second) throw new Error('nothing was claimed');
    expect(await claimDeliveries(db, { ...due, claim: uuidV7(Date.now()), leaseMs: 60_000 })).toEqual([]);
    const answer = { statusCode: 500, error: null, responseStart: '', durationMs: 1, at: new Date() };
    await noteAttempt(db, first, { ...answer, delivered: false, nextAttemptAt: undefined });
    expect(await statesOf(endpoint)).toEqual(['pending']);
    await noteAttempt(db, second, { ...answer, statusCode: 200, delivered: true, nextAttemptAt: undefined });
    expect(await statesOf(endpoint)).toEqual(['delivered']);
  });

  it('S19 is tried again no sooner than its receiver asked', () => {
    expect(nextAttemptMs(1, 0, 0)).toBe(5_000);
    expect(nextAttemptMs(1, 0, 0, 120_000)).toBe(120_000);
    expect(nextAttemptMs(1, 0, 0, 1_000)).toBe(5_000);
    expect(nextAttemptMs(15, 0, 0, 120_000)).toBeUndefined();
  });

  it('by many workers at once goes out once', async () => {
    const { newOrg, newEndpoint, record, projector, worker, receiver } = bench();
    const { org } = await newOrg();
    await newEndpoint(org);
    for (let each = 0; each < 20; each += 1) await record(org, `${each}-once-${org}`);
    await projector.sweep();
    const workers = [worker(), worker(), worker()];
    await Promise.all(workers.map(async (one) => one.round()));
    await Promise.all(workers.map(async (one) => one.idle()));
    expect([receiver.received.length, receiver.taken.length]).toEqual([20, 20]);
  });
});
