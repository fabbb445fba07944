import { describe, expect, it } from 'vitest';
import { depositId, isUuid, ledgerKey, parseHoldId, uuidV5, uuidV7, walletId } from './ids.ts';

describe('ids', () => {
  it('of wallets and deposits are frozen: the same on every machine and in every version', () => {
    expect(walletId({ kind: 'org', id: '01a1fea1-b6d2-7fb7-8e2a-ff9cd3598b0b' })).toBe(
      '061afb65-1eb8-5961-9d3d-06a473494f7c',
    );
    const identity = { chain: 'eip155:31337', token: '0xa', txHash: '0xb', ordinal: 0 };
    expect(depositId(identity)).toBe(depositId({ ...identity }));
    expect(depositId({ ...identity, ordinal: 1 })).not.toBe(depositId(identity));
  });

  it('derived from parts do not depend on where one part ends', () => {
    expect(uuidV5('a', 'bc')).not.toBe(uuidV5('ab', 'c'));
  });

  it('of version 7 grow within a millisecond, over its end and when the clock steps back', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) =>
      uuidV7(index < 9_000 ? 1_700_000_000_000 : 1_600_000_000_000),
    );
    expect(ids.every(isUuid)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every((id) => /^.{14}7.{4}[89ab]/.test(id))).toBe(true);
  });

  it('keep a client’s own version 7 key and hash every other, so that none meets one of ours', () => {
    const key = uuidV7(Date.now());
    expect(ledgerKey('client', key)).toBe(key);
    for (const domain of ['operator', 'payment', 'deposit', 'hold', 'lot'] as const) {
      expect(ledgerKey(domain, key)).toMatch(/^.{14}8/);
    }
    for (const other of [key.toUpperCase(), 'order-1', '']) {
      expect(ledgerKey('client', other)).toMatch(/^.{14}8/);
      expect(ledgerKey('client', other)).not.toBe(ledgerKey('deposit', other));
    }
  });

  it('of holds are taken apart only in their own form', () => {
    const wallet = walletId({ kind: 'org', id: 'x' });
    expect(parseHoldId(`hold_${wallet}_12`)).toEqual({ wallet, seq: 12n });
    for (const bad of [`hold_${wallet}_0`, `hold_${wallet}_01`, `hold_x_1`, `ent_${wallet}_1`, `hold_${wallet}_-1`]) {
      expect(parseHoldId(bad)).toBeUndefined();
    }
  });
});
