/** A thousand requests to all routes, made of their own schemas. The long suite sends ten thousand. */
import { expect, test } from 'vitest';
import { runFuzz } from '../support/http/fuzz.ts';
import { expectNoSurprise } from '../support/http/fuzz-checks.ts';

const REQUESTS = 1_000;
const TIMEOUT_MS = 180_000;

test(
  'whatever the schemas allow, and what they do not, is answered by the document and by the ledger',
  { timeout: TIMEOUT_MS },
  async () => {
    const outcome = await runFuzz({ requests: REQUESTS, seed: 20_261_121 });
    try {
      const sent = [...outcome.counts.values()].reduce((sum, one) => sum + one.sent, 0);
      expect(sent).toBeGreaterThanOrEqual(REQUESTS);
      await expectNoSurprise(outcome);
    } finally {
      await outcome.seeds.api.stop();
    }
  },
);
