/** What the fault proxy does to a node that is well: each kind of fault, as a client meets it. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openEvmSource } from '../../detector/evm/source.ts';
import type { ChainSource } from '../../detector/rpc/source.ts';
import { openStarknetSource } from '../../detector/starknet/source.ts';
import { callRpc } from '../../devnet/json-rpc.ts';
import type { DevChain } from '../../devnet/dev-chain.ts';
import { faultsOfAllKinds, startRpcProxy, type ProxyFault, type RpcProxy } from '../../devnet/rpc-proxy.ts';
import { startWorld } from '../../devnet/world.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';

interface Leg {
  readonly name: string;
  readonly logs: string;
  readonly receipts: string;
  readonly start: () => Promise<DevChain | undefined>;
  readonly open: (url: string) => ChainSource;
}
const LEGS: readonly Leg[] = [
  {
    name: 'anvil',
    logs: 'eth_getLogs',
    receipts: 'eth_getTransactionReceipt',
    start: async () => (await startWorld({ starknet: false, blockTimeSeconds: 0, evm: { accounts: 6 } })).evm,
    open: (url) => openEvmSource({ url, clock: systemClock }),
  },
  {
    name: 'the simulated Starknet node',
    logs: 'starknet_getEvents',
    receipts: 'starknet_getTransactionReceipt',
    start: async () =>
      (await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node: 'simulator', accounts: 6 } })).starknet,
    open: (url) => openStarknetSource({ url, clock: systemClock }),
  },
];

describe.each(LEGS)('a fault proxy before $name', ({ logs, receipts, start, open }) => {
  let chain: DevChain;
  let proxy: RpcProxy;
  let source: ChainSource;
  let sent: { txHash: string; blockNumber: number };
  const invented = `0x${'7'.repeat(40)}`;

  beforeAll(async () => {
    const started = await start();
    if (started === undefined) throw new Error('the chain did not start');
    chain = started;
    proxy = await startRpcProxy({ target: chain.rpcUrl, wsTarget: chain.wsUrl });
    source = open(proxy.rpcUrl);
    const from = chain.accounts[0] ?? '';
    await chain.faucet(from, 100n);
    sent = await chain.send({ from, to: chain.creditsAddress, amountMicros: 5n });
    await chain.mine(3);
  });
  afterEach(() => proxy.clearFaults());
  afterAll(async () => {
    source.close();
    await proxy.stop();
    await chain.stop();
  });

  const read = async (fromBlock = 0): Promise<TransferEvent[]> => {
    const target = await source.head();
    return source.transfers({ fromBlock, target, tokens: [chain.usdc], recipients: new Set([chain.creditsAddress]) });
  };
  const fault = (effect: ProxyFault['effect'], method = '*'): number => proxy.addFault({ method, effect });

  test('lets everything through while it is told nothing', async () => {
    expect(await read()).toMatchObject([{ txHash: sent.txHash, amount: 5n, to: chain.creditsAddress }]);
    expect(await source.receipt(sent.txHash, [chain.usdc])).toMatchObject({ succeeded: true });
  });

  test.each<[string, ProxyFault['effect'], object]>([
    ['drop', { kind: 'drop' }, { kind: 'network' }],
    ['429 with a page', { kind: 'rateLimit', retryAfterSeconds: 3 }, { kind: 'rate_limited', retryAfterMs: 3_000 }],
    ['429 with JSON', { kind: 'rateLimit', body: 'json' }, { kind: 'rate_limited' }],
    ['429 as an error', { kind: 'rateLimit', body: 'rpc' }, { kind: 'rate_limited', code: 429 }],
    ['502', { kind: 'http', status: 502, body: 'no' }, { kind: 'server', code: 502 }],
    ['error', { kind: 'error', code: -32_603, message: 'x' }, { kind: 'rpc_error', code: -32_603 }],
    ['truncate', { kind: 'truncate' }, { kind: 'bad_reply' }],
    ['wrongId', { kind: 'wrongId' }, { kind: 'bad_reply' }],
    ['duplicate', { kind: 'duplicate' }, { kind: 'bad_reply' }],
  ])('%s', async (_, effect, expected) => {
    fault(effect);
    await expect(source.head()).rejects.toMatchObject(expected);
    proxy.clearFaults();
    await expect(source.head()).resolves.toMatchObject({ number: await chain.head() });
  });

  test.each(['hang', 'slowBody'] as const)('%s gives no answer in time', async (kind) => {
    fault({ kind });
    await expect(callRpc(proxy.rpcUrl, logs, [], 300)).rejects.toThrow('timeout');
  });

  test('replay gives the answer before, under its old id', async () => {
    await source.head();
    fault({ kind: 'replay' });
    await expect(source.head()).rejects.toMatchObject({ kind: 'bad_reply' });
  });

  test('a stale head hides what is above it, by number, by hash and in receipts', async () => {
    const newest = await source.head();
    fault({ kind: 'staleHead', atBlock: sent.blockNumber - 1 });
    expect((await source.head()).number).toBe(sent.blockNumber - 1);
    expect(await source.block(sent.blockNumber)).toBeUndefined();
    expect(await source.block(newest.hash)).toBeUndefined();
    expect(await source.receipt(sent.txHash, [chain.usdc])).toBeUndefined();
    expect(await read()).toEqual([]);
    const pinned = { fromBlock: 0, target: newest, tokens: [chain.usdc], recipients: new Set([chain.creditsAddress]) };
    await expect(source.transfers(pinned)).rejects.toMatchObject({ kind: 'unknown_block' });
    proxy.clearFaults();
    fault({ kind: 'staleHead', lagBlocks: 2 });
    expect((await source.head()).number).toBe(newest.number - 2);
    expect(await read()).toHaveLength(1);
  });

  test('logs are hidden and altered, and receipts agree where that is asked for', async () => {
    fault({ kind: 'hideLogs', txHash: sent.txHash }, logs);
    expect(await read()).toEqual([]);
    expect((await source.receipt(sent.txHash, [chain.usdc]))?.transfers).toHaveLength(1);
    proxy.clearFaults();
    const from = chain.accounts[3] ?? '';
    fault({ kind: 'alterLogs', amount: '77', from, receipts: true });
    expect(await read()).toMatchObject([{ amount: 77n, from, to: chain.creditsAddress }]);
    expect((await source.receipt(sent.txHash, [chain.usdc]))?.transfers).toMatchObject([{ amount: 77n, from }]);
  });

  test('an invented log keeps its block, and has a receipt where that is asked for', async () => {
    const lie = { token: chain.usdc, from: chain.accounts[2] ?? '', to: chain.creditsAddress, amount: '900' };
    fault({ kind: 'inventLog', ...lie, txHash: invented, receipts: true });
    const [, first] = await read();
    expect(first).toMatchObject({ amount: 900n, from: lie.from, malformed: null });
    await chain.mine();
    expect((await read())[1]).toEqual(first);
    const receipt = await source.receipt(first?.txHash ?? '', [chain.usdc]);
    expect(receipt).toMatchObject({ succeeded: true, blockHash: first?.blockHash, transfers: [{ amount: 900n }] });
    expect((await source.block(first?.blockNumber ?? 0))?.hash).toBe(first?.blockHash);
  });

  test('a pruned node says nothing of old blocks', async () => {
    fault({ kind: 'prune', belowBlock: sent.blockNumber + 1 });
    expect(await read()).toEqual([]);
  });

  test('caps refuse, suggest, or cut without a word', async () => {
    const error = async (): Promise<unknown> => source.transfers(await query()).catch((one: unknown) => one);
    const query = async (): Promise<Parameters<ChainSource['transfers']>[0]> => {
      const target = await source.head();
      return { fromBlock: target.number, target, tokens: [chain.usdc], recipients: new Set([chain.creditsAddress]) };
    };
    fault({ kind: 'capResults', max: 1, silently: true });
    const from = chain.accounts[0] ?? '';
    const to = chain.creditsAddress;
    const transfers = [1n, 2n, 3n].map((amountMicros) => ({ to, amountMicros }));
    const many = await chain.sendMany({ from, transfers });
    expect(await read(many.blockNumber)).toHaveLength(1);
    proxy.clearFaults();
    expect(await read(many.blockNumber)).toHaveLength(3);
    fault({ kind: 'capResults', max: 2 }, logs);
    expect(await error()).toMatchObject({ message: expect.stringMatching(/more than 2 results|error 31/) as string });
    proxy.clearFaults();
    fault({ kind: 'capRange', blocks: 1, suggest: true }, logs);
    const filter = logs.startsWith('eth')
      ? [{ fromBlock: '0x1', toBlock: '0x3' }]
      : { filter: { from_block: { block_number: 1 }, to_block: { block_number: 3 }, chunk_size: 5 } };
    await expect(callRpc(proxy.rpcUrl, logs, filter)).rejects.toThrow('this block range should work: [0x1, 0x1]');
  });

  test('a gate holds one answer back, a freeze all of them', async () => {
    const gate = proxy.gate(receipts);
    let answered = false;
    const reading = source.receipt(sent.txHash, [chain.usdc]).then((receipt) => {
      answered = true;
      return receipt;
    });
    await gate.reached;
    await source.head();
    expect(answered).toBe(false);
    gate.open();
    expect(await reading).toMatchObject({ succeeded: true });
    proxy.freeze({ http: true });
    const late = source.head();
    await expect(Promise.race([late, systemPause(200)])).resolves.toBe('nothing');
    proxy.freeze({ http: false });
    expect(await late).toMatchObject({ number: await chain.head() });
  });

  test('its websocket passes heads on, freezes, loses frames, floods and breaks', async () => {
    const method = logs.startsWith('eth') ? 'eth_subscribe' : 'starknet_subscribeNewHeads';
    const params = logs.startsWith('eth') ? ['newHeads'] : {};
    const socket = new WebSocket(proxy.wsUrl);
    let frames = 0;
    socket.on('message', () => {
      frames += 1;
    });
    const closed = new Promise<number>((resolve) => {
      socket.on('close', resolve);
    });
    socket.on('open', () => socket.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })));
    const reaches = async (count: number): Promise<void> => {
      await expect.poll(() => frames, { timeout: 5_000 }).toBe(count);
    };
    await reaches(1);
    await chain.mine();
    await reaches(2);
    proxy.freeze({ sockets: true });
    await chain.mine();
    await systemPause(200);
    proxy.freeze({ sockets: false });
    expect(frames).toBe(2);
    proxy.addFault({ method: 'ws', times: 1, effect: { kind: 'duplicate' } });
    await chain.mine();
    await reaches(4);
    await proxy.flood(5_000);
    await reaches(5_004);
    proxy.closeSockets();
    expect(await closed).toBe(1006);
  });
});

const systemPause = async (ms: number): Promise<string> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, 'nothing');
  });

describe('the dice and the control endpoint', () => {
  test('one seed gives the same faults again, about as many as were asked for', async () => {
    const run = async (seed: number): Promise<string> => {
      const node = await startRpcProxy({ target: 'http://127.0.0.1:9', seed });
      node.addFault({ probability: 0.5, effect: { kind: 'result', result: 'hit' } });
      node.addFault({ effect: { kind: 'result', result: 'miss' } });
      const answers: unknown[] = [];
      for (let call = 0; call < 200; call += 1) answers.push(await callRpc(node.rpcUrl, 'eth_x'));
      const hits = answers.filter((answer) => answer === 'hit').length;
      expect(hits).toBeGreaterThan(70);
      expect(hits).toBeLessThan(130);
      expect(node.calls('eth_x')).toBe(200);
      await node.stop();
      return answers.join();
    };
    const [first, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('every kind is in the mixture of a soak', async () => {
    const node = await startRpcProxy({ target: 'http://127.0.0.1:9' });
    const party = { token: '0x1', from: '0x2', to: '0x3', txHash: '0x4' };
    for (const fault of faultsOfAllKinds(0.05, party)) node.addFault(fault);
    const calls = node.listFaults().filter(({ method }) => method === '*');
    expect(calls.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(0.05);
    const kinds = new Set(node.listFaults().map(({ effect }) => effect.kind));
    // All but `result`, which would need a method to lie about.
    expect(kinds.size).toBe(18);
    await node.stop();
  });

  test('whoever reaches the proxy can play with it only where it was started so', async () => {
    const target = 'http://127.0.0.1:9';
    const node = await startRpcProxy({ target, control: true });
    const effect = { kind: 'result', result: 5 };
    const id = await callRpc(node.rpcUrl, 'proxy_addFault', { method: 'eth_x', effect });
    expect(await callRpc(node.rpcUrl, 'eth_x')).toBe(5);
    expect(await callRpc(node.rpcUrl, 'proxy_listFaults')).toMatchObject([{ id, method: 'eth_x', effect }]);
    await callRpc(node.rpcUrl, 'proxy_removeFault', { id });
    expect(node.listFaults()).toEqual([]);
    await expect(callRpc(node.rpcUrl, 'proxy_addFault', { effect: { kind: 'nonsense' } })).rejects.toThrow('-32602');
    await node.stop();
    const closed = await startRpcProxy({ target });
    await expect(callRpc(closed.rpcUrl, 'proxy_addFault', { effect })).rejects.not.toThrow('-32602');
    expect(closed.listFaults()).toEqual([]);
    await closed.stop();
  });
});
