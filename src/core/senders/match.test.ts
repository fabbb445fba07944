import { describe, expect, test } from 'vitest';
import { matchDeposit, matchSender, parkForClosed, type BindingSpan } from './match.ts';

const [A, B] = ['org-a', 'org-b'];
const chain = 'eip155:8453';
const from = '0x00000000000000000000000000000000000000aa';
const span = (org: string, change: Partial<BindingSpan> = {}): BindingSpan => ({
  org,
  chain: null,
  state: 'bound',
  provenAtMs: null,
  boundAtMs: 100,
  unboundAtMs: null,
  ...change,
});

describe('the owner of the sender at the block time decides', () => {
  test.each([
    ['nobody', [], 150, { unmatched: 'unknown_sender' }],
    ['an owner since before', [span(A)], 150, { org: A }],
    ['an owner from that very moment', [span(A)], 100, { org: A }],
    ['an owner until that very moment', [span(A, { unboundAtMs: 150 })], 150, { unmatched: 'unknown_sender' }],
    ['an owner until just after', [span(A, { unboundAtMs: 151 })], 150, { org: A }],
    ['a sender that moved later', [span(A, { unboundAtMs: 200 }), span(B, { boundAtMs: 200 })], 150, { org: A }],
    ['a sender that moved before', [span(A, { unboundAtMs: 140 }), span(B, { boundAtMs: 140 })], 150, { org: B }],
    ['a binding of the chain before one of the family', [span(A), span(B, { chain })], 150, { org: B }],
    ['a binding of another chain', [span(A, { chain: 'eip155:1' })], 150, { unmatched: 'unknown_sender' }],
    ['an unproven registration', [span(A, { state: 'unproven' })], 150, { unmatched: 'unknown_sender' }],
    ['a later registration without proof', [span(A, { boundAtMs: 151 })], 150, { unmatched: 'registered_later' }],
    ['a later registration with proof', [span(A, { boundAtMs: 151, provenAtMs: 151 })], 150, { org: A }],
  ] as const)('%s', (_, bindings, blockTimeMs, expected) => {
    expect(matchSender(bindings, { chain, from, blockTimeMs }, 'proof_required')).toEqual(expected);
  });

  test('first come: a later registration takes what nobody owned, and nothing that somebody did', () => {
    const later = span(B, { boundAtMs: 200 });
    const deposit = { chain, from, blockTimeMs: 150 };
    expect(matchSender([later], deposit, 'first_come')).toEqual({ org: B });
    expect(matchSender([span(A, { unboundAtMs: 180 }), later], deposit, 'first_come')).toEqual({ org: A });
  });

  test.each([`0x${'0'.repeat(40)}`, `0x${'0'.repeat(64)}`])('a mint from %s belongs to nobody', (zero) => {
    const deposit = { chain, from: zero, blockTimeMs: 150 };
    expect(matchSender([span(A)], deposit, 'first_come')).toEqual({ unmatched: 'minted' });
  });
});

test('at a burnt address a deposit is nobody’s, whoever owns its sender', () => {
  const deposit = { chain, from, blockTimeMs: 150 };
  const found = { bindings: [span(A, { provenAtMs: 100 })] };
  expect(matchDeposit({ ...found, recipientOrg: null }, deposit, 'first_come')).toEqual({ unmatched: 'burnt_address' });
  expect(matchDeposit({ ...found, recipientOrg: undefined }, deposit, 'first_come')).toEqual({ org: A });
});

test('what belongs to a closed org waits, and nothing else does', () => {
  const closed = new Set([A]);
  expect(parkForClosed({ org: A }, closed)).toEqual({ unmatched: 'org_closed' });
  expect(parkForClosed({ org: B }, closed)).toEqual({ org: B });
  expect(parkForClosed({ unmatched: 'minted' }, closed)).toEqual({ unmatched: 'minted' });
});
