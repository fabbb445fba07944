/** Months of priced commands: whatever prices are added afterwards, what each month cost stays what it was. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../devnet/seeded.ts';
import { listIn } from '../support/asserts.ts';
import { openContractApi, type ContractApi } from '../support/contract/api.ts';

const DAY_MS = 86_400_000;
const COMMANDS = 24;
const DAYS_BETWEEN = 4;
const ACTIONS = ['chat', 'image'];

let api: ContractApi;
beforeAll(async () => {
  api = await openContractApi();
});
afterAll(async () => api.stop());

/** A decimal as an exact fraction of whole numbers. */
function fractionOf(text: string): readonly [bigint, bigint] {
  const [whole = '', places = ''] = text.split('.');
  return [BigInt(whole + places), 10n ** BigInt(places.length)];
}

/** What a quantity costs at a rate in dollars, in micros: the exact product of two fractions, rounded up. */
function costOf(quantity: string, rateUsd: string): bigint {
  const [[a, b], [c, d]] = [fractionOf(quantity), fractionOf(rateUsd)];
  const [dividend, divisor] = [a * c * 1_000_000n, b * d];
  return dividend / divisor + (dividend % divisor === 0n ? 0n : 1n);
}

const microsOf = (usd: string): bigint => {
  const [dividend, divisor] = fractionOf(usd.replace('-', ''));
  return (dividend * 1_000_000n) / divisor;
};

interface Priced {
  readonly action: string;
  readonly quantity: string;
  readonly at: string;
  readonly rateUsd: string;
  readonly micros: bigint;
}

/** Every priced entry of an org, with what it took. */
async function listPriced(key: string): Promise<Priced[]> {
  const answer = await api.call('GET', '/treasury/ledger?limit=100', { key });
  expect([answer.status, answer.json['nextCursor']]).toEqual([200, null]);
  return listIn(answer, 'entries').flatMap(({ action, quantity, price, amountUsd, createdAt }) => {
    if (price === null) return [];
    const { rateUsd } = price as { readonly rateUsd: string };
    const fields = { action: String(action), quantity: String(quantity), at: String(createdAt), rateUsd };
    return [{ ...fields, micros: microsOf(String(amountUsd)) }];
  });
}

const monthOf = ({ at }: Priced): string => at.slice(0, 7);

test(
  'replaying any month after any price change gives the same total: quotes, stamps and statement agree',
  { timeout: 180_000 },
  async () => {
    const random = seeded(14);
    const below = (count: number): number => Math.floor(random() * count);
    const { org, key } = await api.createCustomer(1_000_000n);
    const setPrice = async (action: string, more: object = {}): Promise<void> => {
      const rateUsd = `${below(3)}.${String(below(1_000_000_000)).padStart(12, '0')}`;
      const body = { action, unit: 'token', rateUsd, ...more };
      expect((await api.call('POST', '/admin/prices', { key: api.adminKey, body })).status).toBe(200);
    };
    for (const action of ACTIONS) await setPrice(action);
    for (let done = 0; done < COMMANDS; done += 1) {
      const action = ACTIONS[below(ACTIONS.length)] ?? '';
      if (below(3) === 0) await setPrice(action, below(2) === 0 ? { org } : {});
      const quantity = `${1 + below(1_000)}.${String(below(1_000_000)).padStart(6, '0')}`;
      const body = { serviceType: 'AI_API', action, quantity };
      expect((await api.call('POST', '/treasury/debit', { key, body })).status).toBe(200);
      api.advance(DAYS_BETWEEN * DAY_MS);
    }
    const priced = await listPriced(key);
    expect(priced).toHaveLength(COMMANDS);
    const months = Map.groupBy(priced, monthOf);
    expect(months.size).toBeGreaterThan(2);
    const statementOf = async (month: string): Promise<unknown> => {
      const { json } = await api.call('GET', `/treasury/statement?month=${month}`, { key });
      return { movements: json['movements'], opening: json['opening'], closing: json['closing'] };
    };
    const before = new Map<string, unknown>();
    for (const month of months.keys()) before.set(month, await statementOf(month));
    // Other prices from now on, for everybody and for the org, and one that is to come.
    for (const action of ACTIONS) {
      await setPrice(action);
      await setPrice(action, { org });
      await setPrice(action, { from: new Date(Date.now() + (COMMANDS * DAYS_BETWEEN + 5) * DAY_MS).toISOString() });
    }
    for (const [month, entries] of months) {
      const total = entries.reduce((sum, { micros }) => sum + micros, 0n);
      const exact = entries.reduce((sum, { quantity, rateUsd }) => sum + costOf(quantity, rateUsd), 0n);
      expect([month, exact]).toEqual([month, total]);
      let quoted = 0n;
      for (const { action, quantity, at } of entries) {
        const query = `action=${action}&quantity=${quantity}&at=${encodeURIComponent(at)}`;
        const { status, json } = await api.call('GET', `/treasury/quote?${query}`, { key });
        expect(status).toBe(200);
        quoted += microsOf(String(json['amountUsd']));
      }
      expect([month, quoted]).toEqual([month, total]);
      const after = await statementOf(month);
      expect(after).toEqual(before.get(month));
      expect(after).toMatchObject({
        movements: expect.arrayContaining([expect.objectContaining({ type: 'AI_API_CALL', entries: entries.length })]),
      });
    }
  },
);
