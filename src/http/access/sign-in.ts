/** Tokens of the deployment's sign-in: JWTs (RFC 7519), checked against the keys that their issuer publishes. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { identityOf, type ClaimRules } from '../../core/access/identity.ts';
import type { Clock } from '../../core/clock.ts';
import type { SignIn } from './guard.ts';

/** How long the issuer may take to answer with its keys. */
const KEYS_TIMEOUT_MS = 5_000;
/** How long keys are used without asking again: a key that the issuer withdrew is refused after this. */
const KEYS_MAX_AGE_MS = 10 * 60_000;
/** A token with a key that is not known makes the keys be asked for, but not more often than this. */
const KEYS_COOLDOWN_MS = 30_000;
/** From one word about keys that cannot be had to the next. */
const TROUBLE_INTERVAL_MS = 60_000;

/** Whose tokens are taken, and how their claims are read. */
export interface SignInOptions extends Pick<SignIn, 'orgsBy'>, Pick<ClaimRules, 'roles' | 'platformAdmin'> {
  readonly issuer: string;
  /** `aud` must hold one of them. */
  readonly audience: readonly string[];
  readonly jwksUrl: string;
  /** Asymmetric ones: nothing else may be in it. */
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  readonly claims: Pick<ClaimRules, 'user' | 'orgs' | 'role'>;
}

/**
 * Checks tokens: signature by one of the pinned algorithms, issuer, audience, expiry, times. While the issuer's keys
 * cannot be had and none are kept, no token is taken; the log says so. Where a token says its keys lie is not looked at.
 */
export function openSignIn(options: SignInOptions, { clock, log }: { clock: Clock; log: Logger }): SignIn {
  const { issuer, audience, algorithms, clockToleranceSeconds: clockTolerance, orgsBy } = options;
  const rules: ClaimRules = { ...options.claims, roles: options.roles, platformAdmin: options.platformAdmin };
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    timeoutDuration: KEYS_TIMEOUT_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    cooldownDuration: KEYS_COOLDOWN_MS,
  });
  const expected = { issuer, audience: [...audience], algorithms: [...algorithms], clockTolerance };
  let toldAtMs = -TROUBLE_INTERVAL_MS;
  const tell = (error: unknown): void => {
    if (isTokensFault(error) || clock.nowMs() < toldAtMs + TROUBLE_INTERVAL_MS) return;
    toldAtMs = clock.nowMs();
    log.error({ err: error }, 'the keys of the sign-in cannot be had; nobody can sign in');
  };
  return {
    orgsBy,
    verify: async (token) => {
      try {
        const currentDate = new Date(clock.nowMs());
        const { payload } = await jwtVerify(token, keys, { ...expected, requiredClaims: ['exp'], currentDate });
        return identityOf(payload, rules);
      } catch (error) {
        tell(error);
        return undefined;
      }
    },
  };
}

/** What is wrong with a token; everything else is wrong with the keys. */
const TOKENS_FAULTS = [
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

function isTokensFault(error: unknown): boolean {
  return TOKENS_FAULTS.some((Fault) => error instanceof Fault);
}
