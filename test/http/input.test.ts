import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVM, startTestApi, type TestApi } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';

const ADDRESS = '0x00000000000000000000000000000000000a11ce';
let api: TestApi;
let customer: Awaited<ReturnType<TestApi['createCustomer']>>;
beforeAll(async () => {
  api = await startTestApi();
  customer = await api.createCustomer(1_000_000n);
});
afterAll(async () => api.stop());

/** How many rows there are of everything that a request could store. */
async function stored(): Promise<unknown> {
  const result = await queryRows<unknown>(
    api.db,
    `SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM sender) AS senders,
       (SELECT count(*) FROM sender_address) AS addresses, (SELECT count(*) FROM pack_order) AS orders`,
  );
  return result.rows[0];
}

/** Sends a bad request; answers the paths that the list of errors names. */
async function pathsOf(method: string, path: string, body?: unknown): Promise<unknown> {
  const before = await stored();
  const { status, json, headers } = await api.call(method, path, { key: customer.key, body });
  expect([status, json['code']]).toEqual([400, 'VALIDATION_FAILED']);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await stored()).toEqual(before);
  const errors = json['errors'];
  if (!Array.isArray(errors)) throw new TypeError('a list was expected');
  for (const error of errors) expect(error).toEqual({ path: expect.any(String), message: expect.stringMatching(/./) });
  return errors.map((error: { path: string }) => error.path).toSorted();
}

const debit = { serviceType: 'AI_API', amountUsd: '1.00' };
const long = (length: number): string => 'x'.repeat(length);

describe('an amount', () => {
  it.each([
    ['a JSON number', 1],
    ['a JSON number with places', 1.5],
    ['negative', '-1'],
    ['signed', '+1'],
    ['zero', '0'],
    ['zero with places', '0.000000'],
    ['in exponent form', '1e18'],
    ['with an exponent and a point', '1.0E2'],
    ['seven decimals', '1.0000001'],
    ['unicode digits', '١٢'],
    ['full-width digits', '１２'],
    ['too large', '1000000000.000001'],
    ['far too large', '99999999999999999999999999'],
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['hexadecimal', '0x10'],
    ['with leading zeros', '01'],
    ['without a whole part', '.5'],
    ['without places', '5.'],
    ['with separators', '1,000'],
    ['with spaces', ' 1'],
    ['with a line break', '1\n'],
    ['empty', ''],
    ['null', null],
    ['true', true],
    ['a list', ['1']],
    ['an object', { value: '1' }],
  ])('%s is refused', async (_name, amountUsd) => {
    expect(await pathsOf('POST', '/treasury/debit', { ...debit, amountUsd })).toEqual(['amountUsd']);
  });

  it('says how it is written when it comes as a JSON number', async () => {
    const { json } = await api.call('POST', '/treasury/debit', { key: customer.key, body: { ...debit, amountUsd: 1 } });
    expect(json['detail']).toContain('as a string, such as "10.50"; JSON numbers are refused');
  });
});

