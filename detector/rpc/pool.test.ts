/** What a pool makes of its RPCs, on a chain in memory: who is asked, who is set aside, and what a quorum is. */
import { expect, test } from 'vitest';
import type { Block } from '../../src/core/chains/transfer.ts';
import { createFakeClock } from '../../test/support/fake-clock.ts';
import { MemoryChain, TOKEN } from '../../test/support/chains/memory-chain.ts';
import { memoryPool, nodeOf } from '../../test/support/chains/memory-nodes.ts';
import type { ChainSource } from './source.ts';
import { RpcFault } from './fault.ts';
import type { RpcPool } from './pool.ts';

function chainOf(blocks: number): MemoryChain {
  const chain = new MemoryChain();
  chain.mineMany(blocks);
  return chain;
}

const statesOf = (pool: RpcPool): string[] => pool.statuses().map(({ state }) => state);
const refused = async (): Promise<never> => Promise.reject(new RpcFault('network', 'no answer'));

test('the target is the highest block that a quorum names, however far one is ahead', async () => {
  const chain = chainOf(10);
  const far = { ...(await chain.head()), number: 1_000_000_000, hash: '0xfar' };
  const pool = memoryPool([
    nodeOf(chain, 'ahead', { head: async () => Promise.resolve(far) }),
    nodeOf(chain, 'b'),
    nodeOf(chain, 'c'),
  ]);
  expect((await pool.survey()).target).toEqual(await chain.head());
});

test('where two part, what both have below counts', async () => {
  const chain = chainOf(50);
  const forkAt = 31;
  const forked = (block: Block): Block => (block.number < forkAt ? block : { ...block, hash: `${block.hash}f` });
  const pool = memoryPool([
    nodeOf(chain, 'a'),
    nodeOf(chain, 'b', {
      head: async () => forked(await chain.head()),
      block: async (at) => {
        const block = await chain.block(at);
        return block && forked(block);
      },
    }),
  ]);
  expect((await pool.survey()).target.number).toBe(forkAt - 1);
});

test('two against two is no quorum for either', async () => {
  const chain = chainOf(5);
  const other = async (): Promise<Block> => ({ ...(await chain.head()), hash: '0xother' });
  const pool = memoryPool([
    nodeOf(chain, 'a'),
    nodeOf(chain, 'b'),
    nodeOf(chain, 'c', { head: other }),
    nodeOf(chain, 'd', { head: other }),
  ]);
  expect((await pool.survey()).target.number).toBe(3);
});

test('the hard-final height is one that a quorum names, and never above the target', async () => {
  const chain = chainOf(10);
  const saying = (name: string, height: number | undefined): ChainSource =>
    nodeOf(chain, name, { hardFinal: async () => Promise.resolve(height) });
  expect((await memoryPool([saying('a', 9), saying('b', 4), saying('c', 3)]).survey()).hardFinal).toBe(4);
  expect((await memoryPool([saying('a', 9), saying('b', undefined)]).survey()).hardFinal).toBeUndefined();
  expect((await memoryPool([saying('a', 99), saying('b', 99)]).survey()).hardFinal).toBe(9);
});

test('where none names a hard-final height a configured depth is used; without one there is one warning', async () => {
  const chain = chainOf(10);
  const sources = ['a', 'b'].map((name) => nodeOf(chain, name, { hardFinal: async () => Promise.resolve(undefined) }));
  const warnings: unknown[] = [];
  const log = { info: () => undefined, warn: (fields: object) => void warnings.push(fields), error: () => undefined };
  const config = { caip2: 'eip155:1', devnet: true, tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }] };
  const final = async (hardFinalDepth: number): Promise<number | undefined> =>
    (await memoryPool(sources, { log, config: { ...config, hardFinalDepth } }).survey()).hardFinal;
  expect([await final(4), await final(9), await final(10)]).toEqual([5, 0, undefined]);
  expect(warnings).toEqual([]);
  const pool = memoryPool(sources, { log });
  for (let looks = 0; looks < 3; looks += 1) expect((await pool.survey()).hardFinal).toBeUndefined();
  expect(warnings).toMatchObject([{ event: 'chain.no_final_height', chain: 'eip155:1' }]);
});

