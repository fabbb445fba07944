/** Two orgs with something of everything, for tests that check that they are kept apart. */
import { vi } from 'vitest';
import { createWebhookSecret, secretContext } from '../../../src/core/events/webhooks.ts';
import { openVault, createKeyLine } from '../../../src/core/access/vault.ts';
import { formatHoldId, isUuid, uuidV7 } from '../../../src/core/ids.ts';
import { bindCheckout, makeCardOrder } from '../../../src/db/billing/checkouts.ts';
import { storeProduct } from '../../../src/db/billing/products.ts';
import { insertEndpoint } from '../../../src/db/webhooks/endpoints.ts';
import { EVM, type TestApi } from './api.ts';
import { giveAddress } from '../senders/addresses.ts';
import { writeDeposit } from '../deposits/rows.ts';
import { queryRows } from '../process/query.ts';

/** An org's ids that a call can name, by kind. */
export interface Ids {
  readonly org: string;
  readonly sender: string;
  readonly hold: string;
  readonly order: string;
  readonly product: string;
  readonly session: string;
  readonly deposit: string;
  readonly tx: string;
  readonly endpoint: string;
  readonly delivery: string;
  readonly key: string;
  readonly approval: string;
  readonly budget: string;
  readonly budgetsCursor: string;
  readonly sendersCursor: string;
  readonly ledgerCursor: string;
  readonly holdsCursor: string;
  readonly ordersCursor: string;
  readonly depositsCursor: string;
  readonly endpointsCursor: string;
  readonly deliveriesCursor: string;
}

/** An org with something of everything. */
export interface FullOrg {
  readonly ids: Ids;
  readonly wallet: string;
  /** The key that created all of it. */
  readonly ownKey: string;
  /** Texts that occur only in its rows. */
  readonly marks: readonly string[];
}

const PAGES = {
  sendersCursor: '/treasury/senders',
  ledgerCursor: '/treasury/ledger',
  holdsCursor: '/treasury/holds',
  ordersCursor: '/treasury/orders',
  depositsCursor: '/treasury/deposits',
  endpointsCursor: '/webhook-endpoints',
  budgetsCursor: '/treasury/budgets',
} as const;

const address = (of: number): string => `0x${of.toString(16).padStart(8, '0')}${'ab'.repeat(16)}`;
let addresses = 0xbeef;

/** Creates an org with two of everything that is listed, so that each list has a second page. */
export async function makeFullOrg(api: TestApi, name: string): Promise<FullOrg> {
  const { org, wallet, key } = await api.createCustomer(100n);
  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const { status, json, text } = await api.call(method, path, { key, body });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return json;
  };
  const own = [address((addresses += 1)), address((addresses += 1)), address((addresses += 1))] as const;
  const registered = await ask('POST', '/treasury/register-sender', {
    address: own[0],
    label: `${name} one`,
    packId: 'growth',
  });
  await ask('POST', '/treasury/register-sender', { address: own[1], label: `${name} two`, packId: 'pro' });
  await giveAddress(api.db, org, 'eip155', own[2]);
  const hold = { amountUsd: '5', serviceType: 'AI_API', expiresInSeconds: 86_400, reference: `${name} held` };
  const { holdId } = await ask('POST', '/treasury/hold', hold);
  await ask('POST', '/treasury/hold', hold);
  await ask('POST', '/treasury/debit', { amountUsd: '1', serviceType: 'AI_API', description: `${name} spent` });
  const budget = { subject: 'userId', value: `${name} spender`, period: 'month', limitUsd: '5', mode: 'soft' };
  await ask('POST', '/treasury/budgets', budget);
  const { id: budgetId } = await ask('POST', '/treasury/budgets', { ...budget, period: 'day' });
  const deposit = await writeDeposit(api.db, { org, state: 'confirming', reason: null, from: own[0] });
  await writeDeposit(api.db, { org, state: 'confirming', reason: null, from: own[1] });
  const challenge = { address: own[0], chain: EVM, purpose: 'register' };
  await ask('POST', '/treasury/sender-challenge', challenge);
  await settled(api, org);
  const endpoint = await makeEndpoint(api, org, name);
  await makeEndpoint(api, org, name);
  const delivery = await makeDelivery(api, org, endpoint);
  await makeDelivery(api, org, endpoint);
  const nextOf = async (path: string): Promise<string> => String((await ask('GET', `${path}?limit=1`))['nextCursor']);
  const cursors: Record<string, string> = {};
  for (const [cursor, path] of Object.entries(PAGES)) cursors[cursor] = await nextOf(path);
  const ids: Ids = {
    org,
    sender: String(registered['senderId']),
    hold: String(holdId),
    order: String(registered['orderId']),
    ...(await makeSale(api, org, name)),
    deposit: deposit.id,
    tx: deposit.txHash,
    endpoint,
    delivery,
    key: key.slice(8, 16),
    approval: await makeApproval(api, org, wallet, name),
    budget: String(budgetId),
    budgetsCursor: cursors['budgetsCursor'] ?? '',
    sendersCursor: cursors['sendersCursor'] ?? '',
    ledgerCursor: cursors['ledgerCursor'] ?? '',
    holdsCursor: cursors['holdsCursor'] ?? '',
    ordersCursor: cursors['ordersCursor'] ?? '',
    depositsCursor: cursors['depositsCursor'] ?? '',
    endpointsCursor: cursors['endpointsCursor'] ?? '',
    deliveriesCursor: await nextOf(`/webhook-endpoints/${endpoint}/deliveries`),
  };
  return { ids, wallet, ownKey: key, marks: [org, wallet, deposit.id, deposit.txHash, ...own, `${name} `] };
}

