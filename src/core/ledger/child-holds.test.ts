/** Holds of a hold: what they draw, where it returns, and that an envelope is never exceeded; and holds whose owner reports. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CHILD_HOLDS_MAX } from './child-holds.ts';
import type { Command, HoldCommand } from './commands.ts';
import { decide, type Decision } from './decide.ts';
import { DEPOSIT_TERMS, emptyHead, leftInHold, type LotTerms } from './head.ts';
import { findHeartbeat, findHoldEnd, findParent, holdNote } from './hold-note.ts';
import { Posting } from './posting.ts';
import { WITHIN_HOLDS } from './vocabulary.ts';
import { WalletAudit, type LotRow } from './verify.ts';

const WALLET = '00000000-0000-5000-8000-000000000001';
const HOUR_MS = 3_600_000;
const keyOf = (number: number): string => `0198c0de-0000-7000-8000-${String(number).padStart(12, '0')}`;

const credit = (amountMicros: bigint, terms: Partial<LotTerms> = {}): Command => ({
  op: 'credit',
  type: 'GRANT',
  amountMicros,
  contra: 'expenses:promo',
  terms: { ...DEPOSIT_TERMS, source: 'grant', ...terms },
});
const holdOf = (amountMicros: bigint, more: Partial<HoldCommand> = {}): HoldCommand => ({
  op: 'hold',
  service: 'AI_API',
  amountMicros,
  gift: false,
  durationMs: HOUR_MS,
  ...more,
  notes: { ...more.notes, remark: holdNote(more.durationMs ?? HOUR_MS) },
});
const captureOf = (hold: number, amountMicros: bigint, final = true, allowOverrun = false): Command => ({
  op: 'capture',
  hold,
  amountMicros,
  final,
  allowOverrun,
  giftCardMaxMicros: 0n,
});
const releaseOf = (hold: number): Command => ({ op: 'release', hold });
const growBy = (hold: number, byMicros: bigint): Command => ({ op: 'grow', hold, add: { byMicros } });

interface Wallet {
  readonly posting: Posting;
  readonly ask: (command: Command, atMs?: number) => Decision;
  /** Opens a hold; gives its number. */
  readonly open: (amount: bigint, more?: Partial<HoldCommand>, atMs?: number) => number;
  readonly left: (hold: number) => bigint;
}

function openWallet(): Wallet {
  const posting = new Posting(emptyHead(WALLET));
  let made = 0;
  const ask = (command: Command, atMs = 0): Decision =>
    decide(posting, command, { key: keyOf((made += 1)), inputHash: '00'.repeat(8), atMs });
  const open = (amount: bigint, more: Partial<HoldCommand> = {}, atMs = 0): number => {
    const { entries, refusal } = ask(holdOf(amount, more), atMs);
    if (refusal) throw refusal;
    return entries?.[0]?.seq ?? 0;
  };
  return { posting, ask, open, left: (hold) => posting.leftInHold(hold) };
}

/** The first fault that an audit of all entries finds, also in the open holds at the end. */
function faultOf(posting: Posting): string | undefined {
  const audit = new WalletAudit(WALLET);
  const lots = new Map<number, LotRow>(posting.newLots.map((lot) => [lot.lot, lot]));
  for (const entry of posting.entries) audit.read(entry, lots.get(entry.seq));
  const { holds, lots: open } = posting.head();
  const openLots = open.map(({ lot, left, terms }, index) => {
    return { lot, left: index === 0 ? null : left, expiresAtMs: terms.expiresAtMs };
  });
  audit.finish(openLots, [...holds.values()]);
  return audit.fault && `${audit.fault.entry}: ${audit.fault.what}`;
}

