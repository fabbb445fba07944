/** Transfers about which nodes contradict each other, from the first sight of them to the end. */
import { expect, test } from 'vitest';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';
import { listVotes } from '../../src/db/deposits/votes.ts';
import { nodeOf } from '../support/chains/memory-nodes.ts';
import { poolOf, useRoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const USD = 1_000_000n;

test('F17 A22 what is disputed needs a quorum of receipts, whatever its amount', async () => {
  const { balance, caip2, chain, context, db, deposits, newOwner, round, sender } = bench();
  const org = await newOwner();
  chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
  chain.mineMany(3);
  let isLying = true;
  const lie = (event: TransferEvent): TransferEvent => (isLying ? { ...event, amount: 90n } : event);
  const liar = nodeOf(chain, 'a liar', {
    transfers: async (query) => (await chain.transfers(query)).map(lie),
    receipt: async (txHash) => {
      const receipt = await chain.receipt(txHash);
      return receipt && { ...receipt, transfers: receipt.transfers.map(lie) };
    },
  });
  const pool = poolOf([liar, nodeOf(chain, 'b')], context);
  const trusting = { confirmAboveMicros: 1_000n * USD };
  for (let count = 0; count < 2; count += 1) {
    await round(undefined, trusting, pool);
    expect(await deposits()).toMatchObject([{ state: 'confirming', reason: 'no_quorum' }]);
  }
  expect(await balance(org)).toBe(0n);
  const votes = await listVotes(db, { chain: caip2, txHash: '0x1' });
  expect(votes.map(({ rpc, vote }) => `${rpc}: ${vote}`).toSorted()).toEqual([
    'a liar: log_seen',
    'a liar: receipt_holds',
    'b: log_seen',
    'b: receipt_lacks',
  ]);
  expect(votes.find(({ rpc, vote }) => rpc === 'a liar' && vote === 'log_seen')?.detail).toContain('90 from');
  isLying = false;
  await round(undefined, trusting, pool);
  expect(await deposits()).toMatchObject([{ state: 'credited', amount: '5' }]);
  expect(await balance(org)).toBe(5n);
});

test.each([
  [10n, 'credited'],
  [9n, 'confirming'],
])('up to %s micros one receipt is enough: a deposit of 10 is %s', async (confirmAboveMicros, state) => {
  const { chain, context, deposits, newOwner, round, sender } = bench();
  await newOwner();
  chain.mine([{ txHash: '0x1', from: sender, amount: 10n }]);
  chain.mineMany(3);
  const forgetful = nodeOf(chain, 'b', { receipt: async () => Promise.resolve(undefined) });
  await round(undefined, { confirmAboveMicros }, poolOf([nodeOf(chain, 'a'), forgetful], context));
  expect(await deposits()).toMatchObject([{ state }]);
});
