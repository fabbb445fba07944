import fc from 'fast-check';
import { armCrash } from './crash.ts';
import { arbitrarySteps } from './steps.ts';
import { DetectorWorld } from './world.ts';
import type { RoundBench } from '../deposits/round-bench.ts';

/**
 * Plays generated steps in random order, each run on a chain of its own. A failure shows the seed and the
 * shortest steps that fail.
 */
export async function playDetector(
  nextBench: () => Promise<RoundBench>,
  { runs, stepsMax, seed }: { runs: number; stepsMax: number; seed?: number },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(arbitrarySteps(stepsMax), async (steps) => {
      armCrash(undefined);
      const world = await DetectorWorld.open(await nextBench());
      for (const step of steps) await world.play(step);
      await world.settle();
    }),
    { numRuns: runs, endOnFailure: false, ...(seed === undefined ? {} : { seed }) },
  );
}
