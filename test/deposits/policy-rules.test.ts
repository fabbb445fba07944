/** When deposits are credited: by amount, by what is at risk already, and early within an org's own limit. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChainContext } from '../../detector/chain/context.ts';
import { creditRulesOf, type FinalityPolicy } from '../../src/core/chains/finality.ts';
import { walletId } from '../../src/core/ids.ts';
import { listProvisionalRooms, setProvisionalLimit } from '../../src/db/access/provisional-limits.ts';
import { listDeposits } from '../../src/db/deposits/views.ts';
import { acquireLease } from '../../src/db/leases.ts';
import { MemoryChain } from '../support/chains/memory-chain.ts';
import { poolOf, useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';
import { debitOf } from '../support/ledger/wallets.ts';

const USD = 1_000_000n;
const bench = useRoundBench();
const depth = (blocks: number): FinalityPolicy => ({ kind: 'depth', blocks });
const caps = { perDepositMicros: 1_000n * USD, outstandingMicros: 1_000n * USD };
const FINALIZED: FinalityPolicy = { kind: 'finalized', blocks: 0 };

const ruled = (config: Omit<Parameters<typeof creditRulesOf>[1], 'caps'>): Partial<ChainContext> => ({
  rules: creditRulesOf('eip155', { caps, ...config }),
});
const early = ruled({ finality: FINALIZED, provisional: depth(1) });

async function orgWithLimit(one: RoundBench, limitMicros: bigint): Promise<string> {
  const org = await one.newOwner();
  expect(await setProvisionalLimit(one.db, { org, limitMicros, at: new Date() })).toBe(true);
  return org;
}
const roomOf = async ({ db }: RoundBench, org: string): Promise<bigint | undefined> =>
  (await listProvisionalRooms(db, [org])).get(org);
const statesOf = async (one: RoundBench): Promise<Record<string, string>> =>
  Object.fromEntries((await one.deposits()).map(({ tx_hash: hash, state }) => [hash, state]));

describe('the policy of an amount', () => {
  test('each tier is credited at its own depth, and what is above all when nothing is at risk', async () => {
    const one = bench();
    const org = await one.newOwner();
    const tiers = ruled({
      tiers: [
        { uptoMicros: 10n * USD, policy: depth(1) },
        { uptoMicros: 100n * USD, policy: depth(3) },
      ],
    });
    one.chain.mine([
      { txHash: '0x1', from: one.sender, amount: 10n * USD },
      { txHash: '0x2', from: one.sender, amount: 11n * USD },
      { txHash: '0x3', from: one.sender, amount: 101n * USD },
    ]);
    const seen: bigint[] = [];
    for (let count = 0; count < 4; count += 1) {
      one.chain.mine();
      await one.round(undefined, tiers);
      seen.push((await one.balance(org)) / USD);
    }
    expect(seen).toEqual([10n, 10n, 21n, 21n]);
    one.chain.hardFinalHeight = 0;
    await one.round(undefined, tiers);
    expect(await one.balance(org)).toBe(122n * USD);
  });

  test('a change of policy counts for what is not credited, and for nothing else', async () => {
    const one = bench();
    const org = await one.newOwner();
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 5n * USD }]);
    one.chain.mine([{ txHash: '0x2', from: one.sender, amount: 7n * USD }]);
    await one.round(undefined, ruled({ finality: depth(1) }));
    expect(await statesOf(one)).toEqual({ '0x1': 'credited', '0x2': 'observed' });
    one.chain.mineMany(5);
    const strict = { rules: creditRulesOf('eip155', { caps: { perDepositMicros: 1n, outstandingMicros: 1n } }) };
    await one.round(undefined, strict);
    expect(await statesOf(one)).toEqual({ '0x1': 'credited', '0x2': 'confirming' });
    expect(await one.balance(org)).toBe(5n * USD);
    await one.round(undefined, ruled({ finality: depth(0) }));
    expect(await one.balance(org)).toBe(12n * USD);
  });
});

describe('the first stage', () => {
  test('A13 deposits up to the limit of the org are credited early and marked, the others wait', async () => {
    const one = bench();
    const org = await orgWithLimit(one, 10n * USD);
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 6n * USD }]);
    one.chain.mine([{ txHash: '0x2', from: one.sender, amount: 5n * USD }]);
    one.chain.mine([{ txHash: '0x3', from: one.sender, amount: 4n * USD }]);
    one.chain.mine();
    await one.round(undefined, early);
    expect(await statesOf(one)).toEqual({ '0x1': 'credited', '0x2': 'confirming', '0x3': 'credited' });
    const marked = async (): Promise<Record<string, boolean>> =>
      Object.fromEntries(
        (await listDeposits(one.db, { org, limit: 10 })).map(({ txHash, provisional }) => [txHash, provisional]),
      );
    expect(await marked()).toEqual({ '0x1': true, '0x2': false, '0x3': true });
    expect(one.lines).toContainEqual(expect.objectContaining({ event: 'deposit.credited', provisional: true }));
    expect([await one.balance(org), await roomOf(one, org)]).toEqual([10n * USD, 0n]);
    // A block that the chain does not take back any more counts no longer.
    one.chain.hardFinalHeight = 0;
    await one.round(undefined, early);
    expect([await one.balance(org), await roomOf(one, org)]).toEqual([15n * USD, USD]);
    one.chain.hardFinalHeight = 3;
    await one.round(undefined, early);
    expect([await one.balance(org), await roomOf(one, org)]).toEqual([15n * USD, 10n * USD]);
    expect(await marked()).toEqual({ '0x1': false, '0x2': false, '0x3': false });
  });

  test('without a limit, or without an early policy, everything waits', async () => {
    const one = bench();
    const org = await one.newOwner();
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 6n * USD }]);
    one.chain.mine();
    await one.round(undefined, early);
    await setProvisionalLimit(one.db, { org, limitMicros: 10n * USD, at: new Date() });
    await one.round(undefined, ruled({ finality: FINALIZED }));
    expect(await one.balance(org)).toBe(0n);
    await one.round(undefined, early);
    expect(await one.balance(org)).toBe(6n * USD);
  });

  test('A13 what was credited early and spent is owed when the chain takes it back, and debt cannot be spent', async () => {
    const one = bench();
    const org = await orgWithLimit(one, 10n * USD);
    const wallet = walletId({ kind: 'org', id: org });
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 6n * USD }]);
    one.chain.mine();
    await one.round(undefined, early);
    await one.ledger.submit(debitOf(wallet, 4n));
    one.chain.drop(2);
    one.chain.mineMany(3, 'other');
    await one.round(undefined, early);
    expect([await one.balance(org), await roomOf(one, org)]).toEqual([-4n * USD, 10n * USD]);
    await expect(one.ledger.submit(debitOf(wallet, 1n))).rejects.toMatchObject({ code: 'CREDIT_INSUFFICIENT' });
  });

  test('A13 two chains at once stay within one limit', async () => {
    const one = bench();
    const org = await orgWithLimit(one, 10n * USD);
    const other = `${one.caip2}00`;
    const second = new MemoryChain(other);
    const elsewhere = { ...one.context, chain: other };
    const pool = poolOf([second], elsewhere);
    const lease = await acquireLease(one.db, { name: `chain:${other}`, holder: 'one', ttlMs: 60_000 });
    one.chain.mine([{ txHash: '0x1', from: one.sender, amount: 6n * USD }]);
    second.mine([{ txHash: '0x2', from: one.sender, amount: 6n * USD }]);
    for (const chain of [one.chain, second]) chain.mine();
    await Promise.all([one.round(undefined, early), one.round(lease, { ...elsewhere, ...early }, pool)]);
    expect(await one.balance(org)).toBe(6n * USD);
    expect(await roomOf(one, org)).toBe(4n * USD);
  });

  test('nobody has a limit that is not an org', async () => {
    const { db } = bench();
    const unknown = { org: '00000000-0000-7000-8000-000000000000', limitMicros: 1n, at: new Date() };
    expect(await setProvisionalLimit(db, unknown)).toBe(false);
  });
});

describe('A13 whatever is sent, spent and taken back', () => {
  type Step =
    | { readonly does: 'send' | 'spend'; readonly usd: number }
    | { readonly does: 'mine' | 'rewrite' | 'settle'; readonly blocks: number };
  const usd = fc.integer({ min: 1, max: 9 });
  const blocks = fc.integer({ min: 1, max: 3 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ does: fc.constant('send' as const), usd }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('spend' as const), usd }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('mine' as const), blocks }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('rewrite' as const), blocks }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('settle' as const), blocks }) },
  );

  test('what may be lost stays within the limit, and the balance is what the chain holds less what was spent', async () => {
    const one = bench();
    const org = await orgWithLimit(one, 10n * USD);
    const wallet = walletId({ kind: 'org', id: org });
    let [sent, spent, branch, settled] = [0, 0n, 0, -1];
    const play = async (next: Step): Promise<void> => {
      const { chain } = one;
      const name = `branch${branch}`;
      if ('usd' in next) {
        if (next.does === 'send') {
          sent += 1;
          chain.mine([{ txHash: `0x${sent}`, from: one.sender, amount: BigInt(next.usd) * USD }], name);
        } else {
          const done = await one.ledger.submit(debitOf(wallet, BigInt(next.usd))).catch(() => undefined);
          if (done) spent += BigInt(next.usd) * USD;
        }
      } else if (next.does === 'mine') chain.mineMany(next.blocks, name);
      else if (next.does === 'settle') settled = Math.max(settled, (await chain.head()).number - next.blocks);
      else {
        const dropped = Math.min(next.blocks, (await chain.head()).number - settled);
        branch += 1;
        if (dropped > 0) chain.drop(dropped);
        chain.mineMany(dropped + 1, `branch${branch}`);
      }
      chain.hardFinalHeight = settled < 0 ? undefined : settled;
      await one.round(undefined, early);
      const room = await roomOf(one, org);
      expect(room).toBeGreaterThanOrEqual(0n);
      const credited = (await one.deposits()).filter(({ state }) => state === 'credited');
      const held = credited.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      expect(await one.balance(org)).toBe(held - spent);
    };
    one.chain.mine();
    await one.round(undefined, early);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 10 }), async (steps) => {
        for (const next of steps) await play(next);
      }),
      { numRuns: 8, endOnFailure: true },
    );
    expect(sent).toBeGreaterThan(5);
  });
});
