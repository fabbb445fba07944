/** What operators decide, other coins and dust, as rounds on a chain in memory carry it out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uuidV7, walletId } from '../../src/core/ids.ts';
import { assignByHand, ignoreByHand } from '../../src/db/deposits/acts.ts';
import { claimEach, giveDeposits } from '../../src/db/deposits/assignments.ts';
import { sumPending } from '../../src/db/deposits/views.ts';
import { createOrg } from '../../src/db/access/orgs.ts';
import { bind } from '../support/chains/bench.ts';
import { floodWithDust } from '../support/deposits/dust-flood.ts';
import { TOKEN } from '../support/chains/memory-chain.ts';
import { useRoundBench, type RoundBench } from '../support/deposits/round-bench.ts';

const bench = useRoundBench();
const USD = 1_000_000n;
const addressOf = (digit: string): string => `0x${digit.repeat(40)}`;
const isUsdc = (_: string, token: string): boolean => token === TOKEN;

function actOn(deposit: string): { id: string; deposit: string; actor: string; words: string; at: Date } {
  return { id: uuidV7(Date.now()), deposit, actor: 'tester', words: 'because', at: new Date() };
}

async function newOrg(db: RoundBench['db']): Promise<string> {
  const id = uuidV7(Date.now());
  await createOrg(db, { id, name: 'Test', externalId: null, createdAt: new Date() });
  return id;
}

async function idOf({ db, caip2 }: RoundBench, txHash: string): Promise<string> {
  const found: { rows: { id: string }[] } = await db.raw('SELECT id FROM deposit WHERE chain = ? AND tx_hash = ?', [
    caip2,
    txHash,
  ]);
  return found.rows[0]?.id ?? '';
}

/** Types of the entries of an org, in order. */
async function entriesOf(db: RoundBench['db'], org: string): Promise<string[]> {
  const found: { rows: { type: string }[] } = await db.raw('SELECT type FROM entry WHERE wallet = ? ORDER BY seq', [
    walletId({ kind: 'org', id: org }),
  ]);
  return found.rows.map(({ type }) => type);
}

const stateOf = async (txHash: string): Promise<unknown> =>
  (await bench().deposits()).filter((row) => row.tx_hash === txHash).map(({ state, reason }) => [state, reason]);

describe('what an operator assigns', () => {
  test('is credited to that org by the next round, once', async () => {
    const { balance, chain, db, round, sender } = bench();
    const org = await newOrg(db);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round();
    expect(await stateOf('0x1')).toEqual([['unmatched', 'unknown_sender']]);
    await assignByHand(db, { ...actOn(await idOf(bench(), '0x1')), org }, isUsdc);
    expect(await balance(org)).toBe(0n);
    for (let again = 0; again < 3; again += 1) await round();
    expect(await stateOf('0x1')).toEqual([['credited', null]]);
    expect(await entriesOf(db, org)).toEqual(['DEPOSIT']);
    expect(await balance(org)).toBe(5n);
  });

  test('goes to it whoever the sender belongs to, and comes back to it after a reorg', async () => {
    const { balance, chain, db, newOwner, round, sender } = bench();
    const owner = await newOwner();
    const org = await newOrg(db);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    await assignByHand(db, { ...actOn(await idOf(bench(), '0x1')), org }, isUsdc);
    await round();
    expect(await balance(org)).toBe(0n);
    chain.mineMany(2);
    await round();
    expect(await balance(org)).toBe(5n);
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    expect(await balance(org)).toBe(0n);
    chain.drop(3);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }], 'third');
    chain.mineMany(5, 'third');
    await round();
    await round();
    expect([await balance(org), await balance(owner)]).toEqual([5n, 0n]);
    expect(await entriesOf(db, org)).toEqual(['DEPOSIT', 'DEPOSIT_REVERSAL', 'DEPOSIT']);
  });

  test('does not outlive a sender or amount that a reorg changed', async () => {
    const { balance, chain, db, round, sender } = bench();
    const org = await newOrg(db);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    await assignByHand(db, { ...actOn(await idOf(bench(), '0x1')), org }, isUsdc);
    chain.drop(1);
    chain.mine([{ txHash: '0x1', from: sender, amount: 9n }], 'other');
    chain.mineMany(3, 'other');
    await round();
    expect(await balance(org)).toBe(0n);
    expect(await stateOf('0x1')).toEqual([['unmatched', 'unknown_sender']]);
  });

  test('a wrong token cannot become money by any assignment', async () => {
    const { balance, chain, context, db, round, sender } = bench();
    const org = await newOrg(db);
    const other = addressOf('7');
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n, token: other }]);
    chain.mineMany(2);
    await round(undefined, { knownTokens: [other] });
    const id = await idOf(bench(), '0x1');
    await expect(assignByHand(db, { ...actOn(id), org }, isUsdc)).rejects.toMatchObject({ code: 'DEPOSIT_NOT_OPEN' });
    // As if whoever assigned had not looked at the token.
    await db.transaction(async (trx) =>
      giveDeposits(trx, [id], { org, by: 'admin', actor: 'k', reason: 'r', at: new Date() }),
    );
    for (let again = 0; again < 3; again += 1) await round(undefined, { knownTokens: [other] });
    expect(await balance(org)).toBe(0n);
    expect(context.tokens).toEqual([TOKEN]);
  });
});

