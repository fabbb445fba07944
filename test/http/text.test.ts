/** Text that is not what it seems: in names, in fields, in URLs. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

it('S20 names that operators read neither turn around nor show nothing', async () => {
  const { key } = await api.createCustomer();
  for (const name of ['Acme \u202eCorp', '\u200b\u200b', '\u3164', ' \u00a0']) {
    const org = { key: admin, body: { name } };
    expect([name, pathsOfErrors(await api.call('POST', '/admin/orgs', org))]).toEqual([name, ['name']]);
    const own = { key: admin, body: { kind: 'platform', name, scopes: ['treasury:read'] } };
    expect([name, pathsOfErrors(await api.call('POST', '/admin/keys', own))]).toEqual([name, ['name']]);
    const sender = { key, body: { address: `0x${'a7'.repeat(20)}`, label: name } };
    expect([name, pathsOfErrors(await api.call('POST', '/treasury/register-sender', sender))]).toEqual([
      name,
      ['label'],
    ]);
  }
  const fine = await api.call('POST', '/admin/orgs', { key: admin, body: { name: 'עברית 👩‍💻 ❤️' } });
  expect(fine.status).toBe(201);
});

it('S20 a field __proto__ is refused, however it is written, and not dropped', async () => {
  const body = (name: string): string => `{"name": "Acme", "metadata": {"${name}": "x", "a": "b"}}`;
  for (const name of ['__proto__', '\\u005f_proto__']) {
    const { status, json } = await api.call('POST', '/admin/orgs', { key: admin, body: body(name) });
    expect([name, status, json['detail']]).toEqual([name, 400, '__proto__ is not a known field']);
  }
  const query = await api.call('GET', '/admin/orgs?__proto__=1', { key: admin });
  expect([query.status, pathsOfErrors(query)]).toEqual([400, ['__proto__']]);
});

it('S20 a zone whose + was not escaped gets a word about %2B', async () => {
  const { key } = await api.createCustomer();
  const ask = async (from: string): Promise<unknown[]> => {
    const { status, json } = await api.call('GET', `/treasury/ledger?from=${from}`, { key });
    return [status, json['detail']];
  };
  expect(await ask('2026-01-31T00:00:00+02:00')).toEqual([
    400,
    'from must be an ISO 8601 time with a zone: in a URL the + of a zone such as +02:00 is written %2B',
  ]);
  expect(await ask('2026-01-31T00:00:00%2B02:00')).toEqual([200, undefined]);
  expect((await ask('yesterday'))[1]).toBe('from must be an ISO 8601 time with a zone, such as 2026-01-31T00:00:00Z');
});

/** The whole answer to a request for a target, which is sent as it is. */
async function rawAnswer(target: string): Promise<string> {
  const { port } = new URL(api.url());
  const socket = connect(toCount(port), '127.0.0.1');
  socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(socket, 'close');
  return text;
}

it.each(['http://[', 'http://%', 'http:', 'x', '*', 'http://x/treasury/none', '/%ff', '/\\'])(
  'S20 the target %s is answered by a problem, not by a page',
  async (target) => {
    const text = await rawAnswer(target);
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).not.toMatch(/<html|text\/html/i);
  },
);

it.each(['/', '//', 'HTTP://x'])('S20 the target %s leads to the reference, as the root does', async (target) => {
  const text = await rawAnswer(target);
  expect(text).toMatch(/^HTTP\/1\.1 307 /);
  expect(text).toMatch(/^location: docs\r$/im);
  expect(text).not.toMatch(/<html|text\/html/i);
});
