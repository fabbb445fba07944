/** Every route times what belongs to another org, for every kind of caller. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signInSettings, startIssuer, type Issuer } from '../../devnet/issuer.ts';
import { ROLES, type Role } from '../../src/core/access/roles.ts';
import { SCOPES, type KeyKind, type Scope } from '../../src/core/access/api-key.ts';
import { openDatabase, openOrgDatabases, type Database } from '../../src/db/database.ts';
import { startTestApi, type Answer, type TestApi } from '../support/http/api.ts';
import { OPEN_ROUTES, OPERATOR_ROUTES } from '../support/http/open-routes.ts';
import { ghostOf, makeFullOrg, type FullOrg, type Ids } from '../support/http/two-orgs.ts';
import { ROUTES_OF_USERS } from '../support/http/user-routes.ts';
import { queryRows } from '../support/process/query.ts';

/** One way to name what is another's. */
interface Attempt {
  readonly path?: (ids: Ids) => string;
  readonly body?: (ids: Ids) => unknown;
  /** A position in the other's list: the caller sees its own list from there on. */
  readonly cursor?: true;
}

const NONE: readonly Attempt[] = [];
const cursor = (path: string, name: keyof Ids): Attempt => ({
  path: (ids) => `${path}?cursor=${ids[name]}`,
  cursor: true,
});
const endpoint = (rest = '', body?: unknown): Attempt => ({
  path: ({ endpoint: id }) => `/webhook-endpoints/${id}${rest}`,
  body: () => body,
});
const admin = (path: (ids: Ids) => string, body?: (ids: Ids) => unknown): readonly Attempt[] => [
  { path, ...(body ? { body } : {}) },
];
/** A call whose path names the org. */
const ofOrg = (rest: string, body?: unknown): readonly Attempt[] => [
  { path: ({ org }) => `/orgs/${org}${rest}`, body: () => body },
];
const NO_ID = '00000000-0000-7000-8000-000000000000';
const capture = ({ hold }: Ids): object => ({ op: 'consume-hold', idempotencyKey: 'k', holdId: hold, amountUsd: '1' });

/**
 * One row for each route: what of another org can be named there, beside the org itself in Coffer-Org. A new route needs
 * its row here. `open`: it is about no org at all.
 */
