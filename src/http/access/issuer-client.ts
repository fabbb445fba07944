/** Signs people in at the issuer with OpenID Connect: authorization code flow with PKCE, state and nonce. */
import * as oidc from 'openid-client';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Identity } from '../../core/access/identity.ts';
import type { Clock } from '../../core/clock.ts';
import { openSignIn, type SignInOptions } from './sign-in.ts';

/** How long the issuer may take to answer. */
const ISSUER_TIMEOUT_SECONDS = 5;
/** The oldest proof of the person that a sign-in accepts that asks for a new one. */
const NEW_PROOF_SECONDS = 60;

/** Who this service is at the issuer. */
export interface IssuerClientOptions extends SignInOptions {
  readonly clientId: string;
  /** Reveals the client's secret; undefined for a client without one. */
  readonly clientSecret: (() => string) | undefined;
  readonly scope: string;
  /** Where the issuer sends people back to. */
  readonly redirectUri: string;
}

/** A sign-in that has begun; the person's browser keeps it, sealed. */
export const attemptSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Whether the person has to prove again who they are. */
  fresh: z.boolean(),
  returnTo: z.string(),
  startedAtMs: z.number(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** What the issuer says of a person. */
export interface IssuerAnswer {
  readonly identity: Identity;
  /** When they last proved who they are; null where the issuer does not say. */
  readonly provenAtMs: number | null;
  /** With what the issuer is asked again; null where it gives nothing. */
  readonly refreshToken: string | null;
}

/** The issuer, as the app uses it. */
export interface IssuerClient {
  /** Begins a sign-in. @returns where the person goes, and what has to be kept. @throws Error when the issuer is away */
  begin(about: Pick<Attempt, 'fresh' | 'returnTo'>): Promise<{ readonly url: string; readonly attempt: Attempt }>;
  /** Ends a sign-in. @param search the query with which the person came back. @throws Error whatever is wrong with it */
  finish(search: string, attempt: Attempt): Promise<IssuerAnswer>;
  /**
   * Asks again what a person may do.
   * @returns `refused` when the issuer vouches for them no longer
   * @throws Error when it cannot be asked
   */
  askAgain(refreshToken: string): Promise<IssuerAnswer | 'refused'>;
}

/** Opens the client; the issuer is first asked when somebody signs in. */
export function openIssuerClient(options: IssuerClientOptions, means: { clock: Clock; log: Logger }): IssuerClient {
  const { clientId, redirectUri, scope } = options;
  const { clock } = means;
  // The ID token is checked as every token of the issuer is: by its keys and the pinned algorithms.
  const tokens = openSignIn({ ...options, audience: [clientId] }, means);
  let discovered: Promise<oidc.Configuration> | undefined;
  const discover = async (): Promise<oidc.Configuration> => {
    discovered ??= discoverIssuer(options);
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw error;
    }
  };
  const read = async (answered: Awaited<ReturnType<typeof oidc.refreshTokenGrant>>): Promise<IssuerAnswer> => {
    const identity = answered.id_token === undefined ? undefined : await tokens.verify(answered.id_token);
    if (!identity) throw new Error('the issuer sent no valid ID token');
    const { auth_time: provenAt } = answered.claims() ?? {};
    const provenAtMs = provenAt === undefined ? null : provenAt * 1_000;
    return { identity, provenAtMs, refreshToken: answered.refresh_token ?? null };
  };
  return {
    begin: async ({ fresh, returnTo }) => {
      const verifier = oidc.randomPKCECodeVerifier();
      const attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier,
        fresh,
        returnTo,
        startedAtMs: clock.nowMs(),
      };
      const url = oidc.buildAuthorizationUrl(await discover(), {
        redirect_uri: redirectUri,
        scope,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
      });
      return { url: url.href, attempt };
    },
    finish: async (search, { state, nonce, verifier, fresh }) => {
      const back = new URL(redirectUri);
      back.search = search;
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const own = fresh ? { ...checks, maxAge: NEW_PROOF_SECONDS } : checks;
      return read(await oidc.authorizationCodeGrant(await discover(), back, own));
    },
    askAgain: async (refreshToken) => {
      try {
        const answer = await read(await oidc.refreshTokenGrant(await discover(), refreshToken));
        // An issuer that sends no new one goes on accepting the one before.
        return { ...answer, refreshToken: answer.refreshToken ?? refreshToken };
      } catch (error) {
        if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return 'refused';
        throw error;
      }
    },
  };
}

async function discoverIssuer({ issuer, clientId, clientSecret }: IssuerClientOptions): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret());
  // The configuration allows plain http for an issuer on this machine only.
  const execute = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
  return oidc.discovery(url, clientId, undefined, authentication, { execute, timeout: ISSUER_TIMEOUT_SECONDS });
}
