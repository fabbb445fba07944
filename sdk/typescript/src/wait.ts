/** How long to wait before a request is sent again. */

const BACKOFF_FIRST_MS = 100;
const BACKOFF_MAX_MS = 5_000;
const DOUBLINGS_MAX = 10;
/** Longest that is believed: a day. */
const RETRY_AFTER_SECONDS_MAX = 86_400;

/** Milliseconds before the retry that follows this many failed attempts: doubled each time, and a random part of it. */
export function backoffMs(failed: number): number {
  const most = Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(failed - 1, DOUBLINGS_MAX));
  return most / 2 + (Math.random() * most) / 2;
}

/**
 * What `Retry-After` says, in milliseconds; undefined without one. A date counts from the answer's own `Date`, so that a wrong
 * clock on this side changes nothing.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Math.min(+value, RETRY_AFTER_SECONDS_MAX) * 1_000;
  // Date.parse believes almost anything; a date of HTTP begins with its day.
  const until = /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : NaN;
  const sent = Date.parse(headers.get('date') ?? '');
  const wait = until - (isNaN(sent) ? Date.now() : sent);
  return isNaN(wait) ? undefined : Math.min(Math.max(0, wait), RETRY_AFTER_SECONDS_MAX * 1_000);
}

/** Waits. @throws the reason of the signal, once it is aborted */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