const ROUTES: Readonly<Record<string, 'open' | readonly Attempt[]>> = {
  ...OPEN_ROUTES,
  ...OPERATOR_ROUTES,
  'POST /treasury/register-sender': NONE,
  'GET /treasury/senders': [cursor('/treasury/senders', 'sendersCursor')],
  'DELETE /treasury/senders/:id': [{ path: ({ sender }) => `/treasury/senders/${sender}` }],
  'POST /treasury/sender-challenge': NONE,
  'POST /treasury/deposits/claim': NONE,
  'POST /treasury/create-wallet': NONE,
  'GET /treasury/wallet-info': NONE,
  'GET /treasury/balance': NONE,
  'GET /treasury/quote': NONE,
  'GET /treasury/explain': [{ path: ({ hold }) => `/treasury/explain?hold=${hold}` }],
  'POST /treasury/usage': NONE,
  'GET /treasury/ledger': [cursor('/treasury/ledger', 'ledgerCursor')],
  'GET /treasury/statement': NONE,
  'GET /treasury/deposits': [cursor('/treasury/deposits', 'depositsCursor')],
  'GET /treasury/deposits/trace': [{ path: ({ tx }) => `/treasury/deposits/trace?tx=${tx}` }],
  'GET /treasury/holds': [cursor('/treasury/holds', 'holdsCursor')],
  'GET /treasury/orders': [cursor('/treasury/orders', 'ordersCursor')],
  'GET /treasury/orders/:id': [{ path: ({ order }) => `/treasury/orders/${order}` }],
  'PATCH /treasury/orders/:id': [
    { path: ({ order }) => `/treasury/orders/${order}`, body: () => ({ poNumber: 'mine' }) },
  ],
  'POST /treasury/orders/:id/cancel': [{ path: ({ order }) => `/treasury/orders/${order}/cancel`, body: () => ({}) }],
  'POST /treasury/batch': [{ body: (ids) => ({ commands: [capture(ids)] }) }],
  'POST /treasury/check-balance': NONE,
  'GET /treasury/settings': NONE,
  'PATCH /treasury/settings': NONE,
  'GET /treasury/budgets': [cursor('/treasury/budgets', 'budgetsCursor')],
  'POST /treasury/budgets': NONE,
  'PATCH /treasury/budgets/:id': [{ path: ({ budget }) => `/treasury/budgets/${budget}`, body: () => ({}) }],
  'DELETE /treasury/budgets/:id': [{ path: ({ budget }) => `/treasury/budgets/${budget}` }],
  'GET /treasury/keys': NONE,
  'POST /treasury/keys': NONE,
  'DELETE /treasury/keys/:id': [{ path: ({ key }) => `/treasury/keys/${key}` }],
  'GET /treasury/members': NONE,
  'GET /treasury/auto-refill': NONE,
  'PUT /treasury/auto-refill': NONE,
  'POST /treasury/debit': NONE,
  'POST /treasury/hold': [{ body: ({ hold }) => ({ serviceType: 'AI_API', amountUsd: '1', parentHoldId: hold }) }],
  'POST /treasury/heartbeat-hold': [{ body: ({ hold }) => ({ holdId: hold }) }],
  'POST /treasury/consume-hold': [{ body: ({ hold }) => ({ holdId: hold, amountUsd: '1' }) }],
  'POST /treasury/release-hold': [{ body: ({ hold }) => ({ holdId: hold }) }],
  'POST /treasury/grow-hold': [{ body: ({ hold }) => ({ holdId: hold, byUsd: '1' }) }],
  'POST /treasury/extend-hold': [{ body: ({ hold }) => ({ holdId: hold, expiresInSeconds: 60 }) }],
  'GET /events': NONE,
  'GET /events/stream': NONE,
  'POST /webhook-endpoints': NONE,
  'GET /webhook-endpoints': [cursor('/webhook-endpoints', 'endpointsCursor')],
  'GET /webhook-endpoints/:id': [endpoint()],
  'PATCH /webhook-endpoints/:id': [endpoint('', { enabled: false })],
  'DELETE /webhook-endpoints/:id': [endpoint()],
  'POST /webhook-endpoints/:id/rotate-secret': [endpoint('/rotate-secret', {})],
  'POST /webhook-endpoints/:id/test': [endpoint('/test', {})],
  'GET /webhook-endpoints/:id/deliveries': [endpoint('/deliveries')],
  'POST /webhook-endpoints/:id/deliveries/:delivery/redeliver': [
    {
      path: ({ endpoint: id, delivery }) => `/webhook-endpoints/${id}/deliveries/${delivery}/redeliver`,
      body: () => ({}),
    },
    {
      path: ({ delivery }) => `/webhook-endpoints/${mine.ids.endpoint}/deliveries/${delivery}/redeliver`,
      body: () => ({}),
    },
  ],
  'GET /orgs/:org/billing': ofOrg('/billing'),
  'POST /orgs/:org/billing': ofOrg('/billing', {}),
  'PUT /orgs/:org/billing': ofOrg('/billing', {}),
  'GET /orgs/:org/wallet': ofOrg('/wallet'),
  'POST /orgs/:org/wallet': ofOrg('/wallet', { operation: 'charge', amount_micros: 1, description: 'theirs' }),
  'GET /orgs/:org/transactions': ofOrg('/transactions'),
  'POST /orgs/:org/products': ofOrg('/products', { name: 'theirs', price_cents: 100, amount_micros: 1 }),
  'GET /orgs/:org/products': ofOrg('/products'),
  'GET /orgs/:org/products/:id': [
    ...ofOrg(`/products/${NO_ID}`),
    { path: ({ product }) => `/orgs/${mine.ids.org}/products/${product}` },
  ],
  'PATCH /orgs/:org/products/:id': [
    ...ofOrg(`/products/${NO_ID}`, { active: false }),
    { path: ({ product }) => `/orgs/${mine.ids.org}/products/${product}`, body: () => ({ active: false }) },
  ],
  'POST /orgs/:org/checkout': [
    ...ofOrg('/checkout', {
      product_id: NO_ID,
      success_url: 'https://shop.example/',
      cancel_url: 'https://shop.example/',
    }),
    {
      path: () => `/orgs/${mine.ids.org}/checkout`,
      body: ({ product }) => ({
        product_id: product,
        success_url: 'https://shop.example/',
        cancel_url: 'https://shop.example/',
      }),
    },
  ],
  'POST /orgs/:org/checkout/:session/verify': [
    ...ofOrg('/checkout/cs_1/verify', {}),
    { path: ({ session }) => `/orgs/${mine.ids.org}/checkout/${session}/verify`, body: () => ({}) },
  ],
  ...ROUTES_OF_USERS,
  'GET /admin/orgs/:org': admin(({ org }) => `/admin/orgs/${org}`),
  'GET /admin/keys/:id': admin(({ key }) => `/admin/keys/${key}`),
  'DELETE /admin/keys/:id': admin(({ key }) => `/admin/keys/${key}`),
  'POST /admin/keys/:id/rotate': admin(
    ({ key }) => `/admin/keys/${key}/rotate`,
    () => ({}),
  ),
  'GET /admin/approvals/:id': admin(({ approval }) => `/admin/approvals/${approval}`),
  'POST /admin/approvals/:id/approve': admin(
    ({ approval }) => `/admin/approvals/${approval}/approve`,
    () => ({}),
  ),
  'POST /admin/approvals/:id/reject': admin(
    ({ approval }) => `/admin/approvals/${approval}/reject`,
    () => ({ reason: 'theirs' }),
  ),
  'PATCH /admin/orgs/:org': admin(
    ({ org }) => `/admin/orgs/${org}`,
    () => ({ suspended: true }),
  ),
  'POST /admin/orgs/:org/close': admin(
    ({ org }) => `/admin/orgs/${org}/close`,
    () => ({ reason: 'theirs' }),
  ),
  'POST /admin/orgs/:org/reopen': admin(
    ({ org }) => `/admin/orgs/${org}/reopen`,
    () => ({}),
  ),
  'POST /admin/orgs/:org/entries': admin(
    ({ org }) => `/admin/orgs/${org}/entries`,
    () => ({ type: 'ADJUSTMENT', amountUsd: '-1', reason: 'theirs' }),
  ),
  'POST /treasury/checkout': NONE,
  'POST /admin/orders/:id/refunds': admin(
    ({ order }) => `/admin/orders/${order}/refunds`,
    () => ({}),
  ),
  'GET /admin/orders/:id': admin(({ order }) => `/admin/orders/${order}`),
  'GET /admin/deposits/:id': admin(({ deposit }) => `/admin/deposits/${deposit}`),
  'POST /admin/deposits/:id/assign': admin(
    ({ deposit }) => `/admin/deposits/${deposit}/assign`,
    () => ({ org: mine.ids.org, reason: 'ours' }),
  ),
  'POST /admin/deposits/:id/ignore': admin(
    ({ deposit }) => `/admin/deposits/${deposit}/ignore`,
    () => ({ reason: 'theirs' }),
  ),
  'POST /admin/deposits/:id/note': admin(
    ({ deposit }) => `/admin/deposits/${deposit}/note`,
    () => ({ note: 'theirs' }),
  ),
  ...Object.fromEntries(
    ['journal', 'trial-balance', 'revenue', 'liability', 'breakage', 'deferred'].map((name) => [
      `GET /admin/reports/${name}`,
      'open' as const,
    ]),
  ),
  'GET /admin/webhook-endpoints/:id': admin(({ endpoint: id }) => `/admin/webhook-endpoints/${id}`),
  'PATCH /admin/webhook-endpoints/:id': admin(
    ({ endpoint: id }) => `/admin/webhook-endpoints/${id}`,
    () => ({}),
  ),
  'DELETE /admin/webhook-endpoints/:id': admin(({ endpoint: id }) => `/admin/webhook-endpoints/${id}`),
  'POST /admin/webhook-endpoints/:id/rotate-secret': admin(
    ({ endpoint: id }) => `/admin/webhook-endpoints/${id}/rotate-secret`,
    () => ({}),
  ),
  'POST /admin/webhook-endpoints/:id/test': admin(
    ({ endpoint: id }) => `/admin/webhook-endpoints/${id}/test`,
    () => ({}),
  ),
  'GET /admin/webhook-endpoints/:id/deliveries': admin(
    ({ endpoint: id }) => `/admin/webhook-endpoints/${id}/deliveries`,
  ),
  'POST /admin/webhook-endpoints/:id/deliveries/:delivery/redeliver': admin(
    ({ endpoint: id, delivery }) => `/admin/webhook-endpoints/${id}/deliveries/${delivery}/redeliver`,
    () => ({}),
  ),
};

