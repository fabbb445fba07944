/** The endpoint of what runs without a call. */
import { z } from 'zod';
import { JOB_ROLES, JOB_STATES, JOBS } from '../../core/desk/jobs.ts';
import { countWaiting, listJobs, WAITING_COUNTED_MAX } from '../../db/desk/jobs.ts';
import { viewOfJobs, type JobView } from '../../views/desk/jobs.ts';
import { adminRoute } from '../endpoint/endpoint.ts';
import { time } from '../endpoint/fields.ts';
import { NO_BODY, NO_QUERY, type Route } from '../server/route.ts';
import type { AdminDeps } from './deps.ts';
import { CHAPTERS } from './surface.ts';

const job = z.strictObject({
  job: z.enum(JOBS),
  /** The chain that the job is about; null for all other jobs. */
  about: z.string().nullable(),
  role: z.enum(JOB_ROLES),
  process: z.string(),
  /** `standby`: another process does the work. `silent`: the process has not been heard of for a minute. */
  state: z.enum(JOB_STATES),
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  /** How long the last round took that ended. */
  durationMs: z.int().min(0).nullable(),
  /** Null while a round is under way, and where a job waits for news. */
  nextAt: time.nullable(),
  /** The last round that failed; kept after rounds that succeed. */
  failedAt: time.nullable(),
  problem: z.string().nullable(),
  /** Rounds that have failed in a row, up to now. */
  failures: z.int().min(0),
  notedAt: time,
  waiting: z
    .int()
    .min(0)
    .nullable()
    .meta({
      description: `How much waits for the job, in all processes together; counted up to ${WAITING_COUNTED_MAX}.`,
    }),
}) satisfies z.ZodType<JobView>;
export const jobsReply = z.strictObject({ asOf: time, jobs: z.array(job) });

/** The jobs of every process. */
export function jobRoutes({ guard, db, clock }: AdminDeps): Route[] {
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: '/admin/jobs',
      summary:
        'The jobs of every process: when each ran, how long, its next round, its last problem, what waits for it',
      chapter: CHAPTERS.jobs,
      replies: { 200: jobsReply },
      query: NO_QUERY,
      body: NO_BODY,
    },
    async () => {
      const now = new Date(clock.nowMs());
      const jobs = viewOfJobs(await listJobs(db), await countWaiting(db, now), now.getTime());
      const body: z.input<typeof jobsReply> = { asOf: now.toISOString(), jobs };
      return { body };
    },
  );
  return [list];
}
