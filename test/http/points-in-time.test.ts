/** Balances and spans of the ledger by time: [from, to), and answered once no earlier entry can come. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatUsd, parseUsd } from '../../src/core/money.ts';
import { ledgerReply } from '../../src/http/treasury/schemas.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

describe('GET /treasury/balance?at= and GET /treasury/ledger?from=&to=', () => {
  it('S04 answers what was recorded before a time, in the convention of the ledger', async () => {
    const { key, wallet } = await api.createCustomer();
    const times: number[] = [];
    for (let usd = 1n; usd <= 5n; usd += 1n) {
      api.advance(1_000);
      const { entries } = await api.writer.submit(depositOf(wallet, usd));
      times.push(entries[0]?.atMs ?? 0);
    }
    const totals = [];
    for (const atMs of times) {
      for (const ms of [atMs, atMs + 1]) {
        const at = encodeURIComponent(new Date(ms).toISOString());
        totals.push((await api.call('GET', `/treasury/balance?at=${at}`, { key })).json['totalUsd']);
      }
    }
    expect(totals).toEqual(['0.00', '1.00', '1.00', '3.00', '3.00', '6.00', '6.00', '10.00', '10.00', '15.00']);
    const [from = 0, to = 0] = [times[1], times[3]];
    const span = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
    const { entries } = ledgerReply.parse((await api.call('GET', `/treasury/ledger?${span}`, { key })).json);
    expect(entries.map(({ amountUsd }) => amountUsd)).toEqual(['3.00', '2.00']);
  });

  it('S04 does not answer about a time to come, whereas a ledger up to one has everything', async () => {
    const { key, wallet } = await api.createCustomer(1n);
    const soon = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const answer = await api.call('GET', `/treasury/balance?at=${soon}`, { key });
    expect([answer.status, pathsOfErrors(answer)]).toEqual([400, ['at']]);
    const begun = performance.now();
    const ledger = await api.call('GET', `/treasury/ledger?to=${soon}`, { key });
    expect(ledgerReply.parse(ledger.json).entries.map(({ id }) => id)).toEqual([`ent_${wallet}_1`]);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('S04 answers about the present once it is past, the same ever after', async () => {
    const { key, wallet } = await api.createCustomer(1n);
    const [{ entries }, more] = [await api.writer.submit(depositOf(wallet, 2n)), depositOf(wallet, 4n)];
    const at = new Date((entries[0]?.atMs ?? 0) + 1).toISOString();
    const ask = async (): Promise<unknown> =>
      (await api.call('GET', `/treasury/balance?at=${at}`, { key })).json['totalUsd'];
    const asked = ask();
    await api.writer.submit(more);
    const first = await asked;
    expect([first, await ask()]).toEqual([first, first]);
    const listed = await api.call('GET', `/treasury/ledger?to=${at}`, { key });
    const sum = ledgerReply.parse(listed.json).entries.reduce((all, { amountUsd }) => all + parseUsd(amountUsd), 0n);
    expect(formatUsd(sum)).toBe(first);
  });
});
