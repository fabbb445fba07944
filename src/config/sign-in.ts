/** How people sign in: whose tokens are taken, and what their claims mean. */
import { z } from 'zod';
import { ROLES } from '../core/access/roles.ts';

/** Signatures that only their issuer can make: what checks a token cannot sign one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const CLOCK_TOLERANCE_SECONDS_MAX = 120;

const name = z.string().min(1).max(255);
/** A claim's name, or names from the outside in: `["realm_access", "roles"]`. */
const claim = z.union([name.transform((one) => [one]), z.array(name).min(1).max(8)]);

/** The part `sso` of the configuration file. */
export const signInSchema = z.strictObject({
  /** What `iss` must be. */
  issuer: name,
  /** What `aud` must hold one of. */
  audience: z.union([name.transform((one) => [one]), z.array(name).min(1).max(8)]),
  /** Where the issuer's public keys are. Plain http only on this machine. */
  jwksUrl: z.url({ protocol: /^https?$/ }).refine(isSafeUrl, 'must be https, but on this machine'),
  /** The only ones that are believed, whatever a token says. */
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['RS256', 'ES256']),
  clockToleranceSeconds: z.int().min(0).max(CLOCK_TOLERANCE_SECONDS_MAX).default(30),
  claims: z
    .strictObject({
      user: claim.default(['sub']),
      orgs: claim.default(['orgs']),
      role: claim.default(['role']),
    })
    .prefault({}),
  /** What the claim calls an org by. */
  orgsBy: z.enum(['id', 'externalId']).default('id'),
  /** The issuer's names of roles, and ours; left out: they are the same. */
  roles: z.record(name, z.enum(ROLES)).optional(),
  /** Who runs the place; left out: nobody who signs in does. */
  platformAdmin: z.strictObject({ claim, value: name }).optional(),
});

export type SignInConfig = z.infer<typeof signInSchema>;

function isSafeUrl(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
