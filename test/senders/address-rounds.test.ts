/** Deposits to addresses of an org's own, on a chain in memory. */
import { describe, expect, test } from 'vitest';
import { WatchSet } from '../../detector/chain/watch-set.ts';
import { openDatabase } from '../../src/db/database.ts';
import { listAllDeposits, newOrg } from '../support/chains/bench.ts';
import { giveAddress, giveAddressEarlier } from '../support/senders/addresses.ts';
import { CREDITS } from '../support/chains/memory-chain.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const STRANGER = `0x${'5'.repeat(40)}`;
const ZERO = `0x${'0'.repeat(40)}`;
let count = 0;

/** An org with an address of its own. */
async function newHolder({ db, caip2 }: RoundBench): Promise<{ org: string; address: string }> {
  count += 1;
  const address = `0x${count.toString(16).padStart(40, 'e')}`;
  const org = await newOrg(db, caip2, []);
  await giveAddress(db, org, 'eip155', address);
  return { org, address };
}

describe('an address of an org’s own', () => {
  test('brings its org what comes there, whoever sent it', async () => {
    const { balance, chain, newOwner, round, sender } = bench();
    const { org, address } = await newHolder(bench());
    const other = await newOwner();
    chain.mine([
      { txHash: '0x1', from: STRANGER, to: address, amount: 5n },
      { txHash: '0x2', from: sender, to: address, amount: 7n },
      { txHash: '0x3', from: sender, amount: 11n },
    ]);
    chain.mineMany(2);
    await round();
    expect(await balance(org)).toBe(12n);
    expect(await balance(other)).toBe(11n);
  });

  test('F36 brings its org what is minted to it; minted to the credits address it is nobody’s', async () => {
    const { balance, chain, deposits, round } = bench();
    const { org, address } = await newHolder(bench());
    chain.mine([
      { txHash: '0x1', from: ZERO, to: address, amount: 5n },
      { txHash: '0x2', from: ZERO, amount: 7n },
    ]);
    chain.mineMany(2);
    await round();
    await round();
    expect(await balance(org)).toBe(5n);
    const found = (await deposits()).toSorted((a, b) => (a.tx_hash < b.tx_hash ? -1 : 1));
    expect(found).toMatchObject([{ state: 'credited' }, { state: 'unmatched', reason: 'minted' }]);
  });

  test('F37 a sweep from it to the credits address is no deposit, even where it is a sender', async () => {
    const { balance, chain, caip2, db, deposits, round } = bench();
    const { org, address } = await newHolder(bench());
    const thief = await newOrg(db, caip2, [address]);
    chain.mine([{ txHash: '0x1', from: STRANGER, to: address, amount: 5n }]);
    chain.mine([{ txHash: '0x2', from: address, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited' }, { state: 'ignored', reason: 'own_transfer' }]);
    expect(await balance(org)).toBe(5n);
    expect(await balance(thief)).toBe(0n);
  });

  test('F37 from one org’s address to another’s is no deposit either', async () => {
    const { balance, chain, deposits, round } = bench();
    const [one, two] = [await newHolder(bench()), await newHolder(bench())];
    chain.mine([{ txHash: '0x1', from: one.address, to: two.address, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect(await deposits()).toMatchObject([{ state: 'ignored', reason: 'own_transfer' }]);
    expect(await balance(two.org)).toBe(0n);
  });

  test('F38 the credits address that pays itself brings nobody anything', async () => {
    const { balance, chain, caip2, db, deposits, round } = bench();
    const org = await newOrg(db, caip2, [CREDITS]);
    chain.mine([{ txHash: '0x1', from: CREDITS, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect(await deposits()).toMatchObject([{ state: 'ignored', reason: 'own_transfer' }]);
    expect(await balance(org)).toBe(0n);
  });
});

test('A10 a transfer of nothing in a registered sender’s name is nobody’s deposit, whatever it says', async () => {
  const { balance, chain, caip2, db, newOwner, round, sender } = bench();
  const owner = await newOwner();
  const { org, address } = await newHolder(bench());
  chain.mine([
    { txHash: '0x1', from: sender, amount: 0n },
    { txHash: '0x2', from: sender, to: address, amount: 0n },
  ]);
  chain.mineMany(2);
  await round();
  await round();
  const rows = await listAllDeposits(db, caip2);
  expect(rows.map(({ state, reason, org: whose }) => ({ state, reason, whose }))).toEqual([
    { state: 'ignored', reason: 'zero_amount', whose: null },
    { state: 'ignored', reason: 'zero_amount', whose: null },
  ]);
  expect([await balance(owner), await balance(org)]).toEqual([0n, 0n]);
});

describe('an address that is made while blocks are read', () => {
  test('F47 is read for from the block that was next then, far below what every round reads again', async () => {
    const { balance, caip2, chain, db, lines, round } = bench();
    chain.mineMany(3);
    await round();
    const address = `0x${'47'.repeat(20)}`;
    const org = await newOrg(db, caip2, []);
    chain.mine([{ txHash: '0x1', from: STRANGER, to: address, amount: 5n }]);
    chain.mineMany(400);
    const read = chain.transfers.bind(chain);
    chain.transfers = async (query) => {
      const events = await read(query);
      await giveAddress(db, org, 'eip155', address);
      return events;
    };
    await round();
    expect(await balance(org)).toBe(0n);
    await round();
    expect(await balance(org)).toBe(5n);
    expect(lines.filter(({ event }) => event === 'chain.back_scan')).toMatchObject([{ fromBlock: 3 }]);
    // Once is enough: what was read is not read again.
    chain.mine();
    await round();
    expect(lines.filter(({ event }) => event === 'chain.back_scan')).toHaveLength(1);
  });

  test('F47 is read for by whoever leads next, when the one that noticed it read nothing', async () => {
    const { balance, chain, db, caip2, round } = bench();
    chain.mineMany(3);
    await round();
    chain.mine([{ txHash: '0x1', from: STRANGER, to: `0x${'48'.repeat(20)}`, amount: 5n }]);
    chain.mineMany(200);
    await round();
    const org = await newOrg(db, caip2, []);
    await giveAddressEarlier(db, { org, chain: caip2, address: `0x${'48'.repeat(20)}`, firstBlock: 4 });
    chain.afterTransfers = () => {
      throw new Error('the node is gone');
    };
    await expect(round()).rejects.toThrow('the node is gone');
    chain.afterTransfers = undefined;
    const watch = new WatchSet(CREDITS);
    await round(undefined, { watch, recipients: watch.addresses });
    expect(await balance(org)).toBe(5n);
  });
});

test('the service cannot give an address to another org, or take it away', async () => {
  const { db } = bench();
  await newHolder(bench());
  await expect(db.raw('UPDATE deposit_address SET org = org')).rejects.toThrow('permission denied');
  await expect(db.raw('DELETE FROM deposit_address')).rejects.toThrow('permission denied');
});

test('what is watched is read once: a round takes up what is new and nothing else', async () => {
  const { caip2, context, round } = bench();
  bench().chain.mineMany(3);
  for (let made = 0; made < 3; made += 1) await newHolder(bench());
  await round();
  const db = openDatabase(bench().database.appUrl, 1);
  try {
    let rows = 0;
    db.on('query-response', (response: { rows: unknown[] }) => {
      rows += response.rows.length;
    });
    const of = { chain: caip2, family: 'eip155', readUpTo: 0 } as const;
    await context.watch.refresh(db, of);
    expect(rows).toBe(0);
    const { address } = await newHolder(bench());
    const { firstBlock } = await context.watch.refresh(db, of);
    expect(rows).toBe(1);
    expect(firstBlock).toBe(0);
    expect(context.watch.addresses.has(address)).toBe(true);
  } finally {
    await db.destroy();
  }
});
