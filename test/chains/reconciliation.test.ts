/** Balances on the chain against what was read, and what is done where they part. */
import { describe, expect, test } from 'vitest';
import { audit, ChainAudit } from '../../detector/audit/audit.ts';
import type { Reach } from '../../detector/scan/reach.ts';
import { RpcFault } from '../../detector/rpc/fault.ts';
import type { RpcPool } from '../../detector/rpc/pool.ts';
import { ChainScan } from '../../detector/scan/scan.ts';
import { listFreezes } from '../../src/db/chains/freezes.ts';
import { LeaseLost, releaseLease } from '../../src/db/leases.ts';
import { readReconciliation } from '../../src/db/chains/reconciliation.ts';
import { openAudit } from '../../src/db/chains/audit-position.ts';
import { viewOfReconciliation, type ReconciledChainView } from '../../src/views/reconciliation.ts';
import { CREDITS, MemoryChain, TOKEN } from '../support/chains/memory-chain.ts';
import { poolOf, useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const STRANGER = `0x${'e'.repeat(40)}`;
const OWN = `0x${'b'.repeat(40)}`;

async function reachOf({ context, pool, lease }: RoundBench, rpcs: RpcPool = pool): Promise<Reach> {
  return new ChainScan(context).run(rpcs, lease, true);
}

/** A round, and then an audit, as the worker makes them. */
async function roundAndAudit(given: RoundBench, rpcs: RpcPool = given.pool): Promise<ReconciledChainView> {
  await given.round(undefined, {}, rpcs);
  const { context, lease } = given;
  await audit({ context, lease, pool: rpcs, reach: await reachOf(given, rpcs) });
  return viewOf(given);
}

async function viewOf({ db, caip2 }: RoundBench): Promise<ReconciledChainView> {
  const { chains } = viewOfReconciliation(await readReconciliation(db, [caip2]), Date.now());
  const [chain] = chains;
  if (!chain) throw new Error('no chain');
  return chain;
}

const alarms = ({ lines }: RoundBench, event: string): unknown[] => lines.filter((line) => line['event'] === event);

describe('the balance of an address of ours', () => {
  test('agrees with what came in, what went out and what moved between our own', async () => {
    const given = bench();
    const { chain, sender } = given;
    await given.newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 50n }]);
    chain.mine([{ txHash: '0x2', from: CREDITS, to: STRANGER, amount: 20n }]);
    chain.mine([{ txHash: '0x3', from: CREDITS, to: CREDITS, amount: 7n }]);
    chain.mine([{ txHash: '0x4', from: STRANGER, amount: 0n }]);
    chain.mineMany(2);
    expect(await roundAndAudit(given)).toMatchObject({
      status: 'OK',
      heldUsd: '0.00003',
      deltaUsd: '0.00',
      addresses: { ok: 1, gap: 0, unknown: 0 },
    });
    chain.mine([{ txHash: '0x5', from: CREDITS, to: OWN, amount: 30n }]);
    expect(await roundAndAudit(given)).toMatchObject({ status: 'OK', heldUsd: '0.00' });
    expect(alarms(given, 'chain.balance_gap')).toEqual([]);
  });

  test('agrees again after a reorg that took a transfer out away', async () => {
    const given = bench();
    const { chain, sender } = given;
    chain.mine([{ txHash: '0x1', from: sender, amount: 50n }]);
    chain.mine([{ txHash: '0x2', from: CREDITS, to: STRANGER, amount: 20n }]);
    await roundAndAudit(given);
    chain.drop(1);
    chain.mineMany(2, 'other');
    expect(await roundAndAudit(given)).toMatchObject({ status: 'OK', heldUsd: '0.00005' });
  });

  test('agrees again after a reorg deeper than what every audit reads again', async () => {
    const given = bench();
    const { chain, context, sender } = given;
    const below = context.overlapBlocks + 10;
    chain.mine([{ txHash: '0x1', from: sender, amount: 50n }]);
    chain.mine([{ txHash: '0x2', from: CREDITS, to: STRANGER, amount: 20n }]);
    chain.mineMany(below);
    expect(await roundAndAudit(given)).toMatchObject({ status: 'OK', heldUsd: '0.00003' });
    chain.drop(below + 1);
    chain.mine([], 'other');
    chain.mine([{ txHash: '0x3', from: CREDITS, to: OWN, amount: 5n }], 'other');
    chain.mineMany(below, 'other');
    expect(await roundAndAudit(given)).toMatchObject({ status: 'OK', heldUsd: '0.000045' });
    // The transfer out of the other branch was read as any other, not looked for where a balance was off.
    expect(alarms(given, 'chain.balance_gap')).toEqual([]);
  });

  test('is looked at first where the other branch of a reorg has something to do with it', async () => {
    const given = bench();
    const { chain, db, lease, caip2 } = given;
    const position = async (): Promise<unknown> =>
      openAudit(db, lease, { chain: caip2, startBlock: 0, noticesFrom: 0 });
    chain.mineMany(3);
    await roundAndAudit(given);
    chain.mineMany(5);
    await roundAndAudit(given);
    chain.drop(2);
    chain.mineMany(3, 'other');
    await given.round();
    expect(await position()).toMatchObject({ outgoingNext: 3, noticesNext: 3, auditedBlock: 2 });
    chain.drop(9);
    chain.mineMany(10, 'third');
    await given.round();
    expect(await position()).toMatchObject({ outgoingNext: 0, noticesNext: 0, auditedBlock: undefined });
  });

  test('is reckoned from what was there before the first block that is read', async () => {
    const given = bench();
    const { chain, sender, context, lease, pool } = given;
    chain.mine([{ txHash: '0x1', from: sender, amount: 50n }]);
    chain.mine([{ txHash: '0x2', from: sender, amount: 1n }]);
    const later = { ...context, startBlock: 1 };
    const reach = await new ChainScan(later).run(pool, lease, true);
    await audit({ context: later, lease, pool, reach });
    expect(await viewOf(given)).toMatchObject({ status: 'OK', deltaUsd: '0.00', heldUsd: '0.000051' });
  });

  test.each([
    ['with every block that was read', 0, '0.00'],
    ['and blocks before it stand', 6, '0.000057'],
  ])('is reckoned anew where the block that it was reckoned from is gone, %s', async (_, standing, heldUsd) => {
    const given = bench();
    const { chain, sender, context, lease, pool } = given;
    const later = { ...context, startBlock: 1 };
    const auditLater = async (): Promise<ReconciledChainView> => {
      await audit({ context: later, lease, pool, reach: await new ChainScan(later).run(pool, lease, true) });
      return viewOf(given);
    };
    const first = chain.mine([{ txHash: '0x1', from: sender, amount: 7n }]);
    chain.mineMany(4);
    chain.mine([{ txHash: '0x2', from: sender, amount: 50n }]);
    chain.mine([{ txHash: '0x3', from: sender, amount: 9n }]);
    chain.mineMany(200);
    const balanceOf = chain.balanceOf.bind(chain);
    // Where blocks stand, the node has forgotten the oldest one: it is reckoned from a late block instead.
    chain.balanceOf = async (token, address, hash) => {
      if (standing > 0 && hash === first.hash) throw new RpcFault('rpc_error', 'the state is pruned');
      return balanceOf(token, address, hash);
    };
    expect(await auditLater()).toMatchObject({ status: 'OK', heldUsd: '0.000066' });
    chain.drop(207 - standing);
    chain.mineMany(250, 'other');
    expect(await auditLater()).toMatchObject({ status: 'OK', deltaUsd: '0.00', heldUsd });
  });
});

