/** The period that a statement or a report is about, as its reader asks for it: a month, or a range of days or moments. */
import { Refusal, type InputIssue } from '../errors.ts';
import { isTimeZone, monthAfter, monthAt, startOfDay, startOfMonth } from '../zone.ts';

/** What was asked for, as text. */
export interface AskedPeriod {
  readonly month?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly timeZone?: string | undefined;
}

/** From `fromMs` (included) to `toMs` (excluded), in milliseconds since the epoch. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: string;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
const NO_INSTANT =
  'must be a day such as 2026-01-31, or an ISO 8601 time with a zone, such as 2026-01-31T00:00:00Z (in a URL a + is written %2B)';
const NO_MONTH = 'must be a month since 1970, such as 2026-01';

/** The time zone that was asked for; UTC when none was. @throws Refusal VALIDATION_FAILED when there is no such zone */
export function readTimeZone(name = 'UTC'): string {
  if (isTimeZone(name)) return name;
  throw invalid([{ path: 'timeZone', message: 'must be the name of a time zone, such as Europe/Berlin or UTC' }]);
}

/**
 * A day, which begins at its midnight in the zone, or a moment; in milliseconds since the epoch.
 * @throws Refusal VALIDATION_FAILED naming the field
 */
export function readInstant(text: string, timeZone: string, path: string): number {
  const atMs = MOMENT.test(text) ? Date.parse(text) : startOfDay(text, timeZone);
  if (atMs !== undefined && atMs >= 0) return atMs;
  throw invalid([{ path, message: NO_INSTANT }]);
}

/**
 * The period that was asked for. It has begun; it may end in the future.
 * @throws Refusal VALIDATION_FAILED naming the fields that do not fit
 */
export function readPeriod(asked: AskedPeriod, nowMs: number): Period {
  const timeZone = readTimeZone(asked.timeZone);
  const { month, from, to } = asked;
  if (month !== undefined) {
    if (from !== undefined || to !== undefined) {
      throw invalid([{ path: 'month', message: 'cannot go with from and to: name either' }]);
    }
    const fromMs = startOfMonth(month, timeZone);
    const toMs = fromMs === undefined ? undefined : startOfMonth(monthAfter(month), timeZone);
    if (fromMs === undefined || toMs === undefined) throw invalid([{ path: 'month', message: NO_MONTH }]);
    return begun({ fromMs, toMs, timeZone }, nowMs, 'month');
  }
  if (from === undefined || to === undefined) {
    const missing = from === undefined && to === undefined ? 'month' : from === undefined ? 'from' : 'to';
    throw invalid([{ path: missing, message: 'is required: name a month, or from and to' }]);
  }
  const [fromMs, toMs] = [readInstant(from, timeZone, 'from'), readInstant(to, timeZone, 'to')];
  if (fromMs >= toMs) throw invalid([{ path: 'to', message: 'must be after from' }]);
  return begun({ fromMs, toMs, timeZone }, nowMs, 'from');
}

function begun(period: Period, nowMs: number, path: string): Period {
  if (period.fromMs <= nowMs) return period;
  throw invalid([{ path, message: 'must not be in the future' }]);
}

/** A month, or the part of it that belongs to a period. */
export interface MonthPart {
  readonly month: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Most months of one report. */
const MONTHS_MAX = 36;

/** The months of a period in its zone, up to now. @throws Refusal VALIDATION_FAILED when there are more than MONTHS_MAX */
export function monthsOf({ fromMs, toMs, timeZone }: Period, nowMs: number): MonthPart[] {
  const endMs = Math.min(toMs, nowMs + 1);
  const months: MonthPart[] = [];
  for (let atMs = fromMs; atMs < endMs;) {
    if (months.length === MONTHS_MAX) {
      throw invalid([{ path: 'to', message: `must be at most ${MONTHS_MAX} months after from` }]);
    }
    const month = monthAt(atMs, timeZone);
    const nextMs = Math.min(startOfMonth(monthAfter(month), timeZone) ?? toMs, toMs);
    months.push({ month, fromMs: atMs, toMs: nextMs });
    atMs = nextMs;
  }
  return months;
}

function invalid(issues: readonly InputIssue[]): Refusal {
  return new Refusal('VALIDATION_FAILED', issues.map(({ path, message }) => `${path} ${message}`).join('; '), {
    issues,
  });
}

/** A moment that was asked for, as text: a day, which means its beginning, or a time; left out: now. */
export interface AskedMoment {
  readonly at?: string | undefined;
  readonly timeZone?: string | undefined;
}

/**
 * The time before that moment, as a period that ends there. @throws Refusal VALIDATION_FAILED naming the field that does not
 * fit; a moment in the future does not
 */
export function readMoment({ at, timeZone: zone }: AskedMoment, nowMs: number): Period {
  const timeZone = readTimeZone(zone);
  if (at === undefined) return { fromMs: 0, toMs: nowMs + 1, timeZone };
  const toMs = readInstant(at, timeZone, 'at');
  if (toMs > nowMs) throw invalid([{ path: 'at', message: 'must not be in the future' }]);
  return { fromMs: 0, toMs, timeZone };
}
