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
  decideRegistration(bindings, { org: 'a', chain }, policy);

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
    expect(ask([binding('b', 'eip155:1')], BASE)).toEqual({ action: 'insert', state: 'bound' });
    expect(ask([binding('b', null, 'unproven')], null)).toEqual({ action: 'insert', state: 'bound' });
  });

  it('reserves nothing while proof is required', () => {
    expect(ask([], null, 'proof_required')).toEqual({ action: 'insert', state: 'unproven' });
    expect(ask([binding('a', null, 'unproven')], null, 'proof_required')).toEqual({ action: 'keep', id: 'a-row' });
  });

  it('changes nothing about what the org holds already', () => {
    expect(ask([binding('a', null)], null)).toEqual({ action: 'keep', id: 'a-row' });
    expect(ask([binding('a', null)], null, 'proof_required')).toEqual({ action: 'keep', id: 'a-row' });
  });

  it('binds what was unproven once the first to come may have it', () => {
    expect(ask([binding('a', BASE, 'unproven')], BASE)).toEqual({ action: 'bind', id: 'a-row' });
  });
});
