import { toEventSelector } from 'viem';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { startOf } from '../../src/core/deposits/classify.ts';
import { toCount } from '../../src/core/integers.ts';
import { ScriptedError, startScriptedNode, type ScriptedNode } from '../../test/support/chains/rpc-node.ts';
import type { ChainSource } from '../rpc/source.ts';
import { TRANSFER_TOPIC } from './decode.ts';
import { openEvmSource } from './source.ts';

const word = (digit: string): string => `0x${digit.repeat(64)}`;
const address = (digit: string): string => `0x${digit.repeat(40)}`;
const topic = (digit: string): string => `0x${'0'.repeat(24)}${digit.repeat(40)}`;
const [token, ours, theirs] = [address('a'), address('c'), address('d')];
const block = (number: number, hash: string): object => ({
  number: `0x${number.toString(16)}`,
  hash,
  parentHash: word('0'),
  timestamp: '0x64',
});
const target = { number: 9, hash: word('9'), parentHash: word('0'), timeMs: 100_000 };
const query = { fromBlock: 5, target, tokens: [token], recipients: new Set([ours]) };
const logOf = (change: object = {}): object => ({
  address: token,
  topics: [TRANSFER_TOPIC, topic('d'), topic('c')],
  data: `0x${'5'.padStart(64, '0')}`,
  blockNumber: '0x7',
  blockHash: word('7'),
  transactionHash: word('1'),
  logIndex: '0x3',
  ...change,
});
const receiptOf = (logs: readonly object[], change: object = {}): object => ({
  status: '0x1',
  blockNumber: '0x7',
  blockHash: word('7'),
  transactionHash: word('1'),
  logs,
  ...change,
});

let node: ScriptedNode | undefined;
let source: ChainSource | undefined;
afterEach(() => {
  source?.close();
  node?.stop();
});

/** A node on which everything is well, but for what a test changes: answers by method. */
async function open(
  change: Readonly<Record<string, (params: readonly unknown[]) => unknown>> = {},
): Promise<ChainSource> {
  const logs = [logOf()];
  const answers: typeof change = {
    eth_getBlockByNumber: ([at]) => (at === '0x7' ? block(7, word('7')) : block(9, target.hash)),
    eth_getLogs: ([filter]) => (JSON.stringify(filter).includes('blockHash') ? [] : logs),
    eth_getTransactionReceipt: () => receiptOf([logOf({ logIndex: '0x2', topics: [word('e')] }), ...logs]),
    ...change,
  };
  node = await startScriptedNode((method, params) => {
    const answer = answers[method];
    if (!answer || !Array.isArray(params)) throw new ScriptedError(-32_601);
    return answer(params);
  });
  source = openEvmSource({ url: node.url, clock: systemClock });
  return source;
}