describe('a debit', () => {
  it.each([
    ['nothing', {}, ['amountUsd', 'serviceType']],
    ['no amount', { serviceType: 'AI_API' }, ['amountUsd']],
    ['no service', { amountUsd: '1' }, ['serviceType']],
    ['an unknown service', { ...debit, serviceType: 'ai_api' }, ['serviceType']],
    ['a service of another type', { ...debit, serviceType: 7 }, ['serviceType']],
    ['a service from the prototype', { ...debit, serviceType: 'constructor' }, ['serviceType']],
    ['an extra field', { ...debit, amount: '1' }, ['amount']],
    ['extra fields and wrong ones', { a: 1, b: 2, amountUsd: '-1' }, ['a', 'amountUsd', 'b', 'serviceType']],
    ['columns of ours', { ...debit, wallet: 'w', available: '9' }, ['available', 'wallet']],
    ['an empty reference', { ...debit, reference: '' }, ['reference']],
    ['a reference that is no text', { ...debit, reference: 1 }, ['reference']],
    ['a long reference', { ...debit, reference: long(256) }, ['reference']],
    ['a long app id', { ...debit, appId: long(256) }, ['appId']],
    ['a long description', { ...debit, description: long(1001) }, ['description']],
    ['a NUL', { ...debit, description: 'a\u0000b' }, ['description']],
    ['half a character', { ...debit, description: 'a\ud800' }, ['description']],
    ['an empty key', { ...debit, idempotencyKey: '' }, ['idempotencyKey']],
    ['a key that is no text', { ...debit, idempotency_key: 5 }, ['idempotency_key']],
    ['two keys', { ...debit, idempotencyKey: 'a', idempotency_key: 'b' }, ['Idempotency-Key']],
    ['a list', [debit], ['']],
    ['text', '"AI_API"', ['']],
    ['null', 'null', ['']],
    ['no JSON', '{"amountUsd":', ['']],
    ['an amount twice', '{"serviceType":"AI_API","amountUsd":"1","amountUsd":"2"}', ['amountUsd']],
    ['a prototype', '{"serviceType":"AI_API","amountUsd":"1","__proto__":{"appId":"x"}}', ['__proto__']],
    ['bytes that are no text', new Blob([Buffer.from([0x7b, 0xff, 0x7d])]), ['']],
    ['deep nesting', `${'['.repeat(30_000)}${']'.repeat(30_000)}`, ['']],
    ['a query', debit, ['amountUsd'], '?amountUsd=2'],
  ])('with %s is refused', async (_name, body, paths, query = '') => {
    expect(await pathsOf('POST', `/treasury/debit${query}`, body)).toEqual(paths);
  });

  it('without a body, or with another type of body, is refused', async () => {
    expect(await pathsOf('POST', '/treasury/debit')).toEqual(['']);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const form = await api.call('POST', '/treasury/debit', { key: customer.key, body: 'amountUsd=1', headers });
    expect(form.json).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'Content-Type' }] });
    const packed = { 'content-encoding': 'gzip' };
    const gzip = await api.call('POST', '/treasury/debit', { key: customer.key, body: debit, headers: packed });
    expect(gzip.status).toBe(400);
  });

  it('of more than 64 kB is 413', async () => {
    const before = await stored();
    const body = { ...debit, description: long(70_000) };
    const { status, json } = await api.call('POST', '/treasury/debit', { key: customer.key, body });
    expect([status, json['code']]).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await stored()).toEqual(before);
  });

  it('takes the longest notes and the largest amount that it may', async () => {
    const body = {
      ...debit,
      reference: long(255),
      appId: '語'.repeat(255),
      description: '🎁'.repeat(500),
      amountUsd: '999999.999999',
    };
    const { status } = await api.call('POST', '/treasury/debit', { key: customer.key, body });
    expect(status).toBe(200);
  });
});

describe('registering a sender', () => {
  it.each([
    ['nothing', {}, ['address']],
    ['an address of another type', { address: 5 }, ['address']],
    ['no address at all', { address: 'alice.eth' }, ['address']],
    ['an empty address', { address: '' }, ['address']],
    ['a long address', { address: `0x${'1'.repeat(65)}` }, ['address']],
    ['unicode digits', { address: `0x${'１'.repeat(40)}` }, ['address']],
    ['an extra field', { address: ADDRESS, org: 'mine' }, ['org']],
    ['an unknown chain', { address: ADDRESS, chain: 'eip155:1' }, ['chain']],
    ['a chain of another type', { address: ADDRESS, chain: 31337 }, ['chain']],
    ['an unknown pack', { address: ADDRESS, packId: 'huge' }, ['packId']],
    ['a pack from the prototype', { address: ADDRESS, packId: 'toString' }, ['packId']],
    ['a long label', { address: ADDRESS, label: long(201) }, ['label']],
    ['an empty label', { address: ADDRESS, label: '' }, ['label']],
    [
      'a proof without its message',
      { address: ADDRESS, proof: { signature: '0x' } },
      ['proof.message', 'proof.signature'],
    ],
    ['a proof of another type', { address: ADDRESS, proof: 'mine' }, ['proof']],
    ['everything wrong', { address: 1, chain: 2, label: 3, packId: 4 }, ['address', 'chain', 'label', 'packId']],
    ['an address twice', `{"address":"${ADDRESS}","address":"${ADDRESS}"}`, ['address']],
  ])('with %s is refused', async (_name, body, paths) => {
    expect(await pathsOf('POST', '/treasury/register-sender', body)).toEqual(paths);
  });
});

