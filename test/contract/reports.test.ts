/** `GET /admin/reports/...` as its readers know them. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInSettings, startIssuer, type Issuer, type TokenOrder } from '../../devnet/issuer.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { expectBooksBalance } from '../support/reports/books.ts';

const SETUP_TIMEOUT_MS = 60_000;
let issuer: Issuer;
let api: TestApi;
let admin: string;
let org: string;
let month: string;
beforeAll(async () => {
  issuer = await startIssuer();
  api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) });
  admin = await api.createKey({ kind: 'admin' });
  month = new Date().toISOString().slice(0, 7);
  const customer = await api.createCustomer(100n);
  const { key } = customer;
  ({ org } = customer);
  const book = async (body: object, of = org): Promise<void> => {
    const answer = await api.call('POST', `/admin/orgs/${of}/entries`, {
      key: admin,
      body: { reason: 'a reason', ...body },
    });
    if (answer.status !== 200) throw new Error(`not booked: ${answer.text}`);
  };
  await book({ type: 'GRANT', amountUsd: '10' });
  await api.call('POST', '/treasury/debit', {
    key,
    body: { serviceType: 'AI_API', amountUsd: '4', reference: '=1+1' },
  });
  const hold = await api.call('POST', '/treasury/hold', { key, body: { serviceType: 'SKU_PURCHASE', amountUsd: '9' } });
  await api.call('POST', '/treasury/consume-hold', { key, body: { holdId: hold.json['holdId'], amountUsd: '8' } });
  await book({ type: 'REFUND', amountUsd: '1', serviceType: 'AI_API' });
  const debtor = await api.createCustomer(1n);
  await book({ type: 'ADJUSTMENT', amountUsd: '-5' }, debtor.org);
  await book({ type: 'SETTLEMENT', amountUsd: '2' }, debtor.org);
  const idle = await api.createCustomer();
  await book({ type: 'GRANT', amountUsd: '3', expiresAt: new Date(Date.now() + 1_000).toISOString() }, idle.org);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  // A refused call, too, writes what was overdue.
  const late = await api.call('POST', '/treasury/debit', {
    key: idle.key,
    body: { serviceType: 'AI_API', amountUsd: '1' },
  });
  if (late.status !== 402) throw new Error(`not refused: ${late.text}`);
}, SETUP_TIMEOUT_MS);
afterAll(async () => {
  await expectBooksBalance(api.db);
  await api.stop();
  await issuer.stop();
});

const ask = async (name: string, query = '', key = admin): Promise<Answer> =>
  api.call('GET', `/admin/reports/${name}?${query}`, { key });

/** Micros of an amount. */
function microsOf(usd: unknown): bigint {
  const [whole = '', places = ''] = String(usd).split('.');
  return BigInt(whole + places.padEnd(6, '0'));
}

const sum = (rows: readonly Record<string, unknown>[], column: string): bigint =>
  rows.reduce((total, row) => total + microsOf(row[column]), 0n);

