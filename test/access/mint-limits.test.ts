/** The limit of a key for minting: above it what the key gives away waits for a second person, whatever the deployment's is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { pathsOfErrors } from '../support/asserts.ts';

let api: TestApi;
let admin: string;
let other: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
  other = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const idOf = (key: string): string => key.slice(8, 16);
const ALL = ['treasury:read', 'treasury:spend', 'treasury:admin'];

async function make(body: object, key = admin): Promise<Answer> {
  return api.call('POST', '/admin/keys', { key, body: { kind: 'admin', name: 'k', scopes: ALL, ...body } });
}
const keyIn = ({ json }: Answer): string => String(json['key']);
const approve = async (id: unknown, key: string): Promise<Answer> =>
  api.call('POST', `/admin/approvals/${String(id)}/approve`, { key, body: {} });

/** Every call that mints, with the credit that it creates. A new one needs its row here. */
const MINTING: Readonly<
  Record<string, (micros: number) => readonly [method: string, path: (org: string) => string, body: object]>
> = {
  'a booking': (micros) => [
    'POST',
    (org) => `/admin/orgs/${org}/entries`,
    { type: 'GRANT', amountUsd: usd(micros), reason: 'r' },
  ],
  'a deposit by hand': (micros) => [
    'POST',
    (org) => `/orgs/${org}/wallet`,
    { operation: 'deposit', amount_micros: micros, description: 'd' },
  ],
  'the free tier': (micros) => ['PUT', () => '/admin/free-tier', { amountUsd: usd(micros) }],
  "the free tier on an org's surface": (micros) => [
    'PUT',
    (org) => `/orgs/${org}/billing`,
    { free_tier_amount: micros },
  ],
};
const usd = (micros: number): string => (micros / 1_000_000).toFixed(6);

describe.each(Object.entries(MINTING))('%s', (_name, callOf) => {
  it('waits for a second person above the limit of the key, and is done at once up to it', async () => {
    const { org } = await api.createCustomer();
    const limited = keyIn(await make({ mintLimitUsd: '10' }));
    const send = async (key: string, micros: number): Promise<Answer> => {
      const [method, path, body] = callOf(micros);
      return api.call(method, path(org), { key, body });
    };
    expect((await send(limited, 10_000_000)).status).toBe(200);
    const asked = await send(limited, 10_000_001);
    expect([asked.status, asked.json['state']]).toEqual([202, 'pending']);
    expect((await send(admin, 10_000_001)).status).toBe(200);
    expect((await approve(asked.json['id'], other)).json['state']).toBe('approved');
  });
});

it('a key of the platform has one as well, and what nothing bounds is above each', async () => {
  const { org } = await api.createCustomer();
  const limited = keyIn(await make({ kind: 'platform', mintLimitUsd: '1000000' }));
  const headers = { 'coffer-org': org };
  const body = { freeGiftCardMaxUsd: '1.000001' };
  expect((await api.call('PATCH', '/treasury/settings', { key: limited, headers, body })).status).toBe(202);
  const adminLimited = keyIn(await make({ mintLimitUsd: '1000000' }));
  const price = { action: 'chat', unit: 'token', rateUsd: '0.000000000001' };
  expect((await api.call('POST', '/admin/prices', { key: adminLimited, body: price })).status).toBe(202);
  const deposit = { operation: 'deposit', amount_micros: 5, description: 'd' };
  const none = keyIn(await make({ kind: 'platform', mintLimitUsd: '0' }));
  expect((await api.call('POST', `/orgs/${org}/wallet`, { key: none, body: deposit })).status).toBe(202);
});

it('two keys with limits create no more together: neither approves what is above its own', async () => {
  const { org } = await api.createCustomer();
  const [one, two] = [
    keyIn(await make({ mintLimitUsd: '10' }, admin)),
    keyIn(await make({ mintLimitUsd: '50' }, other)),
  ];
  const booking = { type: 'GRANT', amountUsd: '50.01', reason: 'r' };
  const book = async (body: object): Promise<unknown> =>
    (await api.call('POST', `/admin/orgs/${org}/entries`, { key: one, body })).json['id'];
  const price = { action: 'x', unit: 'token', rateUsd: '1' };
  const asked = [await book(booking), (await api.call('POST', '/admin/prices', { key: one, body: price })).json['id']];
  for (const id of asked) {
    const refused = await approve(id, two);
    expect([refused.status, refused.json['detail']]).toEqual([403, expect.stringContaining('mintLimitUsd')]);
    expect((await api.call('GET', `/admin/approvals/${String(id)}`, { key: two })).json['state']).toBe('pending');
  }
  expect((await approve(await book({ ...booking, amountUsd: '50' }), two)).status).toBe(200);
  const reject = `/admin/approvals/${String(asked[0])}/reject`;
  expect((await api.call('POST', reject, { key: two, body: {} })).status).toBe(200);
});

it('is shown, and passes on to every key that the key makes or renews', async () => {
  const made = await make({ mintLimitUsd: '10' });
  expect(made.json['mintLimitUsd']).toBe('10.00');
  const limited = keyIn(made);
  const shown = await api.call('GET', `/admin/keys/${idOf(limited)}`, { key: admin });
  expect(shown.json['mintLimitUsd']).toBe('10.00');
  const rows = await Promise.all([
    make({}, limited),
    make({ mintLimitUsd: '9' }, limited),
    make({ kind: 'platform' }, limited),
    api.call('POST', `/admin/keys/${idOf(limited)}/rotate`, { key: other, body: {} }),
  ]);
  expect(rows.map(({ json }) => json['mintLimitUsd'])).toEqual(['10.00', '9.00', '10.00', '10.00']);
  const more = await make({ mintLimitUsd: '10.000001' }, limited);
  expect([more.status, more.json['field']]).toEqual([403, 'mintLimitUsd']);
  // The secret of a renewed key goes to who renews it.
  for (const free of [admin, keyIn(await make({ kind: 'platform' })), keyIn(await make({ mintLimitUsd: '11' }))]) {
    const renewed = await api.call('POST', `/admin/keys/${idOf(free)}/rotate`, { key: limited, body: {} });
    expect([renewed.status, renewed.json['field']]).toEqual([403, 'mintLimitUsd']);
  }
  const { org } = await api.createCustomer();
  const own = await make({ kind: 'org', org }, limited);
  expect([own.status, own.json['mintLimitUsd']]).toEqual([201, null]);
  expect(pathsOfErrors(await make({ kind: 'org', org, mintLimitUsd: '1' }))).toEqual(['mintLimitUsd']);
});

it("the lower of the key's and the deployment's limit counts", async () => {
  const strict = await startTestApi('first_come', undefined, { adminEntryLimitUsd: '5' });
  try {
    const key = await strict.createKey({ kind: 'admin' });
    const body = { kind: 'admin', name: 'k', scopes: ALL, mintLimitUsd: '10' };
    const generous = keyIn(await strict.call('POST', '/admin/keys', { key, body }));
    const put = async (amountUsd: string): Promise<number> =>
      (await strict.call('PUT', '/admin/free-tier', { key: generous, body: { amountUsd } })).status;
    expect([await put('5'), await put('5.01'), await put('10.01')]).toEqual([200, 202, 202]);
  } finally {
    await strict.stop();
  }
});