test('a call that was not made, to spare the node, is not held against it', async () => {
  const chain = chainOf(5);
  const spared = async (): Promise<never> =>
    Promise.reject(new RpcFault('spared', 'used up', { retryAfterMs: 60_000 }));
  const pool = memoryPool([nodeOf(chain, 'a'), nodeOf(chain, 'b')]);
  await pool.survey();
  const [member] = pool.witnesses();
  for (let calls = 0; calls < 5; calls += 1) await expect(member?.ask(spared)).rejects.toThrow('used up');
  expect([member?.isSteady, (await pool.survey()).target.number]).toEqual([true, 4]);
});

test('heads that are old are no heads, but on a devnet', async () => {
  const chain = chainOf(5);
  const clock = createFakeClock(Date.now() + 60 * 60_000);
  const sources = [nodeOf(chain, 'a'), nodeOf(chain, 'b')];
  expect((await memoryPool(sources, { clock }).survey()).target.number).toBe(4);
  const config = { caip2: 'eip155:1', tokens: [{ symbol: 'USDC', address: TOKEN, decimals: 6 }] };
  const pool = memoryPool(sources, { clock, config });
  await expect(pool.survey()).rejects.toMatchObject({
    kind: 'no_quorum',
    message: expect.stringContaining('10 minutes'),
  });
  expect(statesOf(pool)).toEqual(['stale', 'stale']);
});

test('a node that keeps failing is left alone for longer and longer, and probed by one call', async () => {
  const chain = chainOf(5);
  const clock = createFakeClock();
  let asked = 0;
  const away = nodeOf(chain, 'away', {
    chainId: async () => {
      asked += 1;
      return refused();
    },
  });
  const pool = memoryPool([nodeOf(chain, 'a'), nodeOf(chain, 'b'), away], { clock });
  for (let round = 0; round < 10; round += 1) await pool.survey();
  expect(asked).toBe(3);
  expect(statesOf(pool)).toEqual(['ok', 'ok', 'down']);
  clock.advance(500);
  await pool.survey();
  await pool.survey();
  expect(asked).toBe(4);
  clock.advance(999);
  await pool.survey();
  expect(asked).toBe(4);
  clock.advance(1);
  await pool.survey();
  expect(asked).toBe(5);
});

test('a node that answers after enough others have is not waited for', async () => {
  const chain = chainOf(5);
  const clock = createFakeClock();
  const slow = nodeOf(chain, 'slow', { chainId: async () => new Promise(() => undefined) });
  const pool = memoryPool([nodeOf(chain, 'a'), nodeOf(chain, 'b'), slow], { clock });
  const surveying = pool.survey();
  while (clock.waiting() !== 2) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(1_000);
  expect((await surveying).target.number).toBe(4);
});

test('F19 a node that names a time is not asked before it', async () => {
  const chain = chainOf(5);
  const clock = createFakeClock();
  let asked = 0;
  const limited = nodeOf(chain, 'limited', {
    head: async () => {
      asked += 1;
      return Promise.reject(new RpcFault('rate_limited', 'HTTP 429', { retryAfterMs: 7_000 }));
    },
  });
  const pool = memoryPool([limited, nodeOf(chain, 'b')], { clock });
  await expect(pool.survey()).rejects.toMatchObject({ kind: 'no_quorum', retryAfterMs: 7_000 });
  clock.advance(6_999);
  await expect(pool.survey()).rejects.toMatchObject({ kind: 'no_quorum' });
  expect(asked).toBe(1);
  clock.advance(1);
  await expect(pool.survey()).rejects.toMatchObject({ kind: 'no_quorum' });
  expect(asked).toBe(2);
});

test('without a quorum one stands in for the other', async () => {
  const chain = chainOf(5);
  let isAway = false;
  const first = nodeOf(chain, 'a', { receipt: async (hash) => (isAway ? refused() : chain.receipt(hash)) });
  const second = nodeOf(chain, 'b', { head: async () => ({ ...(await chain.head()), hash: '0xother' }) });
  const pool = memoryPool([first, second], { quorum: 1 });
  await pool.survey();
  expect(pool.witnesses().map(({ name }) => name)).toEqual(['a']);
  isAway = true;
  expect(await pool.receipt('0x1', [TOKEN])).toMatchObject({ reached: false });
  await pool.survey();
  expect(pool.witnesses().map(({ name }) => name)).toEqual(['b']);
});

