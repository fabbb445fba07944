import { RpcProvider } from 'starknet';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { DevChain, SentTransaction } from '../../devnet/dev-chain.ts';
import { callRpc, RpcReplyError } from '../../devnet/json-rpc.ts';
import { findStarknetDevnet } from '../../devnet/starknet-binary.ts';
import { selectorOf, toFelt, TRANSFER_SELECTOR } from '../../devnet/starknet-sim/felt.ts';
import { startSimDevChain } from '../../devnet/starknet-sim/sim-chain.ts';
import { startStarknetDevnetChain } from '../../devnet/starknet-token.ts';
import { HeadFeed } from '../support/chains/head-feed.ts';

/** What a real node answers, asked of the real node and of the simulator alike. */
const FELT = /^0x(0|[1-9a-f][0-9a-f]{0,62})$/;

const legs: { name: string; start: () => Promise<DevChain> }[] = [
  { name: 'simulator', start: async () => startSimDevChain({ blockTimeSeconds: 0 }) },
];
const binary = await findStarknetDevnet();
const isRequired = process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1';
if (binary !== undefined) {
  legs.push({
    name: 'starknet-devnet',
    start: async () => startStarknetDevnetChain({ path: binary, blockTimeSeconds: 0, accounts: 6 }),
  });
} else if (isRequired) {
  legs.push({
    name: 'starknet-devnet',
    start: async () => {
      throw new Error(
        'no starknet-devnet binary: set STARKNET_DEVNET_BIN, or run node devnet/starknet-binary.ts --build',
      );
    },
  });
} else {
  console.log('devnet-conformance: no starknet-devnet binary here, so the leg "starknet-devnet" is not in this run');
}

const felt = z.string().regex(FELT);
const eventRow = z.strictObject({
  transaction_hash: felt,
  transaction_index: z.int(),
  event_index: z.int(),
  block_hash: felt,
  block_number: z.int(),
  from_address: felt,
  keys: z.array(felt),
  data: z.array(felt),
});
const eventsPage = z.strictObject({ events: z.array(eventRow), continuation_token: z.string().optional() });
const receiptBody = {
  type: z.literal('INVOKE'),
  transaction_hash: felt,
  actual_fee: z.strictObject({ unit: z.literal('FRI'), amount: felt }),
  messages_sent: z.array(z.never()),
  events: z.array(z.strictObject({ from_address: felt, keys: z.array(felt), data: z.array(felt) })),
  execution_status: z.enum(['SUCCEEDED', 'REVERTED']),
  revert_reason: z.string().optional(),
  finality_status: z.enum(['ACCEPTED_ON_L2', 'ACCEPTED_ON_L1']),
  execution_resources: z.strictObject({ l1_gas: z.int(), l1_data_gas: z.int(), l2_gas: z.int() }),
};
const receipt = z.strictObject({ ...receiptBody, block_hash: felt, block_number: z.int() });
const price = z.strictObject({ price_in_fri: felt, price_in_wei: felt });
const preConfirmed = {
  block_number: z.int(),
  sequencer_address: felt,
  timestamp: z.int(),
  starknet_version: z.string(),
  l1_gas_price: price,
  l2_gas_price: price,
  l1_data_gas_price: price,
  l1_da_mode: z.literal('BLOB'),
};
const header = z.strictObject({
  ...preConfirmed,
  block_hash: felt,
  parent_hash: felt,
  new_root: felt,
  state_diff_commitment: felt,
  state_diff_length: z.int(),
  transaction_commitment: felt,
  event_commitment: felt,
  receipt_commitment: felt,
  transaction_count: z.int(),
  event_count: z.int(),
});
const status = z.enum(['ACCEPTED_ON_L2', 'ACCEPTED_ON_L1']);
const blockOf = <T extends z.ZodType>(transaction: T) =>
  z.strictObject({ ...header.shape, status, transactions: z.array(transaction) });
