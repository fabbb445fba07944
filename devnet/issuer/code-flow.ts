/** The authorization code flow of the test issuer: OpenID Connect with PKCE, and a page on which one picks a person. */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { pickingPage, type Person } from './page.ts';

/** The app's client: it has no secret, and PKCE in its place. */
export const APP_CLIENT = 'coffer-app';
const BODY_CHARS_MAX = 64_000;
const CODE_LIFE_MS = 60_000;
/** Codes and refresh tokens that are kept at most; the oldest goes first. */
const KEPT_MAX = 1_000;
const LOOPBACK = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?\//;

/** What makes an ID token of a person, as they are at that time. */
export type SignIdToken = (
  user: string,
  claims: { readonly nonce?: string | undefined; readonly authTimeSeconds: number },
) => Promise<string>;

export interface CodeFlowOptions {
  readonly url: () => string;
  readonly people: () => readonly Person[];
  readonly signIdToken: SignIdToken;
  readonly algorithm: string;
  readonly nowMs: () => number;
}

const authorizeSchema = z.object({
  client_id: z.literal(APP_CLIENT),
  response_type: z.literal('code'),
  redirect_uri: z.string().regex(LOOPBACK),
  scope: z.string(),
  state: z.string(),
  nonce: z.string().optional(),
  code_challenge: z.string().length(43),
  code_challenge_method: z.literal('S256'),
});
type Asked = z.infer<typeof authorizeSchema>;

interface Grant {
  readonly asked: Asked;
  readonly user: string;
  readonly atMs: number;
}

/** Answers what the flow asks for; false for every other request. */
export class CodeFlow {
  readonly #options: CodeFlowOptions;
  readonly #codes = new Map<string, Grant>();
  readonly #refreshTokens = new Map<string, Grant>();

  constructor(options: CodeFlowOptions) {
    this.#options = options;
  }

  /** Takes every refresh token of a person back, as an issuer does that closes an account. */
  revoke(user: string): void {
    for (const [token, grant] of this.#refreshTokens) if (grant.user === user) this.#refreshTokens.delete(token);
  }

  /** @returns whether the request was one of the flow */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.#options.url());
    const route = `${request.method} ${pathname}`;
    if (route === 'GET /.well-known/openid-configuration') json(response, 200, this.#metadata());
    else if (route === 'GET /authorize') this.#show(searchParams, response);
    else if (route === 'POST /authorize') this.#pick(await readForm(request), response);
    else if (route === 'POST /oauth/token') await this.#token(await readForm(request), response);
    else return false;
    return true;
  }

  #metadata(): object {
    const url = this.#options.url();
    return {
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/oauth/token`,
      jwks_uri: `${url}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: [this.#options.algorithm],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  #show(query: URLSearchParams, response: ServerResponse): void {
    const asked = authorizeSchema.safeParse(Object.fromEntries(query));
    if (!asked.success) {
      json(response, 400, { error: 'invalid_request', error_description: z.prettifyError(asked.error) });
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('cache-control', 'no-store');
    response.end(pickingPage(Object.fromEntries(query), this.#options.people()));
  }

  #pick(form: URLSearchParams, response: ServerResponse): void {
    const asked = authorizeSchema.safeParse(Object.fromEntries(form));
    const user = form.get('user');
    if (!asked.success || !this.#options.people().some((one) => one.user === user)) {
      json(response, 400, { error: 'invalid_request' });
      return;
    }
    const code = keep(this.#codes, { asked: asked.data, user: user ?? '', atMs: this.#options.nowMs() });
    const back = new URL(asked.data.redirect_uri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.data.state);
    back.searchParams.set('iss', this.#options.url());
    response.writeHead(303, { location: back.href }).end();
  }

  async #token(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const isRefresh = form.get('grant_type') === 'refresh_token';
    const grant = isRefresh ? take(this.#refreshTokens, form.get('refresh_token')) : this.#redeem(form);
    if (!grant) {
      json(response, 400, { error: 'invalid_grant' });
      return;
    }
    const claims = {
      nonce: isRefresh ? undefined : grant.asked.nonce,
      authTimeSeconds: Math.floor(grant.atMs / 1_000),
    };
    json(response, 200, {
      access_token: randomBytes(16).toString('base64url'),
      token_type: 'Bearer',
      expires_in: 300,
      // A refresh token is good for one use; its successor comes with the answer.
      refresh_token: keep(this.#refreshTokens, grant),
      id_token: await this.#options.signIdToken(grant.user, claims),
    });
  }

  /** The grant under a code, which is good for one use, by the client that asked for it. */
  #redeem(form: URLSearchParams): Grant | undefined {
    const grant = take(this.#codes, form.get('code'));
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isRight =
      grant !== undefined &&
      form.get('grant_type') === 'authorization_code' &&
      form.get('client_id') === APP_CLIENT &&
      form.get('redirect_uri') === grant.asked.redirect_uri &&
      challenge === grant.asked.code_challenge &&
      this.#options.nowMs() - grant.atMs < CODE_LIFE_MS;
    return isRight ? grant : undefined;
  }
}

function keep(grants: Map<string, Grant>, grant: Grant): string {
  const name = randomBytes(24).toString('base64url');
  grants.set(name, grant);
  const [oldest] = grants.size > KEPT_MAX ? grants.keys() : [];
  if (oldest !== undefined) grants.delete(oldest);
  return name;
}

function take(grants: Map<string, Grant>, name: string | null): Grant | undefined {
  const grant = grants.get(name ?? '');
  grants.delete(name ?? '');
  return grant;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > BODY_CHARS_MAX) throw new Error('the request is too long');
  }
  return new URLSearchParams(body);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
