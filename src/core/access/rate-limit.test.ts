import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstShareOf, LEASE_INTERVAL_MS, Share, shareOf, type Limit } from './rate-limit.ts';

const limit: Limit = { requests: 100, windowMs: 60_000 };
const START = 60_000 * 1_000;

/** The common count, as the database keeps it. */
function countOf(of: Limit): (lease: { windowAtMs: number; unasked: number }) => { granted: number; taken: number } {
  const taken = new Map<number, number>();
  return ({ windowAtMs, unasked }) => {
    const before = (taken.get(windowAtMs) ?? 0) + unasked;
    const granted = shareOf(of, before);
    taken.set(windowAtMs, before + granted);
    return { granted, taken: before + granted };
  };
}

describe('one process', () => {
  it('lets a limit through in a window and not one more, and begins anew with the next', () => {
    const [share, count] = [new Share(limit), countOf(limit)];
    let through = 0;
    for (let ms = 0; ms < 59_000; ms += 10) {
      if (share.take(START + ms)) through += 1;
      const lease = share.findLease(START + ms);
      if (lease) share.leased(lease, count(lease));
    }
    expect(through).toBe(limit.requests);
    expect(share.standing(START + 59_000)).toEqual({ left: 0, resetSeconds: 1, retrySeconds: 1 });
    expect(share.take(START + 60_000)).toBe(true);
    expect(share.standing(START + 60_000)).toEqual({ left: 99, resetSeconds: 60, retrySeconds: 1 });
  });

  it('asks once a second at most, one at a time, and not again when nothing is left', () => {
    const share = new Share({ requests: 10, windowMs: 60_000 });
    expect(share.take(START)).toBe(true);
    const lease = share.findLease(START);
    expect(lease).toEqual({ windowAtMs: START, unasked: 1 });
    expect(share.findLease(START + LEASE_INTERVAL_MS)).toBeUndefined();
    if (lease) share.leased(lease, { granted: 0, taken: 10 });
    expect(share.take(START + 2_000)).toBe(false);
    expect(share.findLease(START + 5_000)).toBeUndefined();
    expect(share.standing(START + 5_000).retrySeconds).toBe(55);
  });

  it('goes on with what it holds where the count cannot be asked, and asks again', () => {
    const share = new Share(limit);
    let through = 0;
    for (let ms = 0; ms < 3_000; ms += 10) {
      if (share.take(START + ms)) through += 1;
      const lease = share.findLease(START + ms);
      if (lease) share.leased(lease, undefined);
    }
    expect(through).toBe(firstShareOf(limit));
    expect(share.findLease(START + 5_000)).toEqual({ windowAtMs: START, unasked: firstShareOf(limit) });
  });

  it('an answer about the window before is not counted in this one', () => {
    const share = new Share(limit);
    for (let n = 0; n < 10; n += 1) share.take(START);
    const lease = share.findLease(START);
    expect(share.isSpent(START + 60_000)).toBe(false);
    if (lease) share.leased(lease, { granted: 90, taken: 100 });
    expect(share.standing(START + 60_000).left).toBe(100);
  });
});

it('several processes let through at most the limit and a first share for each of the others', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.array(fc.tuple(fc.nat(4), fc.nat(400)), { maxLength: 2_000 }),
      (requests, asks) => {
        const of = { requests, windowMs: 60_000 };
        const count = countOf(of);
        const shares = Array.from({ length: 5 }, () => new Share(of));
        let [nowMs, through] = [START, 0];
        for (const [process, waitMs] of asks) {
          nowMs = Math.min(nowMs + waitMs, START + 59_999);
          const share = shares[process];
          if (share?.take(nowMs)) through += 1;
          const lease = share?.findLease(nowMs);
          if (lease) share?.leased(lease, count(lease));
        }
        expect(through).toBeLessThanOrEqual(requests + 4 * firstShareOf(of));
      },
    ),
  );
});
