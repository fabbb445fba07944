/** Many deposits in one block: their receipts are asked for together, and prove as much as one by one. */
import { expect, test } from 'vitest';
import type { MemoryTransfer } from '../support/chains/memory-chain.ts';
import { nodeOf } from '../support/chains/memory-nodes.ts';
import { poolOf, useRoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const COUNT = 40;
const burst = (from: string): MemoryTransfer[] =>
  Array.from({ length: COUNT }, (_, index) => ({ txHash: `0x${index + 1}`, from, amount: 5n }));

test('one call proves them all, and each is credited once', async () => {
  const { balance, chain, context, newOwner, round, sender } = bench();
  const org = await newOwner();
  chain.mine(burst(sender));
  chain.mineMany(3);
  let [together, alone] = [0, 0];
  const node = nodeOf(chain, 'a', {
    receiptsOfBlock: async (blockHash) => {
      together += 1;
      return chain.receiptsOfBlock(blockHash);
    },
    receipt: async (txHash) => {
      alone += 1;
      return chain.receipt(txHash);
    },
  });
  const pool = poolOf([node], context);
  await round(undefined, {}, pool);
  await round(undefined, {}, pool);
  expect([together, alone]).toEqual([1, 0]);
  expect(await balance(org)).toBe(5n * BigInt(COUNT));
});

test('a receipt that says something else stops its deposit alone', async () => {
  const { balance, chain, deposits, newOwner, round, sender } = bench();
  const org = await newOwner();
  chain.mine(burst(sender));
  chain.mineMany(3);
  chain.receiptLies.set('0x7', (receipt) => ({ ...receipt, succeeded: false }));
  await round();
  expect(await balance(org)).toBe(5n * BigInt(COUNT - 1));
  const waiting = (await deposits()).filter(({ state }) => state !== 'credited');
  expect(waiting).toMatchObject([{ tx_hash: '0x7', reason: 'receipt_differs' }]);
});

test('a node that gives the receipts of a block that has left the chain proves nothing by them', async () => {
  const { balance, chain, context, deposits, newOwner, round, sender } = bench();
  const org = await newOwner();
  chain.mine();
  chain.mine(burst(sender));
  chain.mineMany(3);
  let moved = false;
  const node = nodeOf(chain, 'a', {
    // The block leaves the chain after it was read and before it is credited.
    receiptsOfBlock: async (blockHash) => {
      if (!moved) {
        moved = true;
        chain.drop(4);
        chain.mineMany(4, 'other');
      }
      return chain.receiptsOfBlock(blockHash);
    },
  });
  await round(undefined, {}, poolOf([node], context));
  expect(await balance(org)).toBe(0n);
  expect(new Set((await deposits()).map(({ reason }) => reason))).toEqual(new Set(['receipt_missing']));
});

test('where the receipts cannot be had together they are asked for one by one', async () => {
  const { balance, chain, context, newOwner, round, sender } = bench();
  const org = await newOwner();
  chain.mine(burst(sender));
  chain.mineMany(3);
  await round(undefined, {}, poolOf([nodeOf(chain, 'a')], context));
  expect(await balance(org)).toBe(5n * BigInt(COUNT));
});
