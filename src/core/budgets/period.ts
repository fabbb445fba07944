/** The periods of budgets: days and months of a time zone, whatever its clocks do. */
import { dayAt, monthAfter, monthAt, startOfDay, startOfMonth } from '../zone.ts';
import type { Budget, Counter, Span } from './budget.ts';

const DAY_MS = 86_400_000;

/** A budget without periods counts from the beginning of time. */
const ALWAYS: Span = { startsAtMs: 0, endsAtMs: null };

/** The period of a budget at a time (ms since the epoch). @throws RangeError for a zone that is unknown */
export function periodAt({ period, zone }: Pick<Budget, 'period' | 'zone'>, atMs: number): Span {
  if (period === 'none') return ALWAYS;
  const isDay = period === 'day';
  const name = isDay ? dayAt(atMs, zone) : monthAt(atMs, zone);
  const start = isDay ? startOfDay : startOfMonth;
  const [startsAtMs, endsAtMs] = [start(name, zone), start(isDay ? dayAfter(name) : monthAfter(name), zone)];
  if (startsAtMs === undefined || endsAtMs === undefined) throw new RangeError(`${name} is no ${period} in ${zone}`);
  return { startsAtMs, endsAtMs };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

/**
 * What a budget counts at a time: its newest period while that lasts, then a new one that begins with nothing. Where the
 * zone has changed, the new period begins no earlier than the one before it ended.
 */
export function counterAt(budget: Pick<Budget, 'period' | 'zone'>, newest: Counter | undefined, atMs: number): Counter {
  if (newest && (newest.endsAtMs === null || atMs < newest.endsAtMs)) return newest;
  const { startsAtMs, endsAtMs } = periodAt(budget, atMs);
  const beginsAtMs = Math.max(startsAtMs, newest?.endsAtMs ?? startsAtMs);
  const nothing = { used: 0n, reserved: 0n, warnedAtLimit: null, exhaustedAtLimit: null };
  return { startsAtMs: beginsAtMs, endsAtMs, ...nothing };
}
