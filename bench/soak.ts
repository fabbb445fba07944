/**
 * `npm run bench -- soak [--minutes 20] [--faults 5] [--seed 1]`: three detectors on two chains whose RPCs fail and lie,
 * with reorgs, kill -9 and pauses. Prints what it saw, every violation, and one JSON object as its last line. Ends with
 * exit code 1 when there is a violation.
 */
import { parseArgs } from 'node:util';
import { toCount } from '../src/core/integers.ts';
import { openLedgerWorld } from './support/ledger-world.ts';
import { soak } from './support/soak-run.ts';

const PERCENT = 100;

/** Entry point of `npm run bench -- soak`. */
export async function run(options: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...options], options: { minutes: text, faults: text, seed: text } });
  const world = await openLedgerWorld();
  try {
    const report = await soak({
      databaseUrl: world.url,
      minutes: toCount(values.minutes ?? '20'),
      faultShare: toCount(values.faults ?? '5') / PERCENT,
      seed: toCount(values.seed ?? '1'),
      log: (line) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`),
    });
    for (const violation of report.violations) console.log(`VIOLATION ${violation}`);
    console.log(JSON.stringify({ ...report, violations: report.violations.length }));
    if (report.violations.length > 0) process.exitCode = 1;
  } finally {
    await world.close();
  }
}
