/** A detector, its chain and everything that goes wrong between them, in any order: the books end as the chain says. */
import { expect, test, vi } from 'vitest';
import { playDetector } from '../support/chains/property.ts';
import { useRoundBench } from '../support/deposits/round-bench.ts';

vi.mock('../../src/db/failpoint.ts', async () => import('../support/chains/crash.ts'));

const bench = useRoundBench();

test('A11 A21 mines, reorgs, RPC faults, crashes and changes of leader leave what the chain holds', async () => {
  await expect(playDetector(() => bench().another(), { runs: 12, stepsMax: 25 })).resolves.toBeUndefined();
}, 120_000);