/** Who calls. `bound`: to its own org, so that another one in Coffer-Org is not its to name. */
interface CallerKind {
  readonly name: string;
  readonly bound: boolean;
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
}

const keyOf = (name: string, kind: KeyKind, scopes: readonly Scope[] = SCOPES): CallerKind => ({
  name,
  bound: kind === 'org',
  headers: async () => {
    const { org } = mine.ids;
    const key = await api.createKey({ kind, scopes, ...(kind === 'org' ? { org } : {}) });
    return { authorization: `Bearer ${key}`, ...(kind === 'org' ? {} : { 'coffer-org': org }) };
  },
});
/** A person who signed in, with this role in the org that is theirs. */
const userOf = (role: Role): CallerKind => ({
  name: `somebody who is ${role} of the org`,
  bound: true,
  headers: async () => {
    const token = await issuer.sign({ user: `a ${role}`, orgs: { [mine.ids.org]: role } });
    return { authorization: `Bearer ${token}` };
  },
});
const CALLERS: readonly CallerKind[] = [
  ...ROLES.map(userOf),
  ...SCOPES.map((scope) => keyOf(`a key of the org with ${scope}`, 'org', [scope])),
  keyOf('a key of the org with every scope', 'org'),
  keyOf('a platform key, acting for the org', 'platform'),
];