describe('what screening stopped', () => {
  const stops = (verdict: 'hold' | 'deny'): { screener: { screen: () => Promise<'hold' | 'deny'> } } => ({
    screener: { screen: async () => Promise.resolve(verdict) },
  });

  test.each(['hold', 'deny'] as const)(
    '(%s) is released by an operator’s assignment, not by a claim',
    async (verdict) => {
      const { balance, chain, db, newOwner, round, sender } = bench();
      const org = await newOwner();
      chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
      chain.mineMany(2);
      await round(undefined, stops(verdict));
      const stopped = await stateOf('0x1');
      expect(stopped).not.toEqual([['credited', null]]);
      const id = await idOf(bench(), '0x1');
      const claim = { org, actor: 'k', reason: 'signed', at: new Date() } as const;
      await db.transaction(async (trx) => claimEach(trx, [id], claim));
      await round(undefined, stops(verdict));
      expect(await stateOf('0x1')).toEqual(stopped);
      await assignByHand(db, { ...actOn(id), org }, isUsdc);
      await round(undefined, stops(verdict));
      expect(await balance(org)).toBe(5n);
    },
  );

  test('after it was assigned is held all the same, until it is assigned once more', async () => {
    const { balance, chain, db, round, sender } = bench();
    const org = await newOrg(db);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    await round(undefined, stops('deny'));
    const id = await idOf(bench(), '0x1');
    await assignByHand(db, { ...actOn(id), org }, isUsdc);
    await round(undefined, stops('deny'));
    expect(await stateOf('0x1')).toEqual([['quarantined', 'screening_denied']]);
    expect(await balance(org)).toBe(0n);
    await assignByHand(db, { ...actOn(id), org }, isUsdc);
    await round(undefined, stops('deny'));
    expect(await balance(org)).toBe(5n);
  });
});

describe('what an operator sets aside', () => {
  test('is not credited, though its sender is registered, nor when it returns after a reorg', async () => {
    const { balance, chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    await round();
    await ignoreByHand(db, actOn(await idOf(bench(), '0x1')));
    chain.mineMany(2);
    await round();
    expect(await stateOf('0x1')).toEqual([['ignored', 'set_aside']]);
    chain.drop(3);
    chain.mineMany(4, 'other');
    await round();
    expect(await stateOf('0x1')).toEqual([['orphaned', 'set_aside']]);
    chain.drop(2);
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }], 'third');
    chain.mineMany(3, 'third');
    await round();
    expect(await stateOf('0x1')).toEqual([['ignored', 'set_aside']]);
    expect(await balance(org)).toBe(0n);
    await assignByHand(db, { ...actOn(await idOf(bench(), '0x1')), org }, isUsdc);
    await round();
    expect(await balance(org)).toBe(5n);
  });
});

