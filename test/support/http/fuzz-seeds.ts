/** What exists before the fuzz: two orgs with money, and one of everything that a path may name. */
import { systemClock } from '../../../src/core/clock.ts';
import { uuidV7 } from '../../../src/core/ids.ts';
import { receiveEvents } from '../../../src/db/billing/provider-events.ts';
import { addPrice } from '../../../src/db/pricing/prices.ts';
import { openSettle } from '../../../src/payments/settle.ts';
import { openMemoryAccount, type MemoryAccount } from '../billing/account.ts';
import { EVM, startTestApi, STARKNET, type Answer, type TestApi } from './api.ts';
import { giveAddress } from '../senders/addresses.ts';
import { writeDeposit } from '../deposits/rows.ts';
import { newSigner, prove, storeDeposit } from '../senders/proofs.ts';

/** Orders that requests refund a cent at a time. */
const PAID_ORDERS = 4;
/** Refunds that a provider reported. */
export const FUZZ_REFUNDS = ['re_fuzz_1', 're_fuzz_2'] as const;
/** An action that has a price from the beginning. */
export const FUZZ_ACTION = 'priced';
/** A booking by hand above this needs a second person. */
export const APPROVAL_ABOVE_USD = '100.00';

/** Ids that calls created and later calls may name, by kind; the newest last. */
export class Pool {
  private readonly ids = new Map<string, string[]>();

  add(kind: string, ...ids: readonly string[]): void {
    this.ids.set(kind, [...(this.ids.get(kind) ?? []), ...ids]);
  }

  /** One of the newest ids, chosen by a share from 0 to 1. */
  find(kind: string, share: number): string | undefined {
    const newest = (this.ids.get(kind) ?? []).slice(-20);
    return newest[Math.floor(share * newest.length)];
  }

  /** The newest id, removed from the pool. */
  take(kind: string): string | undefined {
    return this.ids.get(kind)?.pop();
  }

  remove(kind: string, id: string): void {
    this.ids.set(
      kind,
      (this.ids.get(kind) ?? []).filter((one) => one !== id),
    );
  }
}

/** An org of the fuzz; what it writes carries `mark`. */
export interface Side {
  readonly org: string;
  readonly wallet: string;
  readonly key: string;
  readonly mark: string;
  readonly pool: Pool;
  /** The body of a claim that was made, for a repeat. */
  readonly claim: object;
  /** The answer to the creation of its first holds. */
  readonly planted: unknown;
}

export interface Seeds {
  readonly api: TestApi;
  readonly sides: readonly [Side, Side];
  readonly platformKey: string;
  readonly adminKey: string;
  /** Approves what the first admin key asked for. */
  readonly secondAdminKey: string;
  /** Ids that belong to no org. */
  readonly pool: Pool;
}

/** Starts an API and fills it. @param perRoute about how often each route will be called. */
export async function plantSeeds(perRoute: number): Promise<Seeds> {
  const account = openMemoryAccount();
  const api = await startTestApi(
    'first_come',
    undefined,
    {
      adminEntryLimitUsd: APPROVAL_ABOVE_USD,
      payments: { checkoutsPerHour: 1_000_000, openOrders: 1_000_000 },
    },
    {},
    { account: (name) => (name === account.name ? account : ownAccount(name)) },
  );
  const [platformKey, adminKey, secondAdminKey] = [
    await api.createKey({}),
    await api.createKey({ kind: 'admin' }),
    await api.createKey({ kind: 'admin' }),
  ];
  const pool = new Pool();
  const sides = [await plantSide(api, 'a', perRoute), await plantSide(api, 'b', perRoute)] as const;
  const post = async (path: string, body: object, key = adminKey): Promise<Answer> =>
    api.call('POST', path, { key, body });
  for (let count = 0; count < perRoute; count += 1) {
    const side = sides[count % 2] ?? sides[0];
    const asked = await post(`/admin/orgs/${side.org}/entries`, {
      type: 'GRANT',
      amountUsd: '150.00',
      reason: 'a seed',
    });
    pool.add('approval', String(asked.json['id']));
    for (const kind of ['unmatched', 'depositToIgnore']) pool.add(kind, (await writeDeposit(api.db)).id);
    const made = await post('/admin/keys', { kind: 'platform', name: 'a seed', scopes: ['treasury:read'] });
    pool.add('key', String(made.json['id']));
  }
  const times = { fromMs: 0, toMs: null, addedAtMs: Date.now() };
  const tiers = [{ upTo: null, rate: 1_000_000_000n }];
  const price = { id: uuidV7(Date.now()), org: null, action: FUZZ_ACTION, unit: 'token', tiers, addedBy: 'a seed' };
  await addPrice(api.db, { ...price, ...times });
  await plantDeliveries(api, pool, '/admin', { key: adminKey });
  await plantPayments(api, pool, account, perRoute);
  return { api, sides: [...sides], platformKey, adminKey, secondAdminKey, pool };
}

/** An org's own account at the provider, by its name. */
const ownAccount = memoized((name: string) => openMemoryAccount('live', name));

