/** The headers of requests and answers in the document. */
import { z } from 'zod';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '../endpoint/idempotency.ts';
import { DRY_RUN_HEADER, type Route } from '../server/route.ts';

const ORG = z.uuid().optional().meta({
  description: 'The org that the call is about. A key that is bound to one org implies it; all other callers name it.',
});
const KEY = z
  .string()
  .regex(/^[!-~](?:[ -~]{0,253}[!-~])?$/)
  .optional()
  .meta({
    description: 'Identifies this request, so that it can be sent again safely.',
    examples: ['order-8812-charge'],
  });
// A choice of one: not every generator takes a constant in a header.
const DRY_RUN = z.enum(['true']).optional().meta({
  description: 'Answers what the call would answer, marked `dryRun`, without the ids of what is not written.',
});

const REQUEST_ID = z.string().meta({
  description:
    'The id of the request: the one that was sent in this header, or a new one. It finds the request in the log.',
  examples: ['019b0c3e-6a57-7b41-8a7e-6a1f0d5b9c21'],
  header: { id: 'RequestId' },
});
const LIMIT_POLICY = z
  .string()
  .optional()
  .meta({
    description: 'The limits that counted the request: how many requests (`q`) in how many seconds (`w`).',
    examples: ['"org";q=600;w=60'],
    header: { id: 'RateLimitPolicy' },
  });
const LIMIT = z
  .string()
  .optional()
  .meta({
    description: 'What is left of these limits (`r`), and in how many seconds there is more (`t`).',
    examples: ['"org";r=599;t=1'],
    header: { id: 'RateLimit' },
  });
const RETRY_AFTER = z
  .string()
  .regex(/^[0-9]+$/)
  .optional()
  .meta({
    description: 'After how many seconds the same request may succeed.',
    examples: ['1'],
    header: { id: 'RetryAfter' },
  });
const USED_KEY = z.string().meta({
  description: 'The idempotency key of the request, or the one that was made for it.',
  examples: ['order-8812-charge'],
  header: { id: 'IdempotencyKey' },
});
const REPLAYED = z
  .literal('true')
  .optional()
  .meta({
    description: 'The request was answered before; nothing was done again.',
    header: { id: 'IdempotencyReplayed' },
  });

/** Statuses after which a retry may succeed by itself. */
const RETRIED: ReadonlySet<string> = new Set(['429', '503']);

/** The headers that a call takes. */
export function requestHeadersOf({ path, documented }: Route): z.ZodObject {
  const { access, idempotent = false, dryRun = false } = documented;
  const namesOrg = path.includes('/:org');
  return z.object({
    ...(access === 'org' && !namesOrg ? { 'Coffer-Org': ORG } : {}),
    ...(idempotent ? { [IDEMPOTENCY_HEADER]: KEY } : {}),
    ...(dryRun ? { [DRY_RUN_HEADER]: DRY_RUN } : {}),
  });
}

/** The headers of an answer of a call. */
export function answerHeadersOf({ documented }: Route, status: string): z.ZodObject {
  const { access, idempotent = false } = documented;
  const isDone = status.startsWith('2');
  return z.object({
    'X-Request-Id': REQUEST_ID,
    ...(access === 'open' ? {} : { 'RateLimit-Policy': LIMIT_POLICY, RateLimit: LIMIT }),
    ...(RETRIED.has(status) ? { 'Retry-After': RETRY_AFTER } : {}),
    ...(idempotent && isDone ? { [IDEMPOTENCY_HEADER]: USED_KEY, [REPLAYED_HEADER]: REPLAYED } : {}),
  });
}
