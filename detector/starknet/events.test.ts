import { hash } from 'starknet';
import { describe, expect, test } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import type { JsonRpc } from '../rpc/json-rpc.ts';
import { RpcFault } from '../rpc/fault.ts';
import { toFelt, toWire, TRANSFER_KEY } from './decode.ts';
import { EventPages } from './event-pages.ts';
import { EventReader } from './events.ts';
import { readTokenNotices } from './token-notices.ts';

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
  readonly from: number | undefined;
  readonly to: unknown;
}

/** A node whose pages, receipts and blocks are given; remembers which pages it was asked for. */
function nodeWith(answers: {
  readonly page: (asked: Asked) => { events: unknown[]; continuation_token?: string };
  readonly receipt?: () => unknown;
  readonly hashAt?: (number: number) => string | undefined;
}): { reader: EventReader; pages: EventPages; asked: Asked[] } {
  const asked: Asked[] = [];
  const call: JsonRpc['call'] = async (method, params) => {
    if (Array.isArray(params)) throw new Error('parameters are named');
    const given = params as Readonly<Record<string, { [key: string]: unknown }>>;
    if (method === 'starknet_getTransactionReceipt') return Promise.resolve(answers.receipt?.());
    const filter = given['filter'];
    const one = {
      keys: filter?.['keys'] as Asked['keys'],
      token: filter?.['continuation_token'] as string | undefined,
      from: (filter?.['from_block'] as { block_number?: number } | undefined)?.block_number,
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
  const pages = new EventPages(rpc);
  return { reader: new EventReader(rpc, pages, async (at) => Promise.resolve(answers.hashAt?.(at))), pages, asked };
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
    const receipt = (): unknown => ({ events: [other, rows[0], other, rows[1]] });
    const { reader } = nodeWith({ page: () => ({ events: rows }), receipt });
    expect((await reader.read(token, query)).map(({ ordinal }) => ordinal)).toEqual([1, 3]);
  });

  test.each<[string, () => unknown]>([
    ['no receipt', () => null],
    ['the receipt of another transaction', () => ({ transaction_hash: '0x78', events: [unkeyed()] })],
    ['a receipt without the event', () => ({ transaction_hash: '0x77', events: [] })],
    [
      'an error',
      () => {
        throw new RpcFault('rpc_error', 'Transaction hash not found', { code: 29 });
      },
    ],
  ])('S09 a transaction that has %s is placed by all events of its block', async (_, receipt) => {
    const other = { ...unkeyed(), from_address: '0xfee' };
    const foreign = { ...unkeyed(), transaction_hash: '0x76' };
    const page = ({ keys }: Asked): { events: unknown[] } => ({
      events: keys === undefined ? [foreign, other, unkeyed(), other, unkeyed()] : [unkeyed(), unkeyed()],
    });
    const { reader } = nodeWith({ page, receipt });
    expect((await reader.read(token, query)).map(({ ordinal }) => ordinal)).toEqual([1, 3]);
  });

  test('S09 null for no events is an empty page', async () => {
    const { reader } = nodeWith({ page: () => ({ events: null }) as unknown as { events: unknown[] } });
    expect(await reader.read(token, query)).toEqual([]);
  });

  test('S10 null for a place that the node does not give is as good as none', async () => {
    const rows = [{ ...unkeyed(), event_index: null }];
    const other = { from_address: '0xfee', keys: [], data: [] };
    const { reader } = nodeWith({ page: () => ({ events: rows }), receipt: () => ({ events: [other, rows[0]] }) });
    expect(await reader.read(token, query)).toMatchObject([{ ordinal: 1 }]);
  });
});

