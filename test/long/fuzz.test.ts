/** Ten thousand requests to all routes, made of their own schemas. FUZZ_SEED repeats a run. */
import { expect, test } from 'vitest';
import { toCount } from '../../src/core/integers.ts';
import { runFuzz } from '../support/http/fuzz.ts';
import { expectNoSurprise } from '../support/http/fuzz-checks.ts';

const REQUESTS = 10_000;
const TIMEOUT_MS = 20 * 60_000;

test(
  'ten thousand requests: no 5xx, no answer off its schema, nothing of another org',
  { timeout: TIMEOUT_MS },
  async () => {
    const seed = toCount(process.env['FUZZ_SEED'] ?? String(Date.now() % 2_000_000_000));
    console.log(`FUZZ_SEED=${seed}`);
    const outcome = await runFuzz({ requests: REQUESTS, seed });
    try {
      const counts = [...outcome.counts.values()];
      expect(counts.reduce((sum, one) => sum + one.sent, 0)).toBeGreaterThanOrEqual(REQUESTS);
      await expectNoSurprise(outcome);
    } finally {
      await outcome.seeds.api.stop();
    }
  },
);
