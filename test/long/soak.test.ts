/** Two minutes of what `npm run bench -- soak` does for twenty. */
import { expect, test } from 'vitest';
import { soak } from '../../bench/support/soak-run.ts';
import { createTestDatabase } from '../support/process/database.ts';

test('three detectors, lying RPCs, reorgs and kills leave no violation', async () => {
  const database = await createTestDatabase();
  try {
    const log = (line: string): void => console.log(line);
    const report = await soak({ databaseUrl: database.appUrl, minutes: 2, faultShare: 0.05, seed: 2, log });
    console.log(JSON.stringify(report));
    expect(report.violations).toEqual([]);
    const happened = ['credited', 'reorgs', 'kills', 'faults'] as const;
    expect(happened.filter((name) => report[name] === 0)).toEqual([]);
  } finally {
    await database.drop();
  }
});