describe('where a balance and what was read part', () => {
  const BLOCKS = 200;

  test('F15 A20 a transfer that the logs leave out is found by its balance, recorded, and credited by the ordinary path', async () => {
    const given = bench();
    const { chain, sender, deposits, balance } = given;
    const org = await given.newOwner();
    chain.hidesInRangesOnly = true;
    chain.hidden.add('0xmissing');
    chain.mineMany(BLOCKS);
    chain.mine([{ txHash: '0xseen', from: sender, amount: 5n }]);
    chain.mine([{ txHash: '0xmissing', from: sender, amount: 7n }]);
    chain.mineMany(BLOCKS);
    await given.round();
    expect(await deposits()).toMatchObject([{ tx_hash: '0xseen' }]);
    const askedBefore = chain.balanceCalls;
    expect(await roundAndAudit(given)).toMatchObject({
      status: 'OK',
      gaps: [{ block: BLOCKS + 1, amountUsd: '0.000007', explainedBy: [`${TOKEN}:0xmissing:0`] }],
    });
    // Two more than log2 of the blocks, and some to look before and after.
    expect(chain.balanceCalls - askedBefore).toBeLessThan(20);
    expect(await deposits()).toMatchObject([{ tx_hash: '0xseen' }, { tx_hash: '0xmissing', state: 'observed' }]);
    expect(await balance(org)).toBe(5n);
    expect(alarms(given, 'chain.balance_gap')).toHaveLength(1);
    chain.hidden.clear();
    await given.round();
    expect(await balance(org)).toBe(12n);
  });

  test('F15 a transfer that one of two RPCs leaves out everywhere is found as well', async () => {
    const given = bench();
    const { chain, caip2, sender, context, balance } = given;
    const org = await given.newOwner();
    const honest = new MemoryChain(caip2, 'honest');
    chain.hidden.add('0xmissing');
    for (const one of [chain, honest]) {
      one.mineMany(30);
      one.mine([{ txHash: '0xmissing', from: sender, amount: 7n }]);
      one.mineMany(30);
    }
    // Each stands in for the other, so that only one of them is believed.
    const rpcs = poolOf([chain, honest], context, { quorum: 1 });
    expect(await roundAndAudit(given, rpcs)).toMatchObject({ status: 'OK', gaps: [{ block: 30 }] });
    // The next reading asks the one that had it.
    chain.hidden.clear();
    await given.round(undefined, {}, rpcs);
    expect(await balance(org)).toBe(7n);
  });

  test('a transfer out that the logs leave out is recorded too', async () => {
    const given = bench();
    const { chain, sender } = given;
    chain.hidesInRangesOnly = true;
    chain.hidden.add('0xout');
    chain.mine([{ txHash: '0xin', from: sender, amount: 9n }]);
    chain.mineMany(20);
    chain.mine([{ txHash: '0xout', from: CREDITS, to: STRANGER, amount: 4n }]);
    chain.mineMany(20);
    expect(await roundAndAudit(given)).toMatchObject({ status: 'OK', heldUsd: '0.000005', gaps: [{ block: 21 }] });
  });

  test('money that is not there, with nothing that explains it, stops crediting once it has been seen three times', async () => {
    const given = bench();
    const { chain, sender, db, caip2, balance } = given;
    const org = await given.newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    chain.balanceLie = (height) => (height >= 1 ? -2n : 0n);
    const frozen = async (): Promise<boolean> => (await listFreezes(db, caip2)).length > 0;
    expect(await roundAndAudit(given)).toMatchObject({ status: 'GAP', deltaUsd: '-0.000002' });
    await roundAndAudit(given);
    expect(await frozen()).toBe(false);
    expect(await roundAndAudit(given)).toMatchObject({ status: 'GAP', frozen: true });
    expect(await listFreezes(db, caip2)).toMatchObject([{ kind: 'reconciliation', frozenBy: 'detector' }]);
    chain.mine([{ txHash: '0x2', from: sender, amount: 6n }]);
    chain.mineMany(2);
    await given.round();
    expect(await balance(org)).toBe(5n);
    expect(alarms(given, 'chain.balance_differs')).toHaveLength(1);
  });

  test('a gap that closes before the third time stops nothing, and money too much never does', async () => {
    const given = bench();
    const { chain, db, caip2 } = given;
    chain.mineMany(3);
    for (const lie of [-2n, -2n, 0n, -2n, -2n, 3n, 3n, 3n]) {
      chain.balanceLie = () => lie;
      await roundAndAudit(given);
    }
    expect(await listFreezes(db, caip2)).toEqual([]);
  });

  test('RPCs that disagree about a balance leave it unknown', async () => {
    const given = bench();
    const { chain, caip2, context } = given;
    const other = new MemoryChain(caip2, 'other');
    for (const one of [chain, other]) one.mineMany(3);
    other.balanceLie = () => 1n;
    const rpcs = poolOf([chain, other], context);
    expect(await roundAndAudit(given, rpcs)).toMatchObject({ status: 'UNKNOWN', addresses: { unknown: 1 } });
  });
});

