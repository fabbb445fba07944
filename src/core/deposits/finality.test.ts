import { describe, expect, test } from 'vitest';
import { confirmations, creditHeight, DEFAULT_FINALITY, judgeFinality } from './finality.ts';

const { starknet, eip155 } = DEFAULT_FINALITY;
const caps = { perDepositMicros: 1_000n, outstandingMicros: 5_000n };

describe('when a deposit is final', () => {
  test.each([
    ['Starknet, 3 on top', starknet, 97, { head: 100, hardFinal: 10 }, 'too_recent'],
    ['Starknet, 4 on top', starknet, 96, { head: 100, hardFinal: 10 }, 'credit'],
    ['Starknet on a chain of three blocks', starknet, 0, { head: 3, hardFinal: undefined }, 'too_recent'],
    ['EVM above finalized', eip155, 91, { head: 100, hardFinal: 90 }, 'too_recent'],
    ['EVM at finalized', eip155, 90, { head: 100, hardFinal: 90 }, 'credit'],
    ['EVM without a finalized block', eip155, 0, { head: 100, hardFinal: undefined }, 'too_recent'],
  ] as const)('%s', (_, policy, blockNumber, heights, expected) => {
    const deposit = { blockNumber, amountMicros: 1n };
    expect(judgeFinality(deposit, heights, { policy, caps, exposedMicros: 0n })).toBe(expected);
  });

  test.each([
    ['at the cap of a deposit', 1_000n, 0n, 50, 'credit'],
    ['above the cap of a deposit', 1_001n, 0n, 50, 'above_deposit_cap'],
    ['above the cap of a deposit, hard-final', 1_001n, 0n, 40, 'credit'],
    ['up to the cap of the chain', 1_000n, 4_000n, 50, 'credit'],
    ['above the cap of the chain', 1_000n, 4_001n, 50, 'above_chain_cap'],
    ['above the cap of the chain, hard-final', 1_000n, 9_999n, 40, 'credit'],
  ] as const)('%s', (_, amountMicros, exposedMicros, blockNumber, expected) => {
    const heights = { head: 100, hardFinal: 40 };
    const rules = { policy: starknet, caps, exposedMicros };
    expect(judgeFinality({ blockNumber, amountMicros }, heights, rules)).toBe(expected);
  });

  test('progress reads n of m and never passes m', () => {
    const heights = { head: 100, hardFinal: 60 };
    expect(confirmations(98, starknet, heights)).toEqual({ n: 2, m: 4 });
    expect(confirmations(20, starknet, heights)).toEqual({ n: 4, m: 4 });
    expect(confirmations(90, eip155, heights)).toEqual({ n: 10, m: 40 });
    expect(confirmations(90, eip155, { head: 100, hardFinal: undefined })).toBeUndefined();
    expect(creditHeight({ kind: 'depth', blocks: 0 }, heights)).toBe(100);
  });
});
