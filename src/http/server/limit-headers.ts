/** The headers that say how much of its rate limits a caller has left (draft-ietf-httpapi-ratelimit-headers-10). */
import type { IncomingMessage } from 'node:http';

const NO_HEADERS: readonly string[] = [];
const added = new WeakMap<IncomingMessage, string[]>();

/** What the answer to a request says of rate limits, as names and values in turn; empty where no limit counted it. */
export function rateLimitHeaders(request: IncomingMessage): readonly string[] {
  return added.get(request) ?? NO_HEADERS;
}

/** Adds one limit to what the answer to a request says: its policy and what is left of it, as the headers have them. */
export function addLimitHeaders(request: IncomingMessage, policy: string, left: string): void {
  const before = added.get(request);
  if (before) {
    before[1] += `, ${policy}`;
    before[3] += `, ${left}`;
  } else {
    added.set(request, ['RateLimit-Policy', policy, 'RateLimit', left]);
  }
}
