/**
 * A test sign-in issuer: publishes a key, signs tokens for every process on this machine that asks, and lets a browser sign in
 * as one of its people.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';
import { ROLES } from '../src/core/access/roles.ts';
import { APP_CLIENT, CodeFlow } from './issuer/code-flow.ts';

const ALGORITHM = 'ES256';
export const AUDIENCE = 'coffer';
/** The claim, and its value, that makes a user a platform admin. */
const PLATFORM_ADMIN = { claim: 'platform_role', value: 'admin' };
const PLATFORM_FINANCE = { claim: 'platform_finance', value: 'yes' };
const BODY_BYTES_MAX = 64_000;
const LIFE_SECONDS_DEFAULT = 8 * 60 * 60;
const LIFE_SECONDS_MAX = 30 * 24 * 60 * 60;
const ANSWER_TIMEOUT_MS = 10_000;

const orderSchema = z.strictObject({
  user: z.string().min(1).max(255),
  /** The user's role in each org, by its id. */
  orgs: z.record(z.string(), z.enum(ROLES)).default({}),
  platformAdmin: z.boolean().default(false),
  platformFinance: z.boolean().default(false),
  /** Further claims. */
  claims: z.record(z.string(), z.unknown()).default({}),
  lifeSeconds: z.int().min(1).max(LIFE_SECONDS_MAX).default(LIFE_SECONDS_DEFAULT),
});
const answerSchema = z.object({ token: z.string() });
const errorSchema = z.object({ error: z.string() });

/** The user that a token is for. */
export type TokenOrder = z.input<typeof orderSchema>;

/** A running issuer; it also exposes what tests need to sign tokens of their own. */
export interface Issuer {
  /** The issuer named in its tokens, and the URL where it listens. */
  readonly url: string;
  readonly jwksUrl: string;
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** How often its keys were requested. */
  readonly asked: () => number;
  sign(order: TokenOrder): Promise<string>;
  /** Adds somebody who can sign in, or changes what they may do from the next token on. */
  setPerson(person: TokenOrder, about?: string): void;
  /** Vouches for a person no longer: their refresh tokens are refused. */
  revoke(user: string): void;
  stop(): Promise<void>;
}

/**
 * Starts an issuer on the loopback interface, with a new key each time.
 * @param nowMs the time at which people prove who they are, and from which tokens count
 */
export async function startIssuer(nowMs: () => number = Date.now): Promise<Issuer> {
  const keyId = crypto.randomUUID();
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: keyId, alg: ALGORITHM, use: 'sig' };
  let url = '';
  let asked = 0;
  const people = new Map<string, { readonly order: TokenOrder; readonly about: string }>();
  const signFor = async (order: TokenOrder, audience: string, more: Record<string, unknown>): Promise<string> => {
    const { user, orgs, platformAdmin, platformFinance, claims, lifeSeconds } = orderSchema.parse(order);
    const admin = platformAdmin ? { [PLATFORM_ADMIN.claim]: PLATFORM_ADMIN.value } : {};
    const finance = platformFinance ? { [PLATFORM_FINANCE.claim]: PLATFORM_FINANCE.value } : {};
    const nowSeconds = Math.floor(nowMs() / 1_000);
    return new SignJWT({ ...claims, orgs, ...admin, ...finance, ...more })
      .setProtectedHeader({ alg: ALGORITHM, kid: keyId })
      .setSubject(user)
      .setIssuer(url)
      .setAudience(audience)
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + lifeSeconds)
      .sign(privateKey);
  };
  const sign = async (order: TokenOrder): Promise<string> => signFor(order, AUDIENCE, {});
  const flow = new CodeFlow({
    url: () => url,
    people: () => [...people.values()].map(({ order, about }) => ({ user: order.user, about })),
    algorithm: ALGORITHM,
    nowMs,
    signIdToken: async (user, { nonce, authTimeSeconds }) => {
      const { order = { user } } = people.get(user) ?? {};
      return signFor(order, APP_CLIENT, { ...(nonce === undefined ? {} : { nonce }), auth_time: authTimeSeconds });
    },
  });
  const server = createServer((request, response) => {
    if (request.url === '/jwks') {
      asked += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [publicJwk] }));
    } else void answer(request, response, { flow, sign });
  });
  url = await listen(server);
  return {
    url,
    jwksUrl: `${url}/jwks`,
    keyId,
    privateKey,
    publicJwk,
    asked: () => asked,
    sign,
    setPerson: (order, about = describe(order)) => void people.set(order.user, { order, about }),
    revoke: (user) => flow.revoke(user),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

/** The part `sso` of a COFFER_CONFIG file that accepts this issuer's tokens. */
export function signInSettings({ url, jwksUrl }: Pick<Issuer, 'url' | 'jwksUrl'>): Record<string, unknown> {
  return {
    issuer: url,
    audience: AUDIENCE,
    jwksUrl,
    algorithms: [ALGORITHM],
    platformAdmin: PLATFORM_ADMIN,
    platformFinance: PLATFORM_FINANCE,
    client: { id: APP_CLIENT },
  };
}

function describe({ orgs = {}, platformAdmin = false, platformFinance = false }: TokenOrder): string {
  const roles = Object.values(orgs).map((role) => `${role} of an org`);
  return [
    ...roles,
    ...(platformAdmin ? ['platform admin'] : []),
    ...(platformFinance ? ['platform finance'] : []),
  ].join(', ');
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the issuer has no port');
  return `http://127.0.0.1:${address.port}`;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { flow, sign }: { readonly flow: CodeFlow; readonly sign: (order: TokenOrder) => Promise<string> },
): Promise<void> {
  try {
    if (await flow.answer(request, response)) return;
    if (request.method !== 'POST' || request.url !== '/token') throw new Error(`there is no command ${request.url}`);
    let body = '';
    for await (const chunk of request) {
      body += String(chunk);
      if (body.length > BODY_BYTES_MAX) throw new Error('the request is too long');
    }
    response.end(JSON.stringify({ token: await sign(orderSchema.parse(JSON.parse(body))) }));
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  }
}

/** Asks a running issuer for a token. @throws Error with the issuer's error message. */
export async function requestToken(issuerUrl: string, order: TokenOrder): Promise<string> {
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  const response = await fetch(`${issuerUrl}/token`, { method: 'POST', body: JSON.stringify(order), signal });
  const answered: unknown = JSON.parse(await response.text());
  const failed = errorSchema.safeParse(answered);
  if (failed.success) throw new Error(failed.data.error);
  return answerSchema.parse(answered).token;
}
