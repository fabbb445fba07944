import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLATFORM_LOG } from '../../src/core/events/kinds.ts';
import { changeOrg } from '../../src/db/access/orgs.ts';
import {
  deliveriesReply,
  deliveryReply,
  endpointReply,
  endpointSecretReply,
  endpointsReply,
  eventsReply,
  testReply,
} from '../../src/http/events/schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { formatPosition, parsePosition } from '../../src/core/events/positions.ts';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { moveLogs } from '../../src/db/events/jumps.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';
import { startReceiver, type Receiver } from '../support/events/webhook-receiver.ts';

const URL_OUT = 'https://hooks.example/coffer';
const FIRST = '0'.repeat(16);

let api: TestApi;
let receiver: Receiver;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, { webhooks: { allowPrivate: ['127.0.0.1/32'] } });
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await api.stop();
});

async function eventsOf(key: string, query = ''): Promise<ReturnType<typeof eventsReply.parse>> {
  return eventsReply.parse((await api.call('GET', `/events${query}`, { key })).json);
}

async function create(
  key: string,
  body: unknown = { url: URL_OUT },
): Promise<ReturnType<typeof endpointSecretReply.parse>> {
  const answer = await api.call('POST', '/webhook-endpoints', { key, body });
  expect(answer.status).toBe(201);
  return endpointSecretReply.parse(answer.json);
}

/** A stream of server-sent events, message by message. */
class Stream {
  readonly messages: Readonly<Record<string, string>>[] = [];
  /** `ended`: by the service, in order; `cut`: by anybody, in the middle. */
  state: 'open' | 'ended' | 'cut' = 'open';
  private readonly abort = new AbortController();

  static async open(path: string, key: string, headers: Readonly<Record<string, string>> = {}): Promise<Stream> {
    const stream = new Stream();
    const signal = stream.abort.signal;
    const response = await fetch(api.url() + path, { headers: { authorization: `Bearer ${key}`, ...headers }, signal });
    const type = response.headers.get('content-type');
    if (type !== 'text/event-stream; charset=utf-8' || !response.body) throw new Error(`no stream: ${response.status}`);
    void stream.read(response.body);
    return stream;
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    let text = '';
    try {
      for await (const chunk of body) {
        const blocks = (text + Buffer.from(chunk).toString('utf8')).split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.messages.push(Object.fromEntries(block.split('\n').map(fieldOf)));
      }
      this.state = 'ended';
    } catch {
      this.state = 'cut';
    }
  }
}

function fieldOf(line: string): [string, string] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
}

