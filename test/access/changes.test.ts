/** Changes of what creates credit: above the limit a second person approves them, and each is done once or not at all. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalReply } from '../../src/http/money/approval-schema.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn, pathsOfErrors } from '../support/asserts.ts';

const DAY_MS = 86_400_000;
let api: TestApi;
let alice: string;
let bob: string;
let folder: string;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, { adminEntryLimitUsd: '100' });
  alice = await api.createKey({ kind: 'admin' });
  bob = await api.createKey({ kind: 'admin' });
  folder = mkdtempSync(join(tmpdir(), 'coffer-changes-'));
});
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const idOf = (key: string): string => key.slice(8, 16);

async function send(method: string, path: string, key: string, body?: object, headers = {}): Promise<Answer> {
  return api.call(method, path, { key, body, headers });
}
const decide = async (id: string, verdict: 'approve' | 'reject', key = bob, body: object = {}): Promise<Answer> =>
  send('POST', `/admin/approvals/${id}/${verdict}`, key, body);

/** A change that is about to be asked for: how, and what can be seen of it. */
interface Planned {
  readonly ask: (key?: string, headers?: object) => Promise<Answer>;
  /** What is there now; it differs once the change is done, and again if it were done twice. */
  readonly state: () => Promise<unknown>;
  readonly done: unknown;
  readonly what: RegExp;
  /** The same call, asking for something else. */
  readonly other: (headers: object) => Promise<Answer>;
}

const freeTierNow = async (): Promise<unknown> => (await send('GET', '/admin/free-tier', alice)).json['amountUsd'];
let made = 0;

/** Every kind of change. A new kind needs its row here. */
const KINDS: Readonly<Record<string, () => Promise<Planned>>> = {
  'PUT /admin/free-tier': async () => {
    const amountUsd = `100.${String(++made).padStart(6, '0')}`;
    const put = async (body: object, key = alice, headers = {}): Promise<Answer> =>
      send('PUT', '/admin/free-tier', key, body, headers);
    return {
      ask: async (key, headers) => put({ amountUsd }, key, headers),
      other: async (headers) => put({ amountUsd: '777' }, alice, headers),
      state: freeTierNow,
      done: amountUsd,
      what: /^give each new org 100\.[0-9]+ USD$/,
    };
  },
  'PUT /orgs/:org/billing': async () => {
    const { org } = await api.createCustomer();
    const amount = 101_000_001 + 10 * ++made;
    const put = async (body: object, key = alice, headers = {}): Promise<Answer> =>
      send('PUT', `/orgs/${org}/billing`, key, body, headers);
    return {
      ask: async (key, headers) => put({ free_tier_amount: amount }, key, headers),
      other: async (headers) => put({ free_tier_amount: 777_000_000 }, alice, headers),
      state: freeTierNow,
      done: `101.${String(amount).slice(3)}`,
      what: /^give each new org 101\.[0-9]+ USD$/,
    };
  },
  'POST /admin/billing/plans': async () => {
    const name = `Plan ${String(++made)}`;
    const post = async (credits_included: number, key = alice, headers = {}): Promise<Answer> => {
      const body = { name, credits_included, price_monthly: 1 };
      const answer = await send('POST', '/admin/billing/plans', key, body, headers);
      // This surface has its answers in an envelope.
      const { data } = answer.json;
      return typeof data === 'object' && data !== null ? { ...answer, json: { ...data } } : answer;
    };
    return {
      ask: async (key, headers) => post(200_000, key, headers),
      other: async (headers) => post(300_000, alice, headers),
      state: async () => {
        const { json } = await send('GET', '/admin/billing/plans', alice);
        const plans = json['data'] as { readonly name: string }[];
        return plans.filter((plan) => plan.name === name).length;
      },
      done: 1,
      what: /^make the plan "Plan [0-9]+": 200\.00 USD of credit for 1\.00 USD$/,
    };
  },
  'PATCH /treasury/settings': async () => {
    const { org, key } = await api.createCustomer();
    const patch = async (body: object, caller = alice, headers = {}): Promise<Answer> =>
      send('PATCH', '/treasury/settings', caller, body, { 'coffer-org': org, ...headers });
    return {
      ask: async (caller, headers) =>
        patch({ freeGiftCardMaxUsd: '1.000001', lowBalanceThresholdUsd: null }, caller, headers),
      other: async (headers) => patch({ freeGiftCardMaxUsd: '7' }, alice, headers),
      state: async () => (await send('GET', '/treasury/settings', key)).json['freeGiftCardMaxUsd'],
      done: '1.000001',
      what: /^set for the org [0-9a-f-]{36}: freeGiftCardMaxUsd to 1\.000001, lowBalanceThresholdUsd to none$/,
    };
  },
  'POST /admin/prices': async () => {
    const action = `chat${++made}`;
    const post = async (body: object, key = alice, headers = {}): Promise<Answer> =>
      send('POST', '/admin/prices', key, { action, unit: 'token', ...body }, headers);
    return {
      ask: async (key, headers) => post({ rateUsd: '0.002' }, key, headers),
      other: async (headers) => post({ rateUsd: '7' }, alice, headers),
      state: async () => listIn(await send('GET', `/admin/prices?action=${action}`, alice), 'prices').length,
      done: 1,
      what: /^charge everybody for chat[0-9]+, for each token, 0\.002 USD$/,
    };
  },
};

