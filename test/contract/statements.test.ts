/** `GET /treasury/statement` as its clients know it. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { ROLES } from '../../src/core/access/roles.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { expectBooksBalance } from '../support/reports/books.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';

/** Micros of a cell; a count of cards has no places. */
const microsOf = (cell: string): bigint => {
  const [whole = '', places = ''] = cell.replace('-', '').split('.');
  const micros = BigInt(whole + places.padEnd(6, '0'));
  return cell.startsWith('-') ? -micros : micros;
};

let issuer: Issuer;
let api: TestApi;
beforeAll(async () => {
  issuer = await startIssuer();
  api = await startTestApi('first_come', undefined, { sso: signInSettings(issuer) });
});
afterAll(async () => {
  await expectBooksBalance(api.db);
  await api.stop();
  await issuer.stop();
});

/** An org with a deposit, a grant, a debit that draws on both, a hold that is captured in part, and a refund. */
async function customer(): Promise<{ readonly org: string; readonly key: string }> {
  const { org, key } = await api.createCustomer(10n);
  const admin = await api.createKey({ kind: 'admin' });
  const book = async (body: object): Promise<Answer> =>
    api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body: { reason: 'a reason', ...body } });
  await book({ type: 'GRANT', amountUsd: '2.000001' });
  await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '3' } });
  const hold = await api.call('POST', '/treasury/hold', { key, body: { serviceType: 'ORG_CHARGE', amountUsd: '4' } });
  const { holdId } = hold.json;
  await api.call('POST', '/treasury/consume-hold', { key, body: { holdId, amountUsd: '1', final: false } });
  await book({ type: 'REFUND', amountUsd: '0.5' });
  return { org, key };
}

const ask = async (key: string, query: string): Promise<Answer> =>
  api.call('GET', `/treasury/statement?${query}`, { key });
const thisMonth = (): string => new Date().toISOString().slice(0, 7);