describe('GET /events', () => {
  it('answers what happened in order, by cursor and kind, the same each time', async () => {
    const { key, wallet, org } = await api.createCustomer(5n);
    await api.writer.submit(debitOf(wallet, 5n));
    await expect.poll(async () => (await eventsOf(key)).events.length, { timeout: 15_000 }).toBe(4);
    const all = await eventsOf(key);
    expect(all.events.map(({ type, orgId }) => [type, orgId])).toEqual([
      ['entry.created', org],
      ['balance.status_changed', org],
      ['entry.created', org],
      ['balance.status_changed', org],
    ]);
    expect([all.hasMore, all.cursor]).toEqual([false, all.events.at(-1)?.cursor]);
    const first = await eventsOf(key, `?after=${FIRST}&limit=1&types=balance.status_changed,deposit.credited`);
    expect(first).toEqual({ events: [all.events[1]], cursor: all.events[1]?.cursor, hasMore: true });
    const rest = await eventsOf(key, `?after=${first.cursor}&types=balance.status_changed`);
    expect(rest).toEqual({ events: [all.events[3]], cursor: all.cursor, hasMore: false });
    expect(await eventsOf(key, `?after=${all.cursor}`)).toEqual({ events: [], cursor: all.cursor, hasMore: false });
    expect(await eventsOf(key)).toEqual(all);
  });

  it.each([
    ['?after=1', 'after'],
    ['?after=000000000000000x', 'after'],
    ['?types=deposit.credited,nonsense', 'types'],
    ['?types=', 'types'],
    ['?limit=101', 'limit'],
    ['?since=1', 'since'],
  ])('refuses %s', async (query, path) => {
    const { key } = await api.createCustomer();
    expect(pathsOfErrors(await api.call('GET', `/events${query}`, { key }))).toEqual([path]);
  });

  it('refuses a cursor that the log has not come to, and answers one at its end', async () => {
    const { key, wallet } = await api.createCustomer(5n);
    await expect.poll(async () => (await eventsOf(key)).events.length, { timeout: 15_000 }).toBe(2);
    const admin = await api.createKey({ kind: 'admin' });
    const { cursor } = await eventsOf(key);
    expect(await eventsOf(key, `?after=${cursor}`)).toEqual({ events: [], cursor, hasMore: false });
    const waiting = await Stream.open(`/events/stream?after=${cursor}`, key);
    const ahead = formatPosition((parsePosition(cursor) ?? 0) + 1);
    const calls = [
      await api.call('GET', `/events?after=${ahead}`, { key }),
      await api.call('GET', `/events/stream?after=${ahead}`, { key }),
      await api.call('GET', '/events/stream', { key, headers: { 'last-event-id': ahead } }),
      await api.call('POST', '/webhook-endpoints', { key, body: { url: 'https://example.com/ahead', after: ahead } }),
      await api.call('GET', `/admin/events?after=${'9'.repeat(15).padStart(16, '0')}`, { key: admin }),
      await api.call('GET', `/admin/events/stream?after=${'9'.repeat(15).padStart(16, '0')}`, { key: admin }),
    ];
    for (const { status, json } of calls) expect([status, json['code']]).toEqual([409, 'CURSOR_AHEAD']);
    expect((await api.call('GET', '/webhook-endpoints', { key })).json['endpoints']).toEqual([]);
    // It waits at the end for what comes.
    await api.writer.submit(depositOf(wallet, 1n));
    await expect.poll(() => waiting.messages.at(-1)?.['id'], { timeout: 15_000 }).toBe(ahead);
    expect(waiting.state).toBe('open');
    waiting.close();
  });

  it("is for admins of the org, and shows nobody else's", async () => {
    const one = await api.createCustomer(1n);
    const reader = await api.createKey({ org: one.org, scopes: ['treasury:read', 'treasury:spend'] });
    for (const path of ['/events', '/events/stream', '/webhook-endpoints']) {
      expect((await api.call('GET', path, { key: reader })).status).toBe(403);
      expect((await api.call('GET', path)).status).toBe(401);
      const foreign = await api.createCustomer();
      const headers = { 'Coffer-Org': one.org };
      expect((await api.call('GET', path, { key: foreign.key, headers })).status).toBe(404);
      expect((await api.call('GET', `/admin${path}`, { key: one.key })).status).toBe(403);
    }
    const admin = await api.createKey({ kind: 'admin' });
    const platform = eventsReply.parse((await api.call('GET', '/admin/events', { key: admin })).json);
    expect(platform.events.every(({ orgId }) => orgId === null)).toBe(true);
    expect(PLATFORM_LOG).not.toBe(one.org);
  });
});