async function idOfAsked(plan: Planned, key = alice): Promise<string> {
  const asked = await plan.ask(key);
  expect(asked.status).toBe(202);
  return approvalReply.parse(asked.json).id;
}

describe.each(Object.entries(KINDS))('%s above the limit', (_call, planned) => {
  it('waits for a second person, and is done when that one approves', async () => {
    const plan = await planned();
    const before = await plan.state();
    const asked = await plan.ask();
    expect([asked.status, asked.json]).toMatchObject([202, { state: 'pending', booking: null, entryId: null }]);
    expect(asked.json['what']).toMatch(plan.what);
    expect(asked.headers.get('location')).toBe(`/admin/approvals/${String(asked.json['id'])}`);
    const sister = String(
      (await send('POST', '/admin/keys', alice, { kind: 'admin', name: 'k', scopes: ['treasury:read'] })).json['key'],
    );
    for (const key of [alice, sister]) {
      const refused = await decide(String(asked.json['id']), 'approve', key);
      expect([refused.status, refused.json['code']]).toEqual([403, 'FORBIDDEN']);
    }
    expect(await plan.state()).toEqual(before);
    const approved = await decide(String(asked.json['id']), 'approve', bob, { reason: 'agreed' });
    expect([approved.status, approved.json]).toMatchObject([
      200,
      { state: 'approved', requestedBy: `key:${idOf(alice)}`, decidedBy: `key:${idOf(bob)}`, decisionReason: 'agreed' },
    ]);
    expect(await plan.state()).toEqual(plan.done);
  });

  it('is done once by many who approve at the same time', async () => {
    const plan = await planned();
    const id = await idOfAsked(plan);
    const eve = await api.createKey({ kind: 'admin' });
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => decide(id, 'approve', n % 2 ? bob : eve)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.json['state']).toBe('approved');
    expect(await plan.state()).toEqual(plan.done);
  });

  it('is not done when it is rejected, nor later', async () => {
    const plan = await planned();
    const before = await plan.state();
    const id = await idOfAsked(plan);
    expect((await decide(id, 'reject', alice)).json).toMatchObject({ state: 'rejected' });
    expect(pathsOfErrors(await decide(id, 'approve'))).toEqual(['id']);
    expect(await plan.state()).toEqual(before);
  });

  it('is not done after a week', async () => {
    const plan = await planned();
    const before = await plan.state();
    const id = await idOfAsked(plan);
    api.advance(7 * DAY_MS);
    const late = await decide(id, 'approve');
    expect([pathsOfErrors(late), late.json['detail']]).toEqual([['id'], 'id has expired']);
    expect(await plan.state()).toEqual(before);
  });

  it.each(['change.before', 'change.carried-out'])(
    'is still to be approved when the process dies at %s',
    async (point) => {
      const plan = await planned();
      const before = await plan.state();
      const id = await idOfAsked(plan);
      const other = await api.spawn({ COFFER_FAILPOINT_FILES: folder });
      writeFileSync(join(folder, point), '');
      const dying = other.call('POST', `/admin/approvals/${id}/approve`, { key: bob, body: {} });
      await expect(dying).rejects.toThrow('fetch failed');
      await other.stop();
      expect(await plan.state()).toEqual(before);
      expect((await send('GET', `/admin/approvals/${id}`, alice)).json['state']).toBe('pending');
      expect((await decide(id, 'approve')).json['state']).toBe('approved');
      expect(await plan.state()).toEqual(plan.done);
    },
  );

  it('is one under its key, whatever became of it; the key asks for nothing else', async () => {
    const plan = await planned();
    const headers = { 'idempotency-key': `"k ${++made}"` };
    const asked = await Promise.all(Array.from({ length: 4 }, async () => plan.ask(alice, headers)));
    expect(new Set(asked.map(({ status, json }) => `${status} ${String(json['id'])}`)).size).toBe(1);
    const conflict = await plan.other(headers);
    expect([conflict.status, conflict.json['code']]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    await decide(String(asked[0]?.json['id']), 'approve');
    const after = await plan.ask(alice, headers);
    expect([after.status, after.json['state']]).toEqual([202, 'approved']);
    expect(after.headers.get('idempotency-replayed')).toBe('true');
    expect(await plan.state()).toEqual(plan.done);
  });
});