describe('a query', () => {
  it.each([
    ['/treasury/ledger?limit=0', ['limit']],
    ['/treasury/ledger?limit=101', ['limit']],
    ['/treasury/ledger?limit=-1', ['limit']],
    ['/treasury/ledger?limit=1.5', ['limit']],
    ['/treasury/ledger?limit=1e1', ['limit']],
    ['/treasury/ledger?limit=%D9%A1', ['limit']],
    ['/treasury/ledger?limit=', ['limit']],
    ['/treasury/ledger?limit=1&limit=2', ['limit']],
    ['/treasury/ledger?type=deposit', ['type']],
    ['/treasury/ledger?serviceType=X402', ['serviceType']],
    ['/treasury/ledger?from=2026-01-01', ['from']],
    ['/treasury/ledger?from=2026-01-01T00:00:00', ['from']],
    ['/treasury/ledger?to=2026-02-30T00:00:00Z', ['to']],
    ['/treasury/ledger?to=0001-01-01T00:00:00Z', ['to']],
    ['/treasury/ledger?cursor=abc', ['cursor']],
    [`/treasury/ledger?cursor=${Buffer.from('deposits~1').toString('base64url')}`, ['cursor']],
    [`/treasury/ledger?cursor=${Buffer.from("ledger~1' OR 1=1").toString('base64url')}`, ['cursor']],
    [`/treasury/ledger?cursor=${'a'.repeat(600)}`, ['cursor']],
    ['/treasury/ledger?wallet=1&from=x&limit=0', ['from', 'limit', 'wallet']],
    ['/treasury/ledger?__proto__=1', ['__proto__']],
    ['/treasury/deposits?cursor=', ['cursor']],
    ['/treasury/deposits?offset=1', ['offset']],
    [`/treasury/deposits?cursor=${Buffer.from('deposits~1~x').toString('base64url')}`, ['cursor']],
    ['/treasury/senders?limit=x', ['limit']],
    [`/treasury/senders?cursor=${Buffer.from('senders~1').toString('base64url')}`, ['cursor']],
    ['/treasury/balance?at=yesterday', ['at']],
    ['/treasury/balance?at=9999-12-31T23:59:59Z', ['at']],
    ['/treasury/balance?org=1', ['org']],
    ['/treasury/packs?limit=1', ['limit']],
  ])('%s is refused', async (path, paths) => {
    expect(await pathsOf('GET', path)).toEqual(paths);
  });

  it('with odd but sound values is answered', async () => {
    for (const path of [
      '/treasury/ledger?to=9999-12-31T23:59:59Z',
      '/treasury/ledger?from=9999-12-31T23:59:59.999Z',
      '/treasury/balance?at=1970-01-01T00:00:00Z',
      `/treasury/ledger?cursor=${Buffer.from(`ledger~${2 ** 53 - 1}`).toString('base64url')}`,
    ]) {
      expect((await api.call('GET', path, { key: customer.key })).status).toBe(200);
    }
  });
});

describe('a path', () => {
  it.each(['/treasury/senders/%E0%A4%A', '/treasury/%', '/%'])(
    '%s that cannot be decoded is no error of ours',
    async (path) => {
      const { status, json } = await api.call('DELETE', path, { key: customer.key });
      expect([400, 404]).toContain(status);
      expect(['VALIDATION_FAILED', 'NOT_FOUND']).toContain(json['code']);
    },
  );
});

it('a chain that is configured but of the other family is refused', async () => {
  const starknet = `0x${'1'.repeat(63)}`;
  expect(await pathsOf('POST', '/treasury/register-sender', { address: starknet, chain: EVM })).toEqual(['address']);
});
