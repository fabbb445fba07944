/** Takes webhooks of payment providers: the bytes as they came, before anything reads them. */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Provider } from '../../core/billing/facts.ts';
import { isUuid } from '../../core/ids.ts';
import { Refusal } from '../../core/errors.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { readBytes } from '../endpoint/endpoint.ts';
import { FailedCall } from '../server/problem.ts';
import type { Reply } from '../server/reply.ts';
import { NO_QUERY, type Documented, type Route } from '../server/route.ts';
import { PROVIDER_WEBHOOKS, WALLET_WEBHOOKS } from './surface.ts';

/** Space before an object is no more than this, in bytes. */
const OBJECT_BEGINS_WITHIN = 100;
const BODY_BYTES_MAX = 1_000_000;
const ORG_NAME_LENGTH_MAX = 255;
/** When a provider may send again what was not taken because its account has too much waiting. */
const FULL_RETRY_SECONDS = 60;

/** What these endpoints use. */
export interface ProviderWebhookDeps {
  readonly limits: Pick<RateLimits, 'hasTooManyUnsigned' | 'countUnsigned'>;
  /** The id of the org with this id or external id. */
  readonly findOrg: (name: string) => Promise<string | undefined>;
  /**
   * Takes a webhook in.
   * @param webhook.org the org that the path names. @param webhook.platformOnly nothing but the platform's secrets is tried
   * @returns `stored` and `ignored` were verified; `foreign` is another business of an account's; `unverified` is refused;
   *   `full` was verified and is to be sent again.
   */
  readonly take: (webhook: {
    readonly provider: Provider;
    readonly org: string | null;
    readonly body: Buffer;
    readonly headers: IncomingMessage['headers'];
    readonly platformOnly: boolean;
  }) => Promise<'stored' | 'ignored' | 'foreign' | 'unverified' | 'full'>;
}

const documented: Omit<Documented, 'operation' | 'summary'> = {
  chapter: PROVIDER_WEBHOOKS,
  replies: {
    200: z.strictObject({
      received: z.literal(true).describe('Always true: the event is kept, and settled from now on.'),
    }),
  },
  errors: ['VALIDATION_FAILED', 'SIGNATURE_INVALID', 'RATE_LIMITED', 'BODY_TOO_LARGE'],
  access: 'open',
  scopes: [],
  query: NO_QUERY,
  body: z.looseObject({}),
};

/** The endpoints for webhooks of Stripe: the platform's, and each org's own; and of Creem: the platform's. */
export function providerRoutes(deps: ProviderWebhookDeps): Route[] {
  return [
    {
      method: 'POST',
      path: '/webhooks/stripe',
      documented: { ...documented, operation: 'receiveStripeEvent', summary: 'Takes an event of Stripe' },
      handle: async (request) => take(deps, request, { provider: 'stripe', path: null }),
    },
    {
      method: 'POST',
      path: '/payment/webhook/stripe',
      documented: {
        ...documented,
        operation: 'receivePaymentStripeEvent',
        summary: 'Takes an event of Stripe; the same as /webhooks/stripe',
      },
      handle: async (request) => take(deps, request, { provider: 'stripe', path: null }),
    },
    {
      method: 'POST',
      path: '/io/wallet/webhook',
      documented: {
        ...documented,
        chapter: WALLET_WEBHOOKS,
        operation: 'receiveWalletStripeEvent',
        summary: 'Takes an event of Stripe',
      },
      handle: async (request) => take(deps, request, { provider: 'stripe', path: null, only: 'signed' }),
    },
    {
      method: 'POST',
      path: '/webhooks/stripe/:org',
      documented: {
        ...documented,
        operation: 'receiveOrgStripeEvent',
        summary: "Takes an event of an org's own Stripe account",
        pathParams: { org: z.string().min(1).max(ORG_NAME_LENGTH_MAX) },
        errors: [...(documented.errors ?? []), 'NOT_FOUND'],
      },
      handle: async (request, { org }) =>
        take(deps, request, { provider: 'stripe', path: typeof org === 'string' ? org : '' }),
    },
    {
      method: 'POST',
      path: '/payment/webhook/creem',
      documented: { ...documented, operation: 'receiveCreemEvent', summary: 'Takes an event of Creem' },
      handle: async (request) => take(deps, request, { provider: 'creem', path: null }),
    },
  ];
}

/**
 * An address that has sent too much that nothing signs is not looked up any more, and only what the platform's own secrets
 * sign is still taken from it: all accounts of a provider send from the same addresses.
 * @param about.path the org that the path names; null for the bare path.
 * @param about.only `signed`: what is another business of an account's is refused too, as every bad signature is there.
 */
async function take(
  deps: ProviderWebhookDeps,
  request: IncomingMessage,
  about: { readonly provider: Provider; readonly path: string | null; readonly only?: 'signed' },
): Promise<Reply> {
  const { provider, path, only } = about;
  const { limits, findOrg } = deps;
  const platformOnly = limits.hasTooManyUnsigned(request);
  const body = await readBytes(request, BODY_BYTES_MAX);
  const org = path === null || platformOnly ? null : await findOrg(path);
  if (org === undefined) {
    limits.countUnsigned(request);
    throw new Refusal('NOT_FOUND', 'there is no such org');
  }
  const taken = await deps.take({ provider, org, body, headers: request.headers, platformOnly });
  if (taken === 'foreign' || taken === 'unverified') limits.countUnsigned(request);
  if (taken === 'unverified' || (taken === 'foreign' && (only === 'signed' || !isObject(body)))) {
    throw new Refusal('SIGNATURE_INVALID', 'no secret of the account that this is about signed these bytes now');
  }
  if (taken === 'full') {
    const refusal = new Refusal(
      'RATE_LIMITED',
      'too many objects of this account wait to be read; send it again later',
      {
        details: { limit: 'open_payments', retryAfterSeconds: FULL_RETRY_SECONDS },
      },
    );
    throw new FailedCall(refusal, { 'Retry-After': String(FULL_RETRY_SECONDS) });
  }
  return { status: 200, body: { received: true } };
}

/** Whether bytes begin as a JSON object does. What is none is nobody's event. */
function isObject(body: Uint8Array): boolean {
  return /^\s*\{/.test(Buffer.from(body.subarray(0, OBJECT_BEGINS_WITHIN)).toString('latin1'));
}

/** Finds an org by its id or its external id. */
export function orgFinder(find: {
  readonly byId: (id: string) => Promise<{ readonly id: string } | undefined>;
  readonly byExternalId: (name: string) => Promise<{ readonly id: string } | undefined>;
}): ProviderWebhookDeps['findOrg'] {
  return async (name) => {
    if (name === '' || name.length > ORG_NAME_LENGTH_MAX) return undefined;
    const found = isUuid(name) ? await find.byId(name) : undefined;
    return (found ?? (await find.byExternalId(name)))?.id;
  };
}
