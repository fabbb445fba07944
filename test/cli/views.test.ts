/** The command line and the API show the same JSON of the same thing: a field that only one of them has fails here. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyLine } from '../../src/core/access/vault.ts';
import { systemClock } from '../../src/core/clock.ts';
import { uuidV7 } from '../../src/core/ids.ts';
import { usdcAccount } from '../../src/core/ledger/vocabulary.ts';
import { freezeChain } from '../../src/db/chains/freezes.ts';
import { storeRpcStatuses } from '../../src/db/chains/rpc-status.ts';
import { saveWorkerReports } from '../../src/db/chains/status.ts';
import { storeTokenCode } from '../../src/db/chains/token-watch.ts';
import { acquireLease, type Lease } from '../../src/db/leases.ts';
import { storePass } from '../../src/db/ledger/books.ts';
import { claimDeliveries, fillQueue, noteAttempt } from '../../src/db/webhooks/queue.ts';
import { Projector } from '../../src/events/projector.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { CHAINS, EVM, startTestApi, TOKENS, type TestApi } from '../support/http/api.ts';
import { startNode } from '../support/process/processes.ts';

/** Much is set up once for all of them. */
const SETUP_TIMEOUT_MS = 180_000;

type Json = Readonly<Record<string, unknown>>;

let api: TestApi;
let folder: string;
let admin: string;
/** An org with something of everything, its key, and what else is asked for by its id. */
let customer: { readonly org: string; readonly key: string };
let [deposit, endpoint] = ['', ''];

