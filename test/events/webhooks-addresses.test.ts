import { createServer, type Server } from 'node:http';
import { createServer as createNetServer, isIP, type Server as NetServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { toCount } from '../../src/core/integers.ts';
import { createAddressGuard, findUrlProblem } from '../../src/events/address-guard.ts';
import { openOutbound, type HookAnswer, type Outbound, type OutboundOptions } from '../../src/events/outbound.ts';
import { startNameServer } from '../support/events/dns-server.ts';
import { startReceiver, type Receiver } from '../support/events/webhook-receiver.ts';

const ALLOWED = '127.0.0.2';
/** Where no webhook may ever come. */
let forbidden: Receiver;
/** The one private address that this deployment allows, on the same port. */
let allowed: Receiver;
let port: string;

const opened: Outbound[] = [];
function open(options: Partial<OutboundOptions> = {}): Outbound {
  const guard = createAddressGuard([`${ALLOWED}/32`]);
  const outbound = openOutbound({ guard, clock: systemClock, ...options });
  opened.push(outbound);
  return outbound;
}

async function post(url: string, options: Partial<OutboundOptions> = {}): Promise<HookAnswer> {
  return open(options).post({ url, headers: {}, body: '{}' });
}

beforeAll(async () => {
  forbidden = await startReceiver();
  port = new URL(forbidden.url).port;
  allowed = await startReceiver(ALLOWED, toCount(port));
});
afterAll(async () => {
  await Promise.all(opened.map(async (one) => one.close()));
  await allowed.close();
  await forbidden.close();
});

const REFUSED_HOSTS = [
  '127.0.0.1',
  '127.1',
  '127.0.0.1.',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '１２７.０.０.１',
  '0',
  '0.0.0.0',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.255',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.254',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:a9fe:a9fe]',
  '[::ffff:8.8.8.8]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::a00:1]',
  '[100::1]',
  '[2001:0:7f00:1::]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[2002:c0a8:101::1]',
  '[3fff::1]',
  '[5f00::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[ff02::1]',
];
const REFUSED_URLS = [
  'http://example.com/',
  'https://example.com:8443/',
  'https://example.com:80/',
  'https://user@example.com/',
  'https://:secret@example.com/',
  'https://[fe80::1%25eth0]/',
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'data:text/plain,hello',
  'https://',
  'example.com',
  '',
  `https://example.com/${'a'.repeat(2_048)}`,
];
const PUBLIC_HOSTS = [
  'example.com',
  'example.com:443',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '198.20.0.1',
  '223.255.255.255',
  '[2606:4700:4700::1111]',
  '[2a00:1450:4001::200e]',
];

describe('A45 the URL of a webhook', () => {
  const guard = createAddressGuard(false);

  it.each(REFUSED_HOSTS)('may not name the host %s', (host) => {
    expect(findUrlProblem(guard, `https://${host}/`)).toBe('leads to an address that is not public');
  });

  it.each(REFUSED_URLS)('may not be %j', (url) => {
    expect(findUrlProblem(guard, url)).toEqual(expect.any(String));
  });

  it.each(PUBLIC_HOSTS)('may name the host %s', (host) => {
    expect(findUrlProblem(guard, `https://${host}/hook?a=b`)).toBeUndefined();
  });

  it('may be any http URL where private addresses are allowed, and none of another protocol', () => {
    const everything = createAddressGuard(true);
    for (const url of ['http://127.0.0.1:8080/', 'http://[::1]/', 'https://10.0.0.1:99/']) {
      expect(findUrlProblem(everything, url)).toBeUndefined();
    }
    expect(findUrlProblem(everything, 'ftp://example.com/')).toBeDefined();
    const ranges = createAddressGuard(['10.1.0.0/16', 'fd00:1::/32']);
    for (const host of ['10.1.2.3', '[fd00:1::5]']) expect(findUrlProblem(ranges, `http://${host}:1/`)).toBeUndefined();
    for (const host of ['10.2.0.1', '[fd00:2::5]']) expect(findUrlProblem(ranges, `http://${host}:1/`)).toBeDefined();
  });

  it('keeps https and its port at public addresses where ranges are allowed', () => {
    const ranges = createAddressGuard(['10.1.0.0/16']);
    for (const host of ['8.8.8.8', '[2606:4700:4700::1111]']) {
      for (const url of [`http://${host}/`, `http://${host}:443/`, `https://${host}:8443/`]) {
        expect(findUrlProblem(ranges, url)).toMatch(/^must be an https URL on port 443/);
      }
      expect(findUrlProblem(ranges, `https://${host}/`)).toBeUndefined();
    }
    // A name may lead into the ranges: that is seen when it is connected to.
    expect(findUrlProblem(ranges, 'http://hook.example:8080/')).toBeUndefined();
  });
});

