import { expect, it } from 'vitest';
import { AuditedHolds, Wrong } from './audited-holds.ts';
import { AuditedLots } from './audited-lots.ts';
import type { Entry } from './entry.ts';
import { DEPOSIT_TERMS } from './head.ts';
import { WITHIN_HOLDS } from './vocabulary.ts';

const END = '2026-01-01T00:00:00.000Z';
const END_MS = Date.parse(END);

/** An entry of a hold as far as the audit of holds looks at it. */
const entry = (seq: number, more: Partial<Entry>): Entry =>
  ({
    seq,
    atMs: 0,
    type: 'HOLD',
    service: 'AI_API',
    hold: seq,
    lot: 1,
    part: 0,
    key: String(seq),
    giftDelta: 0,
    giftHeld: 0,
    availableDelta: 0n,
    heldDelta: 0n,
    contra: null,
    description: null,
    ...more,
  }) as Entry;
const within = { contra: WITHIN_HOLDS };
const OPENED = entry(2, { availableDelta: -10n, heldDelta: 10n });
const CHILD = entry(3, { ...within, heldDelta: 4n, description: `Hold until ${END} in hold 2` });
const FROM_PARENT = entry(4, { ...within, hold: 2, type: 'HOLD_RELEASE', heldDelta: -4n, part: 1, key: '3' });
const ROWS = [
  { hold: 2, expiresAtMs: END_MS },
  { hold: 3, expiresAtMs: END_MS, parent: 2 },
];

function faultOf(entries: readonly Entry[], rows: Parameters<AuditedHolds['finish']>[0] = ROWS): string | undefined {
  const lots = new AuditedLots();
  lots.add(1, DEPOSIT_TERMS, { ofOrder: false });
  const holds = new AuditedHolds(lots);
  try {
    for (const one of entries) holds.read(one, 0);
    holds.finish(rows, entries.at(-1)?.seq ?? 0);
  } catch (error) {
    if (error instanceof Wrong) return error.message;
    throw error;
  }
  return undefined;
}

it('money that moves from a hold to its child is in both, or it is a fault', () => {
  const half = 'money that moves between two holds is missing in one of them';
  expect(faultOf([OPENED, CHILD, FROM_PARENT])).toBeUndefined();
  expect(faultOf([OPENED, CHILD])).toBe(half);
  expect(faultOf([OPENED, CHILD, { ...FROM_PARENT, heldDelta: -3n }])).toBe(half);
  expect(faultOf([OPENED, CHILD, { ...FROM_PARENT, contra: null }])).toBe(half);
  const other = entry(1, { availableDelta: -10n, heldDelta: 10n });
  expect(faultOf([other, OPENED, CHILD, { ...FROM_PARENT, hold: 1 }])).toBe(half);
});

it('a hold that is noted as the child of one that is not open, or draws from none, is a fault', () => {
  expect(faultOf([OPENED, { ...CHILD, description: `Hold until ${END} in hold 9` }])).toBe('draws from no hold');
  expect(faultOf([OPENED, { ...CHILD, description: 'Hold for 9 s' }])).toBe('says of another hold than it draws from');
});

it('the table of open holds has the parent, the end and the interval that the entries note, or it is a fault', () => {
  const entries = [OPENED, CHILD, FROM_PARENT];
  const row = (more: object): Parameters<AuditedHolds['finish']>[0] => [
    { hold: 2, expiresAtMs: END_MS },
    { hold: 3, expiresAtMs: END_MS, parent: 2, ...more },
  ];
  expect(faultOf(entries, row({ parent: 1 }))).toBe('the hold that it opened has another parent than its entries say');
  const end = 'the hold that it opened ends at another time than its entries say';
  expect(faultOf(entries, row({ expiresAtMs: END_MS - 1 }))).toBe(end);
  expect(faultOf(entries, row({ heartbeat: { everyMs: 5_000, endsAtMs: END_MS } }))).toBe(end);
  const beats = { ...CHILD, description: `Hold until ${END} in hold 2, heartbeat every 5 s` };
  const reported = row({ expiresAtMs: END_MS - 1, heartbeat: { everyMs: 5_000, endsAtMs: END_MS } });
  expect(faultOf([OPENED, beats, FROM_PARENT], reported)).toBeUndefined();
  const late = row({ expiresAtMs: END_MS + 1, heartbeat: { everyMs: 5_000, endsAtMs: END_MS } });
  expect(faultOf([OPENED, beats, FROM_PARENT], late)).toBe(end);
});
