import { describe, expect, test } from 'vitest';
import { judgeReading, judgeStanding, type ChainStanding } from './standing.ts';

const NOW_MS = 1_790_000_000_000;
const ago = (ms: number): Date => new Date(NOW_MS - ms);
const MINUTE_MS = 60_000;

type Worker = ChainStanding['workers'][number];
const worker = (holder: string, state: string, seenMsAgo = 0): Worker => ({
  chain: 'eip155:1',
  holder,
  state,
  headBlock: 9,
  nextBlock: 10,
  roundEndedAt: null,
  problem: null,
  seenAt: ago(seenMsAgo),
});
const progress = (scannedAt: Date | null): ChainStanding['progress'] => {
  return { headBlock: 9, nextBlock: 10, creditBlock: 5, scannedAt };
};
const standing: Omit<ChainStanding, 'dues'> = {
  chain: 'eip155:1',
  progress: progress(ago(0)),
  leader: { holder: 'a', until: ago(-MINUTE_MS) },
  workers: [worker('a', 'running'), worker('b', 'standby')],
  rpcs: [],
  tokens: [],
  freezes: [],
};
const freeze = { kind: 'operator', reason: 'r', frozenBy: 'me', frozenAt: ago(0) };

describe('the state of a chain', () => {
  test.each([
    ['read a moment ago', {}, 'running'],
    ['read 5 minutes ago', { progress: progress(ago(5 * MINUTE_MS)) }, 'running'],
    ['read longer ago', { progress: progress(ago(5 * MINUTE_MS + 1)) }, 'behind'],
    ['never read to the end', { progress: progress(null) }, 'waiting'],
    ['not known at all', { progress: undefined, workers: [], leader: null }, 'waiting'],
    ['that its leader cannot read', { workers: [worker('a', 'failing')] }, 'failing'],
    ['that its leader refuses', { workers: [worker('a', 'refused')] }, 'refused'],
    [
      'of which the leader speaks before others',
      { workers: [worker('b', 'failing'), worker('a', 'refused')] },
      'refused',
    ],
    ['that somebody cannot read while nobody leads', { leader: null, workers: [worker('b', 'failing')] }, 'failing'],
    [
      'of which a process that fell silent says no more',
      { workers: [worker('a', 'failing', MINUTE_MS + 1)] },
      'running',
    ],
    ['frozen, and read', { freezes: [freeze] }, 'frozen'],
    ['frozen, and not read', { freezes: [freeze], workers: [worker('a', 'failing')] }, 'frozen'],
  ] as const)('%s', (_, change, expected) => {
    expect(judgeStanding({ ...standing, ...change }, NOW_MS)).toBe(expected);
  });

  test('a freeze hides how it is read, and changes nothing of that', () => {
    const frozen = { ...standing, freezes: [freeze], workers: [worker('a', 'failing')] };
    expect([judgeStanding(frozen, NOW_MS), judgeReading(frozen, NOW_MS)]).toEqual(['frozen', 'failing']);
  });
});