describe('a change within the limit', () => {
  it('is done at once, and once under its key', async () => {
    const put = async (amountUsd: string, headers = {}): Promise<Answer> =>
      send('PUT', '/admin/free-tier', alice, { amountUsd }, headers);
    const headers = { 'idempotency-key': 'tier-1' };
    const first = await put('100', headers);
    expect([first.status, first.json]).toEqual([200, { amountUsd: '100.00' }]);
    expect(first.headers.get('idempotency-key')).toBe('tier-1');
    expect((await put('50')).status).toBe(200);
    const again = await put('100', headers);
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, first.text, 'true']);
    expect(await freeTierNow()).toBe('50.00');
    expect((await put('99', headers)).status).toBe(409);
    const { json } = await send('GET', '/admin/approvals?limit=100', bob);
    expect(JSON.stringify(json)).not.toContain('tier-1');
  });

  it('of a ceiling is what was allowed already; an org itself never raises it', async () => {
    const { org, key } = await api.createCustomer();
    const patch = async (caller: string, body: object): Promise<number> =>
      (await send('PATCH', '/treasury/settings', caller, body, { 'coffer-org': org })).status;
    expect([await patch(alice, { freeGiftCardMaxUsd: '1' }), await patch(key, { freeGiftCardMaxUsd: '1.1' })]).toEqual([
      200, 403,
    ]);
    const asked = await send('PATCH', '/treasury/settings', alice, { freeGiftCardMaxUsd: '3' }, { 'coffer-org': org });
    await decide(String(asked.json['id']), 'approve');
    expect([await patch(alice, { freeGiftCardMaxUsd: '2' }), await patch(key, { freeGiftCardMaxUsd: '3' })]).toEqual([
      200, 200,
    ]);
    expect(await patch(alice, { freeGiftCardMaxUsd: '3.1' })).toBe(202);
  });
});

