/** What runs without a call, and how it is. */

/**
 * The work that processes repeat: each job's name. `chain` is the detector's work on one chain, which reports more of itself
 * under `/admin/chains`. `job_notes` notes the others and not itself: a process in which it fails is silent.
 */
export const JOBS = [
  'chain',
  'expiry',
  'expiry_notices',
  'books',
  'sums',
  'approvals',
  'chain_orders',
  'free_tiers',
  'grants',
  'budgets',
  'payments',
  'payment_sweep',
  'auto_refill',
  'rails',
  'disputes',
  'refusals',
  'events',
  'feed',
  'loss_watch',
  'job_notes',
] as const;
export type JobName = (typeof JOBS)[number];

/** Kinds of processes. */
export const JOB_ROLES = ['api', 'events', 'detector'] as const;
export type JobRole = (typeof JOB_ROLES)[number];

/** A process whose notes are older than this no longer runs, or cannot reach the database. */
export const SILENT_MS = 60_000;

/** How a job of a process is: fine; waiting for another process to fail; failing since its last round; not heard of. */
export const JOB_STATES = ['ok', 'standby', 'failing', 'silent'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** The rounds of one job in one process, as they were noted last. */
export interface JobRounds {
  readonly job: JobName;
  /** The beginning of the last round; null before the first one. */
  readonly startedAt: Date | null;
  /** The end of the last round that ended. */
  readonly endedAt: Date | null;
  /** How long that round took. */
  readonly durationMs: number | null;
  /** When the next round is due; null while one is under way. */
  readonly nextAt: Date | null;
  /** The last round that failed, and why; kept after rounds that succeed. */
  readonly failedAt: Date | null;
  readonly problem: string | null;
  /** How many rounds have failed in a row, up to now. */
  readonly failures: number;
}

/** The same with the process that they are of. */
export interface NotedRounds extends JobRounds {
  readonly role: JobRole;
  readonly process: string;
  /** What the rounds are about, where a process has several of one job: a chain. */
  readonly about: string | null;
  /** Another process does the work, and this one is ready to take over. */
  readonly isStandby: boolean;
  readonly notedAt: Date;
}

/** How a job is at a time. */
export function judgeJob({ notedAt, failures, isStandby }: NotedRounds, nowMs: number): JobState {
  if (nowMs - notedAt.getTime() > SILENT_MS) return 'silent';
  if (failures > 0) return 'failing';
  return isStandby ? 'standby' : 'ok';
}
