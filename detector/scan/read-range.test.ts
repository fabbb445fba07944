/** What several nodes say of one range, and what is made of it: settled, disputed, or nothing. */
import { expect, test } from 'vitest';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';
import type { KnownDeposit } from '../../src/core/deposits/diff.ts';
import { CREDITS, MemoryChain, TOKEN } from '../../test/support/chains/memory-chain.ts';
import { memoryPool, nodeOf } from '../../test/support/chains/memory-nodes.ts';
import type { ChainSource } from '../rpc/source.ts';
import { judgeMissing } from './missing.ts';
import { readRange, type RangeReading } from './read-range.ts';
import { RpcFault } from '../rpc/fault.ts';
import { digestOf } from './transfer-votes.ts';

const payer = `0x${'d'.repeat(40)}`;
type Lie = (events: TransferEvent[]) => TransferEvent[];

function chainWithDeposit(): MemoryChain {
  const chain = new MemoryChain();
  chain.mineMany(2);
  chain.mine([{ txHash: '0x1', from: payer, amount: 5n }]);
  chain.mineMany(2);
  return chain;
}

/** A node whose logs are altered, and whose receipts are as given. */
function liarOf(chain: MemoryChain, lie: Lie, own: Partial<ChainSource> = {}): ChainSource {
  return nodeOf(chain, 'liar', { transfers: async (query) => lie(await chain.transfers(query)), ...own });
}

async function read(sources: readonly ChainSource[]): Promise<RangeReading & { warnings: unknown[] }> {
  const pool = memoryPool(sources);
  const { target } = await pool.survey();
  const warnings: unknown[] = [];
  const query = { fromBlock: 0, target, tokens: [TOKEN], recipients: new Set([CREDITS]) };
  const reading = await readRange(pool, query, { warn: (line) => void warnings.push(line) });
  return { ...reading, warnings };
}

const amounts = (events: readonly TransferEvent[]): bigint[] => events.map(({ amount }) => amount);
const away = async (): Promise<never> => Promise.reject(new RpcFault('network', 'no answer'));

test('equal answers are settled, and nothing is logged', async () => {
  const chain = chainWithDeposit();
  const { settled, disputed, warnings } = await read([nodeOf(chain, 'a'), nodeOf(chain, 'b')]);
  expect([amounts(settled), disputed, warnings]).toEqual([[5n], [], []]);
});

test('F15 A20 what one leaves out its receipts still hold', async () => {
  const chain = chainWithDeposit();
  const reading = await read([liarOf(chain, () => []), nodeOf(chain, 'b')]);
  expect([amounts(reading.settled), reading.disputed]).toEqual([[5n], []]);
  expect(reading.warnings).toMatchObject([{ event: 'rpc.logs_differ', rpc: 'liar', lacking: 1 }]);
  const votes = reading.votesOn(reading.settled).map(({ rpc, vote }) => `${rpc} ${vote}`);
  expect(votes.toSorted()).toEqual(['b log_seen', 'b receipt_holds', 'liar log_missing', 'liar receipt_holds']);
});

test('F15 what one holds and the other denies is disputed', async () => {
  const chain = chainWithDeposit();
  const liar = liarOf(chain, () => [], { receipt: async () => Promise.resolve(undefined) });
  const { settled, disputed } = await read([liar, nodeOf(chain, 'b')]);
  expect([settled, amounts(disputed)]).toEqual([[], [5n]]);
});

test('F16 A22 what one invents two deny', async () => {
  const chain = chainWithDeposit();
  const invented: Lie = (events) => events.flatMap((event) => [event, { ...event, txHash: '0x2', amount: 9n }]);
  const { settled, disputed, warnings } = await read([liarOf(chain, invented), nodeOf(chain, 'b'), nodeOf(chain, 'c')]);
  expect([amounts(settled), disputed]).toEqual([[5n], []]);
  expect(warnings).toMatchObject([{ rpc: 'liar', foreign: 1 }]);
});

test('F16 what lies in a block that is not the chain’s needs no receipt to be nothing', async () => {
  const chain = chainWithDeposit();
  const elsewhere: Lie = (events) => events.flatMap((event) => [event, { ...event, txHash: '0x2', blockHash: '0xno' }]);
  const { settled, disputed } = await read([
    liarOf(chain, elsewhere, { receipt: away }),
    nodeOf(chain, 'b', { receipt: away }),
  ]);
  expect([amounts(settled), disputed]).toEqual([[5n], []]);
});

test('F17 A22 what one alters is what the receipts say', async () => {
  const chain = chainWithDeposit();
  const altered: Lie = (events) => events.map((event) => ({ ...event, amount: 900n }));
  const { settled, disputed } = await read([liarOf(chain, altered), nodeOf(chain, 'b')]);
  expect([amounts(settled), disputed]).toEqual([[5n], []]);
});

test('a digest does not depend on the order, and on everything else', () => {
  const event: TransferEvent = {
    token: TOKEN,
    txHash: '0x1',
    ordinal: 0,
    blockNumber: 1,
    blockHash: '0xb',
    from: payer,
    to: CREDITS,
    amount: 5n,
    malformed: null,
  };
  const other = { ...event, ordinal: 1 };
  expect(digestOf([event, other])).toBe(digestOf([other, event]));
  const changes = [{ amount: 6n }, { from: CREDITS }, { to: payer }, { blockNumber: 2 }, { blockHash: '0xc' }];
  const digests = changes.map((change) => digestOf([{ ...event, ...change }]));
  expect(new Set([digestOf([event]), ...digests]).size).toBe(changes.length + 1);
});

test.each([
  ['its block stands and nobody denies it: F24', {}, {}, false],
  ['its block stands and a quorum denies its receipt', { denied: true }, {}, true],
  ['its block is final and stands, whatever receipts say: F24', { denied: true }, { hardFinal: 4 }, false],
  ['it was disputed, and a quorum denies it', { denied: true, disputed: true }, { hardFinal: 4 }, true],
  ['another block stands in its place', { blockHash: '0xother' }, { hardFinal: 4 }, true],
])('a deposit that logs do not hold any more: %s', async (_, { denied, ...change }: Change, heights, isGone) => {
  const chain = chainWithDeposit();
  const [event] = await chain.transfers({
    fromBlock: 0,
    target: await chain.head(),
    tokens: [TOKEN],
    recipients: new Set([CREDITS]),
  });
  if (!event) throw new Error('there is no deposit');
  if (denied === true) chain.receiptLies.set('0x1', () => undefined);
  const known: KnownDeposit = { ...event, id: '1', state: 'confirming', committed: false, ...change };
  const pool = memoryPool([nodeOf(chain, 'a'), nodeOf(chain, 'b')]);
  const { gone, kept } = await judgeMissing(pool, [known], { head: 4, hardFinal: undefined, ...heights });
  expect([gone.length, kept.length]).toEqual(isGone ? [1, 0] : [0, 1]);
});

interface Change {
  readonly denied?: boolean;
  readonly disputed?: boolean;
  readonly blockHash?: string;
}