describe('a hold with a parent', () => {
  it('draws from it in the order in which it would spend, and changes nothing that is available', () => {
    const { posting, ask, open, left } = openWallet();
    ask(credit(5n, { priority: 1 }));
    ask(credit(9n, { priority: 2 }));
    const parent = open(10n, { notes: { userId: 'u', appId: 'a', teamId: 't' } });
    const { entries } = ask(holdOf(7n, { parent, notes: { reference: 'step 1' } }));
    expect(
      entries?.map(({ hold, lot, availableDelta, heldDelta, contra }) => [
        hold,
        lot,
        availableDelta,
        heldDelta,
        contra,
      ]),
    ).toEqual([
      [5, 1, 0n, 5n, WITHIN_HOLDS],
      [parent, 1, 0n, -5n, WITHIN_HOLDS],
      [5, 2, 0n, 2n, WITHIN_HOLDS],
      [parent, 2, 0n, -2n, WITHIN_HOLDS],
    ]);
    expect([left(5), left(parent), posting.available, posting.held]).toEqual([7n, 3n, 4n, 10n]);
    expect(posting.findHold(5)).toMatchObject({ parent, userId: 'u', appId: 'a', teamId: 't', reference: 'step 1' });
    expect(posting.entries.map(({ description }) => findParent(description))).toContain(parent);
    expect(faultOf(posting)).toBeUndefined();
  });

  it('gives back what it frees while the parent is open, and to the balance once that has ended', () => {
    const { posting, ask, open, left } = openWallet();
    ask(credit(20n));
    const parent = open(10n);
    const [one, two, three] = [open(3n, { parent }), open(3n, { parent }), open(3n, { parent })];
    expect(ask(captureOf(one, 1n)).entries?.map(({ hold, type, heldDelta }) => [hold, type, heldDelta])).toEqual([
      [one, 'AI_API_CALL', -1n],
      [one, 'HOLD_RELEASE', -2n],
      [parent, 'HOLD', 2n],
    ]);
    expect([left(parent), posting.available]).toEqual([3n, 10n]);
    ask(releaseOf(two));
    expect([left(parent), posting.available]).toEqual([6n, 10n]);
    ask(releaseOf(parent));
    expect([left(three), posting.available, posting.held]).toEqual([3n, 16n, 3n]);
    expect(ask(captureOf(three, 1n)).refusal).toBeUndefined();
    expect([posting.available, posting.held]).toEqual([18n, 0n]);
    expect(faultOf(posting)).toBeUndefined();
  });

  it('is refused what its parent does not have, also as an overrun', () => {
    const { posting, ask, open, left } = openWallet();
    ask(credit(100n));
    const parent = open(10n);
    expect(ask(holdOf(11n, { parent })).refusal).toMatchObject({ code: 'HOLD_EXCEEDED' });
    const child = open(4n, { parent });
    expect(ask(growBy(child, 7n)).refusal).toMatchObject({
      code: 'HOLD_EXCEEDED',
      details: { parentLeftUsd: '0.000006' },
    });
    expect(ask(captureOf(child, 5n)).refusal?.code).toBe('HOLD_EXCEEDED');
    expect(ask(captureOf(child, 11n, true, true)).refusal?.code).toBe('HOLD_EXCEEDED');
    expect(ask(growBy(child, 1n)).entries?.map(({ heldDelta }) => heldDelta)).toEqual([1n, -1n]);
    expect(ask(captureOf(child, 8n, false, true)).refusal).toBeUndefined();
    expect([left(parent), posting.available, posting.held]).toEqual([2n, 90n, 2n]);
    expect(faultOf(posting)).toBeUndefined();
  });

  it('goes its way while the wallet owes, and pays no debt with what it gives back', () => {
    const { posting, ask, open, left } = openWallet();
    ask(credit(10n));
    const parent = open(10n);
    ask({ op: 'debit', type: 'ADJUSTMENT', amountMicros: 4n, contra: 'equity:adjustments', mayOwe: true });
    const child = open(6n, { parent });
    ask(captureOf(child, 2n));
    expect([left(parent), posting.available]).toEqual([8n, -4n]);
    ask(releaseOf(parent));
    expect([posting.available, posting.held]).toEqual([4n, 0n]);
    expect(faultOf(posting)).toBeUndefined();
  });

  it('ends with its parent at the latest, and cannot be prolonged or enlarged once that has ended', () => {
    const { posting, ask, open } = openWallet();
    ask(credit(10n));
    const parent = open(6n);
    const child = open(2n, { parent, durationMs: 5 * HOUR_MS }, 1_000);
    expect(posting.findHold(child)?.expiresAtMs).toBe(HOUR_MS);
    const extend: Command = { op: 'extend', hold: child, durationMs: HOUR_MS };
    expect(ask(extend, 2_000).refusal).toMatchObject({ code: 'HOLD_NOT_PENDING', details: { reason: 'parent_ends' } });
    ask({ op: 'extend', hold: parent, durationMs: 2 * HOUR_MS }, 3_000);
    expect(ask(extend, 4_000).refusal).toBeUndefined();
    ask(releaseOf(parent), 5_000);
    const ended = { code: 'HOLD_NOT_PENDING', details: { reason: 'parent_ended' } };
    expect(ask({ ...extend, durationMs: 2 * HOUR_MS }, 6_000).refusal).toMatchObject(ended);
    expect(ask(growBy(child, 1n), 6_000).refusal).toMatchObject(ended);
    expect(faultOf(posting)).toBeUndefined();
  });

  it('that ends before its parent is overdue with it: both are released, and nothing is lost', () => {
    const { posting, ask, open } = openWallet();
    ask(credit(10n));
    const parent = open(10n);
    const [early, late] = [open(4n, { parent, durationMs: HOUR_MS / 2 }), open(4n, { parent })];
    ask({ op: 'settle' }, 2 * HOUR_MS);
    expect([early, late, parent].map((hold) => posting.findHold(hold))).toEqual([undefined, undefined, undefined]);
    expect([posting.available, posting.held, faultOf(posting)]).toEqual([10n, 0n, undefined]);
  });

  it('keeps a parent with nothing left open; the last one that spends everything ends it', () => {
    const { posting, ask, open, left } = openWallet();
    ask(credit(10n));
    const parent = open(10n);
    const [one, two] = [open(6n, { parent }), open(4n, { parent })];
    expect(ask(captureOf(one, 6n)).refusal).toBeUndefined();
    expect(posting.findHold(parent)).toMatchObject({ draws: [], children: 1 });
    ask(captureOf(two, 3n));
    expect(left(parent)).toBe(1n);
    const three = open(1n, { parent });
    const { entries } = ask(captureOf(three, 1n, false));
    expect(entries?.map(({ hold, type, description }) => [hold, type, description])).toEqual([
      [three, 'AI_API_CALL', `In hold ${parent}`],
      [parent, 'HOLD_RELEASE', 'Hold used up'],
    ]);
    expect([posting.findHold(parent), posting.held, faultOf(posting)]).toEqual([undefined, 0n, undefined]);
  });

  it('keeps what it has when its parent is captured to the end, released or expires, with an entry of that end', () => {
    for (const end of ['capture', 'release', 'expiry']) {
      const { posting, ask, open, left } = openWallet();
      ask(credit(10n));
      const parent = open(10n);
      const child = open(4n, { parent });
      if (end !== 'expiry') ask(captureOf(parent, 6n, false));
      if (end === 'capture') expect(ask(captureOf(parent, 1n, true, true)).refusal?.code).toBe('CREDIT_INSUFFICIENT');
      if (end === 'capture') ask(credit(1n));
      if (end === 'capture') ask(captureOf(parent, 1n, true, true));
      if (end === 'release')
        expect(ask(releaseOf(parent)).entries).toMatchObject([{ availableDelta: 0n, heldDelta: 0n }]);
      if (end === 'expiry') ask({ op: 'settle' }, HOUR_MS);
      expect(posting.findHold(parent)).toBeUndefined();
      expect([left(child), faultOf(posting)]).toEqual([end === 'expiry' ? 0n : 4n, undefined]);
    }
  });

  it('gives credit that has ended to the balance, where it ends, if the parent was prolonged', () => {
    const { posting, ask, open, left } = openWallet();
    ask(credit(4n, { priority: 1, expiresAtMs: 2 * HOUR_MS }));
    ask(credit(6n, { priority: 2 }));
    const parent = open(10n);
    const child = open(4n, { parent });
    ask({ op: 'extend', hold: parent, durationMs: 3 * HOUR_MS }, 1_000);
    ask(releaseOf(child), 2_000);
    expect([left(parent), posting.available]).toEqual([6n, 4n]);
    ask({ op: 'settle' }, 2 * HOUR_MS);
    expect([left(parent), posting.available, faultOf(posting)]).toEqual([6n, 0n, undefined]);
  });

  it.each<[string, Partial<HoldCommand>, string]>([
    ['of another service', { service: 'GAS_SUBSIDY' }, 'serviceType'],
    ['of another user', { notes: { userId: 'other' } }, 'userId'],
    ['of another app and team', { notes: { appId: 'other', teamId: 'other' } }, 'appId teamId'],
    ['of a card', { gift: true, amountMicros: 0n }, 'useGiftCard'],
  ])('%s is refused', (_name, more, paths) => {
    const { posting, ask, open } = openWallet();
    ask(credit(10n));
    const parent = open(10n, { notes: { userId: 'u' } });
    const before = posting.entries.length;
    const { refusal } = ask({ ...holdOf(1n, { parent, ...more }) });
    expect([refusal?.code, refusal?.issues.map(({ path }) => path).join(' ')]).toEqual(['VALIDATION_FAILED', paths]);
    expect(posting.entries).toHaveLength(before);
  });

  it('cannot be a parent, and a parent has so many at most', () => {
    const { posting, ask, open } = openWallet();
    ask(credit(10_000n));
    const parent = open(5_000n);
    const child = open(5n, { parent });
    expect(ask(holdOf(1n, { parent: child })).refusal?.issues).toEqual([
      { path: 'parentHoldId', message: 'has a parent itself' },
    ]);
    for (let number = 1; number < CHILD_HOLDS_MAX; number += 1) open(1n, { parent });
    expect(ask(holdOf(1n, { parent })).refusal).toMatchObject({
      code: 'RATE_LIMITED',
      details: { limit: 'child_holds' },
    });
    ask(releaseOf(child));
    expect(ask(holdOf(1n, { parent })).refusal).toBeUndefined();
    expect(faultOf(posting)).toBeUndefined();
  });
});