describe('notices', () => {
  const paused = toWire(toFelt(hash.getSelectorFromName('Paused')));
  const noticeAt = (number: number): object => ({ ...keyed(0), keys: [paused], data: [], block_number: number });

  test('S11 are read in the ranges that the node accepts', async () => {
    const asked: number[] = [];
    const { pages } = nodeWith({
      page: ({ from = 0, to }) => {
        const end = (to as { block_number?: number }).block_number ?? target.number;
        asked.push(end - from + 1);
        if (end - from + 1 > 7) throw new RpcFault('rpc_error', 'the range of blocks is limited to 7');
        return { events: from <= 50 && end >= 50 ? [noticeAt(50)] : [] };
      },
    });
    expect(await readTokenNotices(pages, query)).toMatchObject([{ kind: 'paused', blockNumber: 50 }]);
    expect(asked.slice(1).every((blocks) => blocks <= 7)).toBe(true);
  });

  test('S11 a token of pages that comes twice ends their reading as a fault, too', async () => {
    const { pages } = nodeWith({ page: () => ({ events: [noticeAt(50)], continuation_token: 'same' }) });
    await expect(readTokenNotices(pages, query)).rejects.toMatchObject({
      kind: 'bad_reply',
      message: expect.stringContaining('came twice'),
    });
  });

  test('S11 of another contract or from outside the range are no notices', async () => {
    const foreign = { ...noticeAt(50), from_address: '0xbad' };
    const { pages } = nodeWith({ page: () => ({ events: [foreign] }) });
    expect(await readTokenNotices(pages, query)).toEqual([]);
    const late = nodeWith({ page: () => ({ events: [noticeAt(101)] }) });
    await expect(readTokenNotices(late.pages, query)).rejects.toMatchObject({ kind: 'bad_reply' });
  });
});

/** A row as a node lists it. */
type Row = ReturnType<typeof keyed>;

/** The height that a block id names, on the chain of {@link at}. */
const heightOf = (block: unknown): number => {
  const { block_number: number, block_hash: named } = block as { block_number?: number; block_hash?: string };
  return number ?? toCount(named ?? '0x0') - 0x9c;
};

/** A node whose token has the given rows, and which answers filters as nodes do. */
function chainOf(
  rows: readonly Row[],
  change: { readonly hashAt?: (number: number) => string | undefined; readonly recipientsMax?: number } = {},
): ReturnType<typeof nodeWith> {
  return nodeWith({
    hashAt: change.hashAt ?? ((number) => felt(number + 0x9c)),
    page: ({ keys, from = 0, to }) => {
      if ((keys[2]?.length ?? 0) > (change.recipientsMax ?? 1_000)) {
        throw new RpcFault('rpc_error', 'too many keys', { code: 34 });
      }
      const end = heightOf(to);
      const inRange = rows.filter((row) => row.block_number >= from && row.block_number <= end);
      const wanted = keys.map((any) => new Set(any));
      const matches = (row: Row): boolean =>
        wanted.every((any, position) => any.size === 0 || any.has(row.keys[position] ?? ''));
      return { events: inRange.filter(matches) };
    },
  });
}

const keyedAt = (number: number): Row => ({ ...keyed(0), block_number: number, transaction_hash: `0x${number}` });
const unkeyedAt = (number: number): Row => ({ ...unkeyed(0), block_number: number, transaction_hash: `0x${number}` });
/** The target at a height, of a chain whose hashes are the heights and 0x9c more. */
const at = (number: number): typeof query => ({
  ...query,
  target: { number, hash: felt(number + 0x9c), parentHash: felt(number + 0x9b), timeMs: 0 },
});

