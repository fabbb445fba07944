/** How people sign in: which tokens are accepted, and what their claims mean. */
import { z } from 'zod';
import { ROLES } from '../core/access/roles.ts';

/** Asymmetric algorithms only: the key that checks a token cannot sign one. */
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
  /** `aud` must contain one of these. */
  audience: z.union([name.transform((one) => [one]), z.array(name).min(1).max(8)]),
  /** URL of the issuer's public keys. Plain http is allowed on this machine only. */
  jwksUrl: z.url({ protocol: /^https?$/ }).refine(isSafeUrl, 'must be https, except on this machine'),
  /** The only accepted algorithms; a token that names another one is refused. */
  algorithms: z.array(z.enum(ALGORITHMS)).min(1).default(['RS256', 'ES256']),
  clockToleranceSeconds: z.int().min(0).max(CLOCK_TOLERANCE_SECONDS_MAX).default(30),
  claims: z
    .strictObject({
      user: claim.default(['sub']),
      orgs: claim.default(['orgs']),
      role: claim.default(['role']),
    })
    .prefault({}),
  /** Whether the claim names orgs by our ids or by their external ids. */
  orgsBy: z.enum(['id', 'externalId']).default('id'),
  /** Maps the issuer's role names to ours; left out: the names are the same. */
  roles: z.record(name, z.enum(ROLES)).optional(),
  /** The claim value that makes a person a platform admin; left out: no sign-in gives that role. */
  platformAdmin: z.strictObject({ claim, value: name }).optional(),
  /** The same for the platform's finance people, who read reports and the books of every org. */
  platformFinance: z.strictObject({ claim, value: name }).optional(),
});

export type SignInConfig = z.infer<typeof signInSchema>;

function isSafeUrl(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
