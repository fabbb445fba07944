import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { JsonRpc } from '../rpc/json-rpc.ts';
import { RpcFault } from '../rpc/fault.ts';
import { toFelt, toWire, TRANSFER_KEY } from './decode.ts';
import { EventReader } from './events.ts';

const felt = (value: number): string => toFelt(`0x${value.toString(16)}`);
const [token, ours, theirs] = [felt(0xa), felt(0xb), felt(0xc)];
const target = { number: 100, hash: felt(0x100), parentHash: felt(0x99), timeMs: 0 };
const query = { fromBlock: 1, target, tokens: [token], recipients: new Set([ours]) };
const keyed = (index?: number, to = ours, amount = 5) => ({
  from_address: toWire(token),
  keys: [toWire(TRANSFER_KEY), toWire(theirs), toWire(to)],
  data: [`0x${amount.toString(16)}`, '0x0'],
  block_hash: '0x1',
  block_number: 1,
  transaction_hash: '0x77',
  ...(index === undefined ? {} : { event_index: index }),
});
const unkeyed = (index?: number) => ({
  ...keyed(index),
  keys: [toWire(TRANSFER_KEY)],
  data: [toWire(theirs), toWire(ours), '0x5', '0x0'],
});

interface Asked {
  readonly keys: readonly (readonly string[])[];
  readonly token: string | undefined;
  readonly to: unknown;
}

/** A node whose class of the token and pages are given; remembers what it was asked. */
function nodeWith(answers: {
  readonly classAt?: (block: unknown) => string;
  readonly page: (asked: Asked) => { events: unknown[]; continuation_token?: string };
  readonly receiptEvents?: readonly unknown[];
}): { reader: EventReader; asked: Asked[] } {
  const asked: Asked[] = [];
  const call: JsonRpc['call'] = async (method, params) => {
    if (Array.isArray(params)) throw new Error('parameters are named');
    const given = params as Readonly<Record<string, { [key: string]: unknown }>>;
    if (method === 'starknet_getClassHashAt') {
      return Promise.resolve(answers.classAt?.(given['block_id']) ?? '0xc1a55');
    }
    if (method === 'starknet_getTransactionReceipt') return Promise.resolve({ events: answers.receiptEvents });
    const filter = given['filter'];
    const one = {
      keys: filter?.['keys'] as Asked['keys'],
      token: filter?.['continuation_token'] as string | undefined,
      to: filter?.['to_block'],
    };
    asked.push(one);
    return Promise.resolve(answers.page(one));
  };
  const rpc: JsonRpc = {
    name: 'test',
    call,
    callAll: async (method, list) => Promise.all(list.map(async (params) => call(method, params))),
    close: () => undefined,
  };
  return { reader: new EventReader(rpc, systemClock), asked };
}

describe('pages', () => {
  test('F22 A23 an empty page with a token is not the end, an empty token is', async () => {
    const pages: Record<string, { events: unknown[]; continuation_token?: string }> = {
      first: { events: [unkeyed(0)], continuation_token: 'a' },
      a: { events: [], continuation_token: 'b' },
      b: { events: [unkeyed(1)], continuation_token: '' },
    };
    const { reader, asked } = nodeWith({ page: ({ token: page }) => pages[page ?? 'first'] ?? { events: [] } });
    expect((await reader.read(token, query)).map(({ ordinal }) => ordinal)).toEqual([0, 1]);
    expect(asked.every(({ to }) => JSON.stringify(to) === '{"block_hash":"0x100"}')).toBe(true);
  });

  test('F22 A23 a token that the node does not know any more starts the read anew, in parts, until all is read', async () => {
    let refused = 0;
    const { reader, asked } = nodeWith({
      page: ({ token: page }) => {
        if (page === undefined) return { events: [unkeyed(0)], continuation_token: 'a' };
        refused += 1;
        if (refused === 1) throw new RpcFault('rpc_error', 'Invalid continuation token', { code: 33 });
        return { events: [unkeyed(1)] };
      },
    });
    const places = (await reader.read(token, query)).map(({ ordinal }) => ordinal);
    expect(new Set(places)).toEqual(new Set([0, 1]));
    expect(asked.length).toBeGreaterThan(3);
  });

  test('F22 a token that comes twice ends the read as a fault', async () => {
    const { reader } = nodeWith({ page: () => ({ events: [unkeyed(0)], continuation_token: 'same' }) });
    const error: unknown = await reader.read(token, query).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RpcFault);
    expect(error).toMatchObject({ kind: 'bad_reply', message: expect.stringContaining('came twice') });
  });

  test('rows of other contracts and other events are dropped, whatever the filter said', async () => {
    const foreign = { ...unkeyed(1), from_address: '0xbad' };
    const approval = { ...unkeyed(2), keys: ['0x1'] };
    const { reader } = nodeWith({ page: () => ({ events: [foreign, unkeyed(0), approval] }) });
    expect((await reader.read(token, query)).map(({ ordinal }) => ordinal)).toEqual([0]);
  });

  test('without event_index, equal events of one transaction take their places in the receipt in turn', async () => {
    const other = { from_address: '0xfee', keys: [], data: [] };
    const rows = [unkeyed(), unkeyed()];
    const receiptEvents = [other, rows[0], other, rows[1]];
    const { reader } = nodeWith({ page: () => ({ events: rows }), receiptEvents });
    expect((await reader.read(token, query)).map(({ ordinal }) => ordinal)).toEqual([1, 3]);
  });
});

