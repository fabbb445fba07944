/** Holds whose owner reports: without a report within the interval, such a hold ends before its own end. */
import { Refusal } from '../errors.ts';
import type { OpenHold } from './head.ts';

/** The shortest interval: several times the pause of the job that ends what is overdue, and of a retry over a slow network. */
export const HEARTBEAT_MS_MIN = 5_000;
/** The longest: a week, which the table of open holds has room for. */
export const HEARTBEAT_MS_MAX = 7 * 24 * 3_600_000;

/**
 * How often the owner of a hold reports, and when the hold ends then.
 * @throws Refusal for an interval below {@link HEARTBEAT_MS_MIN} or above {@link HEARTBEAT_MS_MAX}
 */
export function heartbeatOf(
  everyMs: number | undefined,
  endsAtMs: number,
  nowMs: number,
): Pick<OpenHold, 'heartbeat' | 'expiresAtMs'> {
  if (everyMs === undefined) return { expiresAtMs: endsAtMs };
  if (everyMs < HEARTBEAT_MS_MIN || everyMs > HEARTBEAT_MS_MAX) {
    const message = `must be from ${HEARTBEAT_MS_MIN / 1_000} to ${HEARTBEAT_MS_MAX / 1_000}`;
    throw new Refusal('VALIDATION_FAILED', `heartbeatSeconds ${message}`, {
      issues: [{ path: 'heartbeatSeconds', message }],
    });
  }
  return { heartbeat: { everyMs, endsAtMs }, expiresAtMs: Math.min(endsAtMs, nowMs + everyMs) };
}

/** The hold after a report of its owner, or a command of it, which is one. It never ends earlier thereby. */
export function reported<Hold extends Pick<OpenHold, 'heartbeat' | 'expiresAtMs'>>(hold: Hold, nowMs: number): Hold {
  const { heartbeat, expiresAtMs } = hold;
  if (!heartbeat) return hold;
  const untilMs = Math.min(heartbeat.endsAtMs, nowMs + heartbeat.everyMs);
  return { ...hold, expiresAtMs: Math.max(expiresAtMs, untilMs) };
}

/**
 * True where a hold in a head ends soon for lack of a report: reports are written beside the entries, so that one may have come
 * in since the head was read.
 */
export function mayHaveReported(holds: Iterable<OpenHold>): boolean {
  for (const { heartbeat, expiresAtMs } of holds) if (heartbeat && expiresAtMs < heartbeat.endsAtMs) return true;
  return false;
}
