import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { callRpc, RpcReplyError } from '../../devnet/json-rpc.ts';
import { selectorOf, toFelt, TRANSFER_SELECTOR } from '../../devnet/starknet-sim/felt.ts';
import type { Fault } from '../../devnet/starknet-sim/faults.ts';
import { startSimServer, type SimServer } from '../../devnet/starknet-sim/server.ts';
import { HeadFeed } from '../support/chains/head-feed.ts';

/** What only the simulated Starknet node can do: lie, lag, and change its token. */
const SHORT_TIMEOUT_MS = 300;
const pageSchema = z.looseObject({
  events: z.array(
    z.looseObject({ transaction_hash: z.string(), keys: z.array(z.string()), data: z.array(z.string()) }),
  ),
  continuation_token: z.string().optional(),
});

describe('the simulated Starknet node', () => {
  let node: SimServer;
  let sender: string;
  let credits: string;

  const call = async (method: string, params: unknown[] | Record<string, unknown> = []): Promise<unknown> =>
    callRpc(node.rpcUrl, method, params, SHORT_TIMEOUT_MS);
  const listEvents = async (more: Record<string, unknown> = {}): Promise<z.infer<typeof pageSchema>> => {
    const filter = { from_block: { block_number: 0 }, address: node.simulator.usdc, chunk_size: 100, ...more };
    return pageSchema.parse(await call('starknet_getEvents', { filter }));
  };
  const transfer = (amountMicros: bigint) => node.simulator.transfer([{ from: sender, to: credits, amountMicros }]);
  const withFault = async (effect: Fault['effect'], times?: number): Promise<void> => {
    node.simulator.faults.clear();
    await call('sim_addFault', { method: 'starknet_getEvents', effect, ...(times === undefined ? {} : { times }) });
  };

  beforeEach(async () => {
    node = await startSimServer({ blockTimeSeconds: 0, accounts: 2 });
    [sender = '', credits = ''] = [...node.simulator.chain.accounts];
    node.simulator.mint(sender, 1_000n);
  });
  afterEach(async () => {
    await node.stop();
  });

  test('un-keyed layout: parties in the data, and a filter on the recipient finds nothing, without an error', async () => {
    const before = await call('starknet_getClassHashAt', ['latest', node.simulator.usdc]);
    transfer(1n);
    await call('sim_setLayout', { layout: 'L0' });
    transfer(2n);
    const { events } = await listEvents();
    expect(events.slice(1).map((event) => [event.keys, event.data])).toEqual([
      [
        [TRANSFER_SELECTOR, sender, credits],
        ['0x1', '0x0'],
      ],
      [[TRANSFER_SELECTOR], [sender, credits, '0x2', '0x0']],
    ]);
    expect((await listEvents({ keys: [[TRANSFER_SELECTOR], [], [credits]] })).events).toHaveLength(1);
    expect(await call('starknet_getClassHashAt', ['latest', node.simulator.usdc])).not.toBe(before);
  });

  test('lag: the newest blocks are unknown by hash and tag, and clamped away by number', async () => {
    const { hash } = transfer(1n);
    const head = node.simulator.chain.head;
    await call('sim_setLag', { blocks: 1 });
    expect(await call('starknet_blockNumber')).toBe(head.number - 1);
    expect((await listEvents({ to_block: { block_number: head.number } })).events).toHaveLength(1);
    await expect(listEvents({ to_block: { block_hash: head.hash } })).rejects.toMatchObject({ code: 24 });
    await expect(call('starknet_getTransactionReceipt', [hash])).rejects.toMatchObject({ code: 29 });
    await call('sim_setLag', { blocks: 0 });
    expect((await listEvents({ to_block: { block_hash: head.hash } })).events).toHaveLength(2);
  });

  test('a mirror: another node of the same chain, with a lag and faults of its own', async () => {
    const mirror = await startSimServer({ mirrorOf: node.simulator });
    const feed = await HeadFeed.open(mirror.wsUrl);
    mirror.simulator.setLag(1);
    mirror.simulator.addFault({ method: 'starknet_chainId', effect: { kind: 'error', code: 1, message: 'no' } });
    transfer(1n);
    const head = node.simulator.chain.headNumber;
    expect((await feed.next()).params.result).toMatchObject({ block_number: head });
    expect(await callRpc(mirror.rpcUrl, 'starknet_blockNumber')).toBe(head - 1);
    expect(await call('starknet_blockNumber')).toBe(head);
    await expect(callRpc(mirror.rpcUrl, 'starknet_chainId')).rejects.toMatchObject({ code: 1 });
    await expect(call('starknet_chainId')).resolves.toBeDefined();
    feed.close();
    await mirror.stop();
  });

  test('a fork: the same past, and no block in common from then on', async () => {
    transfer(1n);
    const fork = await startSimServer({ forkOf: node.simulator, blockTimeSeconds: 0 });
    const before = node.simulator.chain.head;
    expect(fork.simulator.chain.head.hash).toBe(before.hash);
    const [ours] = node.simulator.mine();
    const [theirs] = fork.simulator.mine();
    expect(theirs?.number).toBe(ours?.number);
    expect(theirs?.parentHash).toBe(ours?.parentHash);
    expect(theirs?.hash).not.toBe(ours?.hash);
    fork.simulator.transfer([{ from: sender, to: credits, amountMicros: 5n }]);
    const balanceOn = ({ chain, usdc }: typeof node.simulator): bigint =>
      chain.balanceAt(usdc, credits, chain.headNumber);
    expect([balanceOn(node.simulator), balanceOn(fork.simulator)]).toEqual([1n, 6n]);
    await fork.stop();
  });

  test('reorg: a transaction comes back in another block under its own hash, with other money in the balances', async () => {
    const kept = transfer(1n);
    const lost = transfer(2n);
    const feed = await HeadFeed.open(node.wsUrl);
    const oldHashes = node.simulator.chain.blocks.slice(-2).map((block) => block.hash);
    await call('sim_reorg', { depth: 2, replacements: [[], [kept.hash]] });
    const frames = [await feed.next(), await feed.next(), await feed.next()];
    expect(frames.map((frame) => frame.method.replace('starknet_subscription', ''))).toEqual([
      'Reorg',
      'NewHeads',
      'NewHeads',
    ]);
    const receipt = z.looseObject({ block_number: z.int() });
    const moved = receipt.parse(await call('starknet_getTransactionReceipt', [kept.hash]));
    expect(moved.block_number).toBe(node.simulator.chain.headNumber);
    await expect(call('starknet_getTransactionReceipt', [lost.hash])).rejects.toMatchObject({ code: 29 });
    expect(node.simulator.chain.blocks.slice(-2).map((block) => block.hash)).not.toEqual(oldHashes);
    const request = {
      contract_address: node.simulator.usdc,
      entry_point_selector: selectorOf('balanceOf'),
      calldata: [credits],
    };
    expect(await call('starknet_call', [request, 'latest'])).toEqual(['0x1', '0x0']);
    feed.close();
  });

  test('a transfer that no balance covers reverts as a whole, and so does one told to', async () => {
    const both = node.simulator.transfer([
      { from: sender, to: credits, amountMicros: 1n },
      { from: sender, to: credits, amountMicros: 5_000n },
    ]);
    const told = node.simulator.transferReverted({ from: sender, to: credits, amountMicros: 1n });
    for (const { hash } of [both, told]) {
      expect(node.simulator.chain.findTransaction(hash)?.executed.revertReason).toBeTypeOf('string');
    }
    expect(node.simulator.chain.balanceAt(node.simulator.usdc, credits, node.simulator.chain.headNumber)).toBe(0n);
    expect((await listEvents()).events).toHaveLength(1);
  });

  test('events of any shape, written without leading zeros', async () => {
    const event = { from_address: node.simulator.usdc, keys: [TRANSFER_SELECTOR], data: ['0x0007'] };
    await call('sim_emit', { events: [event, { ...event, keys: [] }] });
    expect((await listEvents()).events.slice(1).map((row) => [row.keys, row.data])).toEqual([
      [[TRANSFER_SELECTOR], ['0x7']],
      [[], ['0x7']],
    ]);
  });

  test('lies about events: hidden, altered, invented; and the truth once the script is empty', async () => {
    const { hash } = transfer(1n);
    const { events: truth } = await listEvents();
    await withFault({ kind: 'hideEvents', transactionHash: hash });
    expect((await listEvents()).events).toHaveLength(1);
    await withFault({ kind: 'alterEvents', transactionHash: hash, data: ['0xffff', '0x0'] });
    expect((await listEvents()).events.map((event) => event.data[0])).toEqual(['0x3e8', '0xffff']);
    const row = { transaction_index: 0, event_index: 9, block_hash: '0x1', block_number: 1 };
    const invented = {
      ...row,
      transaction_hash: '0x2',
      from_address: node.simulator.usdc,
      keys: ['0x1'],
      data: ['0x1'],
    };
    await withFault({ kind: 'inventEvents', events: [invented] });
    expect((await listEvents()).events).toHaveLength(3);
    await call('sim_clearFaults');
    expect((await listEvents()).events).toEqual(truth);
  });

  test('paging faults: the same token for ever, an empty page with a token, a token left out', async () => {
    transfer(1n);
    await withFault({ kind: 'repeatToken' });
    expect(await listEvents({ continuation_token: '1' })).toMatchObject({ continuation_token: '1' });
    expect(await listEvents({ continuation_token: '1' })).toMatchObject({ continuation_token: '1' });
    await withFault({ kind: 'emptyPage' }, 1);
    expect(await listEvents()).toEqual({ events: [], continuation_token: '0' });
    expect((await listEvents({ continuation_token: '0' })).events).toHaveLength(2);
    expect(await listEvents({ chunk_size: 1 })).toMatchObject({ continuation_token: '1' });
    await withFault({ kind: 'forgetToken' });
    expect(Object.keys(await listEvents({ chunk_size: 1 }))).toEqual(['events']);
    await expect(listEvents({ chunk_size: 1_025 })).rejects.toMatchObject({ code: 31 });
  });

  test('transport faults: error, 429 with Retry-After, half an answer, another id, silence, a cut connection', async () => {
    const ask = async (): Promise<Response> =>
      fetch(node.rpcUrl, {
        method: 'POST',
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'starknet_getEvents',
          params: { filter: { chunk_size: 1 } },
        }),
        signal: AbortSignal.timeout(SHORT_TIMEOUT_MS),
      });
    await withFault({ kind: 'error', code: -32005, message: 'limit exceeded' }, 1);
    await expect(listEvents()).rejects.toBeInstanceOf(RpcReplyError);
    await expect(listEvents()).resolves.toBeDefined();
    await withFault({ kind: 'http', status: 429, body: '<html>slow down</html>', retryAfterSeconds: 7 });
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([
      429,
      '7',
      '<html>slow down</html>',
    ]);
    await withFault({ kind: 'truncate' });
    const half = await (await ask()).text();
    expect(() => z.unknown().parse(JSON.parse(half))).toThrow(SyntaxError);
    await withFault({ kind: 'wrongId' });
    expect(await (await ask()).json()).toMatchObject({ id: 'another call' });
    await withFault({ kind: 'hang' });
    await expect(ask()).rejects.toMatchObject({ name: 'TimeoutError' });
    await withFault({ kind: 'drop' });
    await expect(ask()).rejects.toThrow('fetch failed');
    await withFault({ kind: 'delay', delayMs: 100 });
    const askedAt = performance.now();
    await ask();
    expect(performance.now() - askedAt).toBeGreaterThanOrEqual(95);
  });

  test('frozen sockets stay silent, forgotten subscriptions too; dropped sockets are gone', async () => {
    const feed = await HeadFeed.open(node.wsUrl);
    node.freezeSockets(true);
    node.simulator.mine();
    node.freezeSockets(false);
    const [second] = node.simulator.mine();
    const frame = await feed.next();
    expect(frame.params.result).toMatchObject({ block_number: second?.number });
    node.forgetSubscriptions();
    node.simulator.mine();
    await expect(feed.unsubscribe(feed.subscriptionId)).resolves.toMatchObject({ error: { code: 66 } });
    node.dropSockets();
    await expect.poll(() => feed.isClosed()).toBe(true);
  });

  test('accounts and tokens: padded or not, all the same', async () => {
    const padded = `0x${sender.slice(2).padStart(64, '0').toUpperCase()}`;
    await call('sim_transfer', { transfers: [{ from: padded, to: credits, amountMicros: '4' }] });
    expect((await listEvents()).events.at(-1)?.keys[1]).toBe(sender);
    const other = z.string().parse(await call('sim_addToken', { symbol: 'USDC' }));
    await call('sim_mint', { to: credits, amountMicros: '9', token: other });
    expect((await listEvents({ address: other })).events).toHaveLength(1);
    expect((await listEvents({ address: [other, toFelt(node.simulator.usdc)] })).events).toHaveLength(3);
  });
});
