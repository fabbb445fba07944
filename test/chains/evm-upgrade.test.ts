/** On anvil: a token behind a proxy that gets other code, and positions that cannot be right. */
import type { Hex } from 'viem';
import { describe, expect, test } from 'vitest';
import { audit } from '../../detector/audit/audit.ts';
import { NodeBehind } from '../../detector/scan/scan.ts';
import type { RpcPool } from '../../detector/rpc/pool.ts';
import type { EvmDevChain } from '../../devnet/evm-token.ts';
import { callRpc } from '../../devnet/json-rpc.ts';
import { compileContract } from '../../devnet/solc.ts';
import { startWorld } from '../../devnet/world.ts';
import { listFreezes, releaseChain } from '../../src/db/chains/freezes.ts';
import { ANVIL, useQuorumBench, type Leg, type QuorumBench } from '../support/chains/quorum-bench.ts';

/** EIP-1967: where a proxy keeps the address of its code. */
const SLOT = '360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc';
/** Passes every call on to that code, with its input, and gives back what it gave: returned or reverted. */
const PROXY = `0x363d3d373d3d363d7f${SLOT}545af43d600060003e6039573d6000fd5b3d6000f3`;
const CODES = [`0x${'c0de'.padStart(39, '0')}1`, `0x${'c0de'.padStart(39, '0')}2`] as const;

/** The token with an event that names the amount as its fourth topic. */
const withIndexedAmount = (source: string): string => {
  const changed = source.replace(
    'event Transfer(address indexed from, address indexed to, uint256 value)',
    'event Transfer(address indexed from, address indexed to, uint256 indexed value)',
  );
  if (changed === source) throw new Error('the token has no such event');
  return changed;
};

let evm: EvmDevChain | undefined;
const leg: Leg = {
  ...ANVIL,
  start: async () => {
    evm = (await startWorld({ starknet: false, blockTimeSeconds: 0 })).evm;
    return evm;
  },
};

const chainOf = (): EvmDevChain => {
  if (!evm) throw new Error('anvil did not start');
  return evm;
};
const call = async (method: string, ...params: unknown[]): Promise<unknown> =>
  callRpc(chainOf().rpcUrl, method, params);

/** Puts the code that stands behind the token's proxy. */
async function upgradeTo(code: string): Promise<void> {
  await call('anvil_setStorageAt', chainOf().usdc, `0x${SLOT}`, `0x${code.slice(2).padStart(64, '0')}`);
}

/** Makes a proxy of the token, which keeps what it holds; both versions of its code lie beside it. */
async function putBehindProxy(): Promise<void> {
  const { usdc, owner } = chainOf();
  const data: Hex = await compileContract('TestUsdc', withIndexedAmount);
  const other = await call('eth_call', { from: owner, data }, 'latest');
  await call('anvil_setCode', CODES[0], await call('eth_getCode', usdc, 'latest'));
  await call('anvil_setCode', CODES[1], other);
  await call('anvil_setCode', usdc, PROXY);
  await upgradeTo(CODES[0]);
}

const kindsTold = ({ lines }: QuorumBench): unknown[] =>
  lines.filter(({ event }) => event === 'token.changed').map(({ kind }) => kind);

describe('on anvil', () => {
  const bench = useQuorumBench(leg);
  const look = async (given: QuorumBench, pool: RpcPool): Promise<void> =>
    audit({ context: given.context, lease: given.lease, pool, reach: await given.round(pool) });

  test('F45 A16 a token behind a proxy that gets another event layout credits nothing, and stops until somebody has looked', async () => {
    const given = bench();
    const { chain, db, pay, balance, deposits, round } = given;
    await putBehindProxy();
    const pool = given.poolOf(3);
    await pay(5n);
    await look(given, pool);
    expect(await balance()).toBe(5n);
    expect(kindsTold(given)).toEqual([]);

    await upgradeTo(CODES[1]);
    const before = await chain.balanceOf(chain.creditsAddress);
    for (const amount of [7n, 8n, 9n]) await pay(amount);
    expect(await chain.balanceOf(chain.creditsAddress)).toBe(before + 24n);
    // The strict parser alone: money came, and is shown, and is credited to nobody.
    await round(pool);
    const unreadable = (await deposits()).filter(({ state }) => state === 'quarantined');
    expect(unreadable.map(({ reason }) => reason)).toEqual(Array(3).fill(expect.stringContaining('malformed: ')));
    expect(await balance()).toBe(5n);
    // And the watch on the token: for its code, and for its layout where somebody releases the chain all the same.
    const release = async (): Promise<unknown> => releaseChain(db, { chain: chain.caip2, by: 'ann', at: new Date() });
    await look(given, pool);
    expect([kindsTold(given), (await listFreezes(db, chain.caip2)).length]).toEqual([['code'], 1]);
    await release();
    await look(given, pool);
    expect([kindsTold(given), (await listFreezes(db, chain.caip2)).length]).toEqual([['code', 'layout'], 1]);

    await upgradeTo(CODES[0]);
    await pay(11n);
    await look(given, pool);
    expect(await balance()).toBe(5n);
    await release();
    await look(given, pool);
    expect(await balance()).toBe(16n);
    expect((await deposits()).filter(({ state }) => state === 'quarantined')).toHaveLength(3);
  }, 60_000);

  test('F46 a position or a start beyond the chain is told, and nothing is read; an older one is read on from', async () => {
    const given = bench();
    const { chain, context, db, pay, balance, deposits, round } = given;
    const pool = given.poolOf(2);
    const far = (await chain.head()) + 1_000_000;
    await expect(round(pool, { startBlock: far })).rejects.toThrow(`startBlock ${far}`);
    await pay(5n);
    await round(pool);

    const move = async (nextBlock: number): Promise<void> => {
      const at = [nextBlock, nextBlock - 1, chain.caip2];
      await db.raw('UPDATE chain_cursor SET next_block = ?, head_block = ? WHERE chain = ?', at);
    };
    await move(far);
    await pay(7n);
    await expect(round(pool)).rejects.toThrow(NodeBehind);
    expect(await balance()).toBe(5n);

    // As after a restore of an older backup: the chain's tables are of before, the ledger is of today.
    for (const table of ['deposit', 'deposit_observation', 'block_checkpoint']) {
      await db.raw(`DELETE FROM ${table} WHERE chain = ?`, [chain.caip2]);
    }
    await move(context.startBlock);
    await round(pool);
    expect(await balance()).toBe(12n);
    expect((await deposits()).map(({ state }) => state)).toEqual(['credited', 'credited']);
  }, 60_000);
});
