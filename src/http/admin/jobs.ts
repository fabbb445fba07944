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

const job = z
  .strictObject({
    job: z.enum(JOBS).describe('Which job it is.'),
    about: z
      .string()
      .nullable()
      .meta({ description: 'The chain that the job is about; null for all other jobs.', examples: ['eip155:8453'] }),
    role: z.enum(JOB_ROLES).describe('The role of the process that runs it.'),
    process: z.string().meta({ description: 'The process.', examples: ['api-1'] }),
    state: z
      .enum(JOB_STATES)
      .describe('`standby`: another process does the work. `silent`: the process has not been heard of for a minute.'),
    startedAt: time.nullable().describe('When the last round began; null before the first.'),
    endedAt: time.nullable().describe('When the last round ended; null before the first.'),
    durationMs: z
      .int()
      .min(0)
      .nullable()
      .describe('How long the last round took that ended, in milliseconds; null before the first.'),
    nextAt: time
      .nullable()
      .describe('When the next round begins; null while one is under way, and where a job waits for news.'),
    failedAt: time.nullable().describe('When the last round failed that did; kept after rounds that succeed.'),
    problem: z
      .string()
      .nullable()
      .meta({ description: 'Why that round failed; null when none did.', examples: ['the node does not answer'] }),
    failures: z.int().min(0).describe('How many rounds have failed in a row, up to now.'),
    notedAt: time.describe('When the process was last heard of.'),
    waiting: z
      .int()
      .min(0)
      .nullable()
      .meta({
        description: `How much waits for the job, in all processes together; counted up to ${WAITING_COUNTED_MAX}.`,
      }),
  })
  .meta({ id: 'Job' }) satisfies z.ZodType<JobView>;
export const jobsReply = z.strictObject({
  asOf: time.describe('As of when.'),
  jobs: z.array(job).describe('The jobs.'),
});

/** The jobs of every process. */
export function jobRoutes({ guard, db, clock }: AdminDeps): Route[] {
  const list = adminRoute(
    guard,
    {
      method: 'GET',
      path: '/admin/jobs',
      operation: 'listJobs',
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
