/** The jobs of all processes as JSON. */
import { judgeJob, type JobName, type JobRole, type JobState, type NotedRounds } from '../../core/desk/jobs.ts';

export interface JobView {
  readonly job: JobName;
  /** The chain that the job is about; null for all other jobs. */
  readonly about: string | null;
  readonly role: JobRole;
  readonly process: string;
  /** `standby`: another process does the work. `silent`: the process has not been heard of for a minute. */
  readonly state: JobState;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly nextAt: string | null;
  /** The last round that failed, and why; kept after rounds that succeed. */
  readonly failedAt: string | null;
  readonly problem: string | null;
  /** Rounds that have failed in a row, up to now. */
  readonly failures: number;
  readonly notedAt: string;
  /** How much waits for the job, in all processes together; null for a job for which nothing can wait. */
  readonly waiting: number | null;
}

/** The JSON of the jobs at a time. @param waiting what waits for each */
export function viewOfJobs(
  jobs: readonly NotedRounds[],
  waiting: ReadonlyMap<JobName, number>,
  nowMs: number,
): JobView[] {
  const timeOf = (at: Date | null): string | null => at?.toISOString() ?? null;
  return jobs.map((one) => ({
    job: one.job,
    about: one.about,
    role: one.role,
    process: one.process,
    state: judgeJob(one, nowMs),
    startedAt: timeOf(one.startedAt),
    endedAt: timeOf(one.endedAt),
    durationMs: one.durationMs,
    nextAt: timeOf(one.nextAt),
    failedAt: timeOf(one.failedAt),
    problem: one.problem,
    failures: one.failures,
    notedAt: one.notedAt.toISOString(),
    waiting: waiting.get(one.job) ?? null,
  }));
}