describe('reports', () => {
  it('GET /admin/reports/trial-balance: the accounts add up to zero, now and before anything', async () => {
    const { status, json } = await ask('trial-balance');
    expect([status, json['differenceUsd'], json['open']]).toEqual([200, '0.00', false]);
    const accounts = listIn({ json } as Answer, 'accounts');
    expect(sum(accounts, 'debitUsd')).toBe(sum(accounts, 'creditUsd'));
    expect(accounts).toEqual(
      expect.arrayContaining([
        { account: 'assets:debts', debitUsd: '2.00', creditUsd: '0.00' },
        { account: 'assets:usdc:eip155:31337', debitUsd: '101.00', creditUsd: '0.00' },
        { account: 'revenue:AI_API', debitUsd: '0.00', creditUsd: '3.00' },
        { account: 'revenue:SKU_PURCHASE', debitUsd: '0.00', creditUsd: '8.00' },
      ]),
    );
    const before = await ask('trial-balance', 'at=2026-01-01&timeZone=Asia/Kolkata');
    expect(before.json).toMatchObject({ at: '2025-12-31T18:30:00.000Z', open: false, accounts: [], debitUsd: '0.00' });
  });

  it('GET /admin/reports/journal: every entry with its two sides, page by page and as CSV, alike', async () => {
    const all: Record<string, unknown>[] = [];
    let cursor: unknown = '';
    for (let pages = 0; typeof cursor === 'string' && pages < 20; pages += 1) {
      const page = await ask('journal', `month=${month}&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      all.push(...listIn(page, 'lines'));
      cursor = page.json['nextCursor'];
    }
    expect(cursor).toBe(null);
    expect(all.length).toBeGreaterThan(8);
    expect(all.find(({ type }) => type === 'REFUND')).toMatchObject({
      orgId: org,
      debitAccount: 'revenue:AI_API',
      creditAccount: 'liabilities:credits:paid',
      amountUsd: '1.00',
    });
    expect(all.filter(({ type }) => type === 'HOLD')).toEqual([]);
    const { headers, text } = await ask('journal', `month=${month}&format=csv`);
    expect(headers.get('content-disposition')).toBe('attachment; filename="journal.csv"');
    const rows = parse<Record<string, string>>(text, { columns: true, record_delimiter: '\r\n' });
    const same = all.map((line) =>
      Object.fromEntries(Object.entries(line).map(([name, value]) => [name, value ?? ''])),
    );
    expect(rows.map((row) => ({ ...row, reference: row['reference']?.replace(/^'/, '') }))).toEqual(same);
    expect(text).toContain("'=1+1");
  });

  it('GET /admin/reports/journal: its sums are those of the trial balance', async () => {
    const accounts = new Map<string, bigint>();
    const give = (account: unknown, micros: bigint): void =>
      void accounts.set(String(account), (accounts.get(String(account)) ?? 0n) + micros);
    for (const { debitAccount, creditAccount, amountUsd } of listIn(
      await ask('journal', `month=${month}&limit=100`),
      'lines',
    )) {
      give(debitAccount, microsOf(amountUsd));
      give(creditAccount, -microsOf(amountUsd));
    }
    const balances = listIn(await ask('trial-balance'), 'accounts').map(
      ({ account, debitUsd, creditUsd }): [string, bigint] => [
        String(account),
        microsOf(debitUsd) - microsOf(creditUsd),
      ],
    );
    expect(new Map([...accounts].filter(([, micros]) => micros !== 0n))).toEqual(new Map(balances));
  });

  it('GET /admin/reports/revenue: by service and month, paid, promotional and given back apart', async () => {
    const { json } = await ask('revenue', 'from=2026-01-01&to=2028-01-01');
    expect(json['revenue']).toEqual([
      {
        month,
        serviceType: 'AI_API',
        paidUsd: '0.00',
        promotionalUsd: '4.00',
        freeGiftCardsUsd: '0.00',
        refundedUsd: '1.00',
        revenueUsd: '3.00',
      },
      {
        month,
        serviceType: 'SKU_PURCHASE',
        paidUsd: '2.00',
        promotionalUsd: '6.00',
        freeGiftCardsUsd: '0.00',
        refundedUsd: '0.00',
        revenueUsd: '8.00',
      },
    ]);
    expect(pathsOfErrors(await ask('revenue', 'from=2001-01-01&to=2028-01-01'))).toEqual(['to']);
  });

  it('GET /admin/reports/liability: what is owed by kind and age adds up to what wallets have', async () => {
    const { json } = await ask('liability');
    const ages = listIn({ json } as Answer, 'ages');
    expect(sum(ages, 'amountUsd')).toBe(microsOf(json['paidUsd']) + microsOf(json['promotionalUsd']));
    expect(json).toMatchObject({ paidUsd: '99.00', promotionalUsd: '0.00', debtUsd: '2.00' });
    expect(ages).toEqual([
      { source: 'deposit', kind: 'paid', fromDays: 0, toDays: 30, amountUsd: '98.00' },
      { source: 'refund', kind: 'paid', fromDays: 0, toDays: 30, amountUsd: '1.00' },
    ]);
    api.advance(100 * 86_400_000);
    const later = await ask('liability');
    api.advance(-100 * 86_400_000);
    expect(listIn(later, 'ages').map(({ fromDays, toDays }) => [fromDays, toDays])).toEqual([
      [90, 180],
      [90, 180],
    ]);
  });

  it('GET /admin/reports/breakage: what expired by month', async () => {
    const rows = listIn(await ask('breakage', `month=${month}`), 'breakage');
    expect(rows).toEqual([{ month, lots: 1, paidUsd: '0.00', promotionalUsd: '3.00' }]);
  });

  it('GET /admin/reports/deferred: opening + what was sold, given, used and taken back = closing', async () => {
    const lines = listIn(await ask('deferred', `month=${month}`), 'lines');
    expect(lines.map(({ line }) => line)).toEqual([
      'opening',
      'sold',
      'given',
      'refunded',
      'adjusted',
      'used',
      'expired',
      'takenBack',
      'paidOut',
      'released',
      'closing',
    ]);
    for (const column of ['paidUsd', 'promotionalUsd', 'debtUsd', 'totalUsd']) {
      expect(sum(lines.slice(0, -1), column)).toBe(microsOf(lines.at(-1)?.[column]));
    }
    expect(lines.find(({ line }) => line === 'sold')).toMatchObject({ paidUsd: '101.00', totalUsd: '101.00' });
    expect(lines.at(-1)).toMatchObject({ paidUsd: '99.00', debtUsd: '2.00', totalUsd: '97.00' });
  });

  it.each(['trial-balance', 'liability', 'revenue', 'breakage', 'deferred', 'journal'])(
    'GET /admin/reports/{report}: %s as CSV, with a mark for Excel if asked for',
    async (name) => {
      const period = ['trial-balance', 'liability'].includes(name) ? '' : `month=${month}&`;
      const url = `${api.url()}/admin/reports/${name}?${period}format=csv`;
      const bytesOf = async (query: string): Promise<Uint8Array> => {
        const response = await fetch(url + query, { headers: { authorization: `Bearer ${admin}` } });
        expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/csv']);
        return new Uint8Array(await response.arrayBuffer());
      };
      const [plain, marked] = [await bytesOf(''), await bytesOf('&bom=true')];
      expect(marked.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
      expect(new TextDecoder().decode(plain)).toMatch(/^[A-Za-z,]+\r\n/);
    },
  );

  it.each([
    ['journal', '', ['month']],
    ['journal', 'month=2026-01&limit=101', ['limit']],
    ['journal', 'month=2026-01&cursor=abc', ['cursor']],
    ['trial-balance', 'at=9000-01-01', ['at']],
    ['trial-balance', 'month=2026-01', ['month']],
    ['revenue', 'month=2026-01&timeZone=x', ['timeZone']],
    ['liability', 'format=pdf', ['format']],
  ])('GET /admin/reports/{report}: %s with %j is refused', async (name, query, paths) => {
    expect(pathsOfErrors(await ask(name, query))).toEqual(paths);
  });
});

describe('platform finance', () => {
  const finance: TokenOrder = { user: 'fin', platformFinance: true };
  const status = async (
    order: TokenOrder,
    method: string,
    path: string,
    more: { body?: unknown; org?: string } = {},
  ): Promise<number> => {
    const headers = more.org === undefined ? {} : { 'coffer-org': more.org };
    const key = await issuer.sign(order);
    return (await api.call(method, path, { key, body: more.body, headers })).status;
  };
  const spend = { serviceType: 'AI_API', amountUsd: '1' };

  it.each<[string, string, unknown, number]>([
    ['GET', '/admin/reports/trial-balance', undefined, 200],
    ['GET', '/admin/reports/journal?month=2026-01', undefined, 200],
    ['GET', '/admin/reports/liability?format=csv', undefined, 200],
    ['GET', '/admin/search?q=acme', undefined, 200],
    ['GET', '/admin/jobs', undefined, 403],
    ['GET', '/treasury/balance', undefined, 200],
    ['GET', '/treasury/ledger', undefined, 200],
    ['GET', '/treasury/ledger?format=csv', undefined, 200],
    ['GET', '/treasury/statement?month=2026-01&format=csv', undefined, 200],
    ['GET', '/treasury/holds', undefined, 200],
    ['GET', '/treasury/deposits', undefined, 200],
    ['GET', '/treasury/orders', undefined, 200],
    ['GET', '/treasury/settings', undefined, 404],
    ['GET', '/events', undefined, 404],
    ['GET', '/webhook-endpoints', undefined, 404],
    ['PATCH', '/treasury/settings', { lowBalanceThresholdUsd: '1' }, 404],
    ['POST', '/treasury/debit', spend, 404],
    ['POST', '/treasury/hold', spend, 404],
    ['POST', '/treasury/check-balance', { amountUsd: '1' }, 404],
    ['POST', '/treasury/checkout', { amountUsd: '5' }, 404],
    ['GET', '/admin/orgs', undefined, 403],
    ['GET', '/admin/keys', undefined, 403],
    ['GET', '/admin/audit', undefined, 403],
    ['GET', '/admin/reconciliation', undefined, 403],
    ['POST', '/admin/orgs', { name: 'x' }, 403],
    ['POST', '/admin/keys', { kind: 'admin', name: 'k', scopes: ['treasury:read'] }, 403],
  ])('%s %s', async (method, path, body, expected) => {
    expect(await status(finance, method, path, { body, org })).toBe(expected);
  });

  it('names the org; one that is not there is 404', async () => {
    expect(await status(finance, 'GET', '/treasury/balance')).toBe(400);
    expect(await status(finance, 'GET', '/treasury/balance', { org: '00000000-0000-4000-8000-000000000000' })).toBe(
      404,
    );
  });

  it('is not the role finance in an org, nor any other', async () => {
    for (const role of ['owner', 'admin', 'finance'] as const) {
      expect(await status({ user: 'u', orgs: { [org]: role } }, 'GET', '/admin/reports/trial-balance')).toBe(403);
    }
    expect(await status({ user: 'ada', platformAdmin: true }, 'GET', '/admin/reports/trial-balance')).toBe(200);
    for (const kind of ['org', 'platform'] as const) {
      const key = await api.createKey({ kind, ...(kind === 'org' ? { org } : {}) });
      expect((await ask('trial-balance', '', key)).status).toBe(403);
    }
  });

  it('keeps what a role in an org allows', async () => {
    const order: TokenOrder = { user: 'fin', platformFinance: true, orgs: { [org]: 'admin' } };
    expect(await status(order, 'GET', '/treasury/settings', { org })).toBe(200);
  });
});