test('a balance is what a quorum says', async () => {
  const chain = chainOf(5);
  const saying = (name: string, amount: bigint): ChainSource =>
    nodeOf(chain, name, { balanceOf: async () => Promise.resolve(amount) });
  expect(await memoryPool([saying('a', 1n), saying('b', 2n), saying('c', 2n)]).balanceOf(TOKEN, TOKEN, '0x')).toBe(2n);
  const alone = memoryPool([saying('a', 1n), nodeOf(chain, 'b', { balanceOf: refused })]);
  await expect(alone.balanceOf(TOKEN, TOKEN, '0x')).rejects.toMatchObject({ kind: 'no_quorum' });
  const split = memoryPool([saying('a', 1n), saying('b', 2n)]);
  await expect(split.balanceOf(TOKEN, TOKEN, '0x')).rejects.toMatchObject({ kind: 'no_quorum' });
});

test('F13 a head that falls far benches the node until it is back, and lowers nothing', async () => {
  const chain = chainOf(200);
  let lag = 0;
  const falling = nodeOf(chain, 'falling', {
    head: async () => {
      const head = await chain.head();
      return (await chain.block(head.number - lag)) ?? head;
    },
  });
  const pool = memoryPool([falling, nodeOf(chain, 'b'), nodeOf(chain, 'c')]);
  await pool.survey();
  lag = 100;
  expect((await pool.survey()).target.number).toBe(199);
  lag = 90;
  await pool.survey();
  expect(statesOf(pool)).toEqual(['syncing', 'ok', 'ok']);
  lag = 3;
  await pool.survey();
  expect(statesOf(pool)).toEqual(['ok', 'ok', 'ok']);
});

test('F12 a node that was always far behind is stale', async () => {
  const chain = chainOf(200);
  const stale = nodeOf(chain, 'stale', { head: async () => (await chain.block(20)) ?? chain.head() });
  const pool = memoryPool([stale, nodeOf(chain, 'b'), nodeOf(chain, 'c')]);
  await pool.survey();
  expect(statesOf(pool)).toEqual(['stale', 'ok', 'ok']);
});

test('A19 every node is asked for its chain again within the hour', async () => {
  const chain = chainOf(5);
  const clock = createFakeClock();
  let served = 'eip155:1';
  const moved = nodeOf(chain, 'moved', { chainId: async () => Promise.resolve(served) });
  const pool = memoryPool([moved, nodeOf(chain, 'b'), nodeOf(chain, 'c')], { clock });
  await pool.survey();
  served = 'eip155:5';
  await pool.survey();
  expect(statesOf(pool)).toEqual(['ok', 'ok', 'ok']);
  clock.advance(60 * 60_000);
  await pool.survey();
  expect(statesOf(pool)).toEqual(['wrong_chain', 'ok', 'ok']);
});

test.each(['moved', 'unknown_block'] as const)(
  'S09 the chain may move under a read (%s), but the same fault at the same place twice is the RPC’s, and another gets its turn',
  async (kind) => {
    const chain = chainOf(10);
    let place = 4;
    const odd = nodeOf(chain, 'odd', {
      transfers: async () => Promise.reject(new RpcFault(kind, `transaction 0x1 left block ${place}`)),
    });
    const pool = memoryPool([odd, nodeOf(chain, 'even')], { quorum: 1 });
    const asked = async (): Promise<string[]> => {
      await pool.survey();
      const reading = pool.gather('transfers', async (source) => {
        await source.transfers({ fromBlock: 0, target: await chain.head(), tokens: [TOKEN], recipients: new Set() });
        return source.name;
      });
      return reading.then((answers) => answers.map(({ rpc }) => rpc)).catch((error: unknown) => [String(error)]);
    };
    const moved = expect.stringContaining('left block');
    expect(await asked()).toEqual([moved]);
    place = 5;
    expect(await asked()).toEqual([moved]);
    expect(await asked()).toEqual([moved]);
    expect(await asked()).toEqual(['even']);
  },
);
