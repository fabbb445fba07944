/** The headers that say how much of its rate limits a caller has left (draft-ietf-httpapi-ratelimit-headers-10). */
import type { IncomingMessage } from 'node:http';

const NO_HEADERS: readonly string[] = [];
const added = new WeakMap<IncomingMessage, string[]>();

/** The rate limit headers of the answer to a request, names and values alternating; empty when no limit counted it. */
export function rateLimitHeaders(request: IncomingMessage): readonly string[] {
  return added.get(request) ?? NO_HEADERS;
}

/** Adds one limit to the headers of the answer to a request: its policy and what is left, as the headers write them. */
export function addLimitHeaders(request: IncomingMessage, policy: string, left: string): void {
  const before = added.get(request);
  if (before) {
    before[1] += `, ${policy}`;
    before[3] += `, ${left}`;
  } else {
    added.set(request, ['RateLimit-Policy', policy, 'RateLimit', left]);
  }
}
