import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { debitOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

type Row = Readonly<Record<string, string>>;

async function download(key: string, query = ''): Promise<Answer> {
  return api.call('GET', `/treasury/ledger?format=csv${query}`, { key });
}

async function rowsOf(key: string, query = ''): Promise<Row[]> {
  const { status, text } = await download(key, query);
  expect(status).toBe(200);
  return parse<Row>(text, { columns: true, record_delimiter: '\r\n' });
}

describe('the ledger as CSV', () => {
  it('has everything that the pages have, with numbers as they are', async () => {
    const { key, wallet } = await api.createCustomer(50n);
    await api.call('POST', '/treasury/hold', { key, body: { amountUsd: '5', serviceType: 'AI_API' } });
    const body = { serviceType: 'AI_API', amountUsd: '1.5', description: 'a "b", c', reference: 'r', appId: 'ü 🎁' };
    await api.call('POST', '/treasury/debit', { key, body });
    const { headers, text } = await download(key);
    expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(headers.get('content-disposition')).toBe('attachment; filename="ledger.csv"');
    expect(text.split('\r\n')[1]).toMatch(
      new RegExp(`^ent_${wallet}_3,cmd_${wallet}_3,[^,]+,AI_API_CALL,AI_API,-1.50,-1.50,0.00,`),
    );
    const pages = listIn(await api.call('GET', '/treasury/ledger', { key }), 'entries');
    const written = pages.map((entry) =>
      Object.fromEntries(
        Object.entries(entry).map(([name, value]) => [name, value === null ? '' : `${value as string | number}`]),
      ),
    );
    expect(await rowsOf(key)).toEqual(written);
  });

  it('S20 begins no cell so that a spreadsheet computes it', async () => {
    const { key } = await api.createCustomer(50n);
    const begun = ['=', '+', '-', '@', '\t=', '\n=', '\r=', '＝', '＋', '－', '＠', ' ='];
    for (const start of begun) {
      const body = { serviceType: 'AI_API', amountUsd: '1', description: `${start}HYPERLINK("x")` };
      expect((await api.call('POST', '/treasury/debit', { key, body })).status).toBe(200);
    }
    const written = (await rowsOf(key)).map(({ description }) => description).filter((text) => text !== '');
    expect(written).toEqual(begun.map((start) => `'${start}HYPERLINK("x")`).toReversed());
  });

  it('of an empty ledger is its head line', async () => {
    const { key } = await api.createCustomer();
    const { text } = await download(key);
    expect(text).toMatch(/^id,commandId,createdAt,type,[A-Za-z,]+,metadata,restrictedTo,parentHoldId,refundOf\r\n$/);
  });

  it('comes back whole through several pieces, filters and all', async () => {
    const { key, wallet } = await api.createCustomer(5_000n);
    await Promise.all(Array.from({ length: 2_500 }, async () => api.writer.submit(debitOf(wallet, 1n))));
    const seqs = (await rowsOf(key)).map(({ id }) => id);
    expect(seqs).toEqual(Array.from({ length: 2_501 }, (_, n) => `ent_${wallet}_${2_501 - n}`));
    expect(await rowsOf(key, '&type=DEPOSIT')).toHaveLength(1);
    expect(await rowsOf(key, '&serviceType=SKU_PURCHASE')).toEqual([]);
    expect(await rowsOf(key, '&to=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await rowsOf(key, '&from=2020-01-01T00:00:00Z&serviceType=AI_API')).toHaveLength(2_500);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|" /C calc"!A0', "'=1", 'a=1', '1-1', 'x\ny'])(
    'no text becomes a formula: %j',
    async (text) => {
      const { key } = await api.createCustomer(5n);
      const body = { serviceType: 'AI_API', amountUsd: '1', description: text, reference: text, appId: text };
      expect((await api.call('POST', '/treasury/debit', { key, body })).status).toBe(200);
      const [row] = await rowsOf(key);
      const shown = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      expect([row?.['description'], row?.['reference'], row?.['appId']]).toEqual([shown, shown, shown]);
      expect(row?.['amountUsd']).toBe('-1.00');
    },
  );

  it.each([
    ['&limit=5', ['limit']],
    ['&cursor=abc', ['cursor']],
    ['&type=deposit', ['type']],
  ])('%s is refused', async (query, paths) => {
    const { key } = await api.createCustomer();
    expect(pathsOfErrors(await download(key, query))).toEqual(paths);
  });

  it('in another format is refused', async () => {
    const { key } = await api.createCustomer();
    expect(pathsOfErrors(await api.call('GET', '/treasury/ledger?format=xlsx', { key }))).toEqual(['format']);
    expect((await api.call('GET', '/treasury/ledger?format=json&limit=1', { key })).status).toBe(200);
  });

  it('of another org is not to be had', async () => {
    const [mine, theirs] = [await api.createCustomer(1n), await api.createCustomer(2n)];
    expect(await rowsOf(mine.key)).toHaveLength(1);
    const headers = { 'coffer-org': theirs.org };
    const { status } = await api.call('GET', '/treasury/ledger?format=csv', { key: mine.key, headers });
    expect(status).toBe(404);
  });

  it('whose reader goes away ends, and harms nobody', async () => {
    const { key, wallet } = await api.createCustomer(5_000n);
    await Promise.all(
      Array.from({ length: 3_000 }, async () => api.writer.submit(debitOf(wallet, 1n, uuidV7(Date.now())))),
    );
    const abort = new AbortController();
    const response = await fetch(`${api.url()}/treasury/ledger?format=csv`, {
      headers: { authorization: `Bearer ${key}` },
      signal: abort.signal,
    });
    await response.body?.getReader().read();
    abort.abort();
    expect((await api.call('GET', '/treasury/balance', { key })).status).toBe(200);
  });
});