describe('other coins', () => {
  test('A04 A05 F18 of whatever contract, in one transaction too, credit nothing; those that are known are recorded', async () => {
    const { balance, chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    const [known, unknown] = [addressOf('7'), addressOf('8')];
    chain.mine([
      { txHash: '0x1', from: sender, amount: 5n, token: known },
      { txHash: '0x1', from: sender, amount: 6n, token: unknown, ordinal: 1 },
      { txHash: '0x1', from: sender, amount: 7n, ordinal: 2 },
      { txHash: '0x2', from: sender, amount: 0n, token: known },
    ]);
    chain.mineMany(2);
    await round(undefined, { knownTokens: [known] });
    await round(undefined, { knownTokens: [known] });
    expect(await bench().deposits()).toEqual([
      { tx_hash: '0x1', state: 'ignored', reason: 'wrong_asset', amount: '5', revision: 0 },
      { tx_hash: '0x1', state: 'credited', reason: null, amount: '7', revision: 0 },
      { tx_hash: '0x2', state: 'ignored', reason: 'zero_amount', amount: '0', revision: 0 },
    ]);
    expect(await balance(org)).toBe(7n);
    expect(await sumPending(db, org, new Date())).toBe(0n);
  });

  test('A04 random emitters that a node hands over never credit', async () => {
    const { balance, chain, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.ignoresFilter = true;
    const emitters = fc.sample(
      fc.stringMatching(/^0x[0-9a-f]{40}$/).filter((token) => token !== TOKEN),
      200,
    );
    chain.mine(emitters.map((token, ordinal) => ({ txHash: '0x1', from: sender, amount: 5n, token, ordinal })));
    chain.mineMany(2);
    await round();
    await round();
    expect(await balance(org)).toBe(0n);
    expect(new Set((await bench().deposits()).map(({ state }) => state))).toEqual(new Set(['ignored']));
  });

  test('on a chain that is only watched everything is recorded and nothing credited', async () => {
    const { balance, chain, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 5n }]);
    chain.mineMany(2);
    const watched = { tokens: [], knownTokens: [TOKEN], knownAsset: 'unlisted_chain' } as const;
    await round(undefined, watched);
    await round(undefined, watched);
    expect(await stateOf('0x1')).toEqual([['ignored', 'unlisted_chain']]);
    // Listed later, it is an operator's to give.
    await round();
    expect(await balance(org)).toBe(0n);
  });

  test('what a known coin emits alarms nobody, however it looks', async () => {
    const { chain, lines, newOwner, round, sender } = bench();
    await newOwner();
    const token = addressOf('7');
    chain.mine([
      { txHash: '0x1', from: sender, amount: 0n, token, malformed: '4 topics instead of 3' },
      { txHash: '0x2', from: sender, amount: 2n ** 256n - 1n, token },
    ]);
    chain.mineMany(2);
    await round(undefined, { knownTokens: [token] });
    expect((await bench().deposits()).map(({ reason }) => reason)).toEqual(['wrong_asset', 'wrong_asset']);
    expect(lines.map(({ event }) => event)).not.toContain('deposit.quarantined');
  });
});

