import { z } from 'zod';
import type { Limit } from '../core/access/rate-limit.ts';

const WINDOW_SECONDS_MAX = 3_600;

const limit = z
  .strictObject({
    requests: z.int().min(1).max(1_000_000_000),
    /** Windows are counted from the epoch, the same in every process. */
    seconds: z.int().min(10).max(WINDOW_SECONDS_MAX).default(60),
  })
  .transform(({ requests, seconds }): Limit => ({ requests, windowMs: seconds * 1_000 }));

/** The part `rateLimits` of the configuration file. A limit left out means its default, which is none for keys, orgs and addresses. */
export const rateLimitsSchema = z.strictObject({
  /** Requests of one key. */
  perKey: limit.optional(),
  /** Requests of one person, by token or session; false: no limit. */
  perPerson: z.union([z.literal(false).transform(() => undefined), limit]).prefault({ requests: 600 }),
  /** Requests about one org, from all callers together. */
  perOrg: limit.optional(),
  /** Requests from one IPv4 address, or from one /64 of IPv6. */
  perAddress: limit.optional(),
  /** Requests from one address with an invalid key or token; false: no limit. */
  failedSignIns: z.union([z.literal(false).transform(() => undefined), limit]).prefault({ requests: 3_000 }),
  /** Requests from one address for what nobody has to sign in for: rates, and the sign-in itself; false: no limit. */
  openCalls: z.union([z.literal(false).transform(() => undefined), limit]).prefault({ requests: 600 }),
  /** Webhooks of payment providers from one address that no secret signed; false: no limit. */
  unsignedWebhooks: z.union([z.literal(false).transform(() => undefined), limit]).prefault({ requests: 600 }),
});

export type RateLimitConfig = z.output<typeof rateLimitsSchema>;
