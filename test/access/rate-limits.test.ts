import { connect as connectSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/core/access/api-key.ts';
import { toCount } from '../../src/core/integers.ts';
import { firstShareOf } from '../../src/core/access/rate-limit.ts';
import { leaseShare } from '../../src/db/access/rate-shares.ts';
import { newKeyReply } from '../../src/http/endpoint/key-schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { depositOf } from '../support/ledger/wallets.ts';
import { queryRows } from '../support/process/query.ts';

const WINDOW_MS = 600_000;
const limit = (requests: number): object => ({ requests, seconds: WINDOW_MS / 1_000 });

let api: TestApi;
const apis: TestApi[] = [];
async function openApi(rateLimits: object, env: Readonly<Record<string, string>> = {}): Promise<TestApi> {
  const opened = await startTestApi('first_come', undefined, { rateLimits }, env);
  apis.push(opened);
  // Windows are counted from the epoch: none of them shall end within a test.
  opened.advance(WINDOW_MS - (Date.now() % WINDOW_MS));
  return opened;
}
afterAll(async () => {
  for (const one of apis) await one.stop();
});

const balance = async (key: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  api.call('GET', '/treasury/balance', { key, headers });

/** How many of so many requests go through, one after another. */
async function countThrough(times: number, ask: () => Promise<Answer>): Promise<number> {
  let through = 0;
  for (let asked = 0; asked < times; asked += 1) if ((await ask()).status !== 429) through += 1;
  return through;
}

/** Asks until the whole limit is used up, for this window; answers how many went through. */
async function exhaust(limitOf: number, ask: () => Promise<Answer>): Promise<number> {
  let through = 0;
  for (let second = 0; second < 12; second += 1) {
    through += await countThrough(limitOf, ask);
    // A lease is asked for once a second, in the background.
    await sleep(50);
    api.advance(1_000);
  }
  return through;
}

/** Rows of the common count, by name. */
async function shares(): Promise<Record<string, number>> {
  const { rows } = await queryRows<{ name: string; taken: string }>(api.db, 'SELECT name, taken FROM rate_share');
  return Object.fromEntries(rows.map(({ name, taken }) => [name, toCount(taken)]));
}

describe('a limit per key', () => {
  const LIMIT = 40;
  beforeAll(async () => {
    api = await openApi({ perKey: limit(LIMIT) });
  });

  it('tells where the caller stands, and refuses with 429 and when to come back', async () => {
    const { key } = await api.createCustomer();
    const first = await balance(key);
    expect(first.headers.get('ratelimit-policy')).toBe('"key";q=40;w=600');
    expect(first.headers.get('ratelimit')).toMatch(/^"key";r=39;t=\d+$/);
    let last = first;
    for (let asked = 1; asked <= LIMIT && last.status !== 429; asked += 1) last = await balance(key);
    expect([last.status, last.json['code']]).toEqual([429, 'RATE_LIMITED']);
    expect(last.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(last.headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+$/);
    expect(last.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('lets the whole limit through in time, and nothing beyond; another key goes on; a new window begins anew', async () => {
    const [{ key, org }, other] = [await api.createCustomer(), await api.createCustomer()];
    expect(await exhaust(LIMIT, async () => balance(key))).toBe(LIMIT);
    expect((await balance(other.key)).status).toBe(200);
    expect((await balance(await api.createKey({ org }))).status).toBe(200);
    api.advance(WINDOW_MS);
    expect((await balance(key)).status).toBe(200);
  });

  it('costs no write while little is used', async () => {
    const { key } = await api.createCustomer();
    const before = await shares();
    expect(await countThrough(firstShareOf({ requests: LIMIT, windowMs: 0 }) / 2 - 1, async () => balance(key))).toBe(
      1,
    );
    expect(await shares()).toEqual(before);
  });

  it('a refused debit moves nothing, and goes through under its key later', async () => {
    const { key } = await api.createCustomer(100n);
    const debit = { serviceType: 'AI_API', amountUsd: '1' };
    const headers = { 'idempotency-key': 'later' };
    await exhaust(LIMIT, async () => balance(key));
    const refused = await api.call('POST', '/treasury/debit', { key, body: debit, headers });
    expect(refused.status).toBe(429);
    api.advance(WINDOW_MS);
    const done = await api.call('POST', '/treasury/debit', { key, body: debit, headers });
    expect([done.status, done.headers.get('idempotency-replayed')]).toEqual([200, null]);
    expect((await balance(key)).json['availableUsd']).toBe('99.00');
  });
});

describe('a stream of events', () => {
  it('is one request, however often it wakes, and ends when its key does', async () => {
    api = await openApi({ perAddress: limit(1_000), perKey: limit(1_000), perOrg: limit(1_000) });
    const { key, wallet } = await api.createCustomer();
    const response = await fetch(`${api.url()}/events/stream`, { headers: { authorization: `Bearer ${key}` } });
    const once = /^"address";r=999;t=\d+, "key";r=999;t=\d+, "org";r=999;t=\d+$/;
    expect(response.headers.get('ratelimit')).toMatch(once);
    let text = '';
    const read = (async () => {
      for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString('utf8');
    })();
    for (let woken = 1; woken <= 3; woken += 1) {
      await api.writer.submit(depositOf(wallet, 1n));
      await expect.poll(() => text.match(/event: entry\.created/g)?.length, { timeout: 15_000 }).toBe(woken);
    }
    const { headers } = await balance(key);
    expect(headers.get('ratelimit')).toMatch(/^"address";r=998;t=\d+, "key";r=998;t=\d+, "org";r=998;t=\d+$/);
    const admin = await api.createKey({ kind: 'admin' });
    expect((await api.call('DELETE', `/admin/keys/${key.slice(8, 16)}`, { key: admin })).status).toBe(204);
    await api.writer.submit(depositOf(wallet, 1n));
    await read;
    expect(text.match(/event: entry\.created/g)).toHaveLength(3);
  }, 60_000);
});

describe('two processes', () => {
  it('share a limit: no more than a first share goes over it', async () => {
    const LIMIT = 30;
    api = await openApi({ perOrg: limit(LIMIT) });
    const { org, key } = await api.createCustomer();
    const second = await api.createKey({ org });
    const other = await api.spawn();
    try {
      // Here the clock is the machine's.
      api.advance((Date.now() % WINDOW_MS) - WINDOW_MS);
      if (WINDOW_MS - (Date.now() % WINDOW_MS) < 20_000) await sleep(20_000);
      let through = 0;
      for (let round = 0; round < 8; round += 1) {
        through += await countThrough(10, async () => balance(key));
        through += await countThrough(10, async () => other.call('GET', '/treasury/balance', { key: second }));
        await sleep(1_050);
      }
      expect(through).toBeGreaterThanOrEqual(LIMIT);
      expect(through).toBeLessThanOrEqual(LIMIT + firstShareOf({ requests: LIMIT, windowMs: 0 }));
    } finally {
      await other.stop();
    }
  }, 60_000);

  it('that ask at one instant get what there is, each its part', async () => {
    const name = 'key:asked at once';
    const of = { requests: 1_000, windowMs: 60_000 };
    const lease = { windowAtMs: 60_000_000, unasked: 100 };
    const granted = await Promise.all(Array.from({ length: 10 }, async () => leaseShare(api.db, name, of, lease)));
    const total = granted.reduce((sum, one) => sum + one.granted, 0);
    expect(total).toBeLessThanOrEqual(of.requests - lease.unasked);
    expect((await shares())[name]).toBe(total + 10 * lease.unasked);
    expect(granted.filter((one) => one.granted > 0).length).toBeGreaterThan(1);
    const next = await leaseShare(api.db, name, of, { ...lease, windowAtMs: 60_060_000 });
    expect(next).toEqual({ granted: 450, taken: 550 });
  });
});

describe('A47 those who cannot be signed in', () => {
  const LIMIT = 50;
  beforeAll(async () => {
    api = await openApi({ failedSignIns: limit(LIMIT) });
  });

  it('are refused after so many, before anything is looked up for them; keys in use go on', async () => {
    const { key } = await api.createCustomer();
    const { key: used } = await api.createCustomer();
    expect((await balance(used)).status).toBe(200);
    expect(await exhaust(LIMIT, async () => balance(createApiKey().key))).toBe(LIMIT);
    const refused = await balance(createApiKey().key);
    expect([refused.status, refused.json['code']]).toEqual([429, 'RATE_LIMITED']);
    // From the same address a key that is new here has to wait: what it is would have to be looked up first.
    expect((await balance(key)).status).toBe(429);
    // One that was used before goes on, also when it has to be looked up again.
    expect((await balance(used)).status).toBe(200);
    api.advance(6_000);
    expect((await balance(used)).status).toBe(200);
    api.advance(WINDOW_MS);
    expect((await balance(key)).status).toBe(200);
    expect((await balance(createApiKey().key)).status).toBe(401);
  });
});

describe('A48 an address', () => {
  const LIMIT = 40;
  const forwarded = (...hops: readonly string[]): Record<string, string> => ({ 'x-forwarded-for': hops.join(', ') });

  it('is that of the connection, whatever X-Forwarded-For says', async () => {
    api = await openApi({ perAddress: limit(LIMIT), failedSignIns: false });
    const { key } = await api.createCustomer();
    let hop = 0;
    expect(await exhaust(LIMIT, async () => balance(key, forwarded(`198.51.${(hop += 1) >> 8}.${hop & 255}`)))).toBe(
      LIMIT,
    );
    for (const name of ['forwarded', 'x-real-ip', 'cf-connecting-ip', 'x-client-ip']) {
      expect((await balance(key, { [name]: '198.51.100.200' })).status).toBe(429);
    }
  });

  it('is the last one that no trusted proxy wrote; what a caller wrote before it does not count', async () => {
    api = await openApi({ perAddress: limit(LIMIT) }, { COFFER_TRUSTED_PROXIES: '127.0.0.0/8, 10.0.0.0/8' });
    const { key } = await api.createCustomer();
    let made = 0;
    const evading = async (): Promise<Answer> =>
      balance(key, forwarded(`203.0.${(made += 1) >> 8}.${made & 255}`, '198.51.100.7', '10.1.2.3'));
    expect(await exhaust(LIMIT, evading)).toBe(LIMIT);
    expect((await balance(key, forwarded('198.51.100.8'))).status).toBe(200);
    expect((await balance(key, forwarded('198.51.100.7', 'nonsense'))).status).toBe(200);
    expect((await balance(key)).status).toBe(200);
  });

  it('S15 without a port opens a key from its own place, and no key opens to one that cannot be read', async () => {
    const own = await openApi({ failedSignIns: false }, { COFFER_TRUSTED_PROXIES: '127.0.0.0/8, 10.0.0.0/8' });
    const admin = await own.createKey({ kind: 'admin' });
    const keyFor = async (allowedIps: readonly string[]): Promise<string> => {
      const body = { kind: 'platform', name: 'bound', scopes: ['treasury:read'], allowedIps };
      const made = await own.call('POST', '/admin/keys', { key: admin, body, headers: forwarded('198.51.100.44') });
      return newKeyReply.parse(made.json).key;
    };
    const local = await keyFor(['127.0.0.0/8']);
    const office = await keyFor(['203.0.113.7', '2001:db8::/32']);
    const opens = async (key: string, header?: string): Promise<boolean> =>
      (
        await own.call('GET', '/treasury/packs', {
          key,
          headers: header === undefined ? {} : { 'x-forwarded-for': header },
        })
      ).status === 200;
    for (const header of ['203.0.113.66:40000', '[2001:db9::1]:443', 'unknown', 'unix:', '', '_hidden', '127.0.0.1x']) {
      expect([header, await opens(local, header), await opens(office, header)]).toEqual([header, false, false]);
    }
    expect([await opens(local, 'unknown, 127.0.0.1'), await opens(office, '203.0.113.7, unknown')]).toEqual([
      false,
      false,
    ]);
    for (const header of ['203.0.113.7', '203.0.113.7:51234', '[2001:db8::7]', '[2001:db8::7]:443', '2001:DB8::7']) {
      expect([header, await opens(office, header), await opens(local, header)]).toEqual([header, true, false]);
    }
    expect(await opens(local)).toBe(true);
  });

  it('of IPv6 is its first 64 bits', async () => {
    const { key } = await api.createCustomer();
    let made = 0;
    const sameNet = async (): Promise<Answer> => balance(key, forwarded(`2001:db8:1:2::${(made += 1).toString(16)}`));
    expect(await exhaust(LIMIT, sameNet)).toBe(LIMIT);
    expect((await balance(key, forwarded('2001:db8:1:3::1'))).status).toBe(200);
    expect((await balance(key, forwarded('2001:db8:1:2:ffff:1:2:3'))).status).toBe(429);
  });

  it('is not counted for what is asked of health, and a limit does not stop it', async () => {
    const { key } = await api.createCustomer();
    await exhaust(LIMIT, async () => balance(key, forwarded('198.51.100.99')));
    const answers = await Promise.all(
      Array.from({ length: 60 }, async () => api.call('GET', '/healthz', { headers: forwarded('198.51.100.99') })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('that sends X-Forwarded-For many times over is read from the end', async () => {
    const { key } = await api.createCustomer();
    const { port } = new URL(api.url());
    const socket = connectSocket({ port: toCount(port), host: '127.0.0.1' });
    const line = (hop: string): string => `X-Forwarded-For: ${hop}\r\n`;
    socket.write(
      `GET /treasury/balance HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${key}\r\n${line('203.0.113.1')}${line('2001:db8:1:2::77')}\r\n`,
    );
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 429 /);
  });
});

it('S17 keys in use stay good beside guesses from their address, after a restart and in another process', async () => {
  api = await openApi({ failedSignIns: limit(40) }, { COFFER_TRUSTED_PROXIES: '127.0.0.0/8' });
  const { key } = await api.createCustomer();
  const other = await api.createCustomer();
  const from = { 'x-forwarded-for': '198.51.100.77' };
  expect((await balance(key, from)).status).toBe(200);
  const guess = async (): Promise<Answer> => balance(createApiKey().key, from);
  await exhaust(40, guess);
  expect((await guess()).status).toBe(429);
  await api.restart();
  await exhaust(40, guess);
  expect((await guess()).status).toBe(429);
  expect((await balance(key, from)).status).toBe(200);
  // A key that nobody has used before waits, since it could be a guess.
  expect((await balance(other.key, from)).status).toBe(429);
});