describe('dust', () => {
  const least = { minDepositMicros: 10n };

  test('F42 waits until what the org has of it adds up, and is credited one by one', async () => {
    const { balance, chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([
      { txHash: '0x1', from: sender, amount: 4n },
      { txHash: '0x2', from: sender, amount: 5n },
      { txHash: '0x3', from: sender, amount: 10n },
      { txHash: '0x4', from: sender, amount: 2n ** 256n - 1n },
    ]);
    chain.mineMany(2);
    for (let again = 0; again < 3; again += 1) await round(undefined, least);
    expect((await bench().deposits()).map(({ state, reason }) => [state, reason])).toEqual([
      ['dust', 'below_minimum'],
      ['dust', 'below_minimum'],
      ['credited', null],
      ['quarantined', 'amount_out_of_bounds'],
    ]);
    expect(await balance(org)).toBe(10n);
    expect(await sumPending(db, org, new Date())).toBe(0n);
    chain.mine([{ txHash: '0x5', from: sender, amount: 1n }]);
    chain.mineMany(2);
    for (let again = 0; again < 4; again += 1) await round(undefined, least);
    expect(await balance(org)).toBe(20n);
    expect(await entriesOf(db, org)).toEqual(Array.from({ length: 4 }, () => 'DEPOSIT'));
    // What comes afterwards begins a new sum.
    chain.mine([{ txHash: '0x6', from: sender, amount: 9n }]);
    chain.mineMany(2);
    for (let again = 0; again < 3; again += 1) await round(undefined, least);
    expect(await balance(org)).toBe(20n);
  });

  test('F42 one base unit is credited exactly where there is no minimum', async () => {
    const { balance, chain, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 1n }]);
    chain.mineMany(2);
    await round();
    expect(await balance(org)).toBe(1n);
  });

  test('of several orgs is added up apart, and that of nobody for nobody until its sender is registered', async () => {
    const { balance, caip2, chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    const [other, stranger] = [addressOf('5'), addressOf('6')];
    const otherOrg = await newOrg(db);
    await bind(db, otherOrg, caip2, other);
    chain.mine([
      { txHash: '0x1', from: sender, amount: 6n },
      { txHash: '0x2', from: other, amount: 6n },
      { txHash: '0x3', from: stranger, amount: 6n },
    ]);
    chain.mineMany(2);
    for (let again = 0; again < 3; again += 1) await round(undefined, least);
    expect((await bench().deposits()).map(({ state, reason }) => [state, reason])).toEqual([
      ['dust', 'below_minimum'],
      ['dust', 'below_minimum'],
      ['dust', 'unknown_sender'],
    ]);
    await bind(db, org, caip2, stranger);
    for (let again = 0; again < 4; again += 1) await round(undefined, least);
    expect([await balance(org), await balance(otherOrg)]).toEqual([12n, 0n]);
  });

  test('that left the chain does not count, and a lower minimum lets it go', async () => {
    const { balance, chain, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 6n }]);
    chain.mine([{ txHash: '0x2', from: sender, amount: 3n }]);
    chain.mineMany(2);
    await round(undefined, least);
    chain.drop(3);
    chain.mine([{ txHash: '0x3', from: sender, amount: 3n }], 'other');
    chain.mineMany(3, 'other');
    for (let again = 0; again < 3; again += 1) await round(undefined, least);
    expect(await stateOf('0x2')).toEqual([['orphaned', 'below_minimum']]);
    expect(await balance(org)).toBe(0n);
    await round(undefined, { minDepositMicros: 9n });
    expect(await balance(org)).toBe(9n);
  });

  test('that an operator assigns is credited whatever its size', async () => {
    const { balance, chain, db, newOwner, round, sender } = bench();
    const org = await newOwner();
    chain.mine([{ txHash: '0x1', from: sender, amount: 3n }]);
    chain.mineMany(2);
    await round(undefined, least);
    await assignByHand(db, { ...actOn(await idOf(bench(), '0x1')), org }, isUsdc);
    await round(undefined, least);
    expect(await balance(org)).toBe(3n);
  });

  test('A06 thousands of transfers of nothing and of next to nothing credit nothing and stop nobody', async () => {
    const { balance } = bench();
    const { org, counts } = await floodWithDust(bench(), 4_000);
    expect(counts).toEqual([
      { state: 'credited', reason: null, deposits: 2 },
      { state: 'dust', reason: 'unknown_sender', deposits: 2_000 },
      { state: 'ignored', reason: 'zero_amount', deposits: 2_000 },
    ]);
    expect(await balance(org)).toBe(3n * USD);
  });
});
