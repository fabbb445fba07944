/** Blocks read again, tokens that change, cursors that cannot be right, and books that do not fit their deposits. */
import { describe, expect, test } from 'vitest';
import { audit } from '../../detector/audit/audit.ts';
import type { Reach } from '../../detector/scan/reach.ts';
import { carryOnRescan, listChanges, orderDailyRescan, readAgain } from '../../detector/audit/rescan.ts';
import { ChainScan, NodeBehind } from '../../detector/scan/scan.ts';
import { walletId } from '../../src/core/ids.ts';
import { findRescan, findOpenRescan, orderRescan, type RescanOrder } from '../../src/db/chains/rescan-orders.ts';
import { listAccountChecks, findOwed } from '../../src/db/ledger/books.ts';
import { listFreezes, releaseChain } from '../../src/db/chains/freezes.ts';
import { acquireLease } from '../../src/db/leases.ts';
import { checkBooks } from '../../src/jobs/books.ts';
import { CREDITS, TOKEN } from '../support/chains/memory-chain.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';
import { debitOf } from '../support/ledger/wallets.ts';

const bench = useRoundBench();

async function reachOf({ context, pool, lease }: RoundBench): Promise<Reach> {
  return new ChainScan(context).run(pool, lease, true);
}

async function roundAndAudit(given: RoundBench): Promise<void> {
  await given.round();
  await audit({ ...given, reach: await reachOf(given) });
}

/** A debit of a few micros. */
function smallDebit(wallet: string, amountMicros: bigint): ReturnType<typeof debitOf> {
  const debit = debitOf(wallet, 1n);
  const { command } = debit;
  if (command.op !== 'debit') throw new Error('a debit is no debit');
  return { ...debit, command: { ...command, amountMicros } };
}

const said = ({ lines }: RoundBench, event: string): Readonly<Record<string, unknown>>[] =>
  lines.filter((line) => line['event'] === event);
const isFrozen = async ({ db, caip2 }: RoundBench): Promise<boolean> => (await listFreezes(db, caip2)).length > 0;

