import { describe, expect, it } from 'vitest';
import { decideRegistration, type SenderBinding, type SenderPolicy } from './registration.ts';

const BASE = 'eip155:8453';
const binding = (org: string, chain: string | null, state: SenderBinding['state'] = 'bound'): SenderBinding => ({
  id: `${org}-row`,
  org,
  chain,
  state,
});
const ask = (bindings: SenderBinding[], chain: string | null, policy: SenderPolicy = 'first_come'): unknown =>
  decideRegistration(bindings, { org: 'a', chain, proven: false }, policy);

describe('registering a sender', () => {
  it.each([
    [null, null],
    [null, BASE],
    [BASE, null],
    [BASE, BASE],
  ])('is refused where another org holds it: theirs %s, ours %s', (theirs, ours) => {
    expect(ask([binding('b', theirs)], ours)).toEqual({ action: 'claimed' });
    expect(ask([binding('b', theirs)], ours, 'proof_required')).toEqual({ action: 'claimed' });
  });

  it('goes ahead where another org holds it on another chain only, or has not proven it', () => {
    expect(ask([binding('b', 'eip155:1')], BASE)).toEqual({ action: 'insert', state: 'bound', ends: [] });
    expect(ask([binding('b', null, 'unproven')], null)).toEqual({ action: 'insert', state: 'bound', ends: [] });
  });

  it('reserves nothing while proof is required', () => {
    expect(ask([], null, 'proof_required')).toEqual({ action: 'insert', state: 'unproven', ends: [] });
    expect(ask([binding('a', null, 'unproven')], null, 'proof_required')).toEqual({ action: 'keep', id: 'a-row' });
  });

  it('changes nothing about what the org holds already', () => {
    expect(ask([binding('a', null)], null)).toEqual({ action: 'keep', id: 'a-row' });
    expect(ask([binding('a', null)], null, 'proof_required')).toEqual({ action: 'keep', id: 'a-row' });
  });

  it('binds what was unproven once the first to come may have it', () => {
    expect(ask([binding('a', BASE, 'unproven')], BASE)).toEqual({ action: 'bind', id: 'a-row', ends: [] });
  });

  it('keeps what is its own, whatever others proved on one of its chains', () => {
    expect(ask([binding('a', null), binding('b', BASE)], null)).toEqual({ action: 'keep', id: 'a-row' });
  });
});

describe('registering a sender with a proof', () => {
  const prove = (bindings: SenderBinding[], chain: string | null): unknown =>
    decideRegistration(bindings, { org: 'a', chain, proven: true }, 'proof_required');

  it('binds at once, and makes a bound row of what waited', () => {
    expect(prove([], null)).toEqual({ action: 'insert', state: 'bound', ends: [] });
    expect(prove([binding('a', null, 'unproven')], null)).toEqual({ action: 'bind', id: 'a-row', ends: [] });
    expect(prove([binding('a', null)], null)).toEqual({ action: 'bind', id: 'a-row', ends: [] });
  });

  it('for one chain makes a binding of that chain of what waited for all', () => {
    expect(prove([binding('a', null, 'unproven')], BASE)).toEqual({ action: 'bind', id: 'a-row', ends: [] });
    expect(prove([binding('a', null)], BASE)).toEqual({ action: 'insert', state: 'bound', ends: [] });
  });

  it.each([
    ['everywhere, what others hold anywhere', null, ['b-row', 'c-row']],
    ['on one chain, what others hold there', BASE, ['c-row']],
    ['on a chain that nobody holds by itself, nothing', 'eip155:1', []],
  ])('ends %s', (_, chain, ends) => {
    const bindings = [binding('b', null), binding('c', BASE), binding('d', null, 'unproven')];
    expect(prove(bindings, chain)).toEqual({ action: 'insert', state: 'bound', ends });
  });
});
