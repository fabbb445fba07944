/** Days and months of a time zone: when they begin, in milliseconds since the epoch. Clocks that are put forward or back count. */
import { toCount } from './integers.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;
/** No zone's midnight is further than this from that of UTC. */
const OFFSET_SECONDS_MAX = 16 * 3_600;
/** Zones whose calendars are kept; there are about 500 names. */
const CALENDARS_MAX = 600;
const ZONE_LENGTH_MAX = 64;

const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(zone: string): Intl.DateTimeFormat {
  const known = calendars.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  if (calendars.size >= CALENDARS_MAX) calendars.clear();
  calendars.set(zone, made);
  return made;
}

/** Whether a text is the name of a time zone, such as `Europe/Berlin` or `UTC`. */
export function isTimeZone(name: string): boolean {
  if (name.length > ZONE_LENGTH_MAX) return false;
  try {
    calendarOf(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The date in a zone at a moment, as `2026-01-31`. @throws RangeError for a zone that is unknown */
export function dayAt(atMs: number, zone: string): string {
  const parts = calendarOf(zone).formatToParts(atMs);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The month in a zone at a moment, as `2026-01`. @throws RangeError for a zone that is unknown */
export function monthAt(atMs: number, zone: string): string {
  return dayAt(atMs, zone).slice(0, 'yyyy-mm'.length);
}

/**
 * When a day (`2026-01-31`) begins in a zone: its first second, also where clocks skip midnight or strike it twice.
 * Undefined for a text that is no day since 1970.
 * @throws RangeError for a zone that is unknown
 */
export function startOfDay(day: string, zone: string): number | undefined {
  const midnight = midnightInUtc(day);
  if (midnight === undefined) return undefined;
  let [before, from] = [-OFFSET_SECONDS_MAX, OFFSET_SECONDS_MAX];
  while (before + 1 < from) {
    const middle = (before + from) >> 1;
    if (dayAt(midnight + middle * 1_000, zone) >= day) from = middle;
    else before = middle;
  }
  return midnight + from * 1_000;
}

function midnightInUtc(day: string): number | undefined {
  if (!DAY.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  return at >= 0 && new Date(at).toISOString().startsWith(day) ? at : undefined;
}

/** The month after a month. */
export function monthAfter(month: string): string {
  const [, year = '', number = ''] = MONTH.exec(month) ?? [];
  const next = new Date(Date.UTC(toCount(year), toCount(number), 1));
  return next.toISOString().slice(0, 'yyyy-mm'.length);
}

/** When a month (`2026-01`) begins in a zone; undefined for a text that is no month since 1970. */
export function startOfMonth(month: string, zone: string): number | undefined {
  return MONTH.test(month) ? startOfDay(`${month}-01`, zone) : undefined;
}
