/** Times, as people read them in the zone of their machine; the exact time in UTC is a hover away. */
const DAY_MS = 86_400_000;
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
export const daysBefore = (days: number, nowMs = Date.now()): string =>
  new Date(Math.floor(nowMs / 3_600_000) * 3_600_000 - days * DAY_MS).toISOString();
export const daysAfter = (days: number, nowMs = Date.now()): string => new Date(nowMs + days * DAY_MS).toISOString();