describe('A45 a connection', () => {
  const NOT_PUBLIC = { statusCode: null, error: 'leads to an address that is not public', responseStart: null };

  it('goes out at all: to what is allowed', async () => {
    expect(await post(allowed.url)).toMatchObject({ statusCode: 200, error: null, responseStart: 'status 200' });
    const named = { resolve: async () => Promise.resolve([{ address: ALLOWED, family: 4 }]) };
    expect(await post(`http://hook.example:${port}/`, named)).toMatchObject({ statusCode: 200 });
  });

  it.each(REFUSED_HOSTS.map((host) => host.replace(/[[\]]/g, '')).filter((address) => isIP(address) !== 0))(
    'is not made to %s, whatever name it hides behind',
    async (address) => {
      const answer = await post('https://hook.example/', {
        guard: createAddressGuard(false),
        resolve: async () => Promise.resolve([{ address, family: isIP(address) }]),
      });
      expect(answer).toMatchObject(NOT_PUBLIC);
    },
  );

  it('is not made to a public address by a name, but by https and on its port, where ranges are allowed', async () => {
    const options = { resolve: async () => Promise.resolve([{ address: '8.8.8.8', family: 4 }]), deadlineMs: 2_000 };
    const refused = 'must be an https URL on port 443, as it leads to a public address';
    for (const url of ['http://hook.example/', 'https://hook.example:8443/']) {
      expect(await post(url, options)).toMatchObject({ statusCode: null, error: refused });
    }
    expect((await post('https://hook.example/', options)).error).not.toBe(refused);
  });

  it('is not made by the name of this machine, nor to an address in the URL', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]', '2130706433']) {
      expect(await post(`http://${host}:${port}/`)).toMatchObject(NOT_PUBLIC);
    }
    expect(forbidden.received).toEqual([]);
  });

  it('is not made where one of several addresses is not public', async () => {
    const resolve = async (): ReturnType<NonNullable<OutboundOptions['resolve']>> =>
      Promise.resolve([
        { address: ALLOWED, family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    expect(await post(`http://both.example:${port}/`, { resolve })).toMatchObject(NOT_PUBLIC);
    const nothing = await post(`http://none.example:${port}/`, { resolve: async () => Promise.resolve([]) });
    expect(nothing).toMatchObject({ error: 'has a name without an address' });
  });

  it('goes to the address that was judged, though the name means another the next time it is asked', async () => {
    const names = await startNameServer([ALLOWED, '127.0.0.1']);
    const before = allowed.received.length;
    const first = await post(`http://rebind.example:${port}/`, { resolve: names.resolve });
    expect([first.statusCode, names.asked(), allowed.received.length]).toEqual([200, 1, before + 1]);
    expect(await post(`http://rebind.example:${port}/`, { resolve: names.resolve })).toMatchObject(NOT_PUBLIC);
    expect([names.asked(), forbidden.received.length]).toEqual([2, 0]);
    names.close();
  });
});

describe('A45 an answer', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(307, { location: forbidden.url }).end('over there');
      if (request.url === '/endless') {
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'.repeat(8_192)), 1);
        response.on('close', () => clearInterval(timer));
      }
      if (request.url === '/drip') {
        response.writeHead(200);
        const timer = setInterval(() => response.write('\0'), 20);
        response.on('close', () => clearInterval(timer));
      }
      if (request.url === '/headers') response.writeHead(200, { 'x-long': 'y'.repeat(20_000) }).end();
    });
    await new Promise<void>((resolve) => {
      server.listen(0, ALLOWED, resolve);
    });
    const address = server.address();
    url = `http://${ALLOWED}:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('that leads elsewhere is not followed', async () => {
    const answer = await post(`${url}/moved`);
    expect(answer).toMatchObject({ statusCode: 307, error: 'redirects are not followed', responseStart: 'over there' });
    expect(forbidden.received).toEqual([]);
  });

  it('that never ends is read no further than it needs to be', async () => {
    expect(await post(`${url}/endless`)).toMatchObject({
      statusCode: 200,
      error: null,
      responseStart: 'x'.repeat(1_024),
    });
  });

  it('that does not come is waited for until the deadline', async () => {
    const answer = await post(`${url}/nothing`, { deadlineMs: 200 });
    expect(answer).toMatchObject({ statusCode: null, error: 'no answer within 200 ms' });
  });

  it('S19 is its status, though its body comes drop by drop', async () => {
    expect(await post(`${url}/drip`, { deadlineMs: 500 })).toMatchObject({ statusCode: 200, error: null });
  });

  it('with endless headers, or none that can be read, is a failure that names no address', async () => {
    expect((await post(`${url}/headers`)).error).toBe('HPE_HEADER_OVERFLOW');
    expect(await post(`http://${ALLOWED}:1/`)).toMatchObject({ statusCode: null, error: 'ECONNREFUSED' });
    const big = open().post({ url, headers: {}, body: 'z'.repeat(70_000) });
    expect((await big).error).toBe('the event is too large to be sent');
  });
});