describe('the filter by recipient', () => {
  const isNarrow = ({ keys }: Asked): boolean => keys.length === 3;

  test.each([
    ['keyed Transfers only', [keyed(0)], true],
    ['un-keyed Transfers only', [unkeyed(0)], false],
    ['both, as after an upgrade', [keyed(0), unkeyed(1)], false],
    ['none yet', [], false],
  ])('is left to the node for a token with %s: %#', async (_, events, narrow) => {
    const { reader, asked } = nodeWith({ page: () => ({ events }) });
    await reader.read(token, query);
    expect(asked.slice(1).every((one) => isNarrow(one) === narrow)).toBe(true);
    expect(asked.length).toBe(2);
  });

  test('is not, where the class changed within the range', async () => {
    const classAt = (block: unknown): string => (JSON.stringify(block).includes('number') ? '0x01d' : '0x1e3');
    const { reader, asked } = nodeWith({ classAt, page: () => ({ events: [keyed(0)] }) });
    await reader.read(token, query);
    expect(asked.some(isNarrow)).toBe(false);
  });

  test('is learned anew once the class is another', async () => {
    let classHash = '0x1';
    let events: unknown[] = [keyed(0)];
    const { reader, asked } = nodeWith({ classAt: () => classHash, page: () => ({ events }) });
    await reader.read(token, query);
    [classHash, events] = ['0x2', [unkeyed(0)]];
    asked.length = 0;
    expect((await reader.read(token, query)).length).toBe(1);
    expect(asked.some(isNarrow)).toBe(false);
  });

  test('names at most 900 recipients at a time, and 90 once the node says that these are too many', async () => {
    const recipients = new Set(Array.from({ length: 1_000 }, (_, index) => felt(index + 1)));
    const busy = { events: Array.from({ length: 1_000 }, () => keyed(0)), continuation_token: 'more' };
    const few = { events: [keyed(0)] };
    const sample = nodeWith({ page: ({ keys }) => (keys.length === 1 ? busy : few) });
    await sample.reader.read(token, { ...query, recipients });
    expect(sample.asked.filter(isNarrow).map(({ keys }) => keys[2]?.length)).toEqual([900, 100]);
    const strict = nodeWith({
      page: ({ keys }) => {
        if ((keys[2]?.length ?? 0) > 99) throw new RpcFault('rpc_error', 'too many keys', { code: 34 });
        return keys.length === 1 ? busy : few;
      },
    });
    await strict.reader.read(token, { ...query, recipients });
    expect(strict.asked.filter(isNarrow).map(({ keys }) => keys[2]?.length)).toEqual([
      900,
      ...Array.from({ length: 11 }, () => 90),
      10,
    ]);
  });

  test('reads everything where that takes fewer requests, and keeps what is ours', async () => {
    const recipients = new Set([ours, ...Array.from({ length: 5_000 }, (_, index) => felt(index + 1_000))]);
    const { reader, asked } = nodeWith({ page: () => ({ events: [keyed(0), keyed(0, felt(77))] }) });
    expect((await reader.read(token, { ...query, recipients })).map(({ keys }) => keys[2])).toEqual([ours]);
    expect(asked.some(isNarrow)).toBe(false);
  });
});