beforeAll(async () => {
  api = await startTestApi('first_come', CHAINS, { adminEntryLimitUsd: '1' }, {}, { jobs: false });
  folder = mkdtempSync(join(tmpdir(), 'coffer-views-'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ senderPolicy: 'first_come', chains: CHAINS }));
  writeFileSync(join(folder, 'pepper'), 'a pepper that is used by tests and by nothing else', { mode: 0o600 });
  writeFileSync(join(folder, 'secrets'), createKeyLine(), { mode: 0o600 });
  admin = await api.createKey({ kind: 'admin' });
  customer = await api.createCustomer(10n);
  await spendSome();
  await actAsOperator();
  await lookAtChains();
  await sendEvents();
}, SETUP_TIMEOUT_MS);
afterAll(async () => {
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A call that must work. */
async function send(method: string, path: string, key: string, body?: unknown): Promise<Json> {
  const { status, json } = await api.call(method, path, { key, body });
  expect([path, Math.floor(status / 100), json]).toEqual([path, 2, json]);
  return json;
}

/** A hold of which a part is captured, thresholds, and debits. */
async function spendSome(): Promise<void> {
  const { key } = customer;
  const { holdId } = await send('POST', '/treasury/hold', key, {
    serviceType: 'SKU_PURCHASE',
    amountUsd: '2.50',
    reference: 'basket-7',
  });
  await send('POST', '/treasury/consume-hold', key, { holdId, amountUsd: '1.25', final: false });
  const released = await send('POST', '/treasury/hold', key, { serviceType: 'AI_API', amountUsd: '1.00' });
  await send('POST', '/treasury/release-hold', key, { holdId: released['holdId'] });
  await send('PATCH', '/treasury/settings', key, { lowBalanceThresholdUsd: '5', criticalThresholdUsd: '1' });
}

/** An org that was changed and suspended, bookings that wait and were decided, keys, and a deposit with acts. */
async function actAsOperator(): Promise<void> {
  const path = `/admin/orgs/${customer.org}`;
  await send('PATCH', path, admin, { externalId: 'acme-1', metadata: { tier: 'gold' }, provisionalLimitUsd: '25' });
  await send('PATCH', path, admin, { suspended: true, reason: 'chargeback' });
  const booking = { type: 'GRANT', amountUsd: '5.00', reason: 'sorry', reference: 'ticket 7' };
  const asked = await send('POST', `${path}/entries`, admin, { ...booking, expiresAt: '2099-01-01T00:00:00.000Z' });
  await send('POST', `${path}/entries`, admin, booking);
  const second = await api.createKey({ kind: 'admin' });
  await send('POST', `/admin/approvals/${String(asked['id'])}/approve`, second, { reason: 'it is so' });
  const made = await send('POST', '/admin/keys', admin, {
    kind: 'platform',
    name: 'shop',
    scopes: ['treasury:read'],
    expiresAt: '2099-01-01T00:00:00.000Z',
    allowedIps: ['192.0.2.0/24'],
  });
  await send('POST', `/admin/keys/${String(made['id'])}/rotate`, admin, {});
  ({ id: deposit } = await writeDeposit(api.db));
  await send('POST', `/admin/deposits/${deposit}/note`, admin, { note: 'asked the sender' });
  await send('POST', `/admin/deposits/${deposit}/assign`, admin, { org: customer.org, reason: 'they called' });
}

async function lease(name: string): Promise<Lease> {
  const held = await acquireLease(api.db, { name, holder: 'one', ttlMs: 600_000 });
  if (!held) throw new Error('the lease is taken');
  return held;
}

/** A frozen chain that is led, watched, audited and compared with the books. */
async function lookAtChains(): Promise<void> {
  const { db } = api;
  const at = new Date();
  const leading = await lease(`chain:${EVM}`);
  const report = { chain: EVM, headBlock: 9, nextBlock: 8, roundEndedAt: at.toISOString(), problem: 'it is away' };
  await saveWorkerReports(db, { holder: 'one', rows: [{ ...report, state: 'failing' }], at });
  const rpc = { rpc: '127.0.0.1', state: 'down', headBlock: 9, problem: 'no answer', sinceMs: at.getTime() };
  await storeRpcStatuses(db, EVM, [rpc], at);
  await storeTokenCode(db, leading, { chain: EVM, token: TOKENS.evm, code: '0xc0de', at });
  await freezeChain(db, { chain: EVM, kind: 'operator', reason: 'to be sure', by: 'me', at });
  await db.raw(
    `INSERT INTO watched_balance (chain, token, address, state, found_amount, reckoned_amount, problem)
     VALUES (?, 't', 'a', 'GAP', 5, 7, 'two are missing')`,
    [EVM],
  );
  await db.raw(
    `INSERT INTO balance_gap (chain, token, address, block_number, block_hash, amount, found, found_at)
     VALUES (?, 't', 'a', 5, '0xbb', -2, '["t:0xaa:0"]', ?)`,
    [EVM, at],
  );
  const fault = {
    account: usdcAccount(EVM),
    wallet: uuidV7(1),
    deposit: uuidV7(2),
    ledgerMicros: 3n,
    sourceMicros: 2n,
  };
  const sums = { ledgerMicros: 3n, sourceMicros: 2n, faults: [fault], faultCount: 1, repeats: 1, checkedAt: at };
  const accounts = [{ account: usdcAccount(EVM), ...sums }];
  await storePass(db, await lease('books'), { accounts, owed: { wallets: 1, owedMicros: 7n, debtMicros: 0n }, at });
}

/** An endpoint to which a test event was sent in vain. */
async function sendEvents(): Promise<void> {
  const { db } = api;
  const body = { url: 'https://example.com/hook', description: 'the shop', types: ['hold.expired'] };
  endpoint = String((await send('POST', '/webhook-endpoints', customer.key, body))['id']);
  await send('POST', `/webhook-endpoints/${endpoint}/rotate-secret`, customer.key, {});
  await send('POST', `/webhook-endpoints/${endpoint}/test`, customer.key, {});
  const onTrouble = (log: string, error: unknown): never => {
    throw new Error(`log ${log}`, { cause: error });
  };
  await new Projector({ db, clock: systemClock, onTrouble }).sweep();
  const at = new Date();
  await fillQueue(db, endpoint, { at, most: 10 });
  const claim = { endpoint, claim: uuidV7(at.getTime()), now: at, leaseMs: 60_000, limit: 1 };
  const [claimed] = await claimDeliveries(db, claim);
  if (!claimed) throw new Error('nothing is to be sent');
  const answer = { delivered: false, statusCode: 500, error: null, responseStart: 'no', durationMs: 12 };
  await noteAttempt(db, claimed, { ...answer, at, nextAttemptAt: new Date(at.getTime() + 60_000) });
}

/** What a command printed as JSON, whether or not it then failed because of what it found. */
async function coffer(args: readonly string[]): Promise<Json> {
  const { stdout } = await startNode(['src/cli/main.ts', ...args, '--json'], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
    COFFER_KEY_PEPPER_FILE: join(folder, 'pepper'),
    COFFER_SECRETS_KEY_FILE: join(folder, 'secrets'),
    COFFER_CONFIG: join(folder, 'config.json'),
  }).finished;
  const parsed: unknown = JSON.parse(stdout);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new TypeError('no JSON object');
  return { ...parsed };
}

interface Shown {
  readonly args: () => readonly string[];
  readonly path: () => string;
  /** With the key of the customer, not of the operator. */
  readonly asCustomer?: true;
  /** The list that is compared; left out: the whole answer. */
  readonly list?: string;
  /** A sign that the interesting parts are there. */
  readonly holds: unknown;
}

const has = (fields: Json): unknown => expect.arrayContaining([expect.objectContaining(fields)]);

const SHOWN: Readonly<Record<string, Shown>> = {
  'the list of orgs': {
    args: () => ['orgs', 'list'],
    path: () => '/admin/orgs',
    list: 'orgs',
    holds: has({ provisionalLimitUsd: '25.00', metadata: { tier: 'gold' } }),
  },
  'an org': {
    args: () => ['orgs', 'show', customer.org],
    path: () => `/admin/orgs/${customer.org}`,
    holds: expect.objectContaining({ provisionalLimitUsd: '25.00', suspensions: has({ reason: 'chargeback' }) }),
  },
  'the approvals': {
    args: () => ['approvals', 'list'],
    path: () => '/admin/approvals',
    list: 'approvals',
    holds: has({ state: 'approved', decisionReason: 'it is so' }),
  },
  'the holds of an org': {
    args: () => ['holds', 'list', '--all', '--org', customer.org],
    path: () => '/treasury/holds',
    asCustomer: true,
    list: 'holds',
    holds: has({ state: 'open', capturedUsd: '1.25', leftUsd: '1.25' }),
  },
  'the keys of the platform': {
    args: () => ['keys', 'list', '--kind', 'platform'],
    path: () => '/admin/keys?kind=platform',
    list: 'keys',
    holds: has({ state: 'replaced', allowedIps: ['192.0.2.0/24'] }),
  },
  'the audit log': {
    args: () => ['audit', '--org', customer.org],
    path: () => `/admin/audit?org=${customer.org}`,
    list: 'acts',
    holds: has({ subject: 'deposit_assignment', orgId: expect.any(String) }),
  },
  'the deposits': {
    args: () => ['deposits', 'list'],
    path: () => '/admin/deposits',
    list: 'deposits',
    holds: has({ symbol: 'USDC', acts: has({ action: 'note' }) }),
  },
  'a deposit': {
    args: () => ['deposits', 'show', deposit],
    path: () => `/admin/deposits/${deposit}`,
    holds: expect.objectContaining({ assignment: expect.objectContaining({ by: 'admin' }) }),
  },
  'the chains': {
    args: () => ['chain', 'status'],
    path: () => '/admin/chains',
    holds: { chains: has({ state: 'frozen', workers: has({ holder: 'one' }), tokens: has({ code: '0xc0de' }) }) },
  },
  'the reconciliation': {
    args: () => ['chain', 'reconcile'],
    path: () => '/admin/reconciliation',
    holds: expect.objectContaining({ status: 'GAP', chains: has({ troubled: has({ status: 'GAP' }) }) }),
  },
  'the event log of an org': {
    args: () => ['events', 'list', '--org', customer.org],
    path: () => '/events',
    asCustomer: true,
    holds: expect.objectContaining({ events: has({ type: 'entry.created' }) }),
  },
  'the deliveries to an endpoint': {
    args: () => ['webhooks', 'deliveries', endpoint],
    path: () => `/webhook-endpoints/${endpoint}/deliveries`,
    asCustomer: true,
    list: 'deliveries',
    holds: has({ attempts: has({ statusCode: 500 }) }),
  },
};

async function read({ path, asCustomer }: Shown): Promise<Json> {
  return send('GET', path(), asCustomer === true ? customer.key : admin);
}

test.each(Object.entries(SHOWN))('both show %s alike', async (_name, shown) => {
  const [printed, answered] = [await coffer(shown.args()), await read(shown)];
  const { list } = shown;
  const [one, other] = list === undefined ? [printed, answered] : [printed[list], answered[list]];
  expect(one).toEqual(shown.holds);
  expect(one).toStrictEqual(other);
});

test('both show a balance alike, but for the moment that each was asked at', async () => {
  const { org, at: printedAt, ...printed } = await coffer(['balance', customer.org]);
  const { at, ...answered } = await send('GET', '/treasury/balance', customer.key);
  expect(org).toBe(customer.org);
  expect([typeof printedAt, typeof at]).toEqual(['string', 'string']);
  expect(printed).toMatchObject({ lowBalanceThresholdUsd: '5.00', heldUsd: '1.25' });
  expect(printed).toStrictEqual(answered);
});

test('both show endpoints alike, but for the org, which the key of a call says', async () => {
  const { endpoints } = await coffer(['webhooks', 'list']);
  const answered = await send('GET', '/webhook-endpoints', customer.key);
  const shown = Array.isArray(answered['endpoints']) ? answered['endpoints'] : [];
  expect(shown).toHaveLength(1);
  expect(endpoints).toStrictEqual(shown.map((one: Json) => ({ ...one, org: customer.org })));
});
