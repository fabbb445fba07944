/** What every call that moves money promises about its key. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerKey, uuidV7 } from '../../src/core/ids.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { card, hold, holdCalls, type Customer } from '../support/ledger/holds.ts';
import { auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
let admin: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
});
afterAll(async () => api.stop());

const createCustomer = async (): Promise<Customer> => holdCalls(() => api).createCardHolder(20n);

interface Call {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Every other input that makes another request of it. */
  readonly others: readonly Readonly<Record<string, unknown>>[];
}

interface Case {
  readonly name: string;
  /** The hold that the call is about, opened before it. */
  readonly hold?: Readonly<Record<string, unknown>>;
  readonly call: (customer: Customer, holdId: string) => Call;
}

const debit = { amountUsd: '1.50', serviceType: 'AI_API' };

const CASES: readonly Case[] = [
  {
    name: 'debit',
    call: () => ({ path: '/treasury/debit', body: debit, others: [{ ...debit, amountUsd: '1.51' }] }),
  },
  {
    name: 'hold',
    call: () => ({
      path: '/treasury/hold',
      body: { ...hold, reference: 'r', expiresInSeconds: 60 },
      others: [
        { ...hold, reference: 'r', expiresInSeconds: 61 },
        { ...hold, reference: 'r' },
        { ...hold, expiresInSeconds: 60 },
        { ...hold, reference: 'r', expiresInSeconds: 60, serviceType: 'SKU_PURCHASE' },
        { ...hold, reference: 'r', expiresInSeconds: 60, amountUsd: '5.000001' },
      ],
    }),
  },
  {
    name: 'hold of a card',
    call: () => ({
      path: '/treasury/hold',
      body: card,
      others: [
        { ...card, useGiftCard: false },
        { ...card, amountUsd: '0.5' },
      ],
    }),
  },
  {
    name: 'capture',
    hold,
    call: (_customer, holdId) => ({
      path: '/treasury/consume-hold',
      body: { holdId, amountUsd: '3' },
      others: [
        { holdId, amountUsd: '2' },
        { holdId, amountUsd: '3', final: false },
        { holdId, amountUsd: '3', allowOverrun: true },
      ],
    }),
  },
  {
    name: 'capture in part',
    hold,
    call: (_customer, holdId) => ({
      path: '/treasury/consume-hold',
      body: { holdId, amountUsd: '3', final: false },
      others: [{ holdId, amountUsd: '3' }],
    }),
  },
  {
    name: 'capture beyond the hold',
    hold,
    call: (_customer, holdId) => ({
      path: '/treasury/consume-hold',
      body: { holdId, amountUsd: '6', allowOverrun: true },
      others: [{ holdId, amountUsd: '6' }],
    }),
  },
  {
    name: 'capture of a card',
    hold: card,
    call: (_customer, holdId) => ({
      path: '/treasury/consume-hold',
      body: { holdId, amountUsd: '1' },
      others: [{ holdId, amountUsd: '0.9' }],
    }),
  },
  {
    name: 'release',
    hold,
    call: (_customer, holdId) => ({
      path: '/treasury/release-hold',
      body: { holdId, reason: 'not needed' },
      others: [{ holdId }],
    }),
  },
  {
    name: 'extension',
    hold,
    call: (_customer, holdId) => ({
      path: '/treasury/extend-hold',
      body: { holdId, expiresInSeconds: 3_600 },
      others: [{ holdId, expiresInSeconds: 3_601 }],
    }),
  },
  {
    name: 'grant',
    call: ({ org }) => ({
      path: `/admin/orgs/${org}/entries`,
      body: { type: 'GRANT', amountUsd: '2', reason: 'welcome', expiresAt: '2100-01-01T00:00:00Z' },
      others: [
        { type: 'GRANT', amountUsd: '2', reason: 'welcome' },
        { type: 'GRANT', amountUsd: '2', reason: 'sorry', expiresAt: '2100-01-01T00:00:00Z' },
        { type: 'REFUND', amountUsd: '2', reason: 'welcome' },
      ],
    }),
  },
  {
    name: 'adjustment downwards',
    call: ({ org }) => ({
      path: `/admin/orgs/${org}/entries`,
      body: { type: 'ADJUSTMENT', amountUsd: '-2', reason: 'a typo' },
      others: [{ type: 'ADJUSTMENT', amountUsd: '2', reason: 'a typo' }],
    }),
  },
];

async function post(customer: Customer, path: string, body: unknown, idempotencyKey: string): Promise<Answer> {
  const key = path.startsWith('/admin') ? admin : customer.key;
  return api.call('POST', path, { key, body, headers: { 'idempotency-key': idempotencyKey } });
}

async function openHold(customer: Customer, body: unknown): Promise<string> {
  const { status, json } = await post(customer, '/treasury/hold', body, uuidV7(Date.now()));
  expect(status).toBe(200);
  return String(json['holdId']);
}

async function setUp({ hold: held, call }: Case): Promise<{ customer: Customer; call: Call; holdId: string }> {
  const customer = await createCustomer();
  const holdId = held === undefined ? '' : await openHold(customer, held);
  return { customer, holdId, call: call(customer, holdId) };
}

/** How many commands were carried out under a key, by the org and by operators. */
async function countCommands(wallet: string, idempotencyKey: string): Promise<number> {
  const client = await connect(api.database.ownerUrl);
  const entries = await auditWallet(client, wallet);
  await client.end();
  const keys = (['client', 'operator'] as const).map((domain) => ledgerKey(domain, idempotencyKey));
  return entries.filter((entry) => keys.includes(entry.key) && entry.part === 0).length;
}

