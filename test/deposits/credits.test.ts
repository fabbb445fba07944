/** What is credited, when, and to whom. */
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import type { ChainSource, Receipt } from '../../detector/rpc/source.ts';
import type { Reach } from '../../detector/scan/reach.ts';
import { creditDeposits } from '../../detector/credit/credit.ts';
import { ChainScan } from '../../detector/scan/scan.ts';
import { RpcFault } from '../../detector/rpc/fault.ts';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';
import { Refusal } from '../../src/core/errors.ts';
import { walletId } from '../../src/core/ids.ts';
import { recordIntents, sumExposed } from '../../src/db/deposits/credits.ts';
import { listDueCredits } from '../../src/db/deposits/dues.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import { bind, newOrg } from '../support/chains/bench.ts';
import { nodeOf } from '../support/chains/memory-nodes.ts';
import { poolOf, useRoundBench } from '../support/deposits/round-bench.ts';
import { queryRows } from '../support/process/query.ts';

const USD = 1_000_000n;
const bench = useRoundBench();

describe('what is credited, and when', () => {
  test('large deposits and those past the cap of the chain wait for hard finality', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([
      { txHash: '0x1', from: sender, amount: 101n * USD },
      { txHash: '0x2', from: sender, amount: 100n * USD },
      { txHash: '0x3', from: sender, amount: 100n * USD },
    ]);
    chain.mineMany(2);
    await round();
    const waiting = (await deposits()).filter(({ state }) => state === 'confirming').map(({ reason }) => reason);
    expect(new Set(waiting)).toEqual(new Set(['above_chain_cap', 'above_deposit_cap']));
    expect(await balance(org)).toBe(100n * USD);
    // What an earlier round credited counts as well.
    await round();
    expect(await balance(org)).toBe(100n * USD);
    chain.hardFinalHeight = 0;
    await round();
    expect((await deposits()).every(({ state }) => state === 'credited')).toBe(true);
    expect(await balance(org)).toBe(301n * USD);
  });

  test('one block short of the depth is not deep enough', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(1);
    await round();
    expect(await deposits()).toMatchObject([{ state: 'confirming' }]);
    chain.mineMany(1);
    await round();
    expect(await balance(org)).toBe(5n);
  });

  const firstOf = ({ transfers: [first] }: Receipt): TransferEvent => {
    if (!first) throw new Error('no transfer');
    return first;
  };
  const changed =
    (change: Partial<TransferEvent>) =>
    (receipt: Receipt): Receipt => ({ ...receipt, transfers: [{ ...firstOf(receipt), ...change }] });
  test.each<[string, (receipt: Receipt) => Receipt | undefined]>([
    ['a failure', (receipt) => ({ ...receipt, succeeded: false })],
    ['another block under that number', (receipt) => ({ ...receipt, blockHash: '0xother' })],
    ['another number of that block', (receipt) => ({ ...receipt, blockNumber: receipt.blockNumber + 1 })],
    ['another amount', changed({ amount: 6n })],
    ['another sender', changed({ from: `0x${'b'.repeat(40)}` })],
    ['another recipient', changed({ to: `0x${'b'.repeat(40)}` })],
    ['another token', changed({ token: `0x${'b'.repeat(40)}` })],
    ['another position', changed({ ordinal: 1 })],
    ['a transfer that cannot be read', changed({ malformed: 'short' })],
    ['no transfer', (receipt) => ({ ...receipt, transfers: [] })],
    ['nothing', () => undefined],
  ])('a receipt that tells of %s stops the credit until it agrees, and is told once', async (_, lie) => {
    const { balance, chain, lines, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    chain.receiptLies.set('0x1', lie);
    await round();
    await round();
    expect(await balance(org)).toBe(0n);
    expect(lines.filter(({ event }) => event === 'deposit.receipt_differs')).toHaveLength(1);
    chain.receiptLies.clear();
    await round();
    expect(await balance(org)).toBe(5n);
  });

  test('F48 old blocks that cannot be read keep no deposit at the head waiting', async () => {
    const { balance, chain, context, lease, newOwner, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(400);
    chain.mine([{ txHash: '0x2', from: sender, amount: 7n }]);
    chain.mineMany(2);
    let pruned = true;
    const transfers: ChainSource['transfers'] = async (query) => {
      if (pruned && query.fromBlock < 200) throw new RpcFault('rpc_error', 'history has been pruned');
      return chain.transfers(query);
    };
    const pool = poolOf([nodeOf(chain, 'pruned', { transfers })], context);
    const sizes = { windowBlocksStart: 1_000, windowBlocksMax: 1_000, backlogBlocks: 100, backlogWindows: 3 };
    const round = async (): Promise<Reach> => {
      const reach = await new ChainScan(context, sizes).run(pool, lease, true);
      await creditDeposits(context, pool, lease, reach);
      return reach;
    };
    expect(await round()).toMatchObject({ behind: true, nextBlock: 0, stuck: { message: 'history has been pruned' } });
    expect(await balance(org)).toBe(7n);
    pruned = false;
    const last = await round();
    expect([last.behind, last.stuck]).toEqual([false, undefined]);
    expect(await balance(org)).toBe(12n);
  });

  test('a transaction whose receipt nobody can give waits, and stops no other', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([
      { txHash: '0x1', from: sender, amount: 5n },
      { txHash: '0x2', from: sender, amount: 7n },
    ]);
    chain.mineMany(2);
    chain.receiptLies.set('0x1', () => {
      throw new RpcFault('bad_reply', 'a receipt of an unexpected shape');
    });
    await round();
    expect(await balance(org)).toBe(7n);
    expect(await deposits()).toMatchObject([{ state: 'confirming', reason: 'no_quorum' }, { state: 'credited' }]);
    chain.receiptLies.clear();
    await round();
    expect(await balance(org)).toBe(12n);
  });

  test('S09 a transaction without a receipt holds up its deposit alone, until an RPC has it', async () => {
    const { balance, chain, context, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([
      { txHash: '0x1', from: sender, amount: 5n },
      { txHash: '0x2', from: sender, amount: 7n },
    ]);
    chain.mineMany(2);
    const first = nodeOf(chain, 'first', {
      receipt: async (txHash) => (txHash === '0x1' ? undefined : chain.receipt(txHash)),
    });
    const pool = poolOf([first, nodeOf(chain, 'other')], context, { quorum: 1 });
    await round(undefined, {}, pool);
    expect(await balance(org)).toBe(7n);
    expect(await deposits()).toMatchObject([{ state: 'confirming', reason: 'receipt_missing' }, { state: 'credited' }]);
    // At a quorum of 1 the other RPC goes first from now on.
    await round(undefined, {}, pool);
    expect(await balance(org)).toBe(12n);
  });

  test('a deposit that cannot be proven takes nothing of the cap of the chain', async () => {
    const { balance, chain, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 100n * USD }]);
    chain.mine([{ txHash: '0x2', from: sender, amount: 100n * USD }]);
    chain.mineMany(2);
    chain.receiptLies.set('0x1', (receipt) => ({ ...receipt, succeeded: false }));
    await round();
    expect(await balance(org)).toBe(100n * USD);
    expect(await deposits()).toMatchObject([{ state: 'confirming', reason: 'receipt_differs' }, { state: 'credited' }]);
  });

  test('the wallet of a deposit is settled once, whoever decides again', async () => {
    const { balance, caip2, chain, db, lease, newOwner, round, sender } = bench();
    const org = await newOwner();
    const other = await newOrg(db, caip2, []);
    chain.mineMany(1);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    const found = await queryRows<{ id: string }>(db, 'SELECT id FROM deposit WHERE chain = ?', [caip2]);
    for (const [to, revision] of [
      [other, 1],
      [org, 0],
      [other, 0],
    ] as const) {
      const wallet = walletId({ kind: 'org', id: to });
      const terms = { revision, org: to, wallet, amountMicros: 5n, blockTimeMs: Date.now(), provisional: false };
      await recordIntents(
        db,
        lease,
        found.rows.map(({ id }) => ({ id, ...terms })),
        new Date(),
      );
    }
    chain.mineMany(2);
    await round();
    expect([await balance(org), await balance(other)]).toEqual([5n, 0n]);
  });

  test('a sender that moved after the deposit leaves it with the owner of then', async () => {
    const { balance, caip2, chain, db, newOwner, round, sender } = bench();
    const org = await newOrg(db, caip2, []);
    await bind(db, org, caip2, sender);
    await db.raw("UPDATE sender SET bound_at = bound_at - interval '1 day', unbound_at = now() WHERE org = ?", [org]);
    const other = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect([await balance(org), await balance(other)]).toEqual([5n, 0n]);
  });

  test('pages of deposits are credited once each, though the ledger goes away between them', async () => {
    const { balance, chain, context, db, deposits, newOwner, round, sender } = bench();
    const org = await newOwner();
    const count = 2_500;
    chain.mine(Array.from({ length: count }, (_, index) => ({ txHash: `0x${index}`, from: sender, amount: 1n })));
    chain.mineMany(2);
    let left = 1_200;
    const submit: LedgerWriter['submit'] = async (submission) => {
      left -= 1;
      if (left < 0) throw new Refusal('LEDGER_UNAVAILABLE', 'away');
      return context.ledger.submit(submission);
    };
    await expect(round(undefined, { ledger: { ...context.ledger, submit } })).rejects.toMatchObject({
      code: 'LEDGER_UNAVAILABLE',
    });
    expect(await balance(org)).toBe(1_200n);
    await round();
    expect(await balance(org)).toBe(BigInt(count));
    expect((await deposits()).every(({ state }) => state === 'credited')).toBe(true);
    const entries = await queryRows<{ n: string }>(db, 'SELECT count(*) AS n FROM entry WHERE wallet = ?', [
      walletId({ kind: 'org', id: org }),
    ]);
    expect(entries.rows).toEqual([{ n: String(count) }]);
  });

  test('what every round asks for is found without looking through all that was ever credited', async () => {
    const { caip2, chain, database, db, newOwner, round, sender } = bench();
    await newOwner();
    chain.hardFinalHeight = 1_000;
    chain.mine(Array.from({ length: 2_000 }, (_, index) => ({ txHash: `0x${index}`, from: sender, amount: 1n })));
    chain.mineMany(2);
    await round();
    const asked: { sql: string; bindings: unknown[] }[] = [];
    const note = (query: { sql: string; bindings: unknown[] }): void => void asked.push(query);
    db.on('query', note);
    await sumExposed(db, caip2);
    await listDueCredits(db, { chain: caip2, after: undefined, limit: 10 });
    db.off('query', note);
    const client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query('ANALYZE deposit');
    const plans = [];
    for (const { sql, bindings } of asked) plans.push(JSON.stringify(await client.query(`EXPLAIN ${sql}`, bindings)));
    await client.end();
    // Either index has only what is not beyond the chain's reach, or not credited yet.
    const few = expect.stringMatching(/deposit_under_way|deposit_pending_of_org/);
    expect(plans).toEqual([expect.stringContaining('deposit_under_way'), few]);
  });
});
