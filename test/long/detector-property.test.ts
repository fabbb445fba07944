/** The property of test/deposits/property.test.ts, over more and longer histories. */
import { expect, test, vi } from 'vitest';
import { playDetector } from '../support/chains/property.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';
import { longSize } from '../support/long-size.ts';

vi.mock('../../src/db/failpoint.ts', async () => import('../support/chains/crash.ts'));

const bench = useRoundBench();

const runs = longSize('LONG_DETECTOR_RUNS');
/** Set-up, plus six seconds for each history. */
const TIMEOUT_MS = 120_000 + runs * 6_000;

test('the books follow the chain through many histories', { timeout: TIMEOUT_MS }, async () => {
  const size = { runs, stepsMax: 60, seed: longSize('LONG_SEED') };
  await expect(playDetector(() => bench().another(), size)).resolves.toBeUndefined();
});
