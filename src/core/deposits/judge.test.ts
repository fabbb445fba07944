import { describe, expect, test } from 'vitest';
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { judgeDeposit, type JudgedChain, type JudgedDeposit, type Owned } from './judge.ts';

const deposit: JudgedDeposit = {
  token: '0xusdc',
  from: '0xsender',
  to: '0xours',
  amount: 50n,
  blockNumber: 90,
  state: 'confirming',
  reason: null,
  org: 'a',
  setAside: false,
  dustRipe: false,
};
/** Up to 100, four blocks are enough; 300 may be at risk. Everything above waits for block 80 to be hard-final. */
const chain: JudgedChain = {
  tokens: ['0xusdc'],
  recipients: new Set(['0xours']),
  rules: {
    tiers: [{ uptoMicros: 100n, policy: { kind: 'depth', blocks: 4 } }],
    outstandingMicros: 300n,
    provisional: { kind: 'depth', blocks: 1 },
  },
  minDepositMicros: 10n,
  heights: { head: 100, hardFinal: 80 },
};
const owned: Owned = { match: { org: 'a' }, assigned: false };
const nobodys: Owned = { match: { unmatched: 'unknown_sender' }, assigned: false };
const exposure = { chainMicros: 0n, provisionalRoomMicros: 0n };
const still = { state: 'confirming', reason: null, org: 'a' } as const;

describe('a deposit that may be credited', () => {
  test.each([
    ['deep enough', {}, owned, {}, false],
    ['at the last block of its policy', { blockNumber: 96 }, owned, {}, false],
    [
      'below hard finality, whatever is at risk',
      { blockNumber: 80, amount: 1_000n },
      owned,
      { chainMicros: 300n },
      false,
    ],
    ['up to what may be at risk', {}, owned, { chainMicros: 250n }, false],
    ['early, within its org’s limit', { blockNumber: 98 }, owned, { provisionalRoomMicros: 50n }, true],
    [
      'that was unmatched, once it has an org',
      { state: 'unmatched', reason: 'unknown_sender', org: null },
      owned,
      {},
      false,
    ],
    ['at the minimum', { amount: 10n }, owned, {}, false],
    ['that is small and was assigned by hand', { amount: 9n }, { ...owned, assigned: true }, {}, false],
    ['that is small, with enough of its org beside it', { amount: 9n, dustRipe: true }, owned, {}, false],
  ] as const)('%s', (_, change, whose, risk, provisional) => {
    const judgement = judgeDeposit({ ...deposit, ...change }, whose, chain, { ...exposure, ...risk });
    expect(judgement).toEqual({ credit: { org: 'a', provisional } });
  });
});

describe('a deposit that is not credited', () => {
  test.each([
    ['set aside by hand', { setAside: true }, owned, 'set_aside', { state: 'ignored', reason: 'set_aside', org: null }],
    [
      'of a token that is not configured',
      { token: '0xother' },
      owned,
      'not_watched',
      { ...still, reason: 'not_watched' },
    ],
    [
      'to an address that is not ours any more',
      { to: '0xold' },
      owned,
      'not_watched',
      { ...still, reason: 'not_watched' },
    ],
    ['of nothing', { amount: 0n }, owned, 'never_credited', { state: 'ignored', reason: 'zero_amount', org: null }],
    [
      'from an address of ours',
      { from: '0xours' },
      owned,
      'never_credited',
      { state: 'ignored', reason: 'own_transfer', org: null },
    ],
    [
      'of more than a command moves',
      { amount: AMOUNT_MICROS_MAX + 1n },
      owned,
      'never_credited',
      { state: 'quarantined', reason: 'amount_out_of_bounds', org: null },
    ],
    ['below the minimum', { amount: 9n }, owned, 'dust', { state: 'dust', reason: 'below_minimum', org: 'a' }],
    ['below it, of nobody', { amount: 9n }, nobodys, 'dust', { state: 'dust', reason: 'unknown_sender', org: null }],
    ['of nobody', {}, nobodys, 'unmatched', { state: 'unmatched', reason: 'unknown_sender', org: null }],
    ['first seen with a block on top', { blockNumber: 98, state: 'observed' }, owned, 'too_recent', still],
    [
      'first seen in the head, and owned',
      { blockNumber: 100, state: 'observed', org: null },
      owned,
      'too_recent',
      { ...still, state: 'observed' },
    ],
    ['too recent, whose owner is known now', { blockNumber: 98, org: null }, owned, 'too_recent', still],
    ['too recent, of nobody', { blockNumber: 98 }, nobodys, 'too_recent', { ...still, org: null }],
    ['too recent, held up no more', { blockNumber: 98, reason: 'above_chain_cap' }, owned, 'too_recent', still],
    ['above every tier', { amount: 101n }, owned, 'above_deposit_cap', { ...still, reason: 'above_deposit_cap' }],
  ] as const)('%s', (_, change, whose, because, step) => {
    expect(judgeDeposit({ ...deposit, ...change }, whose, chain, exposure)).toEqual({ because, step });
  });

  test('that would put more at risk than the chain’s cap', () => {
    expect(judgeDeposit(deposit, owned, chain, { ...exposure, chainMicros: 251n })).toEqual({
      because: 'above_chain_cap',
      step: { ...still, reason: 'above_chain_cap' },
    });
  });

  test('early, above its org’s limit', () => {
    const early = { ...deposit, blockNumber: 98, state: 'observed' } as const;
    const judgement = judgeDeposit(early, owned, chain, { ...exposure, provisionalRoomMicros: 49n });
    expect(judgement).toEqual({ because: 'too_recent', step: still });
  });
});

describe('a deposit that is where it was takes no step', () => {
  const unmatched = { state: 'unmatched', reason: 'unknown_sender', org: null } as const;
  const dust = { state: 'dust', reason: 'unknown_sender', org: null, amount: 9n } as const;
  test.each([
    ['too recent', { blockNumber: 98 }, owned, 'too_recent'],
    ['too recent, in the head', { blockNumber: 100, state: 'observed' }, owned, 'too_recent'],
    ['above every tier', { amount: 101n, reason: 'above_deposit_cap' }, owned, 'above_deposit_cap'],
    ['unmatched', unmatched, nobodys, 'unmatched'],
    ['unmatched, and not final after a rewind', { ...unmatched, blockNumber: 98 }, nobodys, 'too_recent'],
    ['unmatched, and not final, though it has an owner now', { ...unmatched, blockNumber: 98 }, owned, 'too_recent'],
    ['unmatched, and not watched', { ...unmatched, token: '0xother' }, owned, 'not_watched'],
    ['not watched', { token: '0xother', reason: 'not_watched' }, owned, 'not_watched'],
    ['dust of nobody', dust, nobodys, 'dust'],
    ['dust of its org', { ...dust, reason: 'below_minimum', org: 'a' }, owned, 'dust'],
    ['set aside', { setAside: true, state: 'ignored', reason: 'set_aside', org: null }, owned, 'set_aside'],
  ] as const)('%s', (_, change, whose, because) => {
    const judgement = judgeDeposit({ ...deposit, ...change }, whose, chain, exposure);
    expect(judgement).toEqual({ because, step: undefined });
  });
});
