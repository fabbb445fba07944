/** Deposit addresses after a restore to an earlier time: an org has the address that it had, and nobody another's. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { mnemonicToAccount } from 'viem/accounts';
import { deriveEvmAddress, EVM_ACCOUNT_PATH } from '../../detector/evm/deposit-key.ts';
import { readSeed } from '../../src/cli/wallets/seed.ts';
import { toCount } from '../../src/core/integers.ts';
import { depositIndexes, poolPlaceOf } from '../../src/core/senders/deposit-address.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { openDatabase, openOrgDatabases, type DatabasePool, type OrgDatabases } from '../../src/db/database.ts';
import { FIND_IN_POOL, giveDepositAddresses } from '../../src/db/senders/addresses.ts';
import { addToPool, addXpub } from '../../src/db/senders/address-pool.ts';
import { createDatabaseOn, type TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import '../support/process/global-database.ts';
import { pickFromPool } from '../support/senders/addresses.ts';

const MNEMONIC = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const FELT = `0x${'0'.repeat(64)}`;
/** Far more than may be compared while everybody else waits for an address. */
const POOL = Array.from({ length: 5_000 }, (_, index) => `0x${index.toString(16).padStart(64, '0')}`);
const orgId = (number: number): string => `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
const ORGS = Array.from({ length: 12 }, (_, index) => orgId(index));
/** Their ids give one index. */
const MEETING = [orgId(0x23504), orgId(0x26296)] as const;

interface Place {
  readonly database: TestDatabase;
  /** Sees everything. */
  readonly db: DatabasePool;
  /** As the service asks: each org sees its own rows. */
  readonly orgs: OrgDatabases;
}

/** The place before anybody asked for an address; tests work on copies. */
let earlier: TestDatabase;
const places: Place[] = [];
beforeAll(async () => {
  earlier = await createTestDatabase();
  const db = openDatabase(earlier.ownerUrl, 1);
  const at = new Date();
  for (const id of [...ORGS, ...MEETING]) await createOrg(db, { id, name: id, externalId: null, createdAt: at });
  const xpub = readSeed(MNEMONIC).derive(EVM_ACCOUNT_PATH).publicExtendedKey;
  await addXpub(db, { xpub, isSameKey: () => false, at });
  const accounts = POOL.map((address, keyIndex) => ({
    address,
    keyIndex,
    publicKey: FELT,
    classHash: FELT,
    salt: FELT,
  }));
  await addToPool(db, accounts, at);
  await db.destroy();
});
afterAll(async () => {
  for (const { db, orgs, database } of places) {
    await Promise.all([db.destroy(), orgs.destroy()]);
    await database.drop();
  }
  await earlier.drop();
});

/** The place restored to the time before anybody asked. */
async function restore(): Promise<Place> {
  const template = new URL(earlier.ownerUrl).pathname.slice(1);
  const database = await createDatabaseOn({ ...inject('databaseServer'), template }, 'migrated');
  const place = { database, db: openDatabase(database.ownerUrl, 1), orgs: openOrgDatabases(database.appUrl, 4) };
  places.push(place);
  return place;
}

const ask = async ({ orgs }: Place, org: string): Promise<readonly string[]> => {
  const families = ['eip155', 'starknet'] as const;
  const request = { org, families, taken: new Set<string>(), derive: deriveEvmAddress, at: new Date() };
  return (await giveDepositAddresses(orgs.of(org), request)).map(({ address }) => address);
};
const askInTurn = async (place: Place, orgs: readonly string[]): Promise<Map<string, readonly string[]>> => {
  const given = new Map<string, readonly string[]>();
  for (const org of orgs) given.set(org, await ask(place, org));
  return given;
};
const addressAt = (addressIndex: number): string => mnemonicToAccount(MNEMONIC, { addressIndex }).address.toLowerCase();
const indexOf = (org: string): number => depositIndexes(org).next().value ?? 0;

test('whichever orgs ask first, each has the same addresses, which are those of the rule', async () => {
  const before = await askInTurn(await restore(), ORGS);
  const after = await askInTurn(await restore(), ORGS.toReversed());
  for (const org of ORGS) {
    expect(after.get(org)).toEqual(before.get(org));
    expect(before.get(org)).toEqual([addressAt(indexOf(org)), pickFromPool(org, POOL)]);
  }
  expect(new Set([...before.values()].flat()).size).toBe(2 * ORGS.length);
});

test('a restored place gives nobody an address that an org had been given since', async () => {
  const [x, y, ...others] = ORGS;
  if (x === undefined || y === undefined) throw new Error('there are no orgs');
  const lost = await ask(await restore(), x);
  const restored = await restore();
  for (const org of [y, ...others]) {
    const given = await ask(restored, org);
    expect(given.filter((address) => lost.includes(address))).toEqual([]);
  }
  expect(await ask(restored, x)).toEqual(lost);
});

test('two orgs whose ids give one index have addresses of their own, at the same instant and in turn', async () => {
  const [one, two] = MEETING;
  expect(indexOf(one)).toBe(indexOf(two));
  const wanted = [addressAt(indexOf(one)), addressAt(indexOf(one) + 1)];
  const atOnce = await restore();
  const answers = await Promise.all([one, two, one, two].map(async (org) => ask(atOnce, org)));
  expect([...new Set(answers.map(([evm = '']) => evm))].toSorted()).toEqual(wanted.toSorted());
  expect([answers[2], answers[3]]).toEqual([answers[0], answers[1]]);
  const inTurn = await askInTurn(await restore(), [two, one]);
  expect([inTurn.get(two)?.[0], inTurn.get(one)?.[0]]).toEqual(wanted);
});

test('the address of an org is found in an index, and no others are read', async () => {
  const { db } = await restore();
  await db.raw('ANALYZE deposit_address_pool');
  const taken = POOL.slice(0, 3);
  for (const org of ORGS) {
    const bindings = { from: poolPlaceOf(org), taken };
    const answer = await db.raw<{ rows: { 'QUERY PLAN': unknown }[] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${FIND_IN_POOL}`,
      bindings,
    );
    const plan = JSON.stringify(answer.rows[0]?.['QUERY PLAN']);
    expect(plan).not.toContain('Seq Scan');
    expect(plan).toContain('deposit_address_pool_places');
    const rows = plan.matchAll(/"(?:Actual Rows|Rows Removed by Filter)":(\d+)/g);
    expect(Math.max(...[...rows].map(([, number = '']) => toCount(number)))).toBeLessThanOrEqual(taken.length + 1);
  }
});

test('the last address of a pool goes to one of two orgs that ask at the same instant', async () => {
  const place = await restore();
  const { db } = place;
  const [x = '', y = ''] = ORGS;
  await db.raw('DELETE FROM deposit_address_pool WHERE address <> ?', [POOL[7] ?? '']);
  const outcomes = await Promise.allSettled([x, y].map(async (org) => ask(place, org)));
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'DEPOSIT_ADDRESS_UNAVAILABLE' },
  });
});

test('an org keeps the address that it has, whatever the rule says', async () => {
  const place = await restore();
  const { db } = place;
  const [x = '', y = ''] = ORGS;
  const addressOfX = addressAt(indexOf(x));
  await db.raw(
    `INSERT INTO deposit_address (family, number, org, address, key_index, xpub, first_blocks, created_at)
     SELECT 'eip155', 1, ?, ?, ?, xpub, '{}', now() FROM deposit_xpub`,
    [y, addressOfX, indexOf(x)],
  );
  await db.raw("UPDATE deposit_address_series SET last_number = 1 WHERE family = 'eip155'");
  expect((await ask(place, y))[0]).toBe(addressOfX);
  expect((await ask(place, x))[0]).toBe(addressAt(indexOf(x) + 1));
});
