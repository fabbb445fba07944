import { expect, it } from 'vitest';
import { playLedger } from '../support/ledger/property.ts';
import { longSize } from '../support/long-size.ts';

const runs = longSize('LONG_LEDGER_RUNS');
const ENTRIES_OF_A_RUN_MIN = 20;
/** Set-up, plus three seconds for each run. */
const TIMEOUT_MS = 120_000 + runs * 3_000;

it(
  'does what its model does, whatever happens in whatever order',
  async () => {
    const { faults, entries } = await playLedger(runs, 80, longSize('LONG_SEED'));
    expect(faults).toEqual([]);
    expect(entries).toBeGreaterThan(runs * ENTRIES_OF_A_RUN_MIN);
  },
  TIMEOUT_MS,
);
