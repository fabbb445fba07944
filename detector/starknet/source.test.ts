import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { ScriptedError, startScriptedNode, type ScriptedNode } from '../../test/support/chains/rpc-node.ts';
import type { ChainSource } from '../rpc/source.ts';
import { toFelt, toWire, TRANSFER_KEY } from './decode.ts';
import { openStarknetSource } from './source.ts';

const [token, ours, theirs] = [toFelt('0xa'), toFelt('0xb'), toFelt('0xc')];
const block = (hash: string): object => ({ block_number: 9, block_hash: hash, parent_hash: '0x8', timestamp: 100 });
const target = { number: 9, hash: toFelt('0x99'), parentHash: toFelt('0x8'), timeMs: 100_000 };
const query = { fromBlock: 5, target, tokens: [token], recipients: new Set([ours]) };
const transferTo = (to: string, change: object = {}): object => ({
  from_address: toWire(token),
  keys: [toWire(TRANSFER_KEY), toWire(theirs), toWire(to)],
  data: ['0x5', '0x0'],
  block_hash: '0x77',
  block_number: 7,
  transaction_hash: '0x1',
  event_index: 2,
  ...change,
});

let node: ScriptedNode | undefined;
let source: ChainSource | undefined;
afterEach(() => {
  source?.close();
  node?.stop();
});

/** A node on which everything is well, but for what a test changes: answers by method. */
async function open(change: Readonly<Record<string, (params: unknown) => unknown>> = {}): Promise<ChainSource> {
  const answers: typeof change = {
    starknet_getClassHashAt: () => '0xc1a55',
    starknet_getEvents: () => ({ events: [transferTo(ours)] }),
    starknet_getBlockWithTxHashes: () => block('0x99'),
    ...change,
  };
  node = await startScriptedNode((method, params) => {
    const answer = answers[method];
    if (!answer) throw new ScriptedError(-32_601);
    return answer(params);
  });
  source = openStarknetSource({ url: node.url, clock: systemClock });
  return source;
}

describe('reading transfers', () => {
  test('gives each its place within its transaction', async () => {
    expect(await (await open()).transfers(query)).toEqual([
      {
        token,
        txHash: toFelt('0x1'),
        ordinal: 2,
        blockNumber: 7,
        blockHash: toFelt('0x77'),
        from: theirs,
        to: ours,
        amount: 5n,
        malformed: null,
      },
    ]);
  });

  test('is thrown away when the target moved meanwhile', async () => {
    const reading = (await open({ starknet_getBlockWithTxHashes: () => block('0x98') })).transfers(query);
    await expect(reading).rejects.toMatchObject({ kind: 'moved' });
  });

  test.each([
    ['another block stands in its place', () => block('0x98')],
    [
      'there is none any more',
      () => {
        throw new ScriptedError(24);
      },
    ],
  ])('is thrown away when the target moved between two pages: %s', async (_, header) => {
    let pages = 0;
    const reading = await open({
      starknet_getEvents: () => {
        pages += 1;
        return { events: [transferTo(ours)], ...(pages < 4 ? { continuation_token: `page-${pages}` } : {}) };
      },
      starknet_getBlockWithTxHashes: () => (pages < 2 ? block('0x99') : header()),
    });
    await expect(reading.transfers(query)).rejects.toMatchObject({ kind: 'moved' });
    expect(pages).toBeGreaterThan(2);
  });

  test('says that a node does not have the target instead of reading nothing', async () => {
    const lacking = await open({
      starknet_getEvents: () => {
        throw new ScriptedError(24);
      },
    });
    await expect(lacking.transfers(query)).rejects.toMatchObject({ kind: 'unknown_block' });
  });

  test('drops transfers to somebody else, and keeps a malformed one that names us', async () => {
    const short = transferTo(ours, { data: ['0x5'], event_index: 3 });
    const fromUs = transferTo(theirs, { keys: [TRANSFER_KEY, ours, theirs].map(toWire), event_index: 4 });
    const reading = await open({ starknet_getEvents: () => ({ events: [transferTo(theirs), short, fromUs] }) });
    expect(await reading.transfers(query)).toMatchObject([{ to: ours, ordinal: 3, malformed: expect.any(String) }]);
  });

  test('is thrown away with an event from outside the range', async () => {
    const early = { starknet_getEvents: () => ({ events: [transferTo(ours, { block_number: 4 })] }) };
    await expect((await open(early)).transfers(query)).rejects.toMatchObject({ kind: 'bad_reply' });
  });
});

test('A14 a receipt tells whether the transaction succeeded, and is that transaction’s; one in no block is none', async () => {
  const events = [transferTo(ours)];
  const receipt = { transaction_hash: '0x1', execution_status: 'REVERTED', events };
  const placed = await open({
    starknet_getTransactionReceipt: () => ({ ...receipt, block_hash: '0x77', block_number: 7 }),
  });
  expect(await placed.receipt(toFelt('0x1'), [token])).toMatchObject({ succeeded: false, blockNumber: 7 });
  await expect(placed.receipt(toFelt('0x2'), [token])).rejects.toMatchObject({ kind: 'bad_reply' });
  placed.close();
  node?.stop();
  const waiting = await open({ starknet_getTransactionReceipt: () => receipt });
  expect(await waiting.receipt(toFelt('0x1'), [token])).toBeUndefined();
});
