/** Schemas of the calls about keys, those of operators and those of orgs. */
import { z } from 'zod';
import { API_KEY_ID_PATTERN, KEY_KINDS, SCOPES } from '../../core/access/api-key.ts';
import { findIpRange, IP_RANGES_MAX } from '../../core/access/ip-ranges.ts';
import type { KeyView } from '../../views/key.ts';
import { cursor, limit, moment, nameText, usdOrZero } from './validate.ts';
import { amount, nextCursor, time } from './fields.ts';

/** Longest that a replaced key stays valid: 30 days. */
const OVERLAP_SECONDS_MAX = 30 * 24 * 60 * 60;
const OVERLAP_SECONDS_DEFAULT = 24 * 60 * 60;

/** The id of a key. */
export const keyId = z.string().regex(API_KEY_ID_PATTERN);

const kind = z.enum(KEY_KINDS, `must be one of ${KEY_KINDS.join(', ')}`);
const scope = z.enum(SCOPES, `must be one of ${SCOPES.join(', ')}`);

const allowedIp = z.string().transform((value, context) => {
  const range = findIpRange(value);
  if (range !== undefined) return range;
  context.addIssue({ code: 'custom', message: 'must be an IP address or a range in CIDR form, such as 192.0.2.0/24' });
  return z.NEVER;
});

const shared = {
  name: nameText(200),
  scopes: z
    .array(scope)
    .min(1, 'must name a scope')
    .max(SCOPES.length)
    .transform((given) => SCOPES.filter((one) => given.includes(one))),
  expiresAt: moment.optional(),
  /** The addresses that it may be used from; when left out, every address that its maker may use. */
  allowedIps: z.array(allowedIp).min(1, 'must name a range').max(IP_RANGES_MAX).optional(),
};

/** A key that an org makes for itself. */
export const createOwnKeyBody = z.strictObject(shared);

export const createKeyBody = z
  .strictObject({
    kind,
    /** The org that a key of kind org is bound to; callers with other keys name one in each call. */
    org: z.uuid('must be the id of an org').optional(),
    ...shared,
    /** Above it its calls that create credit wait for a second person; left out: the limit of the key that makes it. */
    mintLimitUsd: usdOrZero.optional(),
  })
  .refine(({ kind: given, org }) => (given === 'org') === (org !== undefined), {
    path: ['org'],
    message: 'is needed for a key of kind org, and for no other',
  })
  .refine(({ kind: given, mintLimitUsd }) => given !== 'org' || mintLimitUsd === undefined, {
    path: ['mintLimitUsd'],
    message: 'is for keys of kind platform and admin: those of orgs create no credit',
  });

/** Whether a text can be the id of a key. */
export const isKeyId = (text: string): boolean => API_KEY_ID_PATTERN.test(text);

export const rotateKeyBody = z.strictObject({
  /** How long the old key stays valid. */
  overlapSeconds: z.int().min(0).max(OVERLAP_SECONDS_MAX).default(OVERLAP_SECONDS_DEFAULT),
  /** When the new key expires; when left out, it gets the expiry of the old one. */
  expiresAt: moment.optional(),
});

export const keysQuery = z.strictObject({
  org: z.uuid('must be the id of an org').optional(),
  kind: kind.optional(),
  limit,
  cursor,
});

export const keyReply = z.strictObject({
  id: keyId,
  kind,
  org: z.uuid().nullable(),
  name: z.string(),
  scopes: z.array(scope),
  /** `replaced`: it is still valid, beside the key that replaces it. */
  state: z.enum(['active', 'replaced', 'expired', 'revoked']),
  allowedIps: z.array(z.string()).nullable(),
  createdAt: time,
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  /** Precise to a minute. */
  lastUsedAt: time.nullable(),
  replacedBy: z.string().nullable(),
  /** Above it its calls that create credit wait for a second person; null: the deployment's limit holds alone. */
  mintLimitUsd: amount.nullable(),
  /** Who created it, who created that caller's key, and so on; empty for keys created at the command line. */
  madeBy: z.array(z.string()),
}) satisfies z.ZodType<KeyView>;

/** Only answers with this schema carry the key itself. */
export const newKeyReply = keyReply.extend({ key: z.string() });

export const keysReply = z.strictObject({ keys: z.array(keyReply), nextCursor });
