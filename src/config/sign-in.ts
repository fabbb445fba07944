/** How people sign in: which tokens are accepted, and what their claims mean. */
import { z } from 'zod';
import { ROLES } from '../core/access/roles.ts';
import { ConfigError } from './error.ts';
import { readFileAs, type Secret } from './secret.ts';

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

const CLIENT = z.strictObject({
  /** Who this service is at the issuer: what its ID tokens carry as `aud`. */
  id: z.string().min(1).max(255),
  /** A file with the client's secret; left out for a client without one. A relative path starts at this file's folder. */
  secretFile: z.string().min(1).optional(),
  /** What is asked for. Some issuers let roles be read again only with `offline_access`. */
  scope: z
    .string()
    .regex(/^[!-~]+( [!-~]+)*$/)
    .refine((text) => text.split(' ').includes('openid'), 'must contain openid')
    .default('openid'),
});

const SESSION = z
  .strictObject({
    /** Without a request for so long, a person has to sign in again. */
    idleMinutes: z.int().min(5).max(1_440).default(60),
    /** However much it is used, a session ends after this. */
    maxHours: z.int().min(1).max(168).default(12),
  })
  .transform(({ idleMinutes, maxHours }) => ({ idleMs: idleMinutes * 60_000, absoluteMs: maxHours * 3_600_000 }));

const name = z.string().min(1).max(255);
/** A claim's name, or names from the outside in: `["realm_access", "roles"]`. */
const claim = z.union([name.transform((one) => [one]), z.array(name).min(1).max(8)]);

/** The part `sso` of the configuration file. */
const signInSettings = z.strictObject({
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
  /** The app's client at the issuer; left out: nobody can sign in to the app. */
  client: CLIENT.optional(),
  session: SESSION.prefault({}),
});

/** The settings of the sign-in; `issuer` is a URL where the app has a client, since its endpoints are found there. */
export const signInSchema = signInSettings.refine(({ client, issuer }) => client === undefined || isIssuerUrl(issuer), {
  path: ['issuer'],
  message: 'must be an https URL (http on this machine) where the app has a client',
});

export type SignInConfig = Omit<z.infer<typeof signInSchema>, 'client'> & { readonly client: SignInClient | undefined };

/** The app's client at the issuer. */
export interface SignInClient {
  readonly id: string;
  readonly secret: Secret | undefined;
  readonly scope: string;
}

/**
 * Reads the file that the settings name.
 * @param at.publicUrl people sign in to the app there
 * @param at.pathOf resolves a path of the configuration file
 * @throws ConfigError when the file is unreadable or empty, or a session's cookie could be read on its way
 */
export function readSignIn(
  settings: z.infer<typeof signInSchema> | undefined,
  at: { readonly publicUrl: string; readonly pathOf: (path: string) => string },
): SignInConfig | undefined {
  if (settings === undefined) return undefined;
  const { client } = settings;
  if (client === undefined) return { ...settings, client };
  if (!isSafeUrl(at.publicUrl)) throw new ConfigError('COFFER_PUBLIC_URL: people sign in to the app over https only');
  const { id, secretFile, scope } = client;
  const secret = secretFile === undefined ? undefined : readFileAs('sso.client.secretFile', at.pathOf(secretFile));
  return { ...settings, client: { id, secret, scope } };
}

function isIssuerUrl(text: string): boolean {
  return URL.parse(text) !== null && isSafeUrl(text);
}

function isSafeUrl(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
