/** Users are kept apart as orgs are: by what a connection is set to see, and by the wallet that each statement names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { openUserWallet, suspendUser } from '../../src/db/access/users.ts';
import { makeCardOrder } from '../../src/db/billing/checkouts.ts';
import { openOrgDatabases, type Database, type OrgDatabases } from '../../src/db/database.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { queryRows } from '../support/process/query.ts';

let api: TestApi;
let scopes: OrgDatabases;
let org: string;
const [alice, bob] = ['alice', 'bob'].map((id) => ({ id, wallet: walletId({ kind: 'user', id }) }));
if (!alice || !bob) throw new Error('two users');

async function makeOrder(db: Database, payer: { readonly org: string; readonly user?: string }): Promise<string> {
  const id = uuidV7(Date.now());
  await makeCardOrder(db, {
    ...payer,
    id,
    pack: null,
    product: null,
    priceMicros: 10_000_000n,
    creditMicros: 10_000_000n,
    bonusMicros: 0n,
    freeGiftCards: 0,
    metadata: {},
    openedAt: new Date(),
    account: 'stripe',
    mode: 'test',
    currency: 'usd',
    priceMinor: 1_000n,
    successUrl: 'https://shop.example/',
    cancelUrl: 'https://shop.example/',
    request: { key: id, hash: 'h' },
    limits: { checkoutsPerHour: 10, openOrders: 2, failedPerDay: 5 },
  });
  return id;
}

beforeAll(async () => {
  api = await startTestApi();
  scopes = openOrgDatabases(api.database.appUrl, 2);
  org = await api.createOrg();
  await makeOrder(api.db, { org });
  for (const { id, wallet } of [alice, bob]) {
    await openUserWallet(api.db, { id, at: new Date() });
    await makeOrder(api.db, { org: wallet, user: id });
  }
});
afterAll(async () => {
  await scopes.destroy();
  await api.stop();
});

const TABLES = ['wallet_user', 'pack_order', 'order_checkout', 'order_step'];

async function countsIn(db: Database): Promise<string[]> {
  const counts: string[] = [];
  for (const table of TABLES) {
    counts.push((await queryRows<{ n: string }>(db, `SELECT count(*) AS n FROM ${table}`)).rows[0]?.n ?? '');
  }
  return counts;
}

describe('A43 the second wall around users', () => {
  it('a connection that serves a user sees what is theirs, and one that serves an org sees no user', async () => {
    expect(await countsIn(api.db)).toEqual(['2', '3', '3', '3']);
    expect(await countsIn(scopes.of(alice.wallet))).toEqual(['1', '1', '1', '1']);
    expect(await countsIn(scopes.of(org))).toEqual(['0', '1', '1', '1']);
    expect(await countsIn(scopes.none)).toEqual(['0', '0', '0', '0']);
    const seen = await queryRows<{ id: string }>(scopes.of(bob.wallet), 'SELECT id FROM wallet_user');
    expect(seen.rows).toEqual([{ id: 'bob' }]);
  });

  it('a connection that serves a user writes nothing for another', async () => {
    await expect(makeOrder(scopes.of(alice.wallet), { org: bob.wallet, user: bob.id })).rejects.toThrow(
      /policy|no user/,
    );
    await expect(openUserWallet(scopes.of(alice.wallet), { id: 'carol', at: new Date() })).rejects.toThrow(/policy/);
  });

  it('an order belongs to an org or a user that is there, and to a user under their own wallet', async () => {
    await expect(makeOrder(api.db, { org: uuidV7(Date.now()) })).rejects.toThrow(/no org/);
    await expect(makeOrder(api.db, { org: alice.wallet })).rejects.toThrow(/no org/);
    await expect(makeOrder(api.db, { org: bob.wallet, user: alice.id })).rejects.toThrow(/no user/);
    await expect(makeOrder(api.db, { org, user: alice.id })).rejects.toThrow(/no user/);
  });

  it('the limits of orders count for each user, whatever others have open', async () => {
    await makeOrder(api.db, { org: bob.wallet, user: bob.id });
    await expect(makeOrder(api.db, { org: bob.wallet, user: bob.id })).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});

describe('the wallet of a user', () => {
  it('is made once, whatever happens at the same time', async () => {
    const at = new Date();
    const all = await Promise.all(Array.from({ length: 20 }, async () => openUserWallet(api.db, { id: 'dora', at })));
    expect(new Set(all.map(({ wallet }) => wallet))).toEqual(new Set([walletId({ kind: 'user', id: 'dora' })]));
  });

  it('is not that of an org with the same id', () => {
    expect(walletId({ kind: 'user', id: org })).not.toBe(walletId({ kind: 'org', id: org }));
  });

  it('keeps the first time and reason while it is suspended', async () => {
    const [first, later] = [new Date(1_000_000), new Date(2_000_000)];
    await suspendUser(api.db, { id: 'erin', at: first, suspended: true, reason: 'one' });
    const again = await suspendUser(api.db, { id: 'erin', at: later, suspended: true, reason: 'two' });
    expect([again.suspendedAt, again.suspendedReason]).toEqual([first, 'one']);
    const ended = await suspendUser(api.db, { id: 'erin', at: later, suspended: false, reason: null });
    expect([ended.suspendedAt, ended.suspendedReason]).toEqual([null, null]);
  });
});
