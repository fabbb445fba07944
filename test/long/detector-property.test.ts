/** The property of test/deposits/property.test.ts, over more and longer histories. */
import { expect, test, vi } from 'vitest';
import { playDetector } from '../support/chains/property.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';

vi.mock('../../src/db/failpoint.ts', async () => import('../support/chains/crash.ts'));

const bench = useRoundBench();

test('the books follow the chain through hundreds of histories', async () => {
  await expect(playDetector(() => bench().another(), { runs: 120, stepsMax: 60 })).resolves.toBeUndefined();
});