describe('the filter by recipient', () => {
  const isNarrow = ({ keys }: Asked): boolean => keys.length === 3;
  const blocksOf = (rows: readonly { blockNumber: number }[]): number[] => rows.map(({ blockNumber }) => blockNumber);

  test('is left to the node only in blocks that were read in full before, and never in the newest', async () => {
    const { reader, asked } = chainOf([keyedAt(5), keyedAt(95)]);
    expect(blocksOf(await reader.read(token, at(100)))).toEqual([5, 95]);
    expect(asked.some(isNarrow)).toBe(false);
    asked.length = 0;
    expect(blocksOf(await reader.read(token, at(101)))).toEqual([95, 5]);
    expect(asked.map((one) => [isNarrow(one), one.from, one.to])).toEqual([
      [false, 82, { block_hash: toWire(felt(101 + 0x9c)) }],
      [true, 1, { block_number: 81 }],
    ]);
  });

  test.each([
    ['from keyed to un-keyed', [keyedAt(10), keyedAt(50), unkeyedAt(60), unkeyedAt(99)]],
    ['from un-keyed to keyed', [unkeyedAt(10), unkeyedAt(50), keyedAt(60), keyedAt(99)]],
    ['to and fro', [keyedAt(10), unkeyedAt(50), keyedAt(60), unkeyedAt(99)]],
  ])('S11 a token that changes its layout under one class is read whole: %s', async (_, rows) => {
    const all = rows.map(({ block_number: number }) => number);
    const { reader } = chainOf(rows);
    const sorted = async (number: number): Promise<number[]> =>
      blocksOf(await reader.read(token, at(number))).toSorted((a, b) => a - b);
    expect(await sorted(100)).toEqual(all);
    expect(await sorted(101)).toEqual(all);
    expect(await sorted(150)).toEqual(all);
    const fresh = chainOf(rows).reader;
    // Block after block, as at the head of the chain: the change comes after the layout was learned.
    for (let head = 40; head <= 100; head += 1) {
      const seen = blocksOf(await fresh.read(token, at(head))).toSorted((a, b) => a - b);
      expect(seen).toEqual(all.filter((number) => number <= head));
    }
  });

  test('S11 blocks that were replaced are read in full again', async () => {
    const rows = [keyedAt(10)];
    const hashes = new Map<number, string>();
    const { reader } = chainOf(rows, { hashAt: (number) => hashes.get(number) ?? felt(number + 0x9c) });
    await reader.read(token, at(100));
    hashes.set(100, felt(0xdead));
    rows.push(unkeyedAt(50));
    expect(blocksOf(await reader.read(token, at(110)))).toEqual([10, 50]);
  });

  test('S11 an older range neither forgets nor widens what is known of the newest blocks', async () => {
    const rows = [unkeyedAt(10), keyedAt(60), keyedAt(300)];
    const { reader, asked } = chainOf(rows);
    const newest = { ...at(400), fromBlock: 200 };
    await reader.read(token, newest);
    expect(blocksOf(await reader.read(token, { ...at(100), fromBlock: 1 }))).toEqual([10, 60]);
    asked.length = 0;
    expect(blocksOf(await reader.read(token, newest))).toEqual([300]);
    expect(asked.some(isNarrow)).toBe(true);
    // The blocks between the two ranges were never read.
    rows.push(unkeyedAt(150));
    expect(blocksOf(await reader.read(token, { ...at(400), fromBlock: 101 }))).toEqual([150, 300]);
  });

  test('S11 blocks between two ranges that were read are not taken for read', async () => {
    const rows = [keyedAt(60), keyedAt(250)];
    const { reader } = chainOf(rows);
    await reader.read(token, at(100));
    await reader.read(token, { ...at(300), fromBlock: 200 });
    rows.push(unkeyedAt(150));
    expect(blocksOf(await reader.read(token, { ...at(300), fromBlock: 101 }))).toContain(150);
  });

  test('names at most 900 recipients at a time, and 90 once the node says that these are too many', async () => {
    const recipients = new Set(Array.from({ length: 1_000 }, (_, index) => felt(index + 1)));
    const busy = Array.from({ length: 5_000 }, (_, index) => keyedAt(1 + (index % 100)));
    const plain = chainOf(busy);
    await plain.reader.read(token, { ...at(100), recipients });
    await plain.reader.read(token, { ...at(101), recipients });
    expect(plain.asked.filter(isNarrow).map(({ keys }) => keys[2]?.length)).toEqual([900, 100]);
    const strict = chainOf(busy, { recipientsMax: 99 });
    await strict.reader.read(token, { ...at(100), recipients });
    strict.asked.length = 0;
    await strict.reader.read(token, { ...at(101), recipients });
    expect(strict.asked.filter(isNarrow).map(({ keys }) => keys[2]?.length)).toEqual([
      900,
      ...Array.from({ length: 11 }, () => 90),
      10,
    ]);
  });

  test('reads everything where that takes fewer requests, and keeps what is ours', async () => {
    const recipients = new Set([ours, ...Array.from({ length: 5_000 }, (_, index) => felt(index + 1_000))]);
    const { reader, asked } = chainOf([keyedAt(5), { ...keyed(0, felt(77)), block_number: 6 }]);
    await reader.read(token, { ...at(100), recipients });
    expect((await reader.read(token, { ...at(101), recipients })).map(({ keys }) => keys[2])).toEqual([ours]);
    expect(asked.some(isNarrow)).toBe(false);
  });
});
