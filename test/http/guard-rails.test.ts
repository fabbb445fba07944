/** What a hostile request may cost, and what it may reach. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import type { Customer } from '../support/ledger/holds.ts';

const QUICK_MS = 2_000;

let api: TestApi;
let mine: Customer;
let theirs: Customer;
beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createCustomer(50n);
  theirs = await api.createCustomer(50n);
});
afterAll(async () => api.stop());

async function openSocket(): Promise<Socket> {
  const socket = connect({ port: toCount(new URL(api.url()).port), host: '127.0.0.1' });
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  socket.on('error', () => undefined);
  return socket;
}

/** Everything that comes until the other side ends. */
async function rest(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return text;
}

const head = (more: string): string =>
  `POST /treasury/debit HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${mine.key}\r\nContent-Type: application/json\r\n${more}`;

describe('A49 a request that takes its time', () => {
  it('is cut off, however it dribbles, and others are served meanwhile', async () => {
    const dribbling = [
      { begin: head('X-Slow: '), drop: 'a' },
      { begin: head('Content-Length: 60000\r\n\r\n{"serviceType":"'), drop: 'A' },
      { begin: head('Transfer-Encoding: chunked\r\n\r\n'), drop: '1\r\n \r\n' },
    ];
    const sockets = await Promise.all(dribbling.map(openSocket));
    const ends = sockets.map(rest);
    const stop = new AbortController();
    const feeding = sockets.map(async (socket, index) => {
      socket.write(dribbling[index]?.begin ?? '');
      while (!stop.signal.aborted && socket.writable) {
        socket.write(dribbling[index]?.drop ?? '');
        await sleep(200);
      }
    });
    const slowest: number[] = [];
    for (let asked = 0; asked < 20; asked += 1) {
      const startedMs = performance.now();
      expect((await api.call('GET', '/treasury/balance', { key: mine.key })).status).toBe(200);
      slowest.push(performance.now() - startedMs);
      await sleep(100);
    }
    expect(Math.max(...slowest)).toBeLessThan(QUICK_MS);
    const answers = await Promise.all(ends);
    stop.abort();
    await Promise.all(feeding);
    for (const answer of answers) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/);
    expect((await api.call('GET', '/treasury/balance', { key: mine.key })).json['availableUsd']).toBe('50.00');
  }, 60_000);
});