function memoized<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

/** Paid card orders of an org that the fuzz does not look at, some of them disputed. */
async function plantPayments(api: TestApi, pool: Pool, account: MemoryAccount, count: number): Promise<void> {
  const { key } = await api.createCustomer();
  const settle = openSettle({ db: api.db, writer: api.writer, clock: systemClock });
  const body = { packId: 'growth', successUrl: 'https://shop.example/', cancelUrl: 'https://shop.example/' };
  for (let made = 0; made < 2 * count + PAID_ORDERS; made += 1) {
    const { json } = await api.call('POST', '/treasury/checkout', { key, body });
    const order = String(json['orderId']);
    const isPaid = made < PAID_ORDERS;
    for (const step of isPaid ? (['pay'] as const) : (['pay', 'dispute'] as const)) {
      for (const fact of account.of(order).take(step)) await settle(fact);
    }
    pool.add(isPaid ? 'paidOrder' : 'dispute', isPaid ? order : `dp_${order}`);
  }
  await plantInbox(api, pool);
}

/** Objects that a provider reported. */
async function plantInbox(api: TestApi, pool: Pool): Promise<void> {
  const at = new Date();
  for (const object of FUZZ_REFUNDS) {
    const inboxId = uuidV7(at.getTime());
    const event = { account: 'stripe', org: null, type: 'refund.created', mode: 'live', apiVersion: null } as const;
    const about = { kind: 'refund', id: object } as const;
    const received = { inboxId, source: 'webhook', at } as const;
    await receiveEvents(api.db, [{ ...event, ...received, id: `evt_${object}`, createdAt: at, about }]);
    pool.add('inboxItem', inboxId);
  }
}

async function plantSide(api: TestApi, name: string, perRoute: number): Promise<Side> {
  const { org, wallet, key } = await api.createCustomer(100_000n);
  const pool = new Pool();
  await giveAddress(api.db, org, 'eip155', `0x${name.repeat(40)}`);
  await giveAddress(api.db, org, 'starknet', `0x0${name.repeat(63)}`);
  await plantDeliveries(api, pool, '', { key });
  const planted = await plantHolds(api, pool, { key, count: 2 * perRoute });
  for (let count = 0; count < perRoute; count += 1) {
    const body = { name: 'a seed', scopes: ['treasury:read'] };
    const made = await api.call('POST', '/treasury/keys', { key, body });
    pool.add('ownKey', String(made.json['id']));
    const budget = { subject: 'userId', value: `seed ${count}`, period: 'month', limitUsd: '100', mode: 'hard' };
    const counted = await api.call('POST', '/treasury/budgets', { key, body: budget });
    pool.add('budget', String(counted.json['id']));
  }
  const signer = newSigner();
  const { txHash } = await storeDeposit(api.db, { chain: EVM, from: signer.address });
  const proof = await prove(api, key, { purpose: 'claim', address: signer.address, chain: EVM, txHash }, signer);
  const claim = { txHash, chain: EVM, proof };
  const claimed = await api.call('POST', '/treasury/deposits/claim', { key, body: claim });
  if (claimed.status !== 200) throw new Error(`no claim: ${claimed.text}`);
  return { org, wallet, key, mark: `only-${name}-${uuidV7(Date.now())}`, pool, claim, planted };
}

async function plantHolds(
  api: TestApi,
  pool: Pool,
  { key, count }: { readonly key: string; readonly count: number },
): Promise<unknown> {
  const commands = Array.from({ length: count }, () => {
    const hold = {
      op: 'hold',
      serviceType: 'AI_API',
      amountUsd: '2.00',
      expiresInSeconds: 86_400,
      heartbeatSeconds: 86_400,
    };
    return { ...hold, idempotencyKey: uuidV7(Date.now()) };
  });
  const { status, text, json } = await api.call('POST', '/treasury/batch', { key, body: { commands } });
  if (status !== 200) throw new Error(`no holds: ${text}`);
  const results = json['results'] as { readonly result: { readonly holdId: string } }[];
  pool.add('hold', ...results.map(({ result }) => result.holdId));
  return json;
}

/** An endpoint that is never removed, with a delivery that can be sent again. */
async function plantDeliveries(api: TestApi, pool: Pool, prefix: string, by: { readonly key: string }): Promise<void> {
  const path = `${prefix}/webhook-endpoints`;
  const made = await api.call('POST', path, { ...by, body: { url: 'https://hooks.example/seed' } });
  const endpoint = String(made.json['id']);
  await api.call('POST', `${path}/${endpoint}/test`, { ...by, body: {} });
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { json } = await api.call('GET', `${path}/${endpoint}/deliveries`, by);
    const [first] = Array.isArray(json['deliveries']) ? (json['deliveries'] as { readonly id: string }[]) : [];
    if (first) {
      pool.add('lasting', endpoint);
      pool.add('delivery', first.id);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the test event was not put into the queue');
}

/** Chains that the API of the fuzz is configured with. */
export const FUZZ_CHAINS = { evm: EVM, starknet: STARKNET } as const;