describe('the audit beside the rounds', () => {
  test('runs after a credit and else once a minute', async () => {
    const given = bench();
    const { chain, context, lease, pool, sender } = given;
    await given.newOwner();
    let aheadMs = 0;
    const clock = { ...context.clock, nowMs: () => Date.now() + aheadMs };
    const runs = new ChainAudit({ ...context, clock });
    const run = async (): Promise<boolean> => {
      const before = chain.balanceCalls;
      await runs.run(pool, lease, await reachOf(given));
      return chain.balanceCalls > before;
    };
    chain.mineMany(3);
    expect(await run()).toBe(true);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    expect(await run()).toBe(false);
    await given.round();
    expect(await run()).toBe(true);
    expect(await run()).toBe(false);
    aheadMs += 60_000;
    expect(await run()).toBe(true);
  });

  test('its trouble is told once, makes the chain unknown, and stops no round', async () => {
    const given = bench();
    const { chain, context, lease, pool } = given;
    chain.mineMany(3);
    await roundAndAudit(given);
    const runs = new ChainAudit(context);
    const away = chain.tokenNotices.bind(chain);
    chain.tokenNotices = async () => Promise.reject(new RpcFault('timeout', 'no answer in time'));
    await runs.run(pool, lease, await reachOf(given));
    await runs.run(pool, lease, await reachOf(given));
    expect(await viewOf(given)).toMatchObject({ status: 'UNKNOWN', problem: 'no answer in time' });
    expect(alarms(given, 'chain.audit_failed')).toHaveLength(1);
    chain.tokenNotices = away;
    await runs.run(pool, lease, await reachOf(given));
    expect(await viewOf(given)).toMatchObject({ status: 'OK', problem: null });
  });

  test('of another leader writes nothing', async () => {
    const given = bench();
    const { chain, context, lease, pool, db, lead } = given;
    chain.mineMany(3);
    const reach = await reachOf(given);
    await releaseLease(db, lease);
    await lead('two');
    await expect(new ChainAudit(context).run(pool, lease, reach)).rejects.toThrow(LeaseLost);
  });
});