describe('A49 a large body', () => {
  it.each([
    ['whose length is named', 'Content-Length: 10000000000\r\n\r\n'],
    ['that comes in pieces without end', 'Transfer-Encoding: chunked\r\n\r\n'],
  ])('%s is refused at the limit, and the connection ends', async (_name, more) => {
    const socket = await openSocket();
    const end = rest(socket);
    socket.write(head(more));
    const piece = 'x'.repeat(16 * 1024);
    const chunk = more.startsWith('T') ? `4000\r\n${piece}\r\n` : piece;
    let sent = 0;
    for (; sent < 1_000 && socket.writable; sent += 1) {
      socket.write(chunk);
      await sleep(1);
    }
    socket.destroy();
    const answer = await end;
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
    expect(sent).toBeLessThan(1_000);
  });

  it('with headers of more than 16 kB is refused', async () => {
    const socket = await openSocket();
    socket.write(head(`X-Long: ${'x'.repeat(20_000)}\r\n\r\n`));
    expect(await rest(socket)).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('A49 JSON', () => {
  const nested = (depth: number, inner: string): string => '['.repeat(depth) + inner + ']'.repeat(depth);

  it.each([
    ['of arrays', nested(30_000, '')],
    ['of objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['just below an object', `{"metadata":${nested(32, '1')}}`],
  ])('too deep, %s, is refused at once', async (_name, body) => {
    const startedMs = performance.now();
    const answer = await api.call('POST', '/treasury/debit', { key: mine.key, body });
    expect(pathsOfErrors(answer)).toEqual(['']);
    expect(answer.json['detail']).toContain('nested deeper than 32');
    expect(performance.now() - startedMs).toBeLessThan(QUICK_MS);
  });

  it('as deep as may be is read: what is wrong with it is something else', async () => {
    const answer = await api.call('POST', '/treasury/debit', {
      key: mine.key,
      body: `{"metadata":${nested(31, '1')}}`,
    });
    expect(pathsOfErrors(answer)).toContain('metadata');
  });
});

describe('A49 text made for slow patterns', () => {
  const long = (piece: string): string => piece.repeat(Math.floor(60_000 / Buffer.byteLength(piece)));
  const HOSTILE = [long('0'), `${long('1')}!`, long('a-'), `${long(' ')}x`, long('٣'), `0x${long('f')}g`, long('1.')];

  it.each(HOSTILE.map((text) => [text.slice(0, 4), text]))('%s...', async (_name, text) => {
    const startedMs = performance.now();
    const fields = [
      ['/treasury/debit', { serviceType: 'AI_API', amountUsd: text }],
      ['/treasury/debit', { serviceType: text, amountUsd: '1' }],
      ['/treasury/consume-hold', { holdId: text, amountUsd: '1' }],
      ['/treasury/register-sender', { address: text }],
      ['/webhook-endpoints', { url: `https://${text}` }],
    ] as const;
    for (const [path, body] of fields) {
      const { status } = await api.call('POST', path, { key: mine.key, body });
      expect([path, status]).toEqual([path, 400]);
    }
    const query = encodeURIComponent(text.slice(0, 2_000));
    for (const path of ['ledger?cursor=', 'ledger?from=', 'deposits/trace?tx=', 'balance?at=', 'holds?limit=']) {
      expect((await api.call('GET', `/treasury/${path}${query}`, { key: mine.key })).status).toBe(400);
    }
    expect(performance.now() - startedMs).toBeLessThan(QUICK_MS * 2);
  });
});

describe('A44 what a body may reach', () => {
  const DEBIT = { serviceType: 'AI_API', amountUsd: '1' };
  const FOREIGN = [
    'org',
    'orgId',
    'wallet',
    'walletId',
    'owner',
    'id',
    'seq',
    'key',
    'available',
    'suspendedAt',
    'scopes',
  ];

  it.each(FOREIGN)('the field %s that a call does not know is refused, and nothing is done', async (field) => {
    const calls = [
      ['POST', '/treasury/debit', DEBIT],
      ['POST', '/treasury/hold', DEBIT],
      ['PATCH', '/treasury/settings', { criticalThresholdUsd: '1' }],
      ['POST', '/treasury/register-sender', { address: `0x${'5'.repeat(40)}` }],
      ['POST', '/webhook-endpoints', { url: 'https://example.com/' }],
    ] as const;
    for (const [method, path, body] of calls) {
      const answer = await api.call(method, path, { key: mine.key, body: { ...body, [field]: theirs.org } });
      expect([path, pathsOfErrors(answer)]).toEqual([path, [field]]);
    }
    for (const { key } of [mine, theirs]) {
      expect((await api.call('GET', '/treasury/balance', { key })).json['availableUsd']).toBe('50.00');
      expect((await api.call('GET', '/treasury/settings', { key })).json['criticalThresholdUsd']).toBeNull();
      expect((await api.call('GET', '/webhook-endpoints', { key })).json['endpoints']).toEqual([]);
    }
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'the name %s reaches no prototype',
    async (name) => {
      const inner = '{"serviceType":"AI_API","amountUsd":"1","isAdmin":true,"polluted":"yes"}';
      const bodies = [`{"${name}":${inner}}`, `{"serviceType":"AI_API","amountUsd":"1","${name}":${inner}}`];
      bodies.push(`{"commands":[{"op":"debit","idempotencyKey":"p","${name}":${inner}}]}`);
      for (const body of bodies) {
        for (const path of ['debit', 'batch']) {
          const answer = await api.call('POST', `/treasury/${path}`, { key: mine.key, body });
          expect(answer.text).not.toContain('entryId');
          expect(answer.status).toBeLessThan(500);
        }
      }
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      expect((await api.call('GET', `/treasury/ledger?${name}=1`, { key: mine.key })).status).toBe(400);
      expect((await api.call('GET', '/treasury/balance', { key: mine.key })).json['availableUsd']).toBe('50.00');
    },
  );

  it('a name that is given twice is refused, wherever it stands and however it is written', async () => {
    const bodies = [
      '{"amountUsd":"1","serviceType":"AI_API","amountUsd":"2"}',
      '{"amountUsd":"1","serviceType":"AI_API","amount\\u0055sd":"2"}',
      '{"commands":[{"op":"debit","op":"hold"}]}',
    ];
    for (const body of bodies) {
      const answer = await api.call('POST', '/treasury/debit', { key: mine.key, body });
      expect(answer.json['detail']).toContain('is given more than once');
      expect(answer.status).toBe(400);
    }
  });

  it('a parameter or a key of idempotency that is given twice is refused', async () => {
    const twice = await api.call('GET', '/treasury/ledger?limit=1&limit=2', { key: mine.key });
    expect(pathsOfErrors(twice)).toEqual(['limit']);
    const body = { ...DEBIT, idempotencyKey: 'one' };
    const headers = { 'idempotency-key': 'two' };
    expect((await api.call('POST', '/treasury/debit', { key: mine.key, body, headers })).status).toBe(400);
    const org = await api.call('GET', '/treasury/balance', {
      key: await api.createKey({ kind: 'platform' }),
      headers: { 'coffer-org': `${mine.org}, ${theirs.org}` },
    });
    expect(org.status).toBe(404);
  });
});
