/** An org with its own account at the fake Stripe, for the tests of the org billing surface. */
import type { FakeAccount } from '../../../devnet/stripe/account.ts';
import type { Answer } from '../http/api.ts';
import type { ContractApi } from './api.ts';

export const URLS = { success_url: 'https://shop.example/yes', cancel_url: 'https://shop.example/no' };

export interface OrgShop {
  readonly org: string;
  /** A key of the org with every scope. */
  readonly key: string;
  /** Its own account at the fake. */
  readonly shop: FakeAccount;
  readonly secret: string;
  /** A call below `/orgs/{org}`, by default with the org's key. */
  readonly call: (
    method: string,
    path: string,
    body?: object,
    options?: { key?: string; name?: string },
  ) => Promise<Answer>;
  /** A product; $9.99 for $10.00 by default. */
  readonly product: (change?: object) => Promise<string>;
  /** A checkout of a product. */
  readonly checkout: (product: string) => Promise<{ session: string; order: string }>;
  readonly balance: () => Promise<unknown>;
}

/**
 * Makes an org with an account of its own.
 * @param options.setUp whether its key and secret are set; by default they are. @param options.permissions of a restricted key
 */
export async function openOrgShop(
  api: ContractApi,
  { setUp = true, permissions }: { readonly setUp?: boolean; readonly permissions?: readonly string[] } = {},
): Promise<OrgShop> {
  const org = await api.createOrg();
  const key = await api.createKey({ org });
  const shop = api.stripe.addAccount();
  const secret = `whsec_of_${org}`;
  const call: OrgShop['call'] = async (method, path, body, { key: by = key, name } = {}) =>
    api.call(method, `/orgs/${org}${path}`, {
      key: by,
      ...(body === undefined ? {} : { body }),
      ...(name === undefined ? {} : { headers: { 'idempotency-key': name } }),
    });
  const made = async (answer: Promise<Answer>): Promise<Record<string, unknown>> => {
    const { status, text, json } = await answer;
    if (status >= 300) throw new Error(`${status}: ${text}`);
    return json;
  };
  if (setUp) {
    const settings = { stripe_secret_key: shop.createKey('test', permissions), stripe_webhook_secret: secret };
    await made(call('PUT', '/billing', settings, { key: api.adminKey }));
    shop.addEndpoint(`${api.url()}/webhooks/stripe/${org}`, { secret });
  }
  return {
    org,
    key,
    shop,
    secret,
    call,
    product: async (change = {}) => {
      const body = { name: 'Ten dollars', price_cents: 999, amount_micros: 10_000_000, ...change };
      return String((await made(call('POST', '/products', body, { key: api.adminKey })))['product_id']);
    },
    checkout: async (product) => {
      const json = await made(call('POST', '/checkout', { product_id: product, ...URLS }));
      return { session: String(json['session_id']), order: String(json['order_id']) };
    },
    balance: async () => (await call('GET', '/wallet')).json['wallet_balance'],
  };
}