describe('reading transfers', () => {
  test('gives each its place within its transaction', async () => {
    const events = await (await open()).transfers(query);
    expect(events).toEqual([
      {
        token,
        txHash: word('1'),
        ordinal: 1,
        blockNumber: 7,
        blockHash: word('7'),
        from: theirs,
        to: ours,
        amount: 5n,
        malformed: null,
      },
    ]);
  });

  test.each([
    ['another block stands in its place', () => block(9, word('8'))],
    ['there is none any more', () => null],
  ])('is thrown away when the target moved meanwhile: %s', async (_, header) => {
    const reading = (await open({ eth_getBlockByNumber: header })).transfers(query);
    await expect(reading).rejects.toMatchObject({ kind: 'moved' });
  });

  test('is thrown away when the target changed between the older blocks and the newest', async () => {
    let moved = false;
    const reading = await open({
      eth_getLogs: ([filter]) => {
        if (!JSON.stringify(filter).includes('blockHash')) return [logOf()];
        moved = true;
        return [];
      },
      eth_getBlockByNumber: () => block(9, moved ? word('8') : target.hash),
    });
    await expect(reading.transfers(query)).rejects.toMatchObject({ kind: 'moved' });
  });

  test('says that a node does not have the target instead of reading nothing', async () => {
    const lacking = await open({
      eth_getLogs: ([filter]) => {
        if (JSON.stringify(filter).includes('blockHash')) throw new ScriptedError(-32_000);
        return [];
      },
    });
    await expect(lacking.transfers(query)).rejects.toMatchObject({ kind: 'unknown_block' });
  });

  test.each([
    ['to somebody else', { topics: [TRANSFER_TOPIC, topic('d'), topic('e')] }],
    ['of another token', { address: address('b') }],
    ['of another event', { topics: [word('e'), topic('d'), topic('c')] }],
    ['that the node calls removed', { removed: true }],
  ])('drops a log %s, whatever the filter said', async (_, change) => {
    const reading = await open({
      eth_getLogs: ([filter]) => (JSON.stringify(filter).includes('blockHash') ? [] : [logOf(change), logOf()]),
    });
    expect(await reading.transfers(query)).toHaveLength(1);
  });

  test('keeps a malformed log that names us, for a person to look at', async () => {
    const topics = [TRANSFER_TOPIC, topic('d'), topic('c'), topic('5')];
    const logs = [logOf({ topics, data: '0x' })];
    const reading = await open({
      eth_getLogs: ([filter]) => (JSON.stringify(filter).includes('blockHash') ? [] : logs),
    });
    expect(await reading.transfers(query)).toMatchObject([{ to: ours, malformed: '4 topics instead of 3' }]);
  });

  test.each([
    ['a log from outside the range', { eth_getLogs: () => [logOf({ blockNumber: '0x4' })] }, 'bad_reply'],
    [
      'a receipt from another block, where the log’s block has left the chain',
      {
        eth_getTransactionReceipt: () => receiptOf([], { blockHash: word('8') }),
        eth_getBlockByNumber: ([at]: readonly unknown[]) =>
          at === '0x7' ? block(7, word('8')) : block(9, target.hash),
      },
      'moved',
    ],
  ])('is thrown away with %s', async (_, change, kind) => {
    await expect((await open(change)).transfers(query)).rejects.toMatchObject({ kind });
  });

  const isBlockQuery = (filter: unknown): boolean => JSON.stringify(filter).includes(word('7'));
  const elsewhere = { address: address('b'), topics: [word('e')] };
  /** All logs of block 7, in disorder: two of another transaction, then those of ours with the Transfer in second place. */
  const ofBlock = [
    logOf({ logIndex: '0x5', topics: [word('f')] }),
    logOf(),
    logOf({ ...elsewhere, logIndex: '0x2' }),
    logOf({ transactionHash: word('2'), logIndex: '0x0' }),
    logOf({ transactionHash: word('2'), logIndex: '0x1' }),
  ];

  test.each<[string, () => unknown]>([
    ['no receipt for ever, as nodes have of system transactions', () => null],
    ['the receipt of another transaction', () => receiptOf([logOf()], { transactionHash: word('2') })],
    ['a receipt of another block', () => receiptOf([logOf()], { blockHash: word('8') })],
    ['a receipt without the log', () => receiptOf([])],
    ['a receipt of another shape', () => ({ status: null })],
  ])('S09 a transaction that has %s is placed by all logs of its block', async (_, receipt) => {
    const reading = await open({
      eth_getTransactionReceipt: receipt,
      eth_getLogs: ([filter]) =>
        isBlockQuery(filter) ? ofBlock : JSON.stringify(filter).includes('blockHash') ? [] : [logOf()],
    });
    expect(await reading.transfers(query)).toMatchObject([{ ordinal: 1, amount: 5n, malformed: null }]);
  });

  test.each<[string, (params: readonly unknown[]) => unknown]>([
    ['refuses', () => Promise.reject(new ScriptedError(-32_005))],
    ['answers with none', () => []],
  ])('S09 what cannot be placed is set aside by itself where the node %s all logs of the block', async (how, logs) => {
    const placed = logOf({ transactionHash: word('2'), logIndex: '0x9' });
    const reading = await open({
      eth_getTransactionReceipt: ([txHash]) =>
        txHash === word('2') ? receiptOf([placed], { transactionHash: word('2') }) : null,
      eth_getLogs: ([filter]) => {
        if (isBlockQuery(filter) && how === 'refuses') throw new ScriptedError(-32_005);
        if (isBlockQuery(filter)) return logs([filter]);
        return JSON.stringify(filter).includes('blockHash') ? [] : [logOf(), placed];
      },
    });
    const events = await reading.transfers(query);
    expect(events).toMatchObject([
      { txHash: word('1'), amount: 5n, malformed: 'unplaced: the node has no receipt of its transaction' },
      { txHash: word('2'), ordinal: 0, malformed: null },
    ]);
    const [first] = events;
    const reason = 'unplaced: the node has no receipt of its transaction';
    const rules = { recipients: query.recipients, tokens: [token], knownAsset: 'wrong_asset' } as const;
    expect(first && startOf(first, rules)).toEqual({ state: 'quarantined', reason });
  });

  test('S09 where a receipt counts its logs within the transaction, their place in it decides', async () => {
    const own = [logOf({ ...elsewhere, logIndex: '0x0' }), logOf({ logIndex: '0x1' }), logOf({ logIndex: '0x2' })];
    const reading = await open({
      eth_getTransactionReceipt: () => receiptOf(own),
      eth_getLogs: ([filter]) =>
        JSON.stringify(filter).includes('blockHash') ? [] : [logOf({ logIndex: '0x25' }), logOf({ logIndex: '0x26' })],
    });
    expect((await reading.transfers(query)).map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    expect((await reading.receipt(word('1'), [token]))?.transfers.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  });

  test('S09 null for no logs is an empty answer', async () => {
    expect(await (await open({ eth_getLogs: () => null })).transfers(query)).toEqual([]);
  });

  test('S10 null for removed is as good as left out', async () => {
    const reading = await open({
      eth_getLogs: ([filter]) => (JSON.stringify(filter).includes('blockHash') ? [] : [logOf({ removed: null })]),
    });
    expect(await reading.transfers(query)).toHaveLength(1);
  });

  test('asks again only for what a failed try did not learn', async () => {
    const hashes = ['1', '2', '3', '4'].map(word);
    const asked = new Map<string, number>();
    const reading = await open({
      eth_getLogs: ([filter]) =>
        JSON.stringify(filter).includes('blockHash') ? [] : hashes.map((transactionHash) => logOf({ transactionHash })),
      eth_getTransactionReceipt: ([txHash]) => {
        const hash = String(txHash);
        asked.set(hash, (asked.get(hash) ?? 0) + 1);
        if (hash === hashes[3] && asked.get(hash) === 1) throw new ScriptedError(-32_603);
        return receiptOf([logOf({ transactionHash: hash })], { transactionHash: hash });
      },
    });
    await expect(reading.transfers(query)).rejects.toMatchObject({ kind: 'rpc_error' });
    await expect.poll(() => asked.size).toBe(4);
    expect(await reading.transfers(query)).toHaveLength(4);
    expect([...asked.values()].toSorted((a, b) => a - b)).toEqual([1, 1, 1, 2]);
  });
});

describe('many transactions of one block', () => {
  const hashes = Array.from({ length: 20 }, (_, index) => `0x${(index + 1).toString(16).padStart(64, '0')}`);
  const receipts = hashes.map((transactionHash, index) =>
    receiptOf([logOf({ transactionHash, logIndex: `0x${index.toString(16)}` })], { transactionHash }),
  );

  async function read(blockReceipts: () => unknown): Promise<{ ordinals: Set<number>; alone: number }> {
    let alone = 0;
    const reading = await open({
      eth_getLogs: ([filter]) =>
        JSON.stringify(filter).includes('blockHash')
          ? []
          : hashes.map((transactionHash, index) => logOf({ transactionHash, logIndex: `0x${index.toString(16)}` })),
      eth_getBlockReceipts: blockReceipts,
      eth_getTransactionReceipt: ([txHash]) => {
        alone += 1;
        return receipts[hashes.indexOf(String(txHash))];
      },
    });
    const events = await reading.transfers(query);
    return { ordinals: new Set(events.map(({ ordinal }) => ordinal)), alone };
  }

  test('take one call for their receipts', async () => {
    expect(await read(() => receipts)).toEqual({ ordinals: new Set([0]), alone: 0 });
  });

  test.each<[string, () => unknown]>([
    [
      'a node that does not offer it',
      () => {
        throw new ScriptedError(-32_601);
      },
    ],
    ['no such block', () => null],
    ['receipts of another block', () => receipts.map((receipt) => ({ ...receipt, blockHash: word('8') }))],
    ['something else', () => 'receipts'],
  ])('are asked for one by one where it gives %s', async (_name, answer) => {
    expect(await read(answer)).toEqual({ ordinals: new Set([0]), alone: 20 });
  });
});

describe('many addresses', () => {
  const others = Array.from({ length: 3_000 }, (_, index) => `0x${(index + 1).toString(16).padStart(40, '0')}`);
  const many = { ...query, recipients: new Set([ours, ...others]) };

  /** Requests for logs of a second read, by filter of addresses or without, of a token with that many a block. */
  async function readAgain(perBlock: number): Promise<{ named: number; all: number; found: number }> {
    const counted = { named: 0, all: 0 };
    const foreign = Array.from({ length: perBlock }, () => logOf({ topics: [TRANSFER_TOPIC, topic('d'), topic('e')] }));
    const reading = await open({
      eth_getLogs: ([filter]) => {
        const text = JSON.stringify(filter);
        const isNamed = text.includes('null');
        counted[isNamed ? 'named' : 'all'] += 1;
        if (text.includes('blockHash')) return foreign;
        return isNamed ? [logOf()] : [...foreign, logOf()];
      },
    });
    await reading.transfers(many);
    Object.assign(counted, { named: 0, all: 0 });
    const { length: found } = await reading.transfers(many);
    return { ...counted, found };
  }

  test('of a quiet token are found among all transfers', async () => {
    expect(await readAgain(1)).toEqual({ named: 0, all: 2, found: 1 });
  });

  test('of a busy token are named, a thousand at a time', async () => {
    expect(await readAgain(2_000)).toEqual({ named: 4, all: 1, found: 4 });
  });
});

test('a receipt tells whether the transaction succeeded, and is that transaction’s', async () => {
  const failed = await open({ eth_getTransactionReceipt: () => receiptOf([logOf()], { status: '0x0' }) });
  expect(await failed.receipt(word('1'), [token])).toMatchObject({ succeeded: false, blockNumber: 7 });
  await expect(failed.receipt(word('2'), [token])).rejects.toMatchObject({ kind: 'bad_reply' });
});

describe('notices', () => {
  const paused = toEventSelector('Pause()');
  const noticeAt = (number: number): object =>
    logOf({ topics: [paused], data: '0x', blockNumber: `0x${number.toString(16)}` });
  const long = { fromBlock: 1, target: { ...target, number: 900 }, tokens: [token] };

  test('S11 are read in the ranges that the node accepts', async () => {
    const asked: number[] = [];
    const reading = await open({
      eth_getLogs: ([filter]) => {
        const { fromBlock, toBlock } = filter as { fromBlock?: string; toBlock?: string };
        if (fromBlock === undefined || toBlock === undefined) return [];
        const [from, to] = [toCount(fromBlock), toCount(toBlock)];
        asked.push(to - from + 1);
        if (to - from + 1 > 50) throw new ScriptedError(-32_005, 'the block range is limited to 50');
        return from <= 700 && to >= 700 ? [noticeAt(700)] : [];
      },
    });
    expect(await reading.tokenNotices(long)).toMatchObject([{ kind: 'paused', blockNumber: 700 }]);
    expect(asked.filter((blocks) => blocks > 50)).toHaveLength(1);
  });

  test('S11 from outside the range are a fault', async () => {
    const reading = await open({ eth_getLogs: () => [noticeAt(950)] });
    await expect(reading.tokenNotices(long)).rejects.toMatchObject({ kind: 'bad_reply' });
  });

  test('S11 in a block that the node does not have are not taken for none', async () => {
    const reading = await open({
      eth_getLogs: ([filter]) => {
        if (JSON.stringify(filter).includes('blockHash')) throw new ScriptedError(-32_000);
        return [];
      },
    });
    await expect(reading.tokenNotices(long)).rejects.toMatchObject({ kind: 'unknown_block' });
  });
});