describe('blocks that are read again', () => {
  /** A chain of which one transfer was not read, far below what a scan reads again by itself. */
  async function withHole(given: RoundBench): Promise<void> {
    const { chain, sender } = given;
    chain.hidden.add('0xlate');
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mine([{ txHash: '0xlate', from: sender, amount: 7n }]);
    chain.mineMany(300);
    chain.hardFinalHeight = 200;
    await given.round();
    chain.hidden.clear();
    await given.round();
  }

  async function order(given: RoundBench, fromBlock: number, toBlock: number): Promise<string> {
    const { db, caip2 } = given;
    return orderRescan(db, { chain: caip2, fromBlock, toBlock, orderedBy: 'me', orderedAt: new Date() });
  }

  async function carryOn(given: RoundBench, id: string): Promise<RescanOrder | undefined> {
    await carryOnRescan({ ...given, reach: await reachOf(given) });
    return findRescan(given.db, id);
  }

  test('a look at them tells what it would change and changes nothing', async () => {
    const given = bench();
    await withHole(given);
    const { changes } = await readAgain({ ...given, reach: await reachOf(given) }, { fromBlock: 0, toBlock: 100 });
    const late = { kind: 'new', txHash: '0xlate', block: 1, amount: '7', token: TOKEN, ordinal: 0 };
    expect(listChanges(changes)).toEqual([late]);
    expect(await given.deposits()).toHaveLength(1);
  });

  test('what was left out is stored and credited by the next round; the position stays', async () => {
    const given = bench();
    const org = await given.newOwner();
    await withHole(given);
    const cursor = async (): Promise<unknown> =>
      (await given.db.raw('SELECT next_block, head_block FROM chain_cursor WHERE chain = ?', [given.caip2])).rows;
    const before = await cursor();
    const id = await order(given, 0, 100);
    expect(await carryOn(given, id)).toMatchObject({ state: 'done', counts: { new: 1, moved: 0, gone: 0 } });
    expect(await cursor()).toEqual(before);
    expect(await given.balance(org)).toBe(5n);
    await given.round();
    expect(await given.balance(org)).toBe(12n);
    // Once more changes nothing, and posts nothing twice.
    const again = await order(given, 0, 100);
    expect(await carryOn(given, again)).toMatchObject({ state: 'done', counts: { new: 0, moved: 0, gone: 0 } });
    await given.round();
    expect(await given.balance(org)).toBe(12n);
  });

  test('they are read in pieces, a few of them beside each round', async () => {
    const given = bench();
    given.chain.mineMany(10_000);
    const id = await order(given, 0, 9_999);
    expect(await carryOn(given, id)).toMatchObject({ state: 'open', nextBlock: 8_000 });
    expect(await carryOn(given, id)).toMatchObject({ state: 'done' });
  });

  test('an RPC that has forgotten old logs has nothing removed, and the order is refused', async () => {
    const given = bench();
    const org = await given.newOwner();
    await withHole(given);
    given.chain.hidden.add('0x1');
    const id = await order(given, 0, 100);
    expect(await carryOn(given, id)).toMatchObject({ state: 'refused', problem: expect.stringContaining('old logs') });
    expect(said(given, 'chain.rescan_refused')).toHaveLength(1);
    expect(await given.deposits()).toMatchObject([{ tx_hash: '0x1', state: 'credited' }]);
    expect(await given.balance(org)).toBe(5n);
  });

  test('every day the last 48 hours are due, and all that is not hard-final', async () => {
    const given = bench();
    const { chain, db, caip2, context } = given;
    chain.mineMany(20);
    chain.hardFinalHeight = 4;
    let aheadMs = 0;
    const clock = { ...context.clock, nowMs: () => Date.now() + aheadMs };
    const daily = async (): Promise<RescanOrder | undefined> => {
      await orderDailyRescan({ context: { ...context, clock }, reach: await reachOf(given) });
      return findOpenRescan(db, caip2);
    };
    // At first nothing but the head: all was read a moment ago.
    const first = await daily();
    expect(first).toMatchObject({ fromBlock: 19, toBlock: 19, orderedBy: 'daily' });
    await carryOn(given, first?.id ?? '');
    aheadMs = 23 * 60 * 60_000;
    expect(await daily()).toBeUndefined();
    aheadMs = 25 * 60 * 60_000;
    expect(await daily()).toMatchObject({ fromBlock: 0, toBlock: 19 });
  });

  test('of what is older than 48 hours only what is not hard-final is due', async () => {
    const given = bench();
    const { chain, db, caip2, context } = given;
    chain.mineMany(20);
    chain.hardFinalHeight = 4;
    await given.round();
    let aheadMs = 0;
    const late = { ...context, clock: { ...context.clock, nowMs: () => Date.now() + aheadMs } };
    await orderDailyRescan({ context: late, reach: await reachOf(given) });
    await carryOn(given, (await findOpenRescan(db, caip2))?.id ?? '');
    aheadMs = 80 * 60 * 60_000;
    await orderDailyRescan({ context: late, reach: await reachOf(given) });
    expect(await findOpenRescan(db, caip2)).toMatchObject({ fromBlock: 5, toBlock: 19 });
  });
});

