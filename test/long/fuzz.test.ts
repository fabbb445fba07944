/** Random requests to all routes, made from their own schemas. LONG_SEED and LONG_FUZZ_REQUESTS repeat a run. */
import { expect, test } from 'vitest';
import { runFuzz } from '../support/http/fuzz.ts';
import { expectNoSurprise } from '../support/http/fuzz-checks.ts';
import { longSize } from '../support/long-size.ts';

const REQUESTS = longSize('LONG_FUZZ_REQUESTS');
/** Set-up, plus an eighth of a second for each request. */
const TIMEOUT_MS = 120_000 + REQUESTS * 125;

test(
  'thousands of requests: no 5xx, no answer off its schema, nothing of another org',
  { timeout: TIMEOUT_MS },
  async () => {
    const seed = longSize('LONG_SEED');
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
