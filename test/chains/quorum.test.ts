/** Nodes that lag, fork, fail and lie, one or several of three: what the others agree on is what counts. */
import { describe, expect, test } from 'vitest';
import { callRpc } from '../../devnet/json-rpc.ts';
import type { ProxyFault } from '../../devnet/rpc-proxy.ts';
import { NodeBehind } from '../../detector/scan/scan.ts';
import { eventually } from '../support/chains/bench.ts';
import { ANVIL, faultOf, LEGS, statesOf, useQuorumBench } from '../support/chains/quorum-bench.ts';

const HOUR_MS = 60 * 60_000;

describe.each(LEGS)('three RPCs on $name', (leg) => {
  const bench = useQuorumBench(leg);

  test('F12 A21 a node that lags answers nothing for what it has not seen, and the position does not pass it', async () => {
    const { balance, deposits, pay, poolOf, proxies, round } = bench();
    const pool = poolOf(3);
    await round(pool);
    proxies[0].addFault(faultOf('*', { kind: 'staleHead', lagBlocks: 5 }));
    const { txHash, blockNumber } = await pay(5n);
    await round(pool);
    expect(await balance()).toBe(5n);
    // With two that lag there is no quorum for the newest blocks: nothing of them counts as read.
    proxies[1].addFault(faultOf('*', { kind: 'staleHead', lagBlocks: 5 }));
    const second = await pay(7n);
    const behind = await round(pool).catch((error: unknown) => error);
    if (behind instanceof Error) expect(behind).toBeInstanceOf(NodeBehind);
    expect(await deposits()).toMatchObject([{ tx_hash: txHash, state: 'credited' }]);
    expect(second.blockNumber).toBeGreaterThan(blockNumber);
    for (const proxy of proxies) proxy.clearFaults();
    await round(pool);
    expect(await balance()).toBe(12n);
  });

  test('F13 A21 a head that falls benches the node and is no reorg', async () => {
    const { balance, chain, deposits, lines, pay, poolOf, proxies, round } = bench();
    const pool = poolOf(3);
    await chain.mine(80);
    await pay(5n);
    await round(pool);
    const atBlock = (await chain.head()) - 80;
    proxies[0].addFault(faultOf('*', { kind: 'staleHead', atBlock }));
    await pay(7n);
    await round(pool);
    expect(statesOf(pool)).toEqual(['syncing', 'ok', 'ok']);
    expect(await balance()).toBe(12n);
    proxies[1].addFault(faultOf('*', { kind: 'staleHead', atBlock }));
    await expect(round(pool)).rejects.toMatchObject({ kind: 'no_quorum' });
    expect((await deposits()).map(({ state }) => state)).toEqual(['credited', 'credited']);
    expect(lines.map(({ event }) => event)).not.toContain('chain.rewound');
    for (const proxy of proxies) proxy.clearFaults();
    await round(pool);
    expect(statesOf(pool)).toEqual(['ok', 'ok', 'ok']);
  });

  test('F14 A22 a node on a fork is outvoted', async () => {
    const { balance, chain, pay, poolOf, proxies, round } = bench();
    const fork = await leg.start();
    if (!fork) throw new Error('the fork did not start');
    try {
      await pay(5n);
      await fork.mine((await chain.head()) + 5);
      proxies[0].setTarget(fork.rpcUrl);
      const pool = poolOf(3);
      await round(pool);
      expect(statesOf(pool)).toEqual(['dissent', 'ok', 'ok']);
      expect(await balance()).toBe(5n);
      // Two of two must agree: then the chain waits where they part.
      await expect(round(poolOf(2))).rejects.toThrow(/behind what was read|do not/);
    } finally {
      await fork.stop();
    }
  });

  test('F14 A19 a node of another chain is told and left out, at start and within the hour', async () => {
    const { balance, clock, lines, pay, poolOf, proxies, round } = bench();
    const pool = poolOf(3);
    proxies[0].addFault(faultOf(leg.chainIdMethod, { kind: 'result', result: leg.otherChainId }));
    await pay(5n);
    await round(pool);
    expect(statesOf(pool)).toEqual(['wrong_chain', 'ok', 'ok']);
    expect(lines).toContainEqual(expect.objectContaining({ event: 'rpc.standing', state: 'wrong_chain' }));
    proxies[1].addFault(faultOf(leg.chainIdMethod, { kind: 'result', result: leg.otherChainId }));
    proxies[0].clearFaults();
    clock.step(HOUR_MS);
    await pay(7n);
    await round(pool);
    expect(statesOf(pool)).toEqual(['ok', 'wrong_chain', 'ok']);
    expect(await balance()).toBe(12n);
  });

  test('F15 A20 a log that one node leaves out is not lost, and told', async () => {
    const { balance, lines, pay, poolOf, proxies, round, votes } = bench();
    const { txHash } = await pay(5n);
    proxies[0].addFault(faultOf(leg.logs, { kind: 'hideLogs', txHash }));
    await round(poolOf(2));
    expect(await balance()).toBe(5n);
    expect(lines).toContainEqual(expect.objectContaining({ event: 'rpc.logs_differ', lacking: 1 }));
    expect(await votes(txHash)).toEqual(expect.arrayContaining(['log_missing', 'log_seen', 'receipt_holds']));
  });

  test('F15 A20 a log that is disputed to the end waits, uncredited and not taken back, until it is not', async () => {
    const { balance, deposits, pay, poolOf, proxies, round } = bench();
    const { txHash } = await pay(5n);
    proxies[0].addFault(faultOf('*', { kind: 'hideLogs', txHash, receipts: true }));
    const pool = poolOf(2);
    await round(pool);
    await round(pool);
    expect(await deposits()).toMatchObject([{ tx_hash: txHash, state: 'confirming', reason: 'no_quorum' }]);
    expect(await balance()).toBe(0n);
    proxies[0].clearFaults();
    await round(pool);
    expect(await deposits()).toMatchObject([{ tx_hash: txHash, state: 'credited' }]);
    expect(await balance()).toBe(5n);
  });

  test('F16 A22 a log that one node invents is never credited', async () => {
    const { balance, chain, deposits, lines, pay, poolOf, proxies, round, sender, votes } = bench();
    const { blockNumber } = await pay(5n);
    const invented = { from: sender, to: chain.creditsAddress, amount: '9000000', txHash: `0x${'7'.repeat(62)}` };
    const lie: ProxyFault['effect'] = { kind: 'inventLog', token: chain.usdc, ...invented, atBlock: blockNumber };
    const fault = faultOf('*', { ...lie, receipts: true, txHash: hashOf(leg.name) });
    proxies[0].addFault(fault);
    const three = poolOf(3);
    await round(three);
    expect(await balance()).toBe(5n);
    expect(await deposits()).toHaveLength(1);
    expect(lines).toContainEqual(expect.objectContaining({ event: 'rpc.logs_differ', foreign: 1 }));
    // One against one: it is shown, and waits for ever; when the lie ends it is gone.
    const two = poolOf(2);
    await round(two);
    expect(await deposits()).toContainEqual(expect.objectContaining({ amount: '9000000', state: 'confirming' }));
    expect(await votes(hashOf(leg.name))).toEqual(expect.arrayContaining(['receipt_holds', 'receipt_none']));
    proxies[0].clearFaults();
    await round(two);
    expect(await deposits()).toContainEqual(expect.objectContaining({ amount: '9000000', state: 'orphaned' }));
    expect(await balance()).toBe(5n);
  });

  test.each([
    ['amount', () => ({ amount: '9000000' })],
    ['sender', (other: string) => ({ from: other })],
    ['recipient', (other: string) => ({ to: other })],
  ])('F17 A22 a node that alters the %s of a transfer changes nothing', async (_, change) => {
    const { balance, chain, deposits, pay, poolOf, proxies, round } = bench();
    const { txHash } = await pay(5n);
    const other = chain.accounts.at(-1) ?? '';
    proxies[0].addFault(faultOf('*', { kind: 'alterLogs', txHash, ...change(other), receipts: true }));
    const three = poolOf(3);
    await round(three);
    expect(await deposits()).toMatchObject([{ tx_hash: txHash, amount: '5', state: 'credited' }]);
    expect(await balance()).toBe(5n);
  });

  test('F17 A22 one against one about an amount credits neither, then what both say', async () => {
    const { balance, pay, poolOf, proxies, round } = bench();
    const { txHash } = await pay(5n);
    proxies[0].addFault(faultOf('*', { kind: 'alterLogs', txHash, amount: '9000000', receipts: true }));
    const pool = poolOf(2);
    await round(pool);
    expect(await balance()).toBe(0n);
    proxies[0].clearFaults();
    await round(pool);
    expect(await balance()).toBe(5n);
  });

  test.each(['html', 'json', 'rpc'] as const)(
    'F19 A23 too many requests, told as %s: nobody is asked before the time, and nothing counts as read',
    async (body) => {
      const { balance, clock, pay, poolOf, proxies, round } = bench();
      const pool = poolOf(3);
      await round(pool);
      await pay(5n);
      const limit: ProxyFault['effect'] = { kind: 'rateLimit', body, retryAfterSeconds: 1 };
      for (const proxy of proxies) proxy.addFault(faultOf('*', limit));
      const told = body === 'rpc' ? 3 : 1;
      for (let count = 0; count < told; count += 1) {
        await expect(round(pool)).rejects.toMatchObject({ kind: 'no_quorum' });
      }
      const calls = (): number => proxies.reduce((sum, proxy) => sum + proxy.calls(), 0);
      const before = calls();
      for (let count = 0; count < 5; count += 1) {
        await expect(round(pool)).rejects.toMatchObject({ kind: 'no_quorum' });
      }
      expect(calls()).toBe(before);
      for (const proxy of proxies) proxy.clearFaults();
      clock.step(60_000);
      await round(pool);
      expect(await balance()).toBe(5n);
    },
  );

  test('F20 A23 ranges and results that are refused are asked for in parts until all is read', async () => {
    const { balance, chain, pay, poolOf, proxies, round, sender } = bench();
    for (let count = 0; count < 3; count += 1) {
      const transfers = [1n, 2n, 3n].map((amountMicros) => ({ to: chain.creditsAddress, amountMicros }));
      await chain.sendMany({ from: sender, transfers });
      await chain.mine(2);
    }
    await pay(5n);
    proxies[0].addFault(faultOf(leg.logs, { kind: 'capRange', blocks: 4, suggest: true }));
    proxies[1].addFault(faultOf(leg.logs, { kind: 'capRange', blocks: 3 }));
    proxies[2].addFault(faultOf(leg.logs, { kind: 'capResults', max: 3 }));
    await round(poolOf(3));
    expect(await balance()).toBe(23n);
  });

  test('F20 F22 A20 results that are cut without a word are found by the others', async () => {
    const { balance, chain, pay, poolOf, proxies, round, sender } = bench();
    const transfers = [1n, 2n, 3n, 4n].map((amountMicros) => ({ to: chain.creditsAddress, amountMicros }));
    await chain.sendMany({ from: sender, transfers });
    await pay(5n);
    proxies[0].addFault(faultOf(leg.logs, { kind: 'capResults', max: 2, silently: true }));
    await round(poolOf(2));
    expect(await balance()).toBe(15n);
  });

  test.each<ProxyFault['effect']>([
    { kind: 'hang' },
    { kind: 'slowBody', everyMs: 50 },
    { kind: 'truncate' },
    { kind: 'wrongId' },
    { kind: 'duplicate' },
    { kind: 'replay' },
    { kind: 'drop' },
    { kind: 'http', status: 502, body: '<html>bad gateway</html>' },
  ])('F21 what one node answers badly ($kind) is asked of another', async (effect) => {
    const { balance, pay, poolOf, proxies, round } = bench();
    const pool = poolOf(3);
    await pay(5n);
    proxies[0].addFault(faultOf(leg.logs, effect));
    await round(pool);
    expect(await balance()).toBe(5n);
    // And when it answers nothing well at all.
    proxies[0].addFault(faultOf('*', effect));
    await pay(7n);
    await round(pool);
    expect(await balance()).toBe(12n);
    expect(proxies[0].done()[effect.kind] ?? 0).toBeGreaterThan(0);
  });

  test('F24 nodes that have thrown old blocks away and say that they are empty take nothing back', async () => {
    const { balance, chain, deposits, lines, pay, poolOf, proxies, round } = bench();
    const pool = poolOf(3);
    await pay(5n);
    await chain.mine(20);
    await round(pool);
    const belowBlock = (await chain.head()) - 10;
    for (const proxy of proxies) proxy.addFault(faultOf(leg.logs, { kind: 'prune', belowBlock }));
    await round(pool);
    expect(await deposits()).toMatchObject([{ state: 'credited' }]);
    expect(lines).toContainEqual(expect.objectContaining({ event: 'chain.log_missing' }));
    expect(await balance()).toBe(5n);
  });
});

describe('a mempool on anvil', () => {
  const bench = useQuorumBench(ANVIL);

  test('A14 what waits in the mempool is not there, and is credited once its block is deep enough', async () => {
    const { balance, chain, deposits, pay, poolOf, round, sender } = bench();
    const pool = poolOf(2);
    await pay(5n);
    await callRpc(chain.rpcUrl, 'evm_setAutomine', [false]);
    const sending = chain.send({ from: sender, to: chain.creditsAddress, amountMicros: 7n });
    await eventually(
      async () => callRpc(chain.rpcUrl, 'txpool_status', []),
      (status) => JSON.stringify(status).includes('"pending":"0x1"'),
    );
    await round(pool);
    expect(await deposits()).toMatchObject([{ amount: '5', state: 'credited' }]);
    await callRpc(chain.rpcUrl, 'evm_setAutomine', [true]);
    await chain.mine(4);
    await sending;
    await round(pool);
    expect(await balance()).toBe(12n);
  });
});

/** A transaction that never was, in the form of the chain. */
function hashOf(name: string): string {
  return name === 'anvil' ? `0x${'7'.repeat(64)}` : `0x${'7'.repeat(62).padStart(64, '0')}`;
}