const blockWithHashes = blockOf(felt);
const blockWithReceipts = blockOf(
  z.strictObject({ transaction: z.looseObject({ sender_address: felt }), receipt: z.strictObject(receiptBody) }),
);
const blockWithTransactions = blockOf(z.looseObject({ transaction_hash: felt, type: z.literal('INVOKE') }));

describe.each(legs)('$name answers as a Starknet node', ({ name, start }) => {
  let chain: DevChain;
  let from: string;
  let first: SentTransaction;
  let pair: SentTransaction;
  let reverted: SentTransaction;

  const call = async (method: string, params: unknown[] | Record<string, unknown> = []): Promise<unknown> =>
    callRpc(chain.rpcUrl, method, params);
  const errorCodeOf = async (method: string, params: unknown[] | Record<string, unknown> = []): Promise<unknown> => {
    try {
      await call(method, params);
    } catch (error) {
      return error instanceof RpcReplyError ? error.code : error;
    }
    return 'no error';
  };
  const filterOf = (more: Record<string, unknown> = {}): unknown[] => [
    {
      from_block: { block_number: 0 },
      to_block: 'latest',
      address: toFelt(chain.usdc),
      keys: [[TRANSFER_SELECTOR]],
      chunk_size: 100,
      ...more,
    },
  ];
  const listEvents = async (more: Record<string, unknown> = {}): Promise<z.infer<typeof eventsPage>> =>
    eventsPage.parse(await call('starknet_getEvents', filterOf(more)));
  const getBlock = async (id: unknown): Promise<z.infer<typeof blockWithHashes>> =>
    blockWithHashes.parse(await call('starknet_getBlockWithTxHashes', { block_id: id }));
  const balanceAt = async (id: unknown, holder: string, selector = selectorOf('balance_of')): Promise<unknown> =>
    call('starknet_call', {
      request: { contract_address: toFelt(chain.usdc), entry_point_selector: selector, calldata: [toFelt(holder)] },
      block_id: id,
    });

  beforeAll(async () => {
    chain = await start();
    from = chain.accounts[0] ?? '';
    await chain.faucet(from, 1_000n);
    first = await chain.send({ from, to: chain.creditsAddress, amountMicros: 1n });
    pair = await chain.sendMany({
      from,
      transfers: [
        { to: chain.creditsAddress, amountMicros: 2n },
        { to: chain.creditsAddress, amountMicros: 2n },
      ],
    });
    reverted = await chain.sendReverted({ from, to: chain.creditsAddress, amountMicros: 3n });
    return async () => chain.stop();
  });

  test('spec version, chain id, head, unknown methods', async () => {
    expect(await call('starknet_specVersion')).toBe('0.10.2');
    expect(await call('starknet_chainId')).toBe(toFelt('0x534e5f5345504f4c4941'));
    expect(await call('starknet_syncing')).toBe(false);
    const head = await chain.head();
    expect(await call('starknet_blockNumber')).toBe(head);
    const { block_hash: hash } = await getBlock('latest');
    expect(await call('starknet_blockHashAndNumber')).toEqual({ block_hash: hash, block_number: head });
    expect(await errorCodeOf('starknet_noSuchMethod')).toBe(-32601);
  });

  test('event rows: the mint from 0x0, then the transfers, counted within their transaction', async () => {
    const { events, continuation_token: token } = await listEvents();
    const [sender, credits] = [toFelt(from), toFelt(chain.creditsAddress)];
    const rows = events.map((row) => [row.keys, row.data, row.transaction_hash, row.event_index, row.block_number]);
    const [mintRow, ...transferRows] = rows;
    expect(token).toBeUndefined();
    expect(mintRow?.slice(0, 2)).toEqual([
      [TRANSFER_SELECTOR, '0x0', sender],
      ['0x3e8', '0x0'],
    ]);
    const keys = [TRANSFER_SELECTOR, sender, credits];
    expect(transferRows).toEqual([
      [keys, ['0x1', '0x0'], toFelt(first.txHash), 0, first.blockNumber],
      [keys, ['0x2', '0x0'], toFelt(pair.txHash), 0, pair.blockNumber],
      [keys, ['0x2', '0x0'], toFelt(pair.txHash), 1, pair.blockNumber],
    ]);
  });

  test('keys filter by position, with alternatives; addresses alone or in a list, padded or not', async () => {
    const [sender, credits] = [toFelt(from), toFelt(chain.creditsAddress)];
    const count = async (more: Record<string, unknown>): Promise<number> => (await listEvents(more)).events.length;
    expect(await count({ keys: [[TRANSFER_SELECTOR], [], [credits]] })).toBe(3);
    expect(await count({ keys: [[TRANSFER_SELECTOR], [], [sender, credits]] })).toBe(4);
    expect(await count({ keys: [[TRANSFER_SELECTOR], ['0x0']] })).toBe(1);
    expect(await count({ keys: [['0x123']] })).toBe(0);
    expect(await count({ address: [toFelt(chain.usdc), '0x77'] })).toBe(4);
    expect(await count({ address: '0x77' })).toBe(0);
    expect(await count({ address: chain.usdc })).toBe(4);
  });

  test('paging gives every event once, and no token on the last page', async () => {
    const whole = (await listEvents()).events;
    const paged: unknown[] = [];
    let token: string | undefined;
    for (let page = 1; page <= whole.length; page += 1) {
      const more = token === undefined ? {} : { continuation_token: token };
      const answer = await listEvents({ chunk_size: 1, ...more });
      expect(answer.events).toHaveLength(1);
      paged.push(...answer.events);
      token = answer.continuation_token;
      expect(token === undefined).toBe(page === whole.length);
    }
    expect(paged).toEqual(whole);
    expect(await errorCodeOf('starknet_getEvents', filterOf({ continuation_token: 'zz' }))).toBe(33);
  });

  test('ranges of blocks: by number, by hash, above the head, turned round', async () => {
    const { block_hash: hash } = await getBlock({ block_number: first.blockNumber });
    expect((await listEvents({ to_block: { block_hash: hash } })).events).toHaveLength(2);
    expect((await listEvents({ from_block: { block_hash: hash } })).events).toHaveLength(3);
    const turned = { from_block: { block_number: pair.blockNumber }, to_block: { block_number: first.blockNumber } };
    expect(await listEvents(turned)).toEqual({ events: [] });
    expect(await errorCodeOf('starknet_getEvents', filterOf({ to_block: { block_hash: '0x1' } }))).toBe(24);
    expect(await errorCodeOf('starknet_getEvents', filterOf({ to_block: { block_number: 9_999 } }))).toBe(24);
    expect(await errorCodeOf('starknet_getEvents', filterOf({ from_block: { block_number: 9_999 } }))).toBe(24);
    expect(await listEvents({ from_block: 'pre_confirmed', to_block: 'pre_confirmed' })).toEqual({ events: [] });
    expect(await errorCodeOf('starknet_getEvents', [{ chunk_size: 'ten' }])).toBe(-32602);
  });

  test('receipts: succeeded and reverted, the fee as last event, unknown hash', async () => {
    const good = receipt.parse(await call('starknet_getTransactionReceipt', [toFelt(pair.txHash)]));
    expect(good).toMatchObject({ execution_status: 'SUCCEEDED', block_number: pair.blockNumber });
    expect(good.events.map((event) => event.from_address === toFelt(chain.usdc))).toEqual([true, true, false]);
    expect(good.events[2]?.keys).toEqual([TRANSFER_SELECTOR, toFelt(from), '0x1000']);
    const bad = receipt.parse(await call('starknet_getTransactionReceipt', [toFelt(reverted.txHash)]));
    expect(bad.execution_status).toBe('REVERTED');
    expect(bad.revert_reason).toBeTypeOf('string');
    expect(bad.events.map((event) => event.keys[2])).toEqual(['0x1000']);
    expect(await errorCodeOf('starknet_getTransactionReceipt', ['0x1234'])).toBe(29);
  });

  test('blocks in three details, linked by parent hash; the block in the making has no hash', async () => {
    const id = { block_number: pair.blockNumber };
    const block = await getBlock(id);
    const parent = await getBlock({ block_number: pair.blockNumber - 1 });
    expect(block.parent_hash).toBe(parent.block_hash);
    expect(block).toMatchObject({ status: 'ACCEPTED_ON_L2', transactions: [toFelt(pair.txHash)], event_count: 3 });
    expect(await getBlock({ block_hash: block.block_hash })).toEqual(block);
    const withReceipts = blockWithReceipts.parse(await call('starknet_getBlockWithReceipts', { block_id: id }));
    expect(withReceipts.transactions[0]?.receipt.transaction_hash).toBe(toFelt(pair.txHash));
    expect(withReceipts.transactions[0]?.transaction.sender_address).toBe(toFelt(from));
    const withTransactions = blockWithTransactions.parse(await call('starknet_getBlockWithTxs', { block_id: id }));
    expect(withTransactions.transactions[0]?.transaction_hash).toBe(toFelt(pair.txHash));
    const next = await call('starknet_getBlockWithTxHashes', { block_id: 'pre_confirmed' });
    const nextShape = z.strictObject({ ...preConfirmed, transactions: z.array(felt) });
    expect(nextShape.parse(next).block_number).toBe((await chain.head()) + 1);
    expect(await errorCodeOf('starknet_getBlockWithTxHashes', [{ block_number: 9_999 }])).toBe(24);
    expect(await errorCodeOf('starknet_getBlockWithTxHashes', [{ block_hash: '0x1' }])).toBe(24);
  });

  test('calls: balances at a block, token facts, what is not there', async () => {
    const { block_hash: hash } = await getBlock({ block_number: first.blockNumber });
    expect(await balanceAt({ block_hash: hash }, chain.creditsAddress)).toEqual(['0x1', '0x0']);
    expect(await balanceAt('latest', chain.creditsAddress)).toEqual(['0x5', '0x0']);
    expect(await balanceAt('latest', chain.creditsAddress, selectorOf('balanceOf'))).toEqual(['0x5', '0x0']);
    const request = {
      contract_address: toFelt(chain.usdc),
      entry_point_selector: selectorOf('decimals'),
      calldata: [],
    };
    const callWith = (more: Record<string, unknown>): unknown[] => [{ ...request, ...more }, 'latest'];
    expect(await call('starknet_call', callWith({}))).toEqual(['0x6']);
    const symbol = await call('starknet_call', callWith({ entry_point_selector: selectorOf('symbol') }));
    expect(symbol).toEqual(['0x0', '0x55534443', '0x4']);
    expect(await errorCodeOf('starknet_call', callWith({ contract_address: '0x77' }))).toBe(20);
    expect(await errorCodeOf('starknet_call', callWith({ entry_point_selector: '0x99' }))).toBe(21);
    expect(await errorCodeOf('starknet_call', [request, { block_hash: '0x55' }])).toBe(24);
    expect(await call('starknet_getClassHashAt', ['latest', toFelt(chain.usdc)])).toMatch(FELT);
    expect(await errorCodeOf('starknet_getClassHashAt', ['latest', '0x77'])).toBe(20);
  });

  test('starknet.js reads it', async () => {
    const provider = new RpcProvider({ nodeUrl: chain.rpcUrl });
    expect(await provider.getSpecVersion()).toBe('0.10.2');
    const block = await provider.getBlockWithReceipts(pair.blockNumber);
    expect(block.transactions).toHaveLength(1);
    const page = await provider.getEvents({
      from_block: { block_number: 0 },
      to_block: { block_number: pair.blockNumber },
      address: chain.usdc,
      keys: [[TRANSFER_SELECTOR]],
      chunk_size: 10,
    });
    expect(page.events).toHaveLength(4);
    expect((await provider.getTransactionReceipt(first.txHash)).isSuccess()).toBe(true);
  });

  test('abortBlocks: heads and the notice of the reorg on the websocket, and nothing left of the blocks', async () => {
    const feed = await HeadFeed.open(chain.wsUrl);
    const lost = await chain.send({ from, to: chain.creditsAddress, amountMicros: 7n });
    const { block_hash: hash, parent_hash: parentHash } = await getBlock('latest');
    const headFrame = await feed.next();
    expect(headFrame.method).toBe('starknet_subscriptionNewHeads');
    expect(header.parse(headFrame.params.result).block_hash).toBe(hash);
    const startingBlock = { starting_block_id: { block_number: lost.blockNumber } };
    expect(await call('devnet_abortBlocks', startingBlock)).toEqual({ aborted: [hash] });
    expect(await feed.next()).toEqual({
      jsonrpc: '2.0',
      method: 'starknet_subscriptionReorg',
      params: {
        subscription_id: feed.subscriptionId,
        result: {
          starting_block_hash: hash,
          starting_block_number: lost.blockNumber,
          ending_block_hash: hash,
          ending_block_number: lost.blockNumber,
        },
      },
    });
    expect(await chain.head()).toBe(lost.blockNumber - 1);
    expect(await errorCodeOf('starknet_getTransactionReceipt', [toFelt(lost.txHash)])).toBe(29);
    expect(await errorCodeOf('starknet_getBlockWithTxHashes', [{ block_hash: hash }])).toBe(24);
    expect((await listEvents()).events).toHaveLength(4);
    expect(await balanceAt('latest', chain.creditsAddress)).toEqual(['0x5', '0x0']);
    expect(await call('devnet_createBlock', {})).toEqual({ block_hash: (await getBlock('latest')).block_hash });
    const nextHead = header.parse((await feed.next()).params.result);
    expect([nextHead.block_number, nextHead.parent_hash]).toEqual([lost.blockNumber, parentHash]);
    expect(await feed.unsubscribe('5')).toMatchObject({ error: { code: 66 } });
    expect(await feed.unsubscribe(feed.subscriptionId)).toMatchObject({ result: true });
    expect(await errorCodeOf('devnet_abortBlocks', { starting_block_id: { block_number: 9_999 } })).toBe(-1);
    feed.close();
  });

  test('another block of as many transactions can have the hash of the aborted one', async () => {
    if (name === 'simulator') await call('sim_setBlockHash', { commitsTo: 'count' });
    const lost = await chain.send({ from, to: chain.creditsAddress, amountMicros: 11n });
    const { block_hash: hash } = await getBlock('latest');
    await call('devnet_abortBlocks', { starting_block_id: { block_number: lost.blockNumber } });
    const other = await chain.send({ from, to: chain.creditsAddress, amountMicros: 12n });
    const { block_hash: otherHash } = await getBlock('latest');
    expect(other).toMatchObject({ blockNumber: lost.blockNumber });
    expect(other.txHash).not.toBe(lost.txHash);
    expect(otherHash).toBe(hash);
    await call('devnet_abortBlocks', { starting_block_id: { block_number: other.blockNumber } });
  });

  test('l1_accepted: no such block at first, then a tag like any other', async () => {
    expect(await errorCodeOf('starknet_getBlockWithTxHashes', ['l1_accepted'])).toBe(24);
    expect(await errorCodeOf('starknet_getEvents', filterOf({ to_block: 'l1_accepted' }))).toBe(24);
    const accepted = await call('devnet_acceptOnL1', { starting_block_id: { block_number: first.blockNumber } });
    const hashes = z.strictObject({ accepted: z.array(felt) }).parse(accepted).accepted;
    const block = await getBlock('l1_accepted');
    expect(block).toMatchObject({ status: 'ACCEPTED_ON_L1', block_number: first.blockNumber });
    expect(hashes[0]).toBe(block.block_hash);
    expect((await listEvents({ to_block: 'l1_accepted' })).events).toHaveLength(2);
    const settled = receipt.parse(await call('starknet_getTransactionReceipt', [toFelt(first.txHash)]));
    expect(settled.finality_status).toBe('ACCEPTED_ON_L1');
  });
});