/** A product of the org, and a checkout on its own account; as rows, since no provider is there. */
async function makeSale(api: TestApi, org: string, name: string): Promise<Pick<Ids, 'product' | 'session'>> {
  const at = new Date();
  const [account, session] = [`stripe:${org}`, `cs_${uuidV7(at.getTime())}`];
  const terms = { account, mode: 'live', currency: 'usd' } as const;
  const { product } = await storeProduct(api.db, {
    ...terms,
    id: uuidV7(at.getTime()),
    org,
    name: `${name} sold`,
    billingModel: 'one_time',
    priceCents: 100n,
    amountMicros: 1_000_000n,
    key: 'seed',
    hash: 'seed',
    at,
  });
  await api.db.raw('UPDATE product SET synced = revision WHERE id = ?', [product.id]);
  const { order } = await makeCardOrder(api.db, {
    ...terms,
    id: uuidV7(at.getTime()),
    org,
    pack: null,
    product: product.id,
    priceMicros: 1_000_000n,
    creditMicros: 1_000_000n,
    bonusMicros: 0n,
    freeGiftCards: 0,
    metadata: {},
    openedAt: at,
    priceMinor: 100n,
    successUrl: 'https://shop.example/',
    cancelUrl: 'https://shop.example/',
    request: { key: 'seed', hash: 'seed' },
    limits: { checkoutsPerHour: 10, openOrders: 20, failedPerDay: 5 },
  });
  await bindCheckout(api.db, { order: order.id, session, url: 'https://pay.example', at });
  return { product: product.id, session };
}

/** Waits until the org's log holds every event of what has happened, so that it no longer changes. */
async function settled(api: TestApi, org: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const result = await queryRows<{ pending: string; behind: string }>(
        api.db,
        `SELECT (SELECT count(*) FROM event_pending WHERE log = l.log) AS pending,
           (SELECT max(e.seq) FROM entry e WHERE e.wallet = l.wallet) - l.seq AS behind
         FROM event_log l WHERE l.log = ?`,
        [org],
      );
      if (result.rows[0]?.pending !== '0' || result.rows[0].behind !== '0') throw new Error('the log is behind');
    },
    { timeout: 10_000, interval: 50 },
  );
}

async function makeEndpoint(api: TestApi, log: string, name: string): Promise<string> {
  const vault = openVault(() => KEYS);
  const id = uuidV7(Date.now());
  await insertEndpoint(api.db, {
    id,
    log,
    url: 'https://receiver.invalid/hook',
    description: `${name} receives`,
    kinds: ['webhook.test'],
    secret: vault.seal(secretContext(id), createWebhookSecret()),
    createdAt: new Date(),
    after: undefined,
    most: 20,
  });
  return id;
}
const KEYS = createKeyLine();

/** A finished delivery: nothing changes it any more. */
async function makeDelivery(api: TestApi, log: string, endpoint: string): Promise<string> {
  const id = uuidV7(Date.now());
  const at = new Date();
  await api.db.raw(
    `INSERT INTO webhook_delivery (id, endpoint, position, redelivery_of, state, next_attempt_at, created_at, finished_at)
     SELECT :id, :endpoint, min(position), :id, 'delivered', :at, :at, :at FROM event WHERE log = :log`,
    { id, endpoint, log, at },
  );
  await api.db.raw(
    'INSERT INTO webhook_attempt (id, delivery, at, duration_ms, status_code) VALUES (?, ?, ?, 5, 200)',
    [uuidV7(Date.now()), id, at],
  );
  return id;
}

/** A booking that waits for a second person. */
async function makeApproval(api: TestApi, org: string, wallet: string, name: string): Promise<string> {
  const id = uuidV7(Date.now());
  await api.db.raw(
    `INSERT INTO entry_approval (id, org, wallet, key, input_hash, idempotency_key, type, amount, reason, requested_by,
       hands, requested_at, expires_at, state)
     VALUES (:id, :org, :wallet, :id, '00', 'asked', 'GRANT', 5, :reason, 'key:other', '{key:other}', now(),
       now() + interval '1 day', 'pending')`,
    { id, org, wallet, reason: `${name} asked` },
  );
  return id;
}

/** Ids of the same shape that belong to nobody. */
export function ghostOf(ids: Ids): Ids {
  const like = (id: string): string => (isUuid(id) ? uuidV7(Date.now()) : id);
  return {
    ...ids,
    org: like(ids.org),
    sender: like(ids.sender),
    product: like(ids.product),
    session: `cs_${uuidV7(Date.now())}`,
    hold: formatHoldId(uuidV7(Date.now()), 7n),
    deposit: like(ids.deposit),
    tx: `0x${'0'.repeat(63)}1`,
    endpoint: like(ids.endpoint),
    delivery: like(ids.delivery),
    key: 'Gh0stKey',
    approval: like(ids.approval),
  };
}
