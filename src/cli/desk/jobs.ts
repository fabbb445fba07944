/** `coffer jobs`: how the jobs of every process are. */
import type { Command } from 'commander';
import { countWaiting, listJobs } from '../../db/desk/jobs.ts';
import { viewOfJobs } from '../../views/desk/jobs.ts';
import { printJson, printTable, withDatabase } from '../context.ts';

async function list({ json }: { readonly json?: boolean }): Promise<void> {
  const jobs = await withDatabase(async (db) => {
    const now = new Date();
    return viewOfJobs(await listJobs(db), await countWaiting(db, now), now.getTime());
  });
  if (json === true) return printJson({ jobs });
  printTable(
    ['job', 'process', 'state', 'last round', 'took', 'next', 'waiting', 'last problem'],
    jobs.map((one) => [
      one.about === null ? one.job : `${one.job} ${one.about}`,
      one.process,
      one.state,
      one.endedAt,
      one.durationMs === null ? null : `${one.durationMs} ms`,
      one.nextAt,
      one.waiting === null ? null : String(one.waiting),
      one.problem === null ? null : `${one.failedAt ?? ''} ${one.problem}`.trim(),
    ]),
  );
}

/** `coffer jobs`. */
export function addJobs(program: Command): void {
  program
    .command('jobs')
    .description('what runs without a call: how each job of each process is, and what waits for it')
    .option('--json', 'print JSON')
    .action(list);
}
