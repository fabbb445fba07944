/** What operators do is written down: by whom, what, before and after. */
import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { openDatabase, openOrgDatabases } from '../../src/db/database.ts';
import { EVM, startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { listIn } from '../support/asserts.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { startNode } from '../support/process/processes.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
let admin: string;
let actor: string;
let org: string;
beforeAll(async () => {
  api = await startTestApi('first_come', undefined, { adminEntryLimitUsd: '100.00' });
  admin = await api.createKey({ kind: 'admin' });
  actor = `key:${admin.slice(8, 16)}`;
  org = (await api.createCustomer(10n)).org;
});
afterAll(async () => api.stop());

let made = 0;
const ask = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> => {
  made += 1;
  return api.call(method, path, { key: admin, body, headers: { 'x-request-id': `ask-${made}`, ...headers } });
};

/** What the log tells of the last request, in the order in which it came to be. */
async function noted(): Promise<Record<string, unknown>[]> {
  const found = await api.call('GET', `/admin/audit?limit=100`, { key: admin });
  return listIn(found, 'acts')
    .filter(({ requestId }) => requestId === `ask-${made}`)
    .toReversed();
}

interface Step {
  readonly ask: () => Promise<Answer>;
  /** The tables that it changed, in order, beside the request itself. */
  readonly changed: readonly string[];
}

const idIn = ({ json }: Answer, name = 'id'): string => String(json[name]);
const freshKey = async (): Promise<string> =>
  idIn(await ask('POST', '/admin/keys', { kind: 'org', org, name: 'k', scopes: ['treasury:read'] }));
const freshEndpoint = async (): Promise<string> =>
  idIn(await ask('POST', '/admin/webhook-endpoints', { url: 'https://example.com/' }));
const freshDeposit = async (): Promise<string> => (await writeDeposit(api.db)).id;
const wanted = { type: 'GRANT', amountUsd: '500.00', reason: 'a large one' };
async function freshApproval(): Promise<string> {
  const key = await api.createKey({ kind: 'admin' });
  const { json, text } = await api.call('POST', `/admin/orgs/${org}/entries`, { key, body: wanted });
  const id = json['approvalId'] ?? json['id'];
  if (typeof id !== 'string') throw new TypeError(text);
  return id;
}

/** One row for each call by which an operator changes something. A new route needs its row here. */
const STEPS: Readonly<Record<string, Step>> = {
  'POST /admin/orgs': {
    ask: async () => ask('POST', '/admin/orgs', { name: 'New' }),
    changed: ['org', 'org_settings'],
  },
  'PATCH /admin/orgs/:org': {
    ask: async () => ask('PATCH', `/admin/orgs/${org}`, { name: `Renamed ${made}` }),
    changed: ['org'],
  },
  'POST /admin/orgs/:org/close': {
    ask: async () => ask('POST', `/admin/orgs/${await api.createOrg('Leaving')}/close`, { reason: 'they left' }),
    changed: ['org', 'org_suspension', 'org'],
  },
  'POST /admin/orgs/:org/reopen': { ask: async () => ask('POST', `/admin/orgs/${org}/reopen`, {}), changed: [] },
  'POST /admin/orgs/:org/entries': {
    ask: async () => ask('POST', `/admin/orgs/${org}/entries`, { ...wanted, amountUsd: '1.00' }),
    changed: [],
  },
  'POST /admin/keys': {
    ask: async () => ask('POST', '/admin/keys', { kind: 'org', org, name: 'k', scopes: ['treasury:read'] }),
    changed: ['api_key'],
  },
  'POST /admin/keys/:id/rotate': {
    ask: async () => {
      const id = await freshKey();
      return ask('POST', `/admin/keys/${id}/rotate`, {});
    },
    changed: ['api_key', 'api_key'],
  },
  'DELETE /admin/keys/:id': {
    ask: async () => {
      const id = await freshKey();
      return ask('DELETE', `/admin/keys/${id}`);
    },
    changed: ['api_key'],
  },
  'POST /admin/approvals/:id/approve': {
    ask: async () => {
      const id = await freshApproval();
      return ask('POST', `/admin/approvals/${id}/approve`, {});
    },
    changed: ['entry_approval', 'entry_approval'],
  },
  'POST /admin/approvals/:id/reject': {
    ask: async () => {
      const id = await freshApproval();
      return ask('POST', `/admin/approvals/${id}/reject`, { reason: 'no' });
    },
    changed: ['entry_approval'],
  },
  'POST /admin/deposits/:id/assign': {
    ask: async () => ask('POST', `/admin/deposits/${await freshDeposit()}/assign`, { org, reason: 'theirs' }),
    changed: ['deposit_assignment', 'deposit_act'],
  },
  'POST /admin/deposits/:id/ignore': {
    ask: async () => ask('POST', `/admin/deposits/${await freshDeposit()}/ignore`, { reason: 'nobody’s' }),
    changed: ['deposit_act'],
  },
  'POST /admin/deposits/:id/note': {
    ask: async () => ask('POST', `/admin/deposits/${await freshDeposit()}/note`, { note: 'seen' }),
    changed: ['deposit_act'],
  },
  'POST /admin/chains/:chain/freeze': {
    ask: async () => ask('POST', `/admin/chains/${EVM}/freeze`, { reason: 'to be safe' }),
    changed: ['chain_freeze'],
  },
  'POST /admin/chains/:chain/release': {
    ask: async () => ask('POST', `/admin/chains/${EVM}/release`, {}),
    changed: ['chain_freeze'],
  },
  'POST /admin/rails/:rail/release': {
    ask: async () => {
      await api.db.raw(
        `INSERT INTO rail_freeze (id, account, reason, frozen_by, frozen_at) VALUES (?, 'creem', 'a test', 'solvency', now())`,
        [uuidV7(Date.now())],
      );
      return ask('POST', '/admin/rails/assets:creem/release', {});
    },
    changed: ['rail_freeze'],
  },
  'POST /admin/webhook-endpoints': {
    ask: async () => ask('POST', '/admin/webhook-endpoints', { url: 'https://example.com/' }),
    changed: ['webhook_endpoint'],
  },
  'PATCH /admin/webhook-endpoints/:id': {
    ask: async () => {
      const id = await freshEndpoint();
      return ask('PATCH', `/admin/webhook-endpoints/${id}`, { enabled: false });
    },
    changed: ['webhook_endpoint'],
  },
  'DELETE /admin/webhook-endpoints/:id': {
    ask: async () => {
      const id = await freshEndpoint();
      return ask('DELETE', `/admin/webhook-endpoints/${id}`);
    },
    changed: ['webhook_endpoint'],
  },
  'POST /admin/webhook-endpoints/:id/rotate-secret': {
    ask: async () => {
      const id = await freshEndpoint();
      return ask('POST', `/admin/webhook-endpoints/${id}/rotate-secret`, {});
    },
    changed: ['webhook_endpoint'],
  },
  'POST /admin/webhook-endpoints/:id/test': {
    ask: async () => {
      const id = await freshEndpoint();
      return ask('POST', `/admin/webhook-endpoints/${id}/test`, {});
    },
    changed: [],
  },
  'PATCH /treasury/settings': {
    ask: async () => ask('PATCH', '/treasury/settings', { criticalThresholdUsd: '1.00' }, { 'coffer-org': org }),
    changed: ['change_approval', 'org_settings', 'change_approval'],
  },
  'POST /treasury/register-sender': {
    ask: async () =>
      ask('POST', '/treasury/register-sender', { address: `0x${'7'.repeat(40)}` }, { 'coffer-org': org }),
    changed: ['sender'],
  },
  'POST /admin/users/:id/erase': {
    ask: async () => ask('POST', '/admin/users/nobody/erase', {}),
    changed: [],
  },
  // Last: orgs that are created from then on are given it.
  'PUT /admin/free-tier': {
    ask: async () => ask('PUT', '/admin/free-tier', { amountUsd: '1.00' }),
    changed: ['change_approval', 'free_tier', 'change_approval'],
  },
  'POST /admin/billing/plans': {
    ask: async () => ask('POST', '/admin/billing/plans', { name: 'Plan', credits_included: 1, price_monthly: 1 }),
    changed: ['change_approval', 'plan_version', 'change_approval'],
  },
  'POST /admin/prices': {
    ask: async () => ask('POST', '/admin/prices', { action: 'chat', unit: 'token', rateUsd: '1' }),
    changed: ['change_approval'],
  },
  'POST /admin/billing/coupons': {
    ask: async () => ask('POST', '/admin/billing/coupons', { code: `COUPON-${made}`, credits: 1, limit_total: 1 }),
    changed: ['change_approval', 'coupon', 'change_approval'],
  },
  'PUT /admin/checkin/config': {
    ask: async () => ask('PUT', '/admin/checkin/config', { enabled: true, credits_per_day: 1 }),
    changed: ['change_approval', 'checkin_config', 'change_approval'],
  },
  'POST /admin/credits/manual': {
    ask: async () => ask('POST', '/admin/credits/manual', { user_id: `new-${made}`, amount: 1, reason: 'a gift' }),
    changed: ['wallet_user'],
  },
  'POST /admin/users/:id/suspend': {
    ask: async () => ask('POST', `/admin/users/new-${made}/suspend`, { reason: 'abuse' }),
    changed: ['wallet_user', 'wallet_user'],
  },
};
/** They need a delivery, a provider or a second person; the request itself is recorded as it is for the others. */
const ELSEWHERE: readonly string[] = [
  'PUT /admin/billing/plans/:id',
  'POST /admin/webhook-endpoints/:id/deliveries/:delivery/redeliver',
  'POST /admin/orders/:id/refunds',
  'POST /admin/disputes/:id/accept',
  'POST /admin/disputes/:id/submit',
  'POST /admin/payments/inbox/:id/replay',
];

it('every call by which an operator changes something has its row', () => {
  const changing = api.routes().filter((route) => route.includes(' /admin/') && !route.startsWith('GET '));
  expect(changing.filter((route) => !(route in STEPS) && !ELSEWHERE.includes(route))).toEqual([]);
});

describe('what an operator does', () => {
  it.each(Object.entries(STEPS))('%s', async (route, { ask: take, changed }) => {
    const answer = await take();
    expect([answer.text, answer.status]).toEqual([expect.any(String), expect.toSatisfy((status) => status < 300)]);
    const [request, ...rows] = await noted();
    expect(request).toMatchObject({ actor, action: route, requestId: `ask-${made}`, subject: 'request', before: null });
    expect(rows.map(({ subject }) => subject)).toEqual(changed);
    for (const row of rows) {
      expect(row).toMatchObject({ actor, action: route, requestId: `ask-${made}`, actId: request?.['actId'] });
      expect(row['before'] ?? row['after']).not.toBeNull();
    }
  });

  it('is told with what was there before and what came after', async () => {
    const { json } = await ask('POST', '/admin/orgs', { name: 'Before' });
    await ask('PATCH', `/admin/orgs/${String(json['id'])}`, { name: 'After' });
    const [request, change] = await noted();
    expect(request).toMatchObject({ subjectId: json['id'], after: { name: 'After' } });
    expect(change).toMatchObject({ subject: 'org', subjectId: json['id'], orgId: json['id'] });
    expect([change?.['before'], change?.['after']]).toEqual([{ name: 'Before' }, { name: 'After' }]);
  });

  it('leaves what was asked where it fails, and no change that was rolled back', async () => {
    const externalId = 'taken already';
    expect((await ask('POST', '/admin/orgs', { name: 'One', externalId })).status).toBe(201);
    expect((await ask('POST', '/admin/orgs', { name: 'Two', externalId })).status).toBe(400);
    expect((await noted()).map(({ subject }) => subject)).toEqual(['request']);
  });

  it('is not done where it cannot be written down', async () => {
    const owner = openDatabase(api.database.ownerUrl, 1);
    await owner.raw(`REVOKE INSERT ON audit FROM ${api.database.appRole}`);
    try {
      expect((await ask('POST', '/admin/orgs', { name: 'Unseen' })).status).toBe(500);
    } finally {
      await owner.raw(`GRANT INSERT ON audit TO ${api.database.appRole}`);
      await owner.destroy();
    }
    const { rows } = await queryRows<unknown>(api.db, `SELECT id FROM org WHERE name = 'Unseen'`);
    expect(rows).toEqual([]);
  });

  it.each([
    ['POST', '/admin/webhook-endpoints', { url: '\0' }, 400],
    ['POST', '/admin/webhook-endpoints', { url: 'https://example.com/\0' }, 400],
    ['DELETE', '/admin/keys/%00', null, 404],
    ['DELETE', `/admin/keys/${randomBytes(3_500).toString('hex')}`, null, 404],
    ['DELETE', `/admin/keys/${encodeURIComponent('😀'.repeat(900))}`, null, 404],
    ['POST', '/admin/deposits/%00/assign', { org: uuidV7(0), reason: 'theirs' }, 404],
  ])(
    'is refused and written down where no column can hold what it names: %s %.60s',
    async (method, path, body, status) => {
      expect((await ask(method, path, body ?? undefined)).status).toBe(status);
      const [request, ...rows] = await noted();
      expect(rows).toEqual([]);
      expect(request).toMatchObject({
        subject: 'request',
        subjectId: expect.toSatisfy((id: string) => id.length <= 300),
      });
      expect(JSON.stringify(request?.['after'])).toBe(JSON.stringify(body).replace('\\u0000', '\ufffd'));
    },
  );

  it('is written down as it was asked where a text only looks like an escape', async () => {
    const body = { url: 'https://example.com/', description: 'a\\u0000b' };
    expect((await ask('POST', '/admin/webhook-endpoints', body)).status).toBe(201);
    expect((await noted())[0]).toMatchObject({ after: body });
  });

  it('is told by pages, and by who, org and what', async () => {
    const first = await api.call('GET', '/admin/audit?limit=2', { key: admin });
    const second = await api.call('GET', `/admin/audit?limit=2&cursor=${String(first.json['nextCursor'])}`, {
      key: admin,
    });
    const all = await api.call('GET', '/admin/audit?limit=4', { key: admin });
    expect([...listIn(first, 'acts'), ...listIn(second, 'acts')]).toEqual(listIn(all, 'acts'));
    for (const [filter, name, value] of [
      [`org=${org}`, 'orgId', org],
      ['subject=api_key', 'subject', 'api_key'],
      [`actor=${actor}`, 'actor', actor],
    ]) {
      const found = listIn(await api.call('GET', `/admin/audit?${filter}`, { key: admin }), 'acts');
      expect(found.length).toBeGreaterThan(0);
      expect(new Set(found.map((one) => one[name ?? '']))).toEqual(new Set([value]));
    }
    expect(listIn(await api.call('GET', '/admin/audit?actor=key:nobody', { key: admin }), 'acts')).toEqual([]);
  });
});

describe('the log', () => {
  it('can be changed by nobody', async () => {
    const owner = openDatabase(api.database.ownerUrl, 1);
    for (const sql of [`UPDATE audit SET actor = 'nobody'`, 'DELETE FROM audit', 'TRUNCATE audit']) {
      await expect(api.db.raw(sql)).rejects.toThrow('permission denied');
      await expect(owner.raw(sql)).rejects.toThrow('append-only');
    }
    await owner.destroy();
  });

  it('is for operators: an org’s key does not see it, nor does the connection of its requests', async () => {
    const key = await api.createKey({ org });
    expect((await api.call('GET', '/admin/audit', { key })).status).toBe(403);
    const orgs = openOrgDatabases(api.database.appUrl, 1);
    const { rows } = await queryRows<unknown>(orgs.of(org), 'SELECT 1 FROM audit');
    expect(rows).toEqual([]);
    await orgs.destroy();
  });

  it('does not grow by what is read, nor by what others do', async () => {
    const count = async (): Promise<unknown> => {
      const { rows } = await queryRows<unknown>(api.db, 'SELECT count(*) FROM audit');
      return rows;
    };
    const before = await count();
    await ask('GET', '/admin/orgs');
    const key = await api.createKey({ org });
    await api.call('PATCH', '/treasury/settings', { key, body: { criticalThresholdUsd: '2.00' } });
    await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '0.10' } });
    expect(await count()).toEqual(before);
  });

  it('holds no secret: neither of keys, nor of webhooks', async () => {
    const { json } = await ask('POST', '/admin/webhook-endpoints', { url: 'https://example.com/' });
    const rotated = await ask('POST', `/admin/webhook-endpoints/${String(json['id'])}/rotate-secret`, {});
    const key = await ask('POST', '/admin/keys', { kind: 'platform', name: 'k', scopes: ['treasury:read'] });
    const { rows } = await queryRows<{ text: string }>(api.db, 'SELECT a::text AS text FROM audit a');
    const text = rows.map((row) => row.text).join('\n');
    const sealed = await queryRows<{ hidden: string }>(
      api.db,
      `SELECT encode(secret_hash, 'hex') AS hidden FROM api_key UNION ALL SELECT secret FROM webhook_endpoint`,
    );
    const secrets = [
      json['secret'],
      rotated.json['secret'],
      key.json['key'],
      ...sealed.rows.map(({ hidden }) => hidden),
    ];
    expect(secrets.length).toBeGreaterThan(5);
    for (const secret of secrets) {
      expect(typeof secret).toBe('string');
      expect(text).not.toContain(String(secret));
    }
    expect(text).toContain('[secret]');
  });

  it('tells of the command line, too', async () => {
    const env = { DATABASE_URL: api.database.appUrl, DATABASE_OWNER_URL: api.database.ownerUrl };
    const run = async (...args: string[]): Promise<string> => {
      const { finished } = startNode(['src/cli/main.ts', ...args], env);
      const { stdout, stderr, code } = await finished;
      expect([code, stderr]).toEqual([0, '']);
      return stdout;
    };
    await run('orgs', 'create', '--name', 'From the command line', '--json');
    const shown = await run('audit', '--subject', 'org', '--limit', '1', '--json');
    const { acts }: { acts: unknown[] } = JSON.parse(shown);
    expect(acts).toMatchObject([
      {
        actor: `cli:${userInfo().username}`,
        action: 'coffer orgs create',
        requestId: null,
        after: { name: 'From the command line' },
      },
    ]);
    expect(await run('audit')).toContain('coffer orgs create');
  });
});
