import { expect, test } from 'vitest';
import { judgeJob, SILENT_MS, type JobState, type NotedRounds } from './jobs.ts';

const NOW = 1_700_000_000_000;
const noted: NotedRounds = {
  job: 'expiry',
  role: 'api',
  process: 'api:host:1',
  about: null,
  isStandby: false,
  startedAt: new Date(NOW - 10),
  endedAt: new Date(NOW - 5),
  durationMs: 5,
  nextAt: new Date(NOW + 5_000),
  failedAt: null,
  problem: null,
  failures: 0,
  notedAt: new Date(NOW),
};

const CASES: readonly (readonly [JobState, Partial<NotedRounds>])[] = [
  ['ok', {}],
  ['ok', { failedAt: new Date(NOW - 60), problem: 'was away' }],
  ['ok', { notedAt: new Date(NOW - SILENT_MS) }],
  ['failing', { failures: 1 }],
  ['failing', { failures: 3, isStandby: true }],
  ['standby', { isStandby: true }],
  ['silent', { notedAt: new Date(NOW - SILENT_MS - 1) }],
  ['silent', { failures: 2, notedAt: new Date(NOW - SILENT_MS - 1) }],
];

test.each(CASES)('a job is %s with %o', (state, change) => {
  expect(judgeJob({ ...noted, ...change }, NOW)).toBe(state);
});
