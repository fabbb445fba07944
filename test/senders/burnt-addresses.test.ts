/** Addresses that a recovery has burnt: they stay watched, and what comes to them waits for an operator. */
import { expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { replayChains } from '../../src/db/chains/replay.ts';
import { assignByHand } from '../../src/db/deposits/acts.ts';
import { listDepositAddressOwners, listAddressesToWatch } from '../../src/db/senders/addresses.ts';
import { addToPool, burnPool, countPool, listBurntAddresses } from '../../src/db/senders/address-pool.ts';
import { newOrg } from '../support/chains/bench.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';
import { giveAddress } from '../support/senders/addresses.ts';
import { queryRows } from '../support/process/query.ts';

const bench = useRoundBench();
const STRANGER = `0x${'5'.repeat(40)}`;
const FELT = `0x${'0'.repeat(64)}`;
/** The pool is of Starknet; the chain in memory has addresses of any kind. */
const STARKNET = { family: 'starknet' } as const;

test('what came to a burnt address before and after waits for an operator, and is credited once', async () => {
  const { balance, caip2, chain, db, deposits, round } = bench();
  const [lost, later] = [`0x${'b1'.repeat(20)}`, `0x${'b2'.repeat(20)}`];
  const pooled = [lost, later].map((address, keyIndex) => ({
    address,
    keyIndex,
    publicKey: FELT,
    classHash: FELT,
    salt: FELT,
  }));
  // An org that was there when the database was backed up keeps its address.
  const org = await newOrg(db, caip2, []);
  const own = `0x${'b3'.repeat(20)}`;
  await giveAddress(db, org, 'starknet', own);
  await addToPool(db, pooled, new Date(Date.now() - 1_000));
  chain.mineMany(3);
  // Before the restore the address was an org's; the restored database knows nothing of it.
  chain.mine([{ txHash: '0x1', from: STRANGER, to: lost, amount: 5n }]);
  chain.mineMany(400);
  await round(undefined, STARKNET);
  expect(await deposits()).toEqual([]);

  const recovery = uuidV7(Date.now());
  expect(await burnPool(db, recovery, new Date())).toBe(2);
  expect(await burnPool(db, recovery, new Date())).toBe(2);
  await replayChains(db, { to: null, at: new Date() });
  chain.mine([
    { txHash: '0x2', from: STRANGER, to: later, amount: 7n },
    { txHash: '0x3', from: STRANGER, to: own, amount: 11n },
    // A sweep of what came there is no deposit.
    { txHash: '0x4', from: lost, amount: 5n },
  ]);
  chain.mineMany(2);
  await round(undefined, STARKNET);
  const found = (await deposits()).toSorted((a, b) => (a.tx_hash < b.tx_hash ? -1 : 1));
  expect(found).toMatchObject([
    { state: 'unmatched', reason: 'burnt_address', amount: '5' },
    { state: 'unmatched', reason: 'burnt_address', amount: '7' },
    { state: 'credited' },
    { state: 'ignored', reason: 'own_transfer' },
  ]);
  expect(await balance(org)).toBe(11n);

  const { rows } = await queryRows<{ id: string }>(db, `SELECT id FROM deposit WHERE tx_hash = '0x1' AND chain = ?`, [
    caip2,
  ]);
  const deposit = rows[0]?.id ?? '';
  const act = { id: uuidV7(Date.now()), deposit, org, actor: 'cli:test', words: 'it had this address', at: new Date() };
  await assignByHand(db, act, () => true);
  await round(undefined, STARKNET);
  await round(undefined, STARKNET);
  expect(await balance(org)).toBe(16n);

  // Their keys can still be found, and an import does not bring them back.
  expect(await addToPool(db, pooled, new Date())).toEqual({ added: 0, known: 2 });
  expect(await countPool(db)).toBe(0);
  expect(await listBurntAddresses(db, { after: '', limit: 10 })).toEqual(
    pooled.map((one) => ({ ...one, burntBy: recovery })),
  );
  const owners = await listDepositAddressOwners(db, 'starknet', [lost, own, STRANGER]);
  expect(owners).toEqual(
    new Map([
      [lost, null],
      [own, org],
    ]),
  );
  // The next address that is given has a number of its own.
  const next = `0x${'b4'.repeat(20)}`;
  await giveAddress(db, await newOrg(db, caip2, []), 'starknet', next);
  const watched = await listAddressesToWatch(db, { chain: caip2, family: 'starknet', after: 0, limit: 10 });
  expect(watched.map(({ address, number }) => [address, number])).toEqual([
    [own, 1],
    [lost, 2],
    [later, 3],
    [next, 4],
  ]);
  expect(watched.slice(0, 3).map(({ firstBlock }) => firstBlock)).toEqual([0, 0, 0]);
});
