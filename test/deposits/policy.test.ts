/** When credited money stands still: frozen chains, by the detector and by hand. */
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/core/errors.ts';
import { listDueCredits } from '../../src/db/deposits/dues.ts';
import { freezeChain, listChainDues, listFreezes, releaseChain } from '../../src/db/chains/freezes.ts';
import type { LedgerWriter } from '../../src/db/ledger/writer.ts';
import { withLease } from '../../src/db/leases.ts';
import { eventually, newOrg } from '../support/chains/bench.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const shallow = { reorgBlocksMax: 5 };
const noDue = { count: 0, amountMicros: 0n, deposits: [] };

const byHand = ({ db, caip2 }: RoundBench): Promise<boolean> =>
  freezeChain(db, { chain: caip2, kind: 'operator', reason: 'looking into it', by: 'ann', at: new Date() });
const release = ({ db, caip2 }: RoundBench) => releaseChain(db, { chain: caip2, by: 'ann', at: new Date() });
const duesOf = ({ db, caip2 }: RoundBench) => listChainDues(db, { chain: caip2, limit: 10 });
const alarms = ({ lines }: RoundBench) => lines.filter(({ event }) => event === 'chain.frozen');

/** A deposit that is credited, and then lies `deep` blocks below the head that was read. */
async function creditThenBury(one: RoundBench, deep: number): Promise<string> {
  const org = await one.newOwner();
  one.chain.mineMany(3);
  one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
  one.chain.mineMany(2);
  await one.round();
  one.chain.mineMany(deep - 3);
  await one.round();
  expect(await one.balance(org)).toBe(5n);
  return org;
}

describe('a rewrite beyond the policy', () => {
  test('F05 A12 as deep as the policy expects: it is reversed with an alarm', async () => {
    const one = bench();
    const org = await creditThenBury(one, 5);
    one.chain.drop(5);
    one.chain.mineMany(6, 'other');
    await one.round(undefined, shallow);
    expect(await listFreezes(one.db, one.caip2)).toEqual([]);
    expect(await one.deposits()).toMatchObject([{ state: 'reversed', revision: 1 }]);
    expect(await one.balance(org)).toBe(0n);
    expect(one.lines.filter(({ event }) => event === 'deposit.reversed')).toHaveLength(1);
  });

  test('F05 A12 a block deeper: nothing moves until the release, then each reversal is written once', async () => {
    const one = bench();
    const org = await creditThenBury(one, 6);
    one.chain.drop(6);
    one.chain.mine([{ txHash: '0x2', from: one.sender, amount: 7n }], 'other');
    one.chain.mineMany(6, 'other');
    for (let count = 0; count < 3; count += 1) await one.round(undefined, shallow);
    expect(alarms(one)).toMatchObject([
      { chain: one.caip2, reason: expect.stringContaining('6 blocks were replaced') },
    ]);
    expect(await one.balance(org)).toBe(5n);
    expect(await one.deposits()).toMatchObject([
      { tx_hash: '0x1', state: 'orphaned', revision: 0 },
      { tx_hash: '0x2', state: 'confirming', reason: 'chain_frozen' },
    ]);
    expect(await duesOf(one)).toMatchObject({
      reversals: { count: 1, amountMicros: 5n, deposits: [{ txHash: '0x1', org }] },
      credits: { count: 1, amountMicros: 7n, deposits: [{ txHash: '0x2', org }] },
    });
    expect(await release(one)).toMatchObject([{ kind: 'deep_rewind', frozenBy: 'detector' }]);
    for (let count = 0; count < 3; count += 1) await one.round(undefined, shallow);
    expect(await one.balance(org)).toBe(7n);
    expect(one.lines.filter(({ event }) => event === 'deposit.reversed')).toHaveLength(1);
    expect(await duesOf(one)).toEqual({ reversals: noDue, credits: noDue });
    expect([await listFreezes(one.db, one.caip2), alarms(one).length]).toEqual([[], 1]);
  });

  test('F05 A12 of what was final: however shallow it is', async () => {
    const one = bench();
    const org = await creditThenBury(one, 4);
    one.chain.hardFinalHeight = 3;
    await one.round();
    // No node says any more what was final.
    one.chain.hardFinalHeight = undefined;
    one.chain.mine();
    await one.round();
    one.chain.drop(5);
    one.chain.mineMany(6, 'other');
    await one.round();
    expect(await listFreezes(one.db, one.caip2)).toMatchObject([
      { kind: 'deep_rewind', reason: 'block 3 was replaced, and blocks up to 3 were final' },
    ]);
    expect(await one.balance(org)).toBe(5n);
  });

  test('F05 A12 money that comes back while the chain is frozen stays as it was', async () => {
    const one = bench();
    const org = await creditThenBury(one, 6);
    one.chain.drop(6);
    one.chain.mineMany(7, 'other');
    await one.round(undefined, shallow);
    expect(await duesOf(one)).toMatchObject({ reversals: { count: 1 } });
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }], 'other');
    one.chain.mineMany(2, 'other');
    await one.round(undefined, shallow);
    expect(await duesOf(one)).toEqual({ reversals: noDue, credits: noDue });
    await release(one);
    await one.round(undefined, shallow);
    expect(await one.deposits()).toMatchObject([{ state: 'credited', revision: 0 }]);
    expect(await one.balance(org)).toBe(5n);
  });

  test('where few blocks are remembered, depth is what is certainly gone', async () => {
    const one = bench();
    await one.newOwner();
    one.chain.mineMany(400);
    await one.round(undefined, shallow);
    one.chain.drop(1);
    one.chain.mineMany(2, 'other');
    await one.round(undefined, shallow);
    expect(one.lines).toContainEqual(expect.objectContaining({ event: 'chain.rewound', toBlock: null }));
    expect(await listFreezes(one.db, one.caip2)).toEqual([]);
  });
});

