/** The property of test/detector-property.test.ts, over more and longer histories. */
import { expect, test, vi } from 'vitest';
import { playDetector } from '../support/detector-property.ts';
import { useRoundBench } from '../support/round-bench.ts';

vi.mock('../../src/db/failpoint.ts', async () => import('../support/crash.ts'));

const bench = useRoundBench();

test('the books follow the chain through hundreds of histories', async () => {
  await expect(playDetector(() => bench().another(), { runs: 120, stepsMax: 60 })).resolves.toBeUndefined();
});
