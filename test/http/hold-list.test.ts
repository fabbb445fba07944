import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdsReply } from '../../src/http/treasury/hold-schemas.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';
import { card, hold, holdCalls } from '../support/ledger/holds.ts';
import { debitOf, depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

const { post, openHold, createCardHolder, audited } = holdCalls(() => api);

describe('GET /treasury/holds', () => {
  interface Prepared {
    readonly key: string;
    readonly ids: Readonly<Record<string, string>>;
    readonly list: (query: string) => Promise<string[]>;
  }

  async function prepare(): Promise<Prepared> {
    const { key } = await createCardHolder(100n);
    const ids: Record<string, string> = {};
    const open = async (name: string, body: object = hold): Promise<void> => {
      ids[name] = await openHold(key, { ...body, reference: name.charAt(0) });
    };
    for (const name of ['captured', 'part', 'released', 'open', 'overdrawn']) await open(name);
    await open('expired', { ...hold, expiresInSeconds: 10 });
    await open('sku', { ...hold, serviceType: 'SKU_PURCHASE' });
    await open('card', card);
    await post(key, 'consume-hold', { holdId: ids['captured'], amountUsd: '2' });
    await post(key, 'consume-hold', { holdId: ids['part'], amountUsd: '2', final: false });
    await post(key, 'release-hold', { holdId: ids['part'] });
    await post(key, 'release-hold', { holdId: ids['released'] });
    await post(key, 'consume-hold', { holdId: ids['overdrawn'], amountUsd: '6', allowOverrun: true });
    await post(key, 'consume-hold', { holdId: ids['card'], amountUsd: '1' });
    await post(key, 'extend-hold', { holdId: ids['open'], expiresInSeconds: 7_200 });
    api.advance(11_000);
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    const list: Prepared['list'] = async (query) =>
      listIn(await api.call('GET', `/treasury/holds${query}`, { key }), 'holds').map(
        ({ holdId, state }) => `${names.get(String(holdId))} ${String(state)}`,
      );
    return { key, ids, list };
  }

  it('tells of each what became of it, newest first, whether its expiry is written or not', async () => {
    const { key, ids, list } = await prepare();
    const all = [
      'card captured',
      'sku open',
      'expired expired',
      'overdrawn captured',
      'open open',
      'released released',
      'part released',
      'captured captured',
    ];
    expect(await list('')).toEqual(all);
    await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '1' });
    expect(await list('')).toEqual(all);
    const { holds } = holdsReply.parse((await api.call('GET', '/treasury/holds', { key })).json);
    const shown = Object.fromEntries(
      holds.map(({ holdId, amountUsd, leftUsd, capturedUsd }) => [holdId, [amountUsd, leftUsd, capturedUsd]]),
    );
    expect(shown).toEqual({
      [ids['card'] ?? '']: ['0.00', '0.00', '0.00'],
      [ids['sku'] ?? '']: ['5.00', '5.00', '0.00'],
      [ids['expired'] ?? '']: ['5.00', '0.00', '0.00'],
      [ids['overdrawn'] ?? '']: ['5.00', '0.00', '6.00'],
      [ids['open'] ?? '']: ['5.00', '5.00', '0.00'],
      [ids['released'] ?? '']: ['5.00', '0.00', '0.00'],
      [ids['part'] ?? '']: ['5.00', '0.00', '2.00'],
      [ids['captured'] ?? '']: ['5.00', '0.00', '2.00'],
    });
    const seconds = (from: string, to: string | null): number => (Date.parse(to ?? '') - Date.parse(from)) / 1_000;
    for (const { holdId, state, createdAt, expiresAt, closedAt } of holds) {
      const lasted = seconds(createdAt, expiresAt);
      if (holdId === ids['expired']) expect(lasted).toBe(10);
      else if (holdId === ids['open']) expect(Math.round(lasted)).toBeGreaterThanOrEqual(7_200);
      else expect(lasted).toBe(900);
      expect(closedAt === null).toBe(state === 'open');
    }
  });

  it('filters', async () => {
    const { list } = await prepare();
    expect(await list('?state=open')).toEqual(['sku open', 'open open']);
    expect(await list('?state=captured')).toEqual(['card captured', 'overdrawn captured', 'captured captured']);
    expect(await list('?state=released')).toEqual(['released released', 'part released']);
    expect(await list('?state=expired')).toEqual(['expired expired']);
    expect(await list('?serviceType=SKU_PURCHASE')).toEqual(['sku open']);
    expect(await list('?reference=o')).toEqual(['overdrawn captured', 'open open']);
    expect(await list('?reference=o&state=open')).toEqual(['open open']);
    expect(await list('?reference=c&state=captured&serviceType=GIFT_CARD')).toEqual(['card captured']);
    expect(await list('?state=expired&serviceType=SKU_PURCHASE')).toEqual([]);
  });

  it.each(['', '&state=open', '&serviceType=AI_API', '&state=released'])(
    'pages without gap or repetition, with the filter "%s"',
    async (filter) => {
      const { key } = await api.createCustomer(100n);
      const ids: string[] = [];
      for (let n = 0; n < 7; n += 1) {
        ids.unshift(await openHold(key, { ...hold, amountUsd: '1' }));
        if (filter.includes('released')) await post(key, 'release-hold', { holdId: ids[0] });
      }
      const seen: unknown[] = [];
      let cursor = '';
      for (let page = 0; page < 4; page += 1) {
        const answer = await api.call('GET', `/treasury/holds?limit=3${filter}${cursor}`, { key });
        seen.push(...listIn(answer, 'holds').map(({ holdId }) => holdId));
        const { nextCursor } = answer.json;
        if (typeof nextCursor !== 'string') break;
        cursor = `&cursor=${nextCursor}`;
      }
      expect(seen).toEqual(ids);
    },
  );

  it.each([
    ['?state=closed', ['state']],
    ['?serviceType=X402', ['serviceType']],
    ['?reference=', ['reference']],
    ['?limit=0', ['limit']],
    ['?cursor=abc', ['cursor']],
    [`?cursor=${Buffer.from('ledger~5').toString('base64url')}`, ['cursor']],
    ['?hold=1', ['hold']],
  ])('%s is refused', async (query, paths) => {
    const { key } = await api.createCustomer();
    expect(pathsOfErrors(await api.call('GET', `/treasury/holds${query}`, { key }))).toEqual(paths);
  });
});