describe('GET /events/stream', () => {
  it('tells what is behind a cursor and then what comes, and goes on where the client was', async () => {
    const { key, wallet } = await api.createCustomer(5n);
    const stream = await Stream.open(`/events/stream?after=${FIRST}`, key);
    const types = (one: Stream): (string | undefined)[] => one.messages.slice(1).map(({ event }) => event);
    await expect.poll(() => types(stream), { timeout: 15_000 }).toEqual(['entry.created', 'balance.status_changed']);
    await api.writer.submit(depositOf(wallet, 1n));
    await expect.poll(() => types(stream), { timeout: 15_000 }).toHaveLength(3);
    const { events } = await eventsOf(key);
    expect(stream.messages.slice(1).map(({ data }) => JSON.parse(data ?? ''))).toEqual(events);
    expect(stream.messages.slice(1).map(({ id }) => id)).toEqual(events.map(({ cursor }) => cursor));
    stream.close();
    const headers = { 'last-event-id': events[1]?.cursor ?? '' };
    const again = await Stream.open(`/events/stream?after=${FIRST}`, key, headers);
    await expect.poll(() => again.messages.slice(1).map(({ id }) => id)).toEqual([events[2]?.cursor]);
    again.close();
    const live = await Stream.open('/events/stream?types=balance.status_changed', key);
    await api.writer.submit(debitOf(wallet, 6n));
    await expect.poll(() => types(live), { timeout: 15_000 }).toEqual(['balance.status_changed']);
    live.close();
    expect((await api.call('GET', '/events/stream', { key, headers: { 'last-event-id': 'x' } })).status).toBe(400);
  });

  it('opens so many times for one org, and no more', async () => {
    const { key } = await api.createCustomer();
    const streams = await Promise.all(Array.from({ length: 10 }, async () => Stream.open('/events/stream', key)));
    const refused = await api.call('GET', '/events/stream', { key });
    expect([refused.status, refused.json['code']]).toEqual([429, 'RATE_LIMITED']);
    const other = await api.createCustomer();
    (await Stream.open('/events/stream', other.key)).close();
    for (const stream of streams) stream.close();
  });

  it('ends when its log goes back, and is refused on return, before and after the recovery', async () => {
    const { key, org } = await api.createCustomer(5n);
    await expect.poll(async () => (await eventsOf(key)).events.length, { timeout: 15_000 }).toBe(2);
    const { events, cursor } = await eventsOf(key);
    const stream = await Stream.open(`/events/stream?after=${cursor}`, key);
    await api.db.raw('UPDATE event_log SET position = position - 1 WHERE log = ?', [org]);
    await expect.poll(() => stream.state, { timeout: 10_000 }).not.toBe('open');
    const headers = { 'last-event-id': cursor };
    const refused = { code: 'CURSOR_AHEAD', readAgainAfter: events[0]?.cursor };
    const back = await api.call('GET', '/events/stream', { key, headers });
    expect([back.status, back.json]).toMatchObject([409, refused]);

    const known = await Stream.open(`/events/stream?after=${events[0]?.cursor}`, key);
    await moveLogs(api.db, uuidV7(Date.now()), [{ log: org, position: 1 }]);
    const later = await api.call('GET', '/events/stream', { key, headers });
    expect([later.status, later.json]).toMatchObject([409, refused]);
    await api.writer.submit(debitOf(walletId({ kind: 'org', id: org }), 1n));
    const behind = formatPosition(2 ** 40 + 1);
    await expect.poll(() => known.messages.at(-1)?.['id'], { timeout: 15_000 }).toBe(behind);
    expect(known.state).toBe('open');
    known.close();
  });

  it('is brought to its end when the service stops', async () => {
    const { key } = await api.createCustomer();
    const stream = await Stream.open('/events/stream', key);
    await api.restart();
    await expect.poll(() => stream.state).toBe('ended');
  });
});

