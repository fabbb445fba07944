/** What stored deposits make of a chain that is rewritten, and who may write them. */
import { describe, expect, test } from 'vitest';
import { ChainWorker } from '../../detector/chain-worker.ts';
import { NodeBehind } from '../../detector/scan/scan.ts';
import { RpcFault } from '../../detector/rpc/fault.ts';
import { Refusal } from '../../src/core/errors.ts';
import { walletId } from '../../src/core/ids.ts';
import { bookingCommand } from '../../src/core/ledger/bookings.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import { acquireLease, LeaseLost, releaseLease, withLease } from '../../src/db/leases.ts';
import { CREDITS } from '../support/chains/memory-chain.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';
import { debitOf } from '../support/ledger/wallets.ts';

const USD = 1_000_000n;
const bench = useRoundBench();

describe('a chain that rewrites its blocks', () => {
  test('the same transaction in another block is the same money', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mineMany(3);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    chain.drop(1);
    chain.mine([], 'other');
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }], 'other');
    chain.mineMany(2, 'other');
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited', revision: 0 }]);
    expect(await balance(org)).toBe(5n);
  });

  test('two blocks with one hash and different transfers are told apart', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    chain.drop(1);
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }]);
    chain.mineMany(2);
    await round();
    expect(await deposits()).toMatchObject([
      { tx_hash: '0x1', state: 'orphaned' },
      { tx_hash: '0x2', state: 'credited' },
    ]);
    expect(await balance(org)).toBe(7n);
  });

  test('credited money that leaves is reversed, and credited anew under the next revision when it returns', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    const transfer = { txHash: '0x1', from: sender, amount: 5n };
    chain.mine([transfer]);
    chain.mineMany(2);
    await round();
    expect(await balance(org)).toBe(5n);
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([{ state: 'reversed', revision: 1 }]);
    expect(await balance(org)).toBe(0n);
    chain.mine([transfer], 'other');
    chain.mineMany(2, 'other');
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited', revision: 1 }]);
    expect(await balance(org)).toBe(5n);
    // Gone once more: this revision has a reversal of its own.
    chain.drop(3);
    chain.mineMany(4, 'third');
    await round();
    await round();
    expect(await deposits()).toMatchObject([{ state: 'reversed', revision: 2 }]);
    expect(await balance(org)).toBe(0n);
  });

  test('credited money that was spent before it left is owed', async () => {
    const { balance, chain, deposits, ledger, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n * USD }]);
    chain.mineMany(2);
    await round();
    await ledger.submit(debitOf(walletId({ kind: 'org', id: org }), 3n));
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([{ state: 'reversed' }]);
    expect(await balance(org)).toBe(-3n * USD);
  });

  test('credited money that was clawed back by hand before it left is taken back all the same', async () => {
    const { balance, chain, deposits, ledger, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round();
    const command = bookingCommand({ type: 'CLAWBACK', amountMicros: -4n, reason: 'a mistake' });
    const wallet = walletId({ kind: 'org', id: org });
    await ledger.submit({ ...debitOf(wallet, 1n), command });
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    expect(await deposits()).toMatchObject([{ state: 'reversed', revision: 1 }]);
    expect(await balance(org)).toBe(-4n);
  });

  test.each([
    ['was not written', false],
    ['was written without an answer', true],
  ])('a credit that %s before its transfer left is taken back in one go', async (_, written) => {
    const { balance, chain, db, deposits, ledger, lines, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    const away: LedgerWriter = {
      ...ledger,
      submit: async (submission) => {
        if (written) await ledger.submit(submission);
        throw new Refusal('LEDGER_UNAVAILABLE', 'the ledger is away');
      },
    };
    await expect(round(undefined, { ledger: away })).rejects.toThrow('the ledger is away');
    expect(await deposits()).toMatchObject([{ state: 'confirming' }]);
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    expect(await deposits()).toMatchObject([{ state: 'reversed', revision: 1 }]);
    expect(await balance(org)).toBe(0n);
    const events = lines.map(({ event }) => event);
    expect(events).not.toContain('deposit.credited');
    expect(events).toContain('deposit.credited_to_be_reversed');
    const entries: { rows: unknown[] } = await db.raw('SELECT type FROM entry WHERE wallet = ? ORDER BY seq', [
      walletId({ kind: 'org', id: org }),
    ]);
    expect(entries.rows).toEqual([{ type: 'DEPOSIT' }, { type: 'DEPOSIT_REVERSAL' }]);
  });

  test.each([
    ['credits', 'DEPOSIT', [0n, 257n]],
    ['reversals', 'DEPOSIT_REVERSAL', [257n, 0n]],
  ] as const)('%s that the ledger refuses hold no other up', async (_, refused, [before, after]) => {
    const { balance, chain, ledger, newOwner, round, sender } = bench();
    const org = await newOwner();
    // One page of them, and one more.
    const many = Array.from({ length: 256 }, (_one, index) => ({ txHash: `0x${index}`, from: sender, amount: 1n }));
    chain.mine(many);
    chain.mine([{ txHash: '0xlast', from: sender, amount: 1n }]);
    chain.mineMany(2);
    const picky: LedgerWriter = {
      ...ledger,
      submit: async (submission) => {
        const { command } = submission;
        const passes = !('type' in command) || command.type !== refused || command.notes?.reference === '0xlast';
        if (passes) return ledger.submit(submission);
        throw new Refusal('VALIDATION_FAILED', 'not this one');
      },
    };
    if (refused === 'DEPOSIT_REVERSAL') {
      await round();
      chain.drop(4);
      chain.mineMany(5, 'other');
    }
    await round(undefined, { ledger: picky });
    expect(await balance(org)).toBe(before < after ? before + 1n : before - 1n);
    await round();
    expect(await balance(org)).toBe(after);
  });

  test('a transfer that moves while its reversal is open has one place on the chain, the last', async () => {
    const { caip2, chain, db, deposits, ledger, newOwner, round, sender } = bench();
    await newOwner();
    const transfer = { txHash: '0x1', from: sender, amount: 5n };
    chain.mine([transfer]);
    chain.mineMany(2);
    await round();
    const away: LedgerWriter = {
      ...ledger,
      submit: async () => Promise.reject(new Refusal('LEDGER_UNAVAILABLE', 'the ledger is away')),
    };
    for (const [dropped, branch] of [
      [3, 'second'],
      [4, 'third'],
      [5, 'fourth'],
    ] as const) {
      chain.drop(dropped);
      chain.mineMany(1, branch);
      if (branch !== 'second') chain.mine([transfer], branch);
      chain.mineMany(3, branch);
      await expect(round(undefined, { ledger: away })).rejects.toThrow('the ledger is away');
    }
    const live: { rows: { block_hash: string }[] } = await db.raw(
      'SELECT block_hash FROM deposit_observation WHERE chain = ? AND orphaned_at IS NULL',
      [caip2],
    );
    expect(live.rows).toEqual([{ block_hash: (await chain.block(1))?.hash }]);
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited', revision: 1 }]);
  });

  test('credited money whose amount changes with the rewrite ends as what the chain says now', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round();
    chain.drop(3);
    chain.mine([{ txHash: '0x1', from: sender, amount: 9n }], 'other');
    chain.mineMany(3, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([{ state: 'credited', amount: '9', revision: 1 }]);
    expect(await balance(org)).toBe(9n);
  });

  test('a rewrite deeper than the overlap is read from the ancestor on', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mineMany(20);
    await round();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(400);
    await round();
    chain.drop(401);
    chain.mineMany(100, 'other');
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }], 'other');
    chain.mineMany(350, 'other');
    await round();
    await round();
    expect(await deposits()).toMatchObject([
      { tx_hash: '0x1', state: 'reversed' },
      { tx_hash: '0x2', state: 'credited' },
    ]);
    expect(await balance(org)).toBe(7n);
  });

  test('a transfer to somebody else that a node hands over is no deposit', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.ignoresFilter = true;
    chain.mine([{ txHash: '0x1', from: sender, to: `0x${'2'.repeat(40)}`, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect(await deposits()).toMatchObject([{ state: 'quarantined', reason: 'foreign_recipient' }]);
    expect(await balance(org)).toBe(0n);
  });

  test.each([
    ['token', { tokens: [`0x${'1'.repeat(40)}`] }],
    ['recipient', { recipients: new Set([`0x${'2'.repeat(40)}`]) }],
  ])('what came in under another %s stays: nothing is said of it any more', async (_, configured) => {
    const { balance, chain, deposits, lines, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }]);
    await round();
    chain.mineMany(2);
    for (let count = 0; count < 3; count += 1) await round(undefined, configured);
    expect(await deposits()).toMatchObject([
      { tx_hash: '0x1', state: 'credited' },
      { tx_hash: '0x2', state: 'observed', reason: 'not_watched' },
    ]);
    expect(await balance(org)).toBe(5n);
    expect(lines.filter(({ event }) => event === 'deposit.not_watched')).toHaveLength(1);
    await round();
    expect(await balance(org)).toBe(12n);
  });

  test('what waits is logged when that is new, and not in every round', async () => {
    const { chain, deposits, lines, newOwner, round, sender } = bench();
    await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(1);
    for (let count = 0; count < 3; count += 1) await round();
    expect(await deposits()).toMatchObject([{ state: 'confirming' }]);
    expect(lines.filter(({ event }) => event === 'deposit.confirming')).toHaveLength(1);
  });

  test('a block that changes after its events were read spoils the read', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mineMany(1);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(3);
    chain.afterTransfers = () => {
      chain.drop(4);
      chain.mineMany(3, 'other');
      chain.mine([], 'main');
    };
    await expect(round()).rejects.toThrow(RpcFault);
    expect(await deposits()).toEqual([]);
    chain.afterTransfers = undefined;
    await round();
    expect(await balance(org)).toBe(0n);
  });

  test('the position moves only with the data', async () => {
    const { balance, caip2, chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mineMany(3);
    await round();
    const cursor = async (): Promise<unknown> => {
      const found: { rows: unknown[] } = await db.raw('SELECT * FROM chain_cursor WHERE chain = ?', [caip2]);
      return found.rows;
    };
    const before = await cursor();
    // Text that the database does not take, so that the commit fails.
    chain.mine([{ txHash: '0x\u0000', from: sender, amount: 5n }]);
    await expect(round()).rejects.toThrow('0x00');
    expect(await cursor()).toEqual(before);
    chain.drop(1);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect(await balance(org)).toBe(5n);
  });

  test('a lower head is a node behind, and nothing is concluded from it', async () => {
    const { chain, deposits, newOwner, round, sender } = bench();
    await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(1);
    await round();
    chain.drop(2);
    chain.mine([], 'other');
    await expect(round()).rejects.toThrow(NodeBehind);
    expect(await deposits()).toMatchObject([{ state: 'confirming' }]);
  });
});

