/** Times, as people read them in the zone of their machine; the exact time in UTC is a hover away. */
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const full = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const precise = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });

/** @param exact whether seconds are shown */
export const showTime = (iso: string, exact = false): string => (exact ? precise : full).format(new Date(iso));
export const showDay = (iso: string | number): string => day.format(new Date(iso));
export const utc = (iso: string): string =>
  new Date(iso)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');

/** How long ago, in words. */
export function ago(iso: string, nowMs = Date.now()): string {
  const seconds = Math.max(0, Math.round((nowMs - Date.parse(iso)) / 1_000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return showDay(iso);
}

/** The month of a time, as the service takes it: `2026-11`. */
export const monthOf = (date: Date): string => date.toISOString().slice(0, 7);
/** That many days before this hour began, and after: a page that is drawn again asks for the same period. */
export const daysBefore = (days: number, nowMs = Date.now()): string =>
  new Date(Math.floor(nowMs / HOUR_MS) * HOUR_MS - days * DAY_MS).toISOString();
export const daysAfter = (days: number, nowMs = Date.now()): string => daysBefore(-days, nowMs);