describe('webhook endpoints', () => {
  it('are made, shown without their secret, changed and removed', async () => {
    const { key } = await api.createCustomer();
    const { secret, ...made } = await create(key, {
      url: URL_OUT,
      types: ['hold.expired', 'hold.expired'],
      description: 'main',
    });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made).toMatchObject({ url: URL_OUT, types: ['hold.expired'], description: 'main', enabled: true });
    const path = `/webhook-endpoints/${made.id}`;
    const shown = await api.call('GET', path, { key });
    expect([endpointReply.parse(shown.json), shown.text.includes('whsec')]).toEqual([made, false]);
    const all = endpointsReply.parse((await api.call('GET', '/webhook-endpoints', { key })).json);
    expect(all).toEqual({ endpoints: [made], nextCursor: null });
    const body = { types: null, description: null, enabled: false };
    const changed = endpointReply.parse((await api.call('PATCH', path, { key, body })).json);
    expect(changed).toMatchObject({
      types: null,
      description: null,
      enabled: false,
      disabledReason: 'by_hand',
      url: URL_OUT,
    });
    const enabled = endpointReply.parse((await api.call('PATCH', path, { key, body: { enabled: true } })).json);
    expect(enabled).toMatchObject({ enabled: true, disabledAt: null, disabledReason: null });
    expect((await api.call('DELETE', path, { key })).status).toBe(204);
    for (const method of ['GET', 'DELETE']) expect((await api.call(method, path, { key })).status).toBe(404);
  });

  it('get another secret, with a time in which both sign', async () => {
    const { key } = await api.createCustomer();
    const { id, secret } = await create(key);
    const path = `/webhook-endpoints/${id}/rotate-secret`;
    const rotated = endpointSecretReply.parse(
      (await api.call('POST', path, { key, body: { overlapSeconds: 60 } })).json,
    );
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.previousSecretExpiresAt).toEqual(expect.any(String));
    const atOnce = endpointSecretReply.parse((await api.call('POST', path, { key, body: { overlapSeconds: 0 } })).json);
    expect(atOnce.previousSecretExpiresAt).toBeNull();
    const tooLong = await api.call('POST', path, { key, body: { overlapSeconds: 604_801 } });
    expect(pathsOfErrors(tooLong)).toEqual(['overlapSeconds']);
  });

  it('S17 sign with a secret for as long as it was promised', async () => {
    const { key } = await api.createCustomer();
    const { id } = await create(key);
    const rotate = async (overlapSeconds: number): Promise<Answer> =>
      api.call('POST', `/webhook-endpoints/${id}/rotate-secret`, { key, body: { overlapSeconds } });
    const both = await Promise.all([rotate(60), rotate(60)]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
    const refused = both.find(({ status }) => status === 400);
    expect(refused && pathsOfErrors(refused)).toEqual(['overlapSeconds']);
    expect((await rotate(0)).status).toBe(200);
    expect((await rotate(60)).status).toBe(200);
    api.advance(61_000);
    expect((await rotate(60)).status).toBe(200);
  });

  it('S19 are kept as their URLs are parsed, and tested ten times a minute', async () => {
    const { key } = await api.createCustomer();
    const { id } = await create(key, { url: 'HTTPS://Example.com:443/a\n/b c' });
    const { json } = await api.call('GET', `/webhook-endpoints/${id}`, { key });
    expect(json['url']).toBe('https://example.com/a/b%20c');
    const test = async (): Promise<Answer> => api.call('POST', `/webhook-endpoints/${id}/test`, { key, body: {} });
    for (let made = 0; made < 10; made += 1) expect((await test()).status).toBe(202);
    const refused = await test();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    api.advance(61_000);
    expect((await test()).status).toBe(202);
  });

  it.each([
    ['no URL', {}, 'url'],
    ['a private address', { url: 'https://10.0.0.1/' }, 'url'],
    ['the metadata service', { url: 'http://169.254.169.254/latest/meta-data' }, 'url'],
    ['another protocol', { url: 'file:///etc/passwd' }, 'url'],
    ['no kinds', { url: URL_OUT, types: [] }, 'types'],
    ['an unknown kind', { url: URL_OUT, types: ['deposit.lost'] }, 'types.0'],
    ['a secret of their own', { url: URL_OUT, secret: 'whsec_x' }, 'secret'],
  ])('are refused with %s', async (_name, body, path) => {
    const { key } = await api.createCustomer();
    expect(pathsOfErrors(await api.call('POST', '/webhook-endpoints', { key, body }))).toEqual([path]);
    if (!('url' in body) || path !== 'url') return;
    const { id } = await create(key);
    const patched = await api.call('PATCH', `/webhook-endpoints/${id}`, { key, body });
    expect(pathsOfErrors(patched)).toEqual(['url']);
  });

  it('are at most twenty to an org', async () => {
    const { key } = await api.createCustomer();
    for (let made = 0; made < 20; made += 1) await create(key);
    expect((await api.call('POST', '/webhook-endpoints', { key, body: { url: URL_OUT } })).status).toBe(400);
  });

  it('of one org are nothing to another, in every call', async () => {
    const [one, two] = [await api.createCustomer(), await api.createCustomer()];
    const { id } = await create(one.key);
    const path = `/webhook-endpoints/${id}`;
    const calls: [string, string, unknown?][] = [
      ['GET', path],
      ['PATCH', path, { enabled: false }],
      ['DELETE', path],
      ['POST', `${path}/rotate-secret`, {}],
      ['POST', `${path}/test`, {}],
      ['GET', `${path}/deliveries`],
      ['POST', `${path}/deliveries/${id}/redeliver`, {}],
    ];
    const admin = await api.createKey({ kind: 'admin' });
    for (const [method, called, body] of calls) {
      expect((await api.call(method, called, { key: two.key, body })).status).toBe(404);
      expect((await api.call(method, `/admin${called}`, { key: admin, body })).status).toBe(404);
    }
    expect((await api.call('GET', path, { key: one.key })).json).toMatchObject({ enabled: true });
  });
});