test.each([
  [undefined, 1],
  [true, 0],
])('a worker says at its start that it believes one RPC at a time: devnet %s', async (devnet, told) => {
  const { caip2, context, lines } = bench();
  const worker = new ChainWorker(
    {
      caip2,
      rpcUrls: ['http://127.0.0.1:9'],
      tokens: [],
      creditsAddress: CREDITS,
      startBlock: 0,
      devnet,
      caps: { perDepositMicros: 1n, outstandingMicros: 1n },
    },
    { shared: context, timing: { leaseTtlMs: 1_000, pollMs: 100, pushedPollMs: 100 }, holder: 'another' },
  );
  worker.start();
  await worker.stop();
  expect(lines.filter(({ event, chain }) => event === 'chain.no_quorum' && chain === caip2)).toHaveLength(told);
});

describe('leadership', () => {
  test('an ex-leader writes nothing, and the new one does', async () => {
    const { balance, chain, db, deposits, lead, lease, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await releaseLease(db, lease);
    const next = await lead('two');
    await expect(round()).rejects.toThrow(LeaseLost);
    expect(await deposits()).toEqual([]);
    await round(next);
    expect(await balance(org)).toBe(5n);
  });

  test('a lease cannot be taken while a write under it is open, nor while it is held', async () => {
    const { caip2, db, lease } = bench();
    const holder = { name: `chain:${caip2}`, holder: 'two', ttlMs: 60_000 };
    expect(await acquireLease(db, holder)).toBeUndefined();
    await releaseLease(db, lease);
    let taken = false;
    const take = async (): Promise<void> => {
      await acquireLease(db, holder);
      taken = true;
    };
    const { taking } = await withLease(db, lease, async () => {
      const attempt = take();
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      expect(taken).toBe(false);
      return { taking: attempt };
    });
    await taking;
    expect(taken).toBe(true);
  });

  test('renewing keeps the fence; a new holder gets a higher one', async () => {
    const { db, lead, lease } = bench();
    const again = await lead('one');
    expect(again.fence).toBe(lease.fence);
    await releaseLease(db, lease);
    expect(BigInt((await lead('two')).fence)).toBe(BigInt(lease.fence) + 1n);
  });
});