describe('the kill switch of a chain', () => {
  test('stops credits and reversals until it is released, and leaves other chains alone', async () => {
    const one = bench();
    const org = await creditThenBury(one, 3);
    expect([await byHand(one), await byHand(one)]).toEqual([true, false]);
    one.chain.drop(3);
    one.chain.mine([{ txHash: '0x2', from: one.sender, amount: 7n }], 'other');
    one.chain.mineMany(3, 'other');
    await one.round();
    expect(await one.balance(org)).toBe(5n);
    expect(await duesOf(one)).toMatchObject({ reversals: { count: 1 }, credits: { count: 1 } });
    expect(await releaseChain(one.db, { chain: 'eip155:999999', by: 'ann', at: new Date() })).toEqual([]);
    await one.round();
    expect(await one.balance(org)).toBe(5n);
    expect(await release(one)).toMatchObject([{ kind: 'operator', reason: 'looking into it', frozenBy: 'ann' }]);
    await one.round();
    expect(await one.balance(org)).toBe(7n);
  });

  test('stops what was decided and not written', async () => {
    const one = bench();
    const org = await one.newOwner();
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n }]);
    one.chain.mineMany(2);
    const away: LedgerWriter = {
      ...one.ledger,
      submit: async () => Promise.reject(new Refusal('LEDGER_UNAVAILABLE', 'the ledger is away')),
    };
    await expect(one.round(undefined, { ledger: away })).rejects.toThrow('the ledger is away');
    const due = async (): Promise<unknown[]> =>
      listDueCredits(one.db, { chain: one.caip2, after: undefined, limit: 10 });
    expect(await due()).toHaveLength(1);
    await byHand(one);
    // The statement itself lists none, beside the detector's own look at the freeze.
    expect(await due()).toEqual([]);
    await one.round();
    expect(await one.balance(org)).toBe(0n);
    expect(await duesOf(one)).toMatchObject({ credits: { count: 1, amountMicros: 5n } });
    await release(one);
    await one.round();
    expect(await one.balance(org)).toBe(5n);
  });

  test('stops the next page, which was decided while one was written', async () => {
    const one = bench();
    const org = await one.newOwner();
    const count = 1_100;
    one.chain.mine(
      Array.from({ length: count }, (_, index) => ({ txHash: `0x${index}`, from: one.sender, amount: 1n })),
    );
    one.chain.mineMany(2);
    const decided = async (): Promise<string | undefined> => {
      const sql = 'SELECT count(wallet) AS n FROM deposit WHERE chain = ?';
      const result: { rows: { n: string }[] } = await one.db.raw(sql, [one.caip2]);
      return result.rows[0]?.n;
    };
    let freezing: Promise<void> | undefined;
    const submit: LedgerWriter['submit'] = async (submission) => {
      freezing ??= eventually(decided, (n) => n === String(count)).then(async () => void (await byHand(one)));
      await freezing;
      return one.ledger.submit(submission);
    };
    await one.round(undefined, { ledger: { ...one.ledger, submit } });
    expect(await one.balance(org)).toBe(1_000n);
    expect(await duesOf(one)).toMatchObject({ credits: { count: 100 } });
    await release(one);
    await one.round();
    expect(await one.balance(org)).toBe(1_100n);
  });

  test('stops a reversal that was decided and not written', async () => {
    const one = bench();
    const org = await creditThenBury(one, 3);
    one.chain.drop(3);
    one.chain.mineMany(4, 'other');
    const away: LedgerWriter = {
      ...one.ledger,
      submit: async () => Promise.reject(new Refusal('LEDGER_UNAVAILABLE', 'the ledger is away')),
    };
    await expect(one.round(undefined, { ledger: away })).rejects.toThrow('the ledger is away');
    await byHand(one);
    await one.round();
    expect(await one.balance(org)).toBe(5n);
    expect(await duesOf(one)).toMatchObject({ reversals: { count: 1, amountMicros: 5n } });
    await release(one);
    await one.round();
    expect(await one.balance(org)).toBe(0n);
  });

  test('takes hold after the write under way and before the next', async () => {
    const one = bench();
    const order: string[] = [];
    const { freezing } = await withLease(one.db, one.lease, async () => {
      const attempt = byHand(one).then(() => order.push('frozen'));
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
      order.push('written');
      return { freezing: attempt };
    });
    await freezing;
    expect(order).toEqual(['written', 'frozen']);
  });

  test('keeps each cause apart, and one release ends all', async () => {
    const one = bench();
    await newOrg(one.db, one.caip2, []);
    const at = new Date();
    await byHand(one);
    await freezeChain(one.db, { chain: one.caip2, kind: 'token', reason: 'the token is paused', by: 'detector', at });
    expect((await listFreezes(one.db)).filter(({ chain }) => chain === one.caip2)).toHaveLength(2);
    expect((await release(one)).map(({ kind }) => kind).toSorted()).toEqual(['operator', 'token']);
    expect(await byHand(one)).toBe(true);
    await release(one);
  });
});
