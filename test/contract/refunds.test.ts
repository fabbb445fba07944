/** Refunds that name the charge which they give back: over HTTP, as bookings. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';
import type { Answer } from '../support/http/api.ts';

const DRY = { 'coffer-dry-run': 'true' };
let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi({ adminEntryLimitUsd: '50' });
});
afterAll(async () => api.stop());

const book = async (org: string, body: object, headers = {}): Promise<Answer> =>
  api.call('POST', `/admin/orgs/${org}/entries`, { key: api.adminKey, headers, body: { reason: 'sorry', ...body } });
const refund = async (
  org: string,
  amountUsd: string,
  refundOf: unknown,
  more: object = {},
  headers = {},
): Promise<Answer> => book(org, { type: 'REFUND', amountUsd, refundOf, ...more }, headers);
const debit = async (key: string, amountUsd: string, more: object = {}): Promise<Answer> =>
  api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd, ...more } });
const codeOf = ({ status, json }: Answer): unknown => (status < 300 ? status : (json['reason'] ?? json['code']));

test('POST /admin/orgs/{org}/entries: all refunds of a charge together give back what it took, and the ledger shows of what', async () => {
  const { org, key } = await api.createCustomer(100n);
  const charge = (await debit(key, '10')).json['entryId'];
  const first = await refund(org, '4', charge, { serviceType: 'AI_API' });
  expect([first.status, listIn(first, 'entries')]).toMatchObject([
    200,
    [{ type: 'REFUND', refundOf: charge, amountUsd: '4.00', serviceType: 'AI_API' }],
  ]);
  const more = await refund(org, '6.000001', charge);
  expect([more.status, more.json]).toMatchObject([
    409,
    {
      code: 'REFUND_NOT_POSSIBLE',
      reason: 'amount',
      requiredUsd: '6.000001',
      leftUsd: '6.00',
      tookUsd: '10.00',
      refundedUsd: '4.00',
    },
  ]);
  expect([codeOf(await refund(org, '6', charge)), codeOf(await refund(org, '0.000001', charge))]).toEqual([
    200,
    'amount',
  ]);
  // Without a charge nothing bounds it but the limit of bookings.
  expect(codeOf(await book(org, { type: 'REFUND', amountUsd: '6' }))).toBe(200);
  const ledger = await api.call('GET', '/treasury/ledger', { key });
  expect(listIn(ledger, 'entries').map(({ type, refundOf }) => [type, refundOf])).toEqual([
    ['REFUND', null],
    ['REFUND', charge],
    ['REFUND', charge],
    ['AI_API_CALL', null],
    ['DEPOSIT', null],
  ]);
  const csv = await api.call('GET', '/treasury/ledger?format=csv', { key: await readerOf(org) });
  expect(csv.text.split('\r\n').filter((line) => line.endsWith(`,${String(charge)}`))).toHaveLength(2);
});

/** A key that may read the ledger as CSV. */
async function readerOf(org: string): Promise<string> {
  return api.createKey({ org, scopes: ['treasury:read'] });
}

test('POST /admin/orgs/{org}/entries: any entry of a charge names it; what is no charge of this wallet is refused', async () => {
  const { org, key } = await api.createCustomer(10n);
  await book(org, { type: 'GRANT', amountUsd: '5' });
  const spent = await debit(key, '8');
  const [first, second] = listIn(spent, 'entries').map(({ id }) => id);
  const whole = await refund(org, '8', second);
  expect([whole.status, listIn(whole, 'entries')]).toMatchObject([200, [{ refundOf: first, amountUsd: '8.00' }]]);
  const other = await api.createCustomer(10n);
  const foreign = (await debit(other.key, '1')).json['entryId'];
  const [deposit] = listIn(await api.call('GET', '/treasury/ledger?type=DEPOSIT', { key }), 'entries');
  for (const of of [foreign, 'ent_x', String(first).replace(/_\d+$/, '_99')])
    expect((await refund(org, '1', of)).json['code']).toBe('NOT_FOUND');
  for (const of of [deposit?.['id'], whole.json['entryId']])
    expect(pathsOfErrors(await refund(org, '1', of))).toEqual(['refundOf']);
  expect(pathsOfErrors(await refund(org, '1', first, { serviceType: 'GAS_SUBSIDY' }))).toEqual(['serviceType']);
  expect(pathsOfErrors(await book(org, { type: 'ADJUSTMENT', amountUsd: '1', refundOf: first }))).toEqual(['refundOf']);
  expect((await api.call('GET', '/treasury/balance', { key })).json['availableUsd']).toBe('15.00');
});

