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
  name: nameText(200).meta({ description: 'The name that people read.', examples: ['Chat service'] }),
  scopes: z
    .array(scope)
    .min(1, 'must name a scope')
    .max(SCOPES.length)
    .transform((given) => SCOPES.filter((one) => given.includes(one)))
    .describe('What the key may do.'),
  expiresAt: moment.optional().describe('When the key expires; left out: never.'),
  allowedIps: z
    .array(allowedIp)
    .min(1, 'must name a range')
    .max(IP_RANGES_MAX)
    .optional()
    .describe('The address ranges that it may be used from; left out: every address.'),
};

/** A key that an org makes for itself. */
export const createOwnKeyBody = z.strictObject(shared);

export const createKeyBody = z
  .strictObject({
    kind: kind.describe('Whose key it is.'),
    org: z.uuid('must be the id of an org').optional().describe('The org that a key of kind org is bound to.'),
    ...shared,
    mintLimitUsd: usdOrZero
      .optional()
      .describe(
        "Above it the key's calls that create credit wait for a second person; left out: the limit of its maker.",
      ),
  })
  .refine(({ kind: given, org }) => (given === 'org') === (org !== undefined), {
    path: ['org'],
    message: 'is needed for a key of kind org, and for no other',
  })
  .refine(({ kind: given, mintLimitUsd }) => given !== 'org' || mintLimitUsd === undefined, {
    path: ['mintLimitUsd'],
    message: 'is for keys of kind platform and admin: those of orgs create no credit',
  })
  .meta({ examples: [{ kind: 'platform', name: 'Chat service', scopes: ['treasury:spend'] }] });

/** Whether a text can be the id of a key. */
export const isKeyId = (text: string): boolean => API_KEY_ID_PATTERN.test(text);

export const rotateKeyBody = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(OVERLAP_SECONDS_MAX)
    .default(OVERLAP_SECONDS_DEFAULT)
    .describe('How long the old key stays valid, in seconds.'),
  expiresAt: moment.optional().describe('When the new key expires; left out: when the old one would have.'),
});

export const keysQuery = z.strictObject({
  org: z.uuid('must be the id of an org').optional().describe('Only keys of this org.'),
  kind: kind.optional().describe('Only keys of this kind.'),
  limit,
  cursor,
});

export const keyReply = z
  .strictObject({
    id: keyId.meta({ description: 'The id of the key.', examples: ['0aB3dE7z'] }),
    kind: kind.describe('Whose key it is.'),
    org: z.uuid().nullable().describe('The org that a key of kind org is bound to; null for other kinds.'),
    name: z.string().meta({ description: 'The name that people read.', examples: ['Chat service'] }),
    scopes: z.array(scope).describe('What the key may do.'),
    state: z
      .enum(['active', 'replaced', 'expired', 'revoked'])
      .describe('`active`; `replaced`: still valid, beside the key that replaces it; `expired`; `revoked`.'),
    allowedIps: z
      .array(z.string())
      .nullable()
      .describe('The address ranges that it may be used from; null: every address.'),
    createdAt: time.describe('When it was created.'),
    expiresAt: time.nullable().describe('When the key expires; null: never.'),
    revokedAt: time.nullable().describe('When it was revoked; null while it is valid.'),
    lastUsedAt: time.nullable().describe('When it was last used, to the minute; null when it never was.'),
    replacedBy: z
      .string()
      .nullable()
      .meta({ description: 'The id of the key that replaces it; null where none does.', examples: ['1bC4eF8a'] }),
    mintLimitUsd: amount
      .nullable()
      .describe(
        "Above it the key's calls that create credit wait for a second person; null: the deployment's limit holds alone.",
      ),
    madeBy: z
      .array(z.string())
      .describe(
        "Who created it, who created that caller's key, and so on; empty for keys created at the command line.",
      ),
  })
  .meta({ id: 'Key' }) satisfies z.ZodType<KeyView>;

/** Only answers with this schema carry the key itself. */
export const newKeyReply = keyReply
  .extend({
    key: z
      .string()
      .meta({ description: 'The key itself, which is shown only here.', examples: ['ck_live_0aB3dE7z_secret'] }),
  })
  .meta({ id: 'NewKey' });

export const keysReply = z.strictObject({ keys: z.array(keyReply).describe('The keys.'), nextCursor });