const BOTH = 'both walls up';
const FIRST_ALONE = 'the queries alone';
const CASES = [
  ...CALLERS.map((caller) => ({ caller, walls: BOTH })),
  ...CALLERS.slice(-2).map((caller) => ({ caller, walls: FIRST_ALONE })),
];

let issuer: Issuer;
let api: TestApi;
let guarded: readonly string[];
let mine: FullOrg;
let theirs: FullOrg;
beforeAll(async () => {
  issuer = await startIssuer();
  api = await startTestApi(undefined, undefined, { sso: signInSettings(issuer) });
  const tables = await queryRows<{ name: string }>(
    api.db,
    `SELECT relname AS name FROM pg_class WHERE relrowsecurity AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  guarded = tables.rows.map(({ name }) => name);
  mine = await makeFullOrg(api, 'Acme');
  theirs = await makeFullOrg(api, 'Globex');
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

it('A43 every route has its row', () => {
  expect(Object.keys(ROUTES).toSorted()).toEqual([...api.routes()].toSorted());
});

/** Puts the second wall up or takes it down, so that the first one has to hold alone. */
async function policies(switched: 'ENABLE' | 'DISABLE'): Promise<void> {
  const owner = openDatabase(api.database.ownerUrl, 1);
  try {
    for (const name of guarded) await owner.raw(`ALTER TABLE ${name} ${switched} ROW LEVEL SECURITY`);
  } finally {
    await owner.destroy();
  }
}

/** Everything that the database holds of an org. */
async function fingerprint({ ids, wallet }: FullOrg): Promise<unknown> {
  const orgs = openOrgDatabases(api.database.appUrl, 1);
  const rowsOf = async (db: Database, name: string, where = 'true'): Promise<unknown> => {
    return [name, (await queryRows(db, `SELECT t::text FROM ${name} t WHERE ${where} ORDER BY 1`)).rows];
  };
  const found: unknown[] = [];
  await policies('ENABLE');
  try {
    for (const name of guarded) found.push(await rowsOf(orgs.of(ids.org), name));
    for (const name of ['entry', 'hold_open', 'lot_open']) {
      found.push(await rowsOf(orgs.none, name, `wallet = '${wallet}'`));
    }
    return found;
  } finally {
    await orgs.destroy();
  }
}

/** Waits until what happened is in the event logs, which a job of the service fills. */
const eventsLogged = async (): Promise<void> =>
  vi.waitFor(async () => expect((await queryRows(api.db, 'TABLE event_pending')).rows).toEqual([]), 20_000);

/** An answer without what tells one request from another. */
function told({ status, json }: Answer, ids: Ids): unknown {
  const { requestId: _, ...rest } = json;
  let text = JSON.stringify(rest);
  for (const [name, id] of Object.entries(ids)) text = text.replaceAll(String(id), `<${name}>`);
  return [status, text];
}

const statuses = new Map<string, Set<number>>();

describe.each(CASES)('A43 $caller.name, $walls', ({ caller, walls }) => {
  let headers: Readonly<Record<string, string>>;
  let before: unknown;
  beforeAll(async () => {
    headers = await caller.headers();
    await eventsLogged();
    before = await fingerprint(theirs);
    await policies(walls === FIRST_ALONE ? 'DISABLE' : 'ENABLE');
  });
  it.each(Object.entries(ROUTES))('%s', async (route, row) => {
    const [method = '', pattern = ''] = route.split(' ');
    const ask = async (attempt: Attempt, ids: Ids, more = {}): Promise<Answer> =>
      api.call(method, attempt.path?.(ids) ?? pattern, {
        headers: { ...headers, ...more },
        body: method === 'GET' || method === 'DELETE' ? undefined : (attempt.body?.(ids) ?? {}),
      });
    const ghost = ghostOf(theirs.ids);
    for (const attempt of row === 'open' ? [] : row) {
      const foreign = await ask(attempt, theirs.ids);
      const sent = attempt.path?.(theirs.ids) ?? '';
      const shown = JSON.stringify({ ...foreign.json, instance: '' });
      expect(theirs.marks.filter((mark) => shown.includes(mark) && !sent.includes(mark))).toEqual([]);
      if (attempt.cursor) expect([200, 403]).toContain(foreign.status);
      else expect(told(foreign, theirs.ids)).toEqual(told(await ask(attempt, ghost), ghost));
      statuses.set(route, (statuses.get(route) ?? new Set()).add(foreign.status));
    }
    if (!caller.bound || row === 'open' || /^\/(admin|orgs)/.test(pattern)) return;
    const plain = { path: () => pattern.replaceAll(':', 'x') };
    const other = await ask(plain, ghost, { 'coffer-org': theirs.ids.org });
    expect([403, 404]).toContain(other.status);
    expect(told(other, ghost)).toEqual(told(await ask(plain, ghost, { 'coffer-org': ghost.org }), ghost));
  });

  it('changed nothing of the other org', async () => {
    expect(await fingerprint(theirs)).toEqual(before);
  });
});

it('A43 whoever may do a thing is told that what is another’s is not there', () => {
  const named = Object.entries(ROUTES).filter(([, row]) => row !== 'open' && row.some((one) => !one.cursor));
  // A transaction may be asked about before it is seen; each command of a batch has a status of its own.
  const answered: readonly string[] = ['GET /treasury/deposits/trace', 'POST /treasury/batch'];
  for (const [route] of named) {
    const expected = route.includes(' /admin/') ? [403] : [answered.includes(route) ? 200 : 404, 403];
    // A platform key that names one org in the header and another in the path.
    if (route.includes(' /orgs/')) expected.push(400);
    // Whether its caller may do it depends on the body, which is read once the org is in sight.
    const isOpen = ['POST /orgs/:org/wallet'].includes(route);
    if (isOpen) expected.splice(expected.indexOf(403), 1);
    expect([route, statuses.get(route)]).toEqual([route, new Set(expected)]);
  }
});
