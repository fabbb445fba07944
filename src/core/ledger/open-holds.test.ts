/** How many holds a wallet may have open. */
import { expect, test } from 'vitest';
import { uuidV7 } from '../ids.ts';
import type { Command } from './commands.ts';
import { decide, type Decision } from './decide.ts';
import { emptyHead, type OpenHold } from './head.ts';
import { HoldBook } from './hold-book.ts';
import { Posting } from './posting.ts';

const OPEN_MAX = 3;
const WALLET = '019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21';

const hold = (durationMs = 60_000): Command => ({
  op: 'hold',
  service: 'GIFT_CARD',
  amountMicros: 0n,
  gift: true,
  durationMs,
  openMax: OPEN_MAX,
});

function judge(posting: Posting, command: Command, atMs = 1_000): Decision {
  return decide(posting, command, { key: uuidV7(atMs), inputHash: '00'.repeat(8), atMs });
}

const withCards = (): Posting => new Posting({ ...emptyHead(WALLET), giftAvailable: 100 });
const numberOf = (decision: Decision): number => decision.entries?.[0]?.seq ?? 0;
const limited = { code: 'RATE_LIMITED', details: { limit: 'open_holds' } };

test('S18 holds are opened up to the bound, and no further until one is closed', () => {
  const posting = withCards();
  const opened = Array.from({ length: OPEN_MAX }, () => numberOf(judge(posting, hold())));
  expect(judge(posting, hold()).refusal).toMatchObject(limited);
  expect(judge(posting, { op: 'release', hold: opened[1] ?? 0 }).refusal).toBeUndefined();
  expect(judge(posting, hold()).refusal).toBeUndefined();
  expect(judge(posting, hold()).refusal).toMatchObject(limited);
  // The same from the head that the posting leaves.
  const next = new Posting(posting.head());
  expect(judge(next, hold()).refusal).toMatchObject(limited);
  // A longer life is no further hold, and one that has ended is none.
  expect(judge(next, { op: 'extend', hold: opened[0] ?? 0, durationMs: 90_000 }).refusal).toBeUndefined();
  expect(judge(next, hold(), 70_000).refusal).toBeUndefined();
  expect(next.openHolds).toEqual({ atMost: 2, isExact: true });
});

test('S18 a book that lacks holds goes by its bound, which changes as its holds do and not as more of them are read', () => {
  const open = (number: number): OpenHold => ({ hold: number, expiresAtMs: 1e9 }) as OpenHold;
  const unread = { fromMs: 1e9, untilSeq: 50 };
  let book = HoldBook.of([open(2), open(3)], unread);
  expect(book.open).toEqual({ atMost: Infinity, isExact: false });
  book = book.counted({ atMost: 10, isExact: true });
  book = book.with(new Map([[60, open(60)]])).with(new Map([[2, undefined]]));
  expect(book.open).toEqual({ atMost: 10, isExact: true });
  book = book.learning(new Map([[7, open(7)]]));
  expect(book.open).toEqual({ atMost: 10, isExact: true });
  expect(book.with(new Map([[7, undefined]])).open.atMost).toBe(9);
  // Changed anew, and counted a second time.
  const many = new Map(Array.from({ length: 200 }, (_, nth) => [100 + nth, open(100 + nth)]));
  expect(book.with(many).counted({ atMost: 1, isExact: true }).open).toEqual({ atMost: 210, isExact: true });
});