describe('deliveries', () => {
  it('are sent by the service, logged with their attempts, and sent again under the same id', async () => {
    const { key } = await api.createCustomer();
    receiver.behaviour = () => (receiver.received.length === 1 ? 200 : 418);
    const { id, secret } = await create(key, { url: receiver.url });
    receiver.secrets = [secret];
    const path = `/webhook-endpoints/${id}`;
    const tested = await api.call('POST', `${path}/test`, { key, body: {} });
    expect(tested.status).toBe(202);
    const { eventId } = testReply.parse(tested.json);
    await expect.poll(() => receiver.taken, { timeout: 15_000 }).toEqual([eventId]);
    const list = async (query = ''): Promise<ReturnType<typeof deliveriesReply.parse>> =>
      deliveriesReply.parse((await api.call('GET', `${path}/deliveries${query}`, { key })).json);
    await expect.poll(async () => (await list('?state=delivered')).deliveries.length, { timeout: 15_000 }).toBe(1);
    const [delivery] = (await list()).deliveries;
    expect(delivery).toMatchObject({
      eventId,
      type: 'webhook.test',
      redeliveryOf: null,
      attempts: [{ statusCode: 200, error: null, responseStart: 'status 200' }],
    });
    const again: Answer = await api.call('POST', `${path}/deliveries/${delivery?.id}/redeliver`, { key, body: {} });
    expect(again.status).toBe(202);
    expect(deliveryReply.parse(again.json)).toMatchObject({ eventId, state: 'pending', redeliveryOf: delivery?.id });
    await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBe(2);
    expect(receiver.received.map((one) => [one.id, one.verified])).toEqual([
      [eventId, true],
      [eventId, true],
    ]);
    await expect.poll(async () => (await list('?limit=1')).deliveries[0]?.attempts.length, { timeout: 15_000 }).toBe(1);
    const { deliveries, nextCursor } = await list('?limit=1');
    expect(deliveries[0]).toMatchObject({
      state: 'pending',
      attempts: [{ statusCode: 418, responseStart: 'status 418' }],
    });
    expect((await list(`?cursor=${nextCursor}`)).deliveries.map((one) => one.id)).toEqual([delivery?.id]);
    await api.call('PATCH', path, { key, body: { enabled: false } });
    expect((await api.call('POST', `${path}/test`, { key, body: {} })).status).toBe(400);
  });

  it('of a suspension by hand arrive', async () => {
    const { key, org } = await api.createCustomer();
    receiver.received.length = 0;
    receiver.behaviour = () => 200;
    const { secret } = await create(key, { url: receiver.url, types: ['balance.status_changed'] });
    receiver.secrets = [secret];
    await changeOrg(api.db, { id: org, at: new Date(), actor: 'tester', suspended: true });
    await expect
      .poll(() => receiver.received.map(({ body }) => JSON.parse(body)), { timeout: 15_000 })
      .toMatchObject([{ type: 'balance.status_changed', data: { status: 'SUSPENDED', cause: 'suspension' } }]);
  });
});
