/** Checks the tokens of the deployment's sign-in: JWTs (RFC 7519), signed with keys that their issuer publishes. */
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Logger } from 'pino';
import { identityOf, type ClaimRules } from '../../core/access/identity.ts';
import type { Clock } from '../../core/clock.ts';
import type { SignIn } from './guard.ts';

/** How long the issuer may take to answer with its keys. */
const KEYS_TIMEOUT_MS = 5_000;
/** How long keys are cached: a key that the issuer withdrew is refused after this time. */
const KEYS_MAX_AGE_MS = 10 * 60_000;
/** A token with an unknown key causes a fetch of the keys, but not more often than this. */
const KEYS_COOLDOWN_MS = 30_000;
/** Shortest time between two log lines about keys that cannot be fetched. */
const TROUBLE_INTERVAL_MS = 60_000;

/** Which tokens are accepted, and how their claims are read. */
export interface SignInOptions
  extends Pick<SignIn, 'orgsBy'>, Pick<ClaimRules, 'roles' | 'platformAdmin' | 'platformFinance'> {
  readonly issuer: string;
  /** `aud` must contain one of them. */
  readonly audience: readonly string[];
  readonly jwksUrl: string;
  /** Asymmetric algorithms only. */
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  readonly claims: Pick<ClaimRules, 'user' | 'orgs' | 'role'>;
}

/**
 * Opens the check of tokens: signature by one of the pinned algorithms, issuer, audience, expiry and other times. While
 * the issuer's keys cannot be fetched and none are cached, no token is accepted, and the log says so. A key location
 * that the token itself names is ignored.
 */
export function openSignIn(options: SignInOptions, { clock, log }: { clock: Clock; log: Logger }): SignIn {
  const { issuer, audience, algorithms, clockToleranceSeconds: clockTolerance, orgsBy } = options;
  const { roles, platformAdmin, platformFinance } = options;
  const rules: ClaimRules = { ...options.claims, roles, platformAdmin, platformFinance };
  const keys = createRemoteJWKSet(new URL(options.jwksUrl), {
    timeoutDuration: KEYS_TIMEOUT_MS,
    cacheMaxAge: KEYS_MAX_AGE_MS,
    cooldownDuration: KEYS_COOLDOWN_MS,
  });
  const expected = { issuer, audience: [...audience], algorithms: [...algorithms], clockTolerance };
  let loggedAtMs = -TROUBLE_INTERVAL_MS;
  const logTrouble = (error: unknown): void => {
    if (isTokensFault(error) || clock.nowMs() < loggedAtMs + TROUBLE_INTERVAL_MS) return;
    loggedAtMs = clock.nowMs();
    log.error({ err: error }, 'the keys of the sign-in cannot be fetched; nobody can sign in');
  };
  return {
    orgsBy,
    verify: async (token) => {
      try {
        const currentDate = new Date(clock.nowMs());
        const { payload } = await jwtVerify(token, keys, { ...expected, requiredClaims: ['exp'], currentDate });
        return identityOf(payload, rules);
      } catch (error) {
        logTrouble(error);
        return undefined;
      }
    },
  };
}

/** Errors that the token causes. Every other error means that the keys cannot be fetched. */
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