describe('what changed meanwhile is judged again', () => {
  it('a price whose time has come is not added: it has failed, with the reason, for good', async () => {
    const { json: now } = await send('POST', '/admin/orgs', alice, { name: 'tells the time' });
    const from = new Date(Date.parse(String(now['createdAt'])) + DAY_MS).toISOString();
    const body = { action: 'late', unit: 'token', rateUsd: '1', from };
    const asked = await send('POST', '/admin/prices', alice, body);
    const id = String(asked.json['id']);
    expect(String(asked.json['what'])).toContain(` from ${from}`);
    api.advance(2 * DAY_MS);
    const failed = await decide(id, 'approve');
    expect([failed.status, failed.json]).toMatchObject([
      200,
      { state: 'failed', refusal: 'VALIDATION_FAILED', decidedBy: `key:${idOf(bob)}` },
    ]);
    expect(failed.json['refusalDetail']).toContain('must not be in the past');
    for (const verdict of ['approve', 'reject'] as const) {
      expect((await decide(id, verdict)).json['detail']).toBe('id is failed already');
    }
    expect(
      listIn(await send('GET', '/admin/approvals?state=failed', bob), 'approvals').map((one) => one['id']),
    ).toEqual([id]);
    expect(listIn(await send('GET', '/admin/prices?action=late', alice), 'prices')).toEqual([]);
  });

  it('settings that no longer fit together change nothing', async () => {
    const { org, key } = await api.createCustomer();
    const body = { freeGiftCardMaxUsd: '9', criticalThresholdUsd: '5' };
    const asked = await send('PATCH', '/treasury/settings', alice, body, { 'coffer-org': org });
    await send('PATCH', '/treasury/settings', key, { lowBalanceThresholdUsd: '3' });
    expect((await decide(String(asked.json['id']), 'approve')).json).toMatchObject({ state: 'failed' });
    expect((await send('GET', '/treasury/settings', key)).json).toEqual({
      lowBalanceThresholdUsd: '3.00',
      criticalThresholdUsd: null,
      freeGiftCardMaxUsd: '1.00',
      expiryNoticeDays: [30, 7, 1],
      timeZone: 'UTC',
    });
  });

  it('a price without a begin counts from when it is approved', async () => {
    const asked = await send('POST', '/admin/prices', alice, { action: 'soon', unit: 'token', rateUsd: '1' });
    api.advance(DAY_MS);
    const { json } = await decide(String(asked.json['id']), 'approve');
    const [row] = listIn(await send('GET', '/admin/prices?action=soon', alice), 'prices');
    expect(row).toMatchObject({ id: json['id'], from: json['decidedAt'], addedBy: `key:${idOf(alice)}` });
  });
});

it('a call that also sets what is nobody else’s to approve is refused, and changes nothing', async () => {
  const { org } = await api.createCustomer();
  const before = await freeTierNow();
  const body = { free_tier_amount: 500_000_000, stripe_secret_key: 'sk_test_123456789012' };
  const refused = await send('PUT', `/orgs/${org}/billing`, alice, body);
  expect(pathsOfErrors(refused)).toEqual(['free_tier_amount']);
  expect(await freeTierNow()).toBe(before);
  expect((await send('GET', `/orgs/${org}/billing`, alice, undefined)).json['has_stripe_key']).not.toBe(true);
});

it('the table itself refuses the hands of who asked', async () => {
  const asked = await send('POST', '/admin/prices', alice, { action: 'own', unit: 'token', rateUsd: '1' });
  const update = `UPDATE change_approval SET state = 'approved', decided_by = ?, decided_at = now() WHERE id = ?`;
  await expect(api.db.raw(update, [`key:${idOf(alice)}`, String(asked.json['id'])])).rejects.toThrow(
    'check constraint',
  );
});

it('bookings and changes are one list, newest first, page by page and by org', async () => {
  const { org } = await api.createCustomer();
  const ids: unknown[] = [];
  for (let round = 0; round < 2; round += 1) {
    const price = { action: `list${round}`, unit: 'token', rateUsd: '1', org };
    ids.unshift((await send('POST', '/admin/prices', alice, price)).json['id']);
    const booking = { type: 'GRANT', amountUsd: '200', reason: 'r' };
    ids.unshift((await send('POST', `/admin/orgs/${org}/entries`, alice, booking)).json['id']);
  }
  const first = await send('GET', `/admin/approvals?org=${org}&limit=3`, bob);
  const second = await send(
    'GET',
    `/admin/approvals?org=${org}&limit=3&cursor=${String(first.json['nextCursor'])}`,
    bob,
  );
  const seen = [first, second].flatMap((page) => listIn(page, 'approvals').map(({ id }) => id));
  expect([seen, second.json['nextCursor']]).toEqual([ids, null]);
  expect(listIn(first, 'approvals')[0]?.['what']).toBe('book GRANT 200.00 USD: r');
});

it('what may create more credit than a number can hold is above every limit', async () => {
  const huge = { credits: 999_999_999_999_999, limit_total: 999_999_999 };
  const coupon = await send('POST', '/admin/billing/coupons', alice, { code: 'HUGE-COUPON-2026', ...huge });
  const rules = { enabled: true, credits_per_day: 999_999_999_999_999, streak_bonus: 999_999_999_999_999 };
  const checkIn = await send('PUT', '/admin/checkin/config', alice, rules);
  for (const { status, json } of [coupon, checkIn]) {
    expect([status, json]).toMatchObject([202, { success: true, data: { change: { countsUsd: null } } }]);
  }
});