describe('S19 a receiver that speaks HTTP badly', () => {
  let server: NetServer;
  let answer: readonly string[] = [];
  let isReset = false;
  let url: string;
  beforeAll(async () => {
    server = createNetServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        for (const piece of answer) socket.write(piece);
        if (isReset) setTimeout(() => socket.resetAndDestroy(), 20);
        else socket.end();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, ALLOWED, resolve);
    });
    const address = server.address();
    url = `http://${ALLOWED}:${typeof address === 'object' ? address?.port : ''}/`;
  });
  afterAll(() => server.close());

  const head = (line: string, ...headers: readonly string[]): string =>
    `${[`HTTP/1.1 ${line}`, ...headers].join('\r\n')}\r\n\r\n`;
  const delivered = { statusCode: 200, error: null, retryAfterMs: undefined };

  it.each([
    ['takes the event and resets the connection', [head('200 OK', 'content-length: 9'), 'thank'], true],
    ['takes the event and cuts its answer', [head('200 OK', 'content-length: 9'), 'thank'], false],
    ['takes the event and sends a bad chunk', [head('200 OK', 'transfer-encoding: chunked'), 'zz\r\nthank'], false],
    ['sends 100 Continue unasked', [head('100 Continue'), head('200 OK', 'content-length: 0')], false],
    ['sends early hints', [head('103 Early Hints', 'link: </x>'), head('200 OK', 'content-length: 0')], false],
  ])('that %s has taken it', async (_case, pieces, reset) => {
    [answer, isReset] = [pieces, reset];
    expect(await post(url)).toMatchObject(delivered);
  });

  it.each([
    ['429', 'retry-after: 120', 120_000],
    ['503', 'retry-after: 7', 7_000],
    ['503', 'retry-after: 9999999', 12 * 3_600_000],
    ['503', 'retry-after: soon', undefined],
    ['500', 'retry-after: 120', undefined],
  ])('that answers %s with %s says when to come again', async (status, header, retryAfterMs) => {
    [answer, isReset] = [[head(`${status} Later`, header, 'content-length: 0')], false];
    expect(await post(url)).toMatchObject({ statusCode: toCount(status), retryAfterMs });
  });

  it('that closes without an answer, or upgrades, has not taken it', async () => {
    [answer, isReset] = [[], false];
    expect(await post(url)).toMatchObject({ statusCode: null, error: 'ECONNRESET' });
    answer = [head('101 Switching Protocols', 'upgrade: x', 'connection: upgrade')];
    expect(await post(url)).toMatchObject({ statusCode: null });
  });
});
