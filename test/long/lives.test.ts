/** Many random lives of users and orgs; a small form of it is in test/credits. */
import { expect, test } from 'vitest';
import { playLives } from '../support/lives/play.ts';
import { longSize } from '../support/long-size.ts';

const STEPS_MAX = 40;
const runs = longSize('LONG_LIVES_RUNS');
/** Set-up, plus half a minute for each life. */
const TIMEOUT_MS = 120_000 + runs * 30_000;

test('credits are what came in less what went out, in every order of events', { timeout: TIMEOUT_MS }, async () => {
  const { types } = await playLives(runs, STEPS_MAX, longSize('LONG_SEED'));
  expect(types.has('SUBSCRIPTION_GRANT')).toBe(true);
});
