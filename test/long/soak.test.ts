/** A few minutes of the soak that `npm run bench -- soak` runs for twenty. */
import { expect, test } from 'vitest';
import { soak } from '../../bench/support/soak-run.ts';
import { longSize } from '../support/long-size.ts';
import { createTestDatabase } from '../support/process/database.ts';

const minutes = longSize('LONG_SOAK_MINUTES');
/** The soak's minutes, plus the time for two chains, three detectors, and the check at the end. */
const TIMEOUT_MS = (minutes + 8) * 60_000;

test('three detectors, lying RPCs, reorgs and kills leave no violation', { timeout: TIMEOUT_MS }, async () => {
  const database = await createTestDatabase();
  try {
    const log = (line: string): void => console.log(line);
    const seed = longSize('LONG_SEED');
    const report = await soak({ databaseUrl: database.appUrl, minutes, faultShare: 0.05, seed, log });
    console.log(JSON.stringify(report));
    expect(report.violations).toEqual([]);
    const happened = ['credited', 'reorgs', 'kills', 'faults'] as const;
    expect(happened.filter((name) => report[name] === 0)).toEqual([]);
  } finally {
    await database.drop();
  }
});