describe('GET /treasury/statement', () => {
  it('GET /treasury/statement: opening, every movement by type and service, paid and promotional apart, closing', async () => {
    const { org, key } = await customer();
    const { status, json } = await ask(key, `month=${thisMonth()}`);
    expect([status, json['orgId'], json['open'], json['timeZone']]).toEqual([200, org, true, 'UTC']);
    const nothing = { availableUsd: '0.00', heldUsd: '0.00', paidUsd: '0.00', promotionalUsd: '0.00', debtUsd: '0.00' };
    expect(json['opening']).toEqual({ ...nothing, freeGiftCards: 0, restricted: [] });
    const movement = (
      type: string,
      serviceType: string | null,
      entries: number,
      [a, h, p, q]: readonly string[],
    ): object => ({
      type,
      serviceType,
      entries,
      availableDeltaUsd: a,
      heldDeltaUsd: h,
      paidDeltaUsd: p,
      promotionalDeltaUsd: q,
      debtDeltaUsd: '0.00',
      giftCardsDelta: 0,
    });
    expect(json['movements']).toEqual([
      movement('DEPOSIT', null, 1, ['10.00', '0.00', '10.00', '0.00']),
      movement('AI_API_CALL', 'AI_API', 2, ['-3.00', '0.00', '-0.999999', '-2.000001']),
      movement('REFUND', null, 1, ['0.50', '0.00', '0.50', '0.00']),
      movement('HOLD', 'ORG_CHARGE', 1, ['-4.00', '4.00', '0.00', '0.00']),
      movement('GRANT', null, 1, ['2.000001', '0.00', '0.00', '2.000001']),
      movement('CHARGE', 'ORG_CHARGE', 1, ['0.00', '-1.00', '-1.00', '0.00']),
    ]);
    const closing = { availableUsd: '5.500001', heldUsd: '3.00', paidUsd: '8.500001', promotionalUsd: '0.00' };
    expect(json['closing']).toEqual({ ...closing, debtUsd: '0.00', freeGiftCards: 0, restricted: [] });
    const balance = await api.call('GET', '/treasury/balance', { key });
    expect(balance.json).toMatchObject({ availableUsd: '5.500001', heldUsd: '3.00' });
  });

  it('GET /treasury/statement: debt is shown beside what paid and promotional lots have', async () => {
    const { org, key } = await api.createCustomer(1n);
    const admin = await api.createKey({ kind: 'admin' });
    const book = async (type: string, amountUsd: string): Promise<Answer> =>
      api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body: { type, amountUsd, reason: 'a reason' } });
    await book('ADJUSTMENT', '-5');
    await book('GRANT', '6');
    const { json } = await ask(key, `month=${thisMonth()}`);
    expect(json['closing']).toMatchObject({
      availableUsd: '2.00',
      paidUsd: '0.00',
      promotionalUsd: '2.00',
      debtUsd: '0.00',
    });
    expect(json['movements']).toMatchObject([
      { type: 'DEPOSIT', paidDeltaUsd: '1.00' },
      { type: 'ADJUSTMENT', availableDeltaUsd: '-5.00', paidDeltaUsd: '-1.00', debtDeltaUsd: '4.00' },
      { type: 'GRANT', availableDeltaUsd: '6.00', promotionalDeltaUsd: '2.00', debtDeltaUsd: '-4.00' },
    ]);
  });

  it('GET /treasury/statement: what of a balance is for some things only, as GET /treasury/balance says it', async () => {
    const { org, key } = await api.createCustomer(10n);
    const admin = await api.createKey({ kind: 'admin' });
    const grant = async (amountUsd: string, restrictedTo: object): Promise<Answer> => {
      const body = { type: 'GRANT', amountUsd, reason: 'a reason', restrictedTo };
      return api.call('POST', `/admin/orgs/${org}/entries`, { key: admin, body });
    };
    await grant('2', { services: ['AI_API'] });
    await grant('3', { services: ['AI_API'] });
    await grant('4', { actions: ['chat'], services: ['SKU_PURCHASE', 'AI_API'] });
    await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '1.25' } });
    await api.call('POST', '/treasury/hold', { key, body: { serviceType: 'AI_API', amountUsd: '0.25' } });
    const { json } = await ask(key, `month=${thisMonth()}`);
    const parts = [
      { services: ['AI_API', 'SKU_PURCHASE'], actions: ['chat'], availableUsd: '4.00' },
      { services: ['AI_API'], actions: null, availableUsd: '3.50' },
    ];
    expect(json).toMatchObject({ opening: { restricted: [] }, closing: { availableUsd: '17.50', restricted: parts } });
    const balance = await api.call('GET', '/treasury/balance', { key });
    expect(new Set(listIn(balance, 'restricted'))).toEqual(new Set(parts));
    const later = await ask(key, `from=${new Date().toISOString()}&to=9000-01-01`);
    expect(later.json).toMatchObject({ opening: { restricted: parts }, movements: [], closing: { restricted: parts } });
    const { text } = await ask(key, `month=${thisMonth()}&format=csv`);
    const rows = parse<Record<string, string>>(text, { columns: true, record_delimiter: '\r\n' });
    const empty = { type: '', heldUsd: '', paidUsd: '', promotionalUsd: '', debtUsd: '', giftCards: '' };
    expect(rows.slice(-3)).toMatchObject([
      { line: 'closing', availableUsd: '17.50', restrictedTo: '' },
      {
        ...empty,
        line: 'closing_restricted',
        availableUsd: '4.00',
        restrictedTo: 'AI_API, SKU_PURCHASE and the actions chat',
      },
      { ...empty, line: 'closing_restricted', availableUsd: '3.50', restrictedTo: 'AI_API' },
    ]);
  });

  it('GET /treasury/statement: an unfinished period is open, one that is over is closed and empty of what came later', async () => {
    const { key } = await customer();
    const [last, to] = [new Date(Date.now() - 3 * 86_400_000), new Date(Date.now() - 2 * 86_400_000)];
    const range = `from=${last.toISOString()}&to=${to.toISOString()}`;
    const closed = await ask(key, range);
    expect([closed.json['open'], closed.json['asOf'], closed.json['movements']]).toEqual([false, null, []]);
    const open = await ask(key, `from=${last.toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}`);
    expect([open.json['open'], typeof open.json['asOf']]).toEqual([true, 'string']);
    // It has just ended: the answer waits until no further entry can come.
    const recent = await ask(key, `from=${last.toISOString()}&to=${new Date(Date.now()).toISOString()}`);
    expect([recent.json['open'], recent.json['closing']]).toEqual([false, open.json['closing']]);
  });

  it('GET /treasury/statement: days and months are those of the zone', async () => {
    const { key } = await api.createCustomer();
    const { json } = await ask(key, 'from=2026-03-01&to=2026-04-01&timeZone=Europe/Berlin');
    expect([json['from'], json['to'], json['timeZone']]).toEqual([
      '2026-02-28T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
      'Europe/Berlin',
    ]);
    expect((await ask(key, 'month=2026-03&timeZone=Europe/Berlin')).json['to']).toBe('2026-03-31T22:00:00.000Z');
    expect((await ask(key, 'month=2026-03&timeZone=Asia/Kolkata')).json['from']).toBe('2026-02-28T18:30:00.000Z');
  });

  it('GET /treasury/statement: as CSV, whose lines add up from the opening to the closing; with a mark for Excel if asked for', async () => {
    const { key } = await customer();
    const { headers, text } = await ask(key, `month=${thisMonth()}&format=csv`);
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get('content-disposition')).toBe('attachment; filename="statement.csv"');
    const rows = parse<Record<string, string>>(text, { columns: true, record_delimiter: '\r\n' });
    expect(rows.map(({ line }) => line)).toEqual([
      'opening',
      ...Array.from({ length: 6 }, () => 'movement'),
      'closing',
    ]);
    for (const column of ['availableUsd', 'heldUsd', 'paidUsd', 'promotionalUsd', 'debtUsd', 'giftCards']) {
      const micros = rows.map((row) => microsOf(row[column] ?? ''));
      expect(micros.slice(0, -1).reduce((sum, one) => sum + one, 0n)).toBe(micros.at(-1));
    }
    expect(text.startsWith('\ufeff')).toBe(false);
    const marked = await fetch(`${api.url()}/treasury/statement?month=${thisMonth()}&format=csv&bom=true`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect([...new Uint8Array(await marked.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  it.each([
    ['', ['month']],
    ['month=2026-13', ['month']],
    ['month=9000-01', ['month']],
    ['from=2026-01-01', ['to']],
    ['from=2026-02-01&to=2026-01-01', ['to']],
    ['month=2026-01&from=2026-01-01&to=2026-02-01', ['month']],
    ['month=2026-01&timeZone=Nowhere', ['timeZone']],
    ['month=2026-01&limit=5', ['limit']],
    ['month=2026-01&bom=true', ['bom']],
    ['month=2026-01&format=xlsx', ['format']],
  ])('GET /treasury/statement: %j is refused', async (query, paths) => {
    const { key } = await api.createCustomer();
    expect(pathsOfErrors(await ask(key, query))).toEqual(paths);
  });

  it.each(ROLES)('GET /treasury/statement: who may: %s', async (role) => {
    const { org } = await api.createCustomer(1n);
    const key = await issuer.sign({ user: 'u', orgs: { [org]: role } });
    expect((await ask(key, 'month=2026-01')).status).toBe(200);
    const exports = !['member', 'viewer'].includes(role);
    expect((await ask(key, 'month=2026-01&format=csv')).status).toBe(exports ? 200 : 403);
  });

  it('GET /treasury/statement: of another org is 404, without a scope 403', async () => {
    const [mine, theirs] = [await api.createCustomer(), await api.createCustomer()];
    const headers = { 'coffer-org': theirs.org };
    expect((await api.call('GET', '/treasury/statement?month=2026-01', { key: mine.key, headers })).status).toBe(404);
    const spender = await api.createKey({ org: mine.org, scopes: ['treasury:spend'] });
    expect((await ask(spender, 'month=2026-01')).status).toBe(403);
  });
});