test('an envelope is never exceeded, and no hold has more captured than was held, whatever happens in whatever order', () => {
  const step = fc.record({
    what: fc.constantFrom(
      'child',
      'grow',
      'capture',
      'close',
      'overrun',
      'release',
      'credit',
      'clock',
      'extend',
      'owe',
    ),
    amount: fc.bigInt({ min: 1n, max: 12n }),
    pick: fc.nat({ max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const { posting, ask, open } = openWallet();
      ask(credit(40n, { priority: 1, expiresAtMs: 4 * HOUR_MS }));
      ask(credit(60n, { priority: 2 }));
      const parents = [open(20n), open(15n, { durationMs: 3 * HOUR_MS })];
      let atMs = 0;
      for (const { what, amount, pick } of steps) {
        const holds = [...posting.head().holds.values()].map(({ hold }) => hold);
        const hold = holds[pick % Math.max(1, holds.length)] ?? 0;
        const before = [posting.available, posting.held];
        if (what === 'child') {
          const { refusal } = ask(
            holdOf(amount, { parent: parents[pick % 2] ?? 0, durationMs: (1 + (pick % 3)) * HOUR_MS }),
            atMs,
          );
          if (!refusal) expect([posting.available, posting.held]).toEqual(before);
        }
        if (what === 'grow') ask(growBy(hold, amount), atMs);
        if (what === 'capture') ask(captureOf(hold, amount, false), atMs);
        if (what === 'close') ask(captureOf(hold, amount, true), atMs);
        if (what === 'overrun') ask(captureOf(hold, amount, pick % 2 === 0, true), atMs);
        if (what === 'release') ask(releaseOf(hold), atMs);
        if (what === 'extend') ask({ op: 'extend', hold, durationMs: (1 + (pick % 5)) * HOUR_MS }, atMs);
        if (what === 'credit') ask(credit(amount, { priority: pick % 3 }), atMs);
        if (what === 'owe')
          ask(
            { op: 'debit', type: 'ADJUSTMENT', amountMicros: amount, contra: 'equity:adjustments', mayOwe: true },
            atMs,
          );
        if (what === 'clock') ask({ op: 'settle' }, (atMs += (pick % 4) * (HOUR_MS / 2)));
        const sum = [...posting.head().holds.values()].reduce((all, one) => all + leftInHold(one), 0n);
        expect(sum).toBe(posting.held);
      }
      const held = new Map<number, bigint>();
      const parentOf = new Map<number, number>();
      for (const { hold, seq, heldDelta, description, contra, availableDelta } of posting.entries) {
        if (hold === null) continue;
        const parent = findParent(description);
        if (hold === seq && parent !== undefined) parentOf.set(hold, parent);
        held.set(hold, (held.get(hold) ?? 0n) + heldDelta);
        expect(held.get(hold)).toBeGreaterThanOrEqual(0n);
        // A child gets money from its parent alone.
        if (parentOf.has(hold) && heldDelta > 0n) expect(contra).toBe(WITHIN_HOLDS);
        if (parentOf.has(hold)) expect(availableDelta).toBeGreaterThanOrEqual(0n);
      }
      const within = posting.entries.filter(({ contra }) => contra === WITHIN_HOLDS);
      expect(within.reduce((sum, { heldDelta }) => sum + heldDelta, 0n)).toBe(0n);
      expect(faultOf(posting)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

describe('a hold whose owner reports', () => {
  it('ends after the interval, or with its own end, and each of its commands is a report', () => {
    const { posting, ask, open } = openWallet();
    ask(credit(20n));
    const hold = open(10n, { heartbeatMs: 10_000, durationMs: 25_000 });
    expect(posting.findHold(hold)).toMatchObject({
      expiresAtMs: 10_000,
      heartbeat: { everyMs: 10_000, endsAtMs: 25_000 },
    });
    ask(captureOf(hold, 1n, false), 9_000);
    expect(posting.findHold(hold)?.expiresAtMs).toBe(19_000);
    ask(growBy(hold, 1n), 18_000);
    expect(posting.findHold(hold)?.expiresAtMs).toBe(25_000);
    ask({ op: 'extend', hold, durationMs: 60_000 }, 20_000);
    expect(posting.findHold(hold)).toMatchObject({ expiresAtMs: 30_000, heartbeat: { endsAtMs: 80_000 } });
    expect(faultOf(posting)).toBeUndefined();
    expect(ask(captureOf(hold, 1n), 30_000).refusal?.code).toBe('HOLD_NOT_PENDING');
    expect([posting.unreported.get(hold), posting.held, faultOf(posting)]).toEqual([30_000, 0n, undefined]);
  });

  it('is a parent that is alive while holds are drawn from it', () => {
    const { posting, ask, open } = openWallet();
    ask(credit(20n));
    const parent = open(10n, { heartbeatMs: 10_000 });
    const child = open(1n, { parent, heartbeatMs: 20_000 }, 9_000);
    expect(posting.findHold(parent)?.expiresAtMs).toBe(19_000);
    ask({ op: 'settle' }, 19_000);
    expect([posting.leftInHold(child), posting.available]).toEqual([1n, 19n]);
    ask({ op: 'settle' }, 29_000);
    expect([posting.available, faultOf(posting)]).toEqual([20n, undefined]);
  });

  it('is refused for an interval that is too short', () => {
    const { ask } = openWallet();
    ask(credit(20n));
    expect(ask(holdOf(1n, { heartbeatMs: 4_000 })).refusal?.issues).toEqual([
      { path: 'heartbeatSeconds', message: 'must be from 5 to 604800' },
    ]);
  });

  it('says so in its notes, which nobody else can write', () => {
    const note = 'Hold until 2026-01-01T00:00:00.000Z in hold 17, heartbeat every 30 s';
    expect(findHoldEnd({ atMs: 0, description: note })).toBe(Date.UTC(2026, 0, 1));
    expect([findParent(note), findHeartbeat(note)]).toEqual([17, 30_000]);
    expect(findParent('Hold expired in hold 3')).toBe(3);
    expect(findParent('Hold extended to 2026-01-01T00:00:00.000Z in hold 3')).toBe(3);
    expect([null, 'Hold for 9 s', 'To hold 3', 'From hold 3', 'In hold 3 of the ship'].map(findParent)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
  });
});