test('POST /admin/orgs/{org}/entries: the budget of the charge has what was given back, and a dry run counts nothing', async () => {
  const { org, key } = await api.createCustomer(100n);
  const budget = { subject: 'userId', value: 'u1', period: 'month', limitUsd: '10', mode: 'hard' };
  expect((await api.call('POST', '/treasury/budgets', { key, body: budget })).status).toBe(201);
  const charge = (await debit(key, '8', { userId: 'u1' })).json['entryId'];
  const dry = await refund(org, '5', charge, {}, DRY);
  expect(dry.json).toMatchObject({ dryRun: true, budgets: [{ leftUsd: '7.00' }] });
  expect(codeOf(await refund(org, '9', charge, {}, DRY))).toBe('amount');
  expect((await debit(key, '3', { userId: 'u1' })).json['kind']).toBe('budget');
  const named = { 'idempotency-key': 'back' };
  const given = await refund(org, '5', charge, {}, named);
  expect(given.json['budgets']).toMatchObject([{ leftUsd: '7.00' }]);
  const again = await refund(org, '5', charge, {}, named);
  expect([again.headers.get('idempotency-replayed'), again.json]).toEqual(['true', given.json]);
  expect(codeOf(await book(org, { type: 'REFUND', amountUsd: '5' }, named))).toBe('IDEMPOTENCY_CONFLICT');
  expect((await debit(key, '7', { userId: 'u1' })).status).toBe(200);
});

test('POST /admin/orgs/{org}/entries: what waits for a second person says of what it is, and is refused where that is gone', async () => {
  const { org, key } = await api.createCustomer(200n);
  const charge = (await debit(key, '100')).json['entryId'];
  const asked = await refund(org, '80', charge);
  expect([asked.status, asked.json]).toMatchObject([
    202,
    {
      what: `book REFUND 80.00 USD of the charge ${String(charge)}: sorry`,
      booking: { type: 'REFUND', refundOf: charge },
    },
  ]);
  expect(codeOf(await refund(org, '30', charge))).toBe(200);
  const second = await api.createKey({ kind: 'admin' });
  const approve = async ({ json: { id } }: Answer): Promise<Answer> =>
    api.call('POST', `/admin/approvals/${String(id)}/approve`, { key: second, body: {} });
  expect(codeOf(await approve(asked))).toBe('amount');
  const fits = await approve(await refund(org, '70', charge));
  expect([fits.status, fits.json]).toMatchObject([200, { state: 'approved', booking: { refundOf: charge } }]);
  expect((await api.call('GET', '/treasury/balance', { key })).json['availableUsd']).toBe('200.00');
});

test('GET /treasury/explain: a refund says how much more of the charge could have been given back', async () => {
  const { org, key } = await api.createCustomer(10n);
  const charge = (await debit(key, '5')).json['entryId'];
  const given = await refund(org, '2', charge);
  const { json } = await api.call('GET', `/treasury/explain?entry=${String(given.json['entryId'])}`, { key });
  expect(json['decisions']).toMatchObject([
    {
      outcome: 'accepted',
      reproduced: true,
      explanation: expect.stringContaining(`REFUND of the charge ${String(charge)}: accepted.`),
      changes: expect.arrayContaining([expect.objectContaining({ change: 'amount', byUsd: '3.000001' })]),
      entries: [{ refundOf: charge }],
    },
  ]);
});

test('GET /treasury/explain: a debit that only a restriction refused says so', async () => {
  const { org, key } = await api.createCustomer(0n);
  await book(org, { type: 'GRANT', amountUsd: '5', restrictedTo: { services: ['GAS_SUBSIDY'] } });
  const refused = await debit(key, '2');
  expect(refused.json['kind']).toBe('restricted');
  const path = `/treasury/explain?requestId=${String(refused.json['requestId'])}`;
  await expect.poll(async () => (await api.call('GET', path, { key })).status, { timeout: 20_000 }).toBe(200);
  expect((await api.call('GET', path, { key })).json['decisions']).toMatchObject([
    { changes: [{ change: 'restricted', text: 'accepted if no credit were restricted' }, { change: 'available' }] },
  ]);
});