describe('GET /treasury/balance?at=', () => {
  it("answers right after each entry's time what the balance was then, with holds, lots and cards", async () => {
    const { key, wallet } = await createCardHolder(20n);
    const shown = async (at?: string): Promise<unknown> => {
      const query = at === undefined ? '' : `?at=${encodeURIComponent(at)}`;
      const { json } = await api.call('GET', `/treasury/balance${query}`, { key });
      const { at: _, ...rest } = json;
      return rest;
    };
    const past: [string, unknown][] = [];
    const note = async (answer: Answer): Promise<string> => {
      expect(answer.status).toBe(200);
      const after = Date.parse(String(answer.json['createdAt'])) + 1;
      past.push([new Date(after).toISOString(), await shown()]);
      api.advance(1_000);
      return String(answer.json['holdId']);
    };
    const short = await note(await post(key, 'hold', { ...hold, expiresInSeconds: 3 }));
    const holdId = await note(await post(key, 'hold', hold));
    await note(await post(key, 'consume-hold', { holdId, amountUsd: '2', final: false }));
    await note(await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '1' }));
    await api.writer.submit(depositOf(wallet, 3n));
    await note(await post(key, 'hold', card));
    await note(await post(key, 'consume-hold', { holdId, amountUsd: '4', allowOverrun: true }));
    await api.writer.submit(debitOf(wallet, 5n));
    await note(await post(key, 'debit', { serviceType: 'AI_API', amountUsd: '0.5' }));
    expect(short).toBe(`hold_${wallet}_2`);
    expect(await audited(wallet)).toContain('HOLD_RELEASE');
    expect(new Set(past.map(([, balances]) => JSON.stringify(balances))).size).toBe(past.length);
    for (const [at, then] of past) expect([at, await shown(at)]).toEqual([at, then]);
  });
});
