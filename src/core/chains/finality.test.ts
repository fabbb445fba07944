import { describe, expect, test } from 'vitest';
import {
  confirmations,
  creditHeight,
  creditRulesOf,
  estimateSeconds,
  judgeFinality,
  type CreditRules,
  type FinalityPolicy,
} from './finality.ts';

const caps = { perDepositMicros: 1_000n, outstandingMicros: 5_000n };
const starknet = creditRulesOf('starknet', { caps });
const eip155 = creditRulesOf('eip155', { caps });
const nothing = { chainMicros: 0n, provisionalRoomMicros: 0n };
const depth = (blocks: number): FinalityPolicy => ({ kind: 'depth', blocks });

describe('when a deposit is final', () => {
  test.each([
    ['Starknet, 3 on top', starknet, 97, { head: 100, hardFinal: 10 }, 'too_recent'],
    ['Starknet, 4 on top', starknet, 96, { head: 100, hardFinal: 10 }, 'credit'],
    ['Starknet on a chain of three blocks', starknet, 0, { head: 3, hardFinal: undefined }, 'too_recent'],
    ['EVM above finalized', eip155, 91, { head: 100, hardFinal: 90 }, 'too_recent'],
    ['EVM at finalized', eip155, 90, { head: 100, hardFinal: 90 }, 'credit'],
    ['EVM without a finalized block', eip155, 0, { head: 100, hardFinal: undefined }, 'too_recent'],
  ] as const)('%s', (_, rules, blockNumber, heights, expected) => {
    expect(judgeFinality({ blockNumber, amountMicros: 1n }, heights, rules, nothing)).toBe(expected);
  });

  test.each([
    ['at the cap of a deposit', 1_000n, 0n, 50, 'credit'],
    ['above the cap of a deposit', 1_001n, 0n, 50, 'above_deposit_cap'],
    ['above the cap of a deposit, hard-final', 1_001n, 0n, 40, 'credit'],
    ['up to the cap of the chain', 1_000n, 4_000n, 50, 'credit'],
    ['above the cap of the chain', 1_000n, 4_001n, 50, 'above_chain_cap'],
    ['above the cap of the chain, hard-final', 1_000n, 9_999n, 40, 'credit'],
  ] as const)('%s', (_, amountMicros, chainMicros, blockNumber, expected) => {
    const heights = { head: 100, hardFinal: 40 };
    const exposure = { ...nothing, chainMicros };
    expect(judgeFinality({ blockNumber, amountMicros }, heights, starknet, exposure)).toBe(expected);
  });
});

describe('tiers by amount', () => {
  const tiers = [
    { uptoMicros: 500n, policy: depth(20) },
    { uptoMicros: 10n, policy: depth(1) },
  ];
  const rules = creditRulesOf('eip155', { caps, tiers });

  test.each([
    ['the lowest at its depth', 10n, 99, 'credit'],
    ['the lowest too early', 10n, 100, 'too_recent'],
    ['one above it waits for the next', 11n, 99, 'too_recent'],
    ['the next at its depth', 500n, 80, 'credit'],
    ['above all, deep enough for the last', 501n, 61, 'above_deposit_cap'],
    ['above all, hard-final', 501n, 60, 'credit'],
  ] as const)('%s', (_, amountMicros, blockNumber, expected) => {
    const heights = { head: 100, hardFinal: 60 };
    expect(judgeFinality({ blockNumber, amountMicros }, heights, rules, nothing)).toBe(expected);
  });

  test('a hard-final block is credited no earlier than the policy of its tier says', () => {
    const heights = { head: 100, hardFinal: 100 };
    expect(judgeFinality({ blockNumber: 90, amountMicros: 400n }, heights, rules, nothing)).toBe('too_recent');
    expect(judgeFinality({ blockNumber: 90, amountMicros: 501n }, heights, rules, nothing)).toBe('above_deposit_cap');
    expect(judgeFinality({ blockNumber: 80, amountMicros: 501n }, heights, rules, nothing)).toBe('credit');
  });
});

describe('the first stage', () => {
  const rules: CreditRules = { ...eip155, provisional: depth(2) };
  const heights = { head: 100, hardFinal: 60 };

  test.each([
    ['within the limit of the org', { blockNumber: 98, amountMicros: 700n }, 700n, 0n, 'credit_provisionally'],
    ['beyond the limit', { blockNumber: 98, amountMicros: 701n }, 700n, 0n, 'too_recent'],
    ['before the early policy', { blockNumber: 99, amountMicros: 1n }, 700n, 0n, 'too_recent'],
    ['beyond the cap of the chain', { blockNumber: 98, amountMicros: 700n }, 700n, 4_301n, 'too_recent'],
    ['above the cap of a deposit', { blockNumber: 98, amountMicros: 2_000n }, 3_000n, 0n, 'credit_provisionally'],
    ['where it is final', { blockNumber: 60, amountMicros: 700n }, 700n, 0n, 'credit'],
  ] as const)('%s', (_, deposit, provisionalRoomMicros, chainMicros, expected) => {
    expect(judgeFinality(deposit, heights, rules, { chainMicros, provisionalRoomMicros })).toBe(expected);
  });

  test('there is none where none is configured', () => {
    const exposure = { chainMicros: 0n, provisionalRoomMicros: 9_999n };
    expect(judgeFinality({ blockNumber: 98, amountMicros: 1n }, heights, eip155, exposure)).toBe('too_recent');
  });
});

describe('progress', () => {
  const at = (blockNumber: number, amountMicros = 1n, reason: string | null = null) => ({
    blockNumber,
    amountMicros,
    reason,
  });
  const heights = { head: 100, hardFinal: 60 };

  test('reads n of m and never passes m', () => {
    expect(confirmations(at(98), starknet, heights)).toEqual({ n: 2, m: 4 });
    expect(confirmations(at(20), starknet, heights)).toEqual({ n: 4, m: 4 });
    expect(confirmations(at(90), eip155, heights)).toEqual({ n: 10, m: 40 });
    expect(confirmations(at(90), eip155, { head: 100, hardFinal: undefined })).toBeUndefined();
    expect(creditHeight(creditRulesOf('starknet', { caps, finality: depth(0) }), heights)).toBe(100);
  });

  test('is that of hard finality for what a cap holds up', () => {
    expect(confirmations(at(98, 1_001n), starknet, heights)).toEqual({ n: 2, m: 40 });
    expect(confirmations(at(90, 1n, 'above_chain_cap'), starknet, heights)).toEqual({ n: 10, m: 40 });
    expect(confirmations(at(90, 1_001n), starknet, { head: 100, hardFinal: undefined })).toBeUndefined();
  });

  test('becomes seconds at the pace of the chain, rounded up', () => {
    expect(estimateSeconds({ n: 1, m: 4 }, 2_800)).toBe(9);
    expect(estimateSeconds({ n: 4, m: 4 }, 2_800)).toBe(0);
    expect(estimateSeconds({ n: 1, m: 4 }, undefined)).toBeUndefined();
  });
});