describe('tokens', () => {
  async function creditedLater(given: RoundBench): Promise<bigint> {
    const org = await given.newOwner();
    given.chain.mine([{ txHash: '0xafter', from: given.sender, amount: 3n }]);
    given.chain.mineMany(2);
    await given.round();
    return given.balance(org);
  }

  test.each([
    ['whose code is another one', (given: RoundBench): void => void (given.chain.code = 'second'), 'code'],
    ['that is paused', (given: RoundBench): void => void given.chain.notices.push(notice('paused', null)), 'paused'],
    [
      'that blocks our address',
      (given: RoundBench): void => void given.chain.notices.push(notice('blocked', CREDITS)),
      'blocked',
    ],
  ])('F45 a token %s stops crediting until somebody releases the chain, and is told once', async (_, change, kind) => {
    const given = bench();
    given.chain.mineMany(3);
    await roundAndAudit(given);
    expect(await isFrozen(given)).toBe(false);
    change(given);
    await roundAndAudit(given);
    await roundAndAudit(given);
    expect(said(given, 'token.changed')).toMatchObject([{ kind, token: TOKEN }]);
    expect(await listFreezes(given.db, given.caip2)).toMatchObject([{ kind: 'token' }]);
    expect(await creditedLater(given)).toBe(0n);
    await releaseChain(given.db, { chain: given.caip2, by: 'me', at: new Date() });
    await roundAndAudit(given);
    expect(await isFrozen(given)).toBe(false);
  });

  test('what they said on a branch that is gone is taken back, and what they say on the other one is heard', async () => {
    const given = bench();
    const { chain, context, db, caip2 } = given;
    const below = context.overlapBlocks + 10;
    const standing = async (): Promise<unknown> =>
      (await db.raw('SELECT paused, blocked FROM token_watch WHERE chain = ?', [caip2])).rows;
    chain.mineMany(2);
    await roundAndAudit(given);
    chain.notices.push(notice('paused', null), { ...notice('blocked', CREDITS), position: 1 });
    chain.mineMany(below);
    await roundAndAudit(given);
    expect(await standing()).toEqual([{ paused: true, blocked: [CREDITS] }]);
    await releaseChain(db, { chain: caip2, by: 'me', at: new Date() });
    chain.drop(below);
    chain.mineMany(below + 1, 'other');
    chain.notices.length = 0;
    await roundAndAudit(given);
    expect([await standing(), await isFrozen(given)]).toEqual([[{ paused: false, blocked: [] }], false]);
    chain.drop(below + 1);
    chain.mineMany(below + 2, 'third');
    chain.notices.push(notice('paused', null));
    await roundAndAudit(given);
    expect([await standing(), await isFrozen(given)]).toEqual([[{ paused: true, blocked: [] }], true]);
  });

  test('that blocks others, or has been what it is from the beginning, stops nothing', async () => {
    const given = bench();
    given.chain.mineMany(3);
    given.chain.notices.push(notice('blocked', `0x${'9'.repeat(40)}`));
    await roundAndAudit(given);
    await roundAndAudit(given);
    expect(await isFrozen(given)).toBe(false);
  });

  test('A16 transfers in a layout that is not known stop crediting of the token; one of them does not', async () => {
    const given = bench();
    const { chain } = given;
    const odd = async (txHash: string): Promise<void> => {
      chain.mine([{ txHash, from: given.sender, amount: 0n, malformed: '3 keys and 5 data felts are not a Transfer' }]);
      await roundAndAudit(given);
    };
    await odd('0x1');
    chain.mine([{ txHash: '0x2', from: given.sender, amount: 1n }]);
    await odd('0x3');
    await odd('0x4');
    expect(await isFrozen(given)).toBe(false);
    await odd('0x5');
    expect(await listFreezes(given.db, given.caip2)).toMatchObject([{ kind: 'token' }]);
    expect(await creditedLater(given)).toBe(0n);
    expect(said(given, 'token.changed')).toMatchObject([{ kind: 'layout' }]);
  });
});

function notice(kind: 'paused' | 'blocked', address: string | null): RoundBench['chain']['notices'][number] {
  return { token: TOKEN, txHash: '0xnotice', position: 0, blockNumber: 2, kind, address };
}

describe('F46 a position that cannot be right', () => {
  test('beyond the chain is told and nothing is read', async () => {
    const given = bench();
    const { chain, db, caip2 } = given;
    chain.mineMany(5);
    await given.round();
    await db.raw('UPDATE chain_cursor SET next_block = 1000001, head_block = 1000000 WHERE chain = ?', [caip2]);
    chain.mineMany(5);
    await expect(given.round()).rejects.toThrow(NodeBehind);
    await expect(given.round()).rejects.toThrow('1000000');
  });

  test('a start block beyond the chain is told and nothing is read', async () => {
    const given = bench();
    given.chain.mineMany(5);
    await expect(given.round(undefined, { startBlock: 900 })).rejects.toThrow('startBlock 900');
  });

  test('of a database restored from yesterday is read on from there, and nothing is posted twice', async () => {
    const given = bench();
    const { chain, db, caip2, sender, balance, ledger } = given;
    const org = await given.newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(3);
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }]);
    chain.mineMany(3);
    await given.round();
    expect(await balance(org)).toBe(12n);
    await ledger.submit(smallDebit(walletId({ kind: 'org', id: org }), 2n));
    // The chain's tables are of yesterday, the ledger is of today.
    await db.raw('DELETE FROM deposit WHERE chain = ?', [caip2]);
    await db.raw('DELETE FROM deposit_observation WHERE chain = ?', [caip2]);
    await db.raw('DELETE FROM block_checkpoint WHERE chain = ? AND number > 1', [caip2]);
    await db.raw('UPDATE chain_cursor SET next_block = 2, head_block = 1 WHERE chain = ?', [caip2]);
    await given.round();
    expect(await given.deposits()).toMatchObject([{ state: 'credited' }, { state: 'credited' }]);
    expect(await balance(org)).toBe(12n - 2n);
    await roundAndAudit(given);
    expect(said(given, 'chain.balance_gap')).toEqual([]);
  });

  test('a start block that was too high and is corrected finds what lies before it', async () => {
    const given = bench();
    const { chain, sender, balance } = given;
    const org = await given.newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(300);
    await given.round(undefined, { startBlock: 200 });
    expect(await given.deposits()).toEqual([]);
    await given.round();
    await given.round();
    expect(await balance(org)).toBe(5n);
  });
});