/** Everything that could change an answer which is not made of what was written. */
async function disturb(customer: Customer, holdId: string): Promise<void> {
  await post(customer, '/treasury/debit', { serviceType: 'SKU_PURCHASE', amountUsd: '2' }, uuidV7(Date.now()));
  await openHold(customer, { serviceType: 'AI_API', amountUsd: '1' });
  if (holdId !== '') await post(customer, '/treasury/release-hold', { holdId }, uuidV7(Date.now()));
  await api.writer.submit(depositOf(customer.wallet, 7n));
  await api.call('PATCH', '/treasury/settings', { key: customer.key, body: { freeGiftCardMaxUsd: '0.01' } });
}

describe('the same request under the same key', () => {
  it.each(CASES)('$name: is answered with the same bytes, whatever happened since', async (one) => {
    const { customer, call, holdId } = await setUp(one);
    const first = await post(customer, call.path, call.body, 'k');
    expect([first.status, first.json['idempotencyKey']]).toEqual([200, 'k']);
    await disturb(customer, holdId);
    const again = await post(customer, call.path, { ...call.body, idempotencyKey: 'k' }, 'k');
    expect([again.status, again.text]).toEqual([200, first.text]);
    const replayed = [first, again].map(({ headers }) => headers.get('idempotency-replayed'));
    expect(replayed).toEqual([null, 'true']);
    expect(await countCommands(customer.wallet, 'k')).toBe(1);
  });

  it.each(CASES)('A29 $name: twenty times at the same instant is done once', async (one) => {
    const { customer, call } = await setUp(one);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => post(customer, call.path, call.body, 'at once')),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await countCommands(customer.wallet, 'at once')).toBe(1);
  });

  it('A30 is answered after a restart, after a suspension, and when the hold has expired', async () => {
    const done = [];
    for (const one of CASES) {
      const { customer, call } = await setUp(one);
      done.push({ customer, call, first: await post(customer, call.path, call.body, 'k') });
    }
    await api.db.raw('UPDATE org SET suspended_at = now()');
    api.advance(40 * 86_400_000);
    await api.restart();
    for (const { customer, call, first } of done) {
      const again = await post(customer, call.path, call.body, 'k');
      expect([again.status, again.text]).toEqual([200, first.text]);
      expect(await countCommands(customer.wallet, 'k')).toBe(1);
    }
    await api.db.raw('UPDATE org SET suspended_at = NULL');
    await api.restart();
  });
});

describe('A28 the key of another request', () => {
  it.each(CASES)('$name: other input is 409, and so is the key on another call of the same kind', async (one) => {
    const { customer, call } = await setUp(one);
    await post(customer, call.path, call.body, 'k');
    const elsewhere = [
      ...call.others.map((body) => [call.path, body] as const),
      call.path.startsWith('/admin')
        ? ([`/admin/orgs/${customer.org}/entries`, { type: 'REFUND', amountUsd: '1', reason: 'r' }] as const)
        : (['/treasury/debit', { serviceType: 'GAS_SUBSIDY', amountUsd: '1' }] as const),
    ];
    for (const [path, body] of elsewhere) {
      const { status, json } = await post(customer, path, body, 'k');
      expect([path, body, status, json['code']]).toEqual([path, body, 409, 'IDEMPOTENCY_CONFLICT']);
    }
    expect(await countCommands(customer.wallet, 'k')).toBe(1);
  });

  it.each(CASES)('$name: header and body that disagree are 400, and move nothing', async (one) => {
    const { customer, call } = await setUp(one);
    const { status, json } = await post(customer, call.path, { ...call.body, idempotencyKey: 'j' }, 'k');
    expect([status, json['code']]).toEqual([400, 'VALIDATION_FAILED']);
    expect((await countCommands(customer.wallet, 'k')) + (await countCommands(customer.wallet, 'j'))).toBe(0);
  });
});

describe('a refused request may be tried again under its key', () => {
  it.each([
    ['a hold', '/treasury/hold', hold],
    ['a debit', '/treasury/debit', debit],
  ])('%s that was not covered', async (_name, path, body) => {
    const customer = await api.createCustomer();
    expect((await post(customer, path, body, 'k')).status).toBe(402);
    await api.writer.submit(depositOf(customer.wallet, 9n));
    const { status, headers } = await post(customer, path, body, 'k');
    expect([status, headers.get('idempotency-replayed')]).toEqual([200, null]);
  });

  it.each([
    ['a capture', '/treasury/consume-hold', { amountUsd: '1' }],
    ['a release', '/treasury/release-hold', {}],
    ['an extension', '/treasury/extend-hold', { expiresInSeconds: 3_600 }],
  ])('%s of a hold that comes later', async (_name, path, rest) => {
    const customer = await api.createCustomer(9n);
    const body = { holdId: `hold_${customer.wallet}_2`, ...rest };
    const early = await post(customer, path, body, 'k');
    expect([early.status, early.json['code']]).toEqual([404, 'NOT_FOUND']);
    expect(await openHold(customer, hold)).toBe(body.holdId);
    const { status, headers } = await post(customer, path, body, 'k');
    expect([status, headers.get('idempotency-replayed')]).toEqual([200, null]);
  });

  it('a withdrawal that was not covered', async () => {
    const customer = await api.createCustomer();
    const path = `/admin/orgs/${customer.org}/entries`;
    const body = { type: 'WITHDRAWAL', amountUsd: '3', reason: 'closing' };
    expect((await post(customer, path, body, 'k')).status).toBe(402);
    await api.writer.submit(depositOf(customer.wallet, 9n));
    expect((await post(customer, path, body, 'k')).json).toMatchObject({ amountUsd: '-3.00', availableUsd: '6.00' });
  });
});