test('a balance that agrees is asked for once in an audit', async () => {
  const given = bench();
  const { chain, sender } = given;
  await given.newOwner();
  chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
  chain.mineMany(3);
  await roundAndAudit(given);
  for (const audits of [1, 2]) {
    chain.mineMany(2);
    const before = chain.balanceCalls;
    await roundAndAudit(given);
    expect([audits, chain.balanceCalls - before]).toEqual([audits, 1]);
  }
});

describe('the books', () => {
  async function pass(given: RoundBench): Promise<Awaited<ReturnType<typeof listAccountChecks>>[number] | undefined> {
    const { db, caip2, context } = given;
    const lease = await acquireLease(db, { name: 'books', holder: 'test', ttlMs: 60_000 });
    if (!lease) throw new Error('the lease is taken');
    await checkBooks({ db, clock: context.clock, log: context.log }, lease);
    return (await listAccountChecks(db)).find(({ account }) => account.endsWith(`:${caip2}`));
  }

  async function credited(given: RoundBench): Promise<string> {
    const org = await given.newOwner();
    given.chain.mine([{ txHash: '0x1', from: given.sender, amount: 5n }]);
    given.chain.mine([{ txHash: '0x2', from: given.sender, amount: 7n }]);
    given.chain.mineMany(2);
    await given.round();
    return walletId({ kind: 'org', id: org });
  }

  test('fit the deposits after credits, spending, reversals and new credits', async () => {
    const given = bench();
    const { chain, ledger, sender } = given;
    const wallet = await credited(given);
    await ledger.submit(smallDebit(wallet, 3n));
    expect(await pass(given)).toMatchObject({ ledgerMicros: 12n, sourceMicros: 12n, faultCount: 0, repeats: 0 });
    chain.drop(3);
    chain.mineMany(4, 'other');
    await given.round();
    expect(await pass(given)).toMatchObject({ ledgerMicros: 5n, sourceMicros: 5n, faultCount: 0 });
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }], 'other');
    chain.mineMany(2, 'other');
    await given.round();
    expect(await pass(given)).toMatchObject({ ledgerMicros: 12n, sourceMicros: 12n, faultCount: 0 });
    const owed = await findOwed(given.db);
    expect(owed?.wallets).toBeGreaterThan(0);
    expect(owed?.owedMicros).toBeGreaterThanOrEqual(9n);
  });

  test.each([
    ['credit without a deposit', "DELETE FROM deposit WHERE chain = ? AND tx_hash = '0x2'", 12n, 5n],
    [
      'deposit said to be credited that is not',
      "UPDATE deposit SET amount = 9 WHERE chain = ? AND tx_hash = '0x2'",
      12n,
      14n,
    ],
    [
      'credit of a deposit that is unmatched',
      "UPDATE deposit SET wallet = NULL, entry_seq = NULL, state = 'unmatched' WHERE chain = ? AND tx_hash = '0x2'",
      12n,
      5n,
    ],
  ])(
    'a %s is a fault, and freezes the chain when it is there again',
    async (_, breakIt, ledgerMicros, sourceMicros) => {
      const given = bench();
      const { db, caip2 } = given;
      await credited(given);
      await db.raw(breakIt, [caip2]);
      expect(await pass(given)).toMatchObject({ ledgerMicros, sourceMicros, faultCount: 1, repeats: 1 });
      expect(await isFrozen(given)).toBe(false);
      expect(await pass(given)).toMatchObject({ repeats: 2 });
      expect(await listFreezes(db, caip2)).toMatchObject([{ kind: 'reconciliation', frozenBy: 'books' }]);
      expect(said(given, 'books.differ')).toHaveLength(1);
    },
  );

  test('two deposits whose amounts are wrong by as much are two faults', async () => {
    const given = bench();
    const { db, caip2 } = given;
    await credited(given);
    await db.raw('UPDATE deposit SET amount = 6 WHERE chain = ?', [caip2]);
    expect(await pass(given)).toMatchObject({ ledgerMicros: 12n, sourceMicros: 12n, faultCount: 2 });
  });

  test('a credit that is written and not noted yet is no fault', async () => {
    const given = bench();
    const { db, caip2 } = given;
    await credited(given);
    await db.raw("UPDATE deposit SET entry_seq = NULL, credited_at = NULL, state = 'confirming' WHERE chain = ?", [
      caip2,
    ]);
    expect(await pass(given)).toMatchObject({ ledgerMicros: 12n, faultCount: 0 });
  });
});
