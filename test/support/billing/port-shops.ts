/** A shop at each provider's fake, in the same words: for tests of what every adapter promises. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFakeCreem } from '../../../devnet/creem/fake.ts';
import { startFakeStripe } from '../../../devnet/stripe/fake.ts';
import type { CallFaults } from '../../../devnet/stripe/faults.ts';
import type { Schedule } from '../../../devnet/stripe/schedule.ts';
import type { Provider } from '../../../src/core/billing/facts.ts';
import { openCreemAccount } from '../../../src/payments/creem/account.ts';
import { creemWebhooks } from '../../../src/payments/creem/events.ts';
import type { ProviderAccount, WebhookHeaders, WebhookReader } from '../../../src/payments/port.ts';
import { openStripeAccount } from '../../../src/payments/stripe/account.ts';
import { stripeWebhooks } from '../../../src/payments/stripe/events.ts';

/** What happens to a checkout that was opened, by the names of the buttons that both fakes have. */
export type ShopAction = 'pay' | 'refund' | 'refund_half' | 'dispute' | 'win';

/** A webhook as it arrived. */
export interface ArrivedHook {
  readonly body: Buffer;
  readonly headers: WebhookHeaders;
}

export interface PortShop {
  readonly provider: Provider;
  readonly account: ProviderAccount;
  readonly webhooks: WebhookReader;
  readonly secret: string;
  readonly key: string;
  readonly clock: Schedule;
  readonly faults: CallFaults;
  /** The calls that open a checkout and that refund, for faults. */
  readonly calls: { readonly open: string; readonly refund: string };
  /** The provider's id of something that is sold for so many cents; undefined where none is needed. */
  item(cents: number): string | undefined;
  act(checkout: string, action: ShopAction): void;
  /** Waits for every delivery. @returns the webhooks that came since */
  hooks(): Promise<ArrivedHook[]>;
  stop(): Promise<void>;
}

export const PORT_SHOPS: Readonly<Record<Provider, () => Promise<PortShop>>> = {
  stripe: async () => {
    const stripe = await startFakeStripe();
    const shop = stripe.addAccount();
    const key = shop.createKey('test');
    const inbox = await collectHooks();
    const [secret = ''] = shop.addEndpoint(inbox.url).secrets;
    return {
      ...inbox.parts(async () => stripe.idle()),
      provider: 'stripe',
      account: openStripeAccount({ name: 'stripe', secretKey: key, clock: stripe.clock, apiUrl: stripe.url }),
      webhooks: stripeWebhooks,
      secret,
      key,
      clock: stripe.clock,
      faults: stripe.faults,
      calls: { open: 'POST /v1/checkout/sessions', refund: 'POST /v1/refunds' },
      item: () => undefined,
      act: (checkout, action) => (action === 'pay' ? void stripe.pay(checkout) : stripe.act(checkout, action)),
      stop: async () => void (await Promise.all([stripe.stop(), inbox.stop()])),
    };
  },
  creem: async () => {
    const creem = await startFakeCreem();
    const shop = creem.addAccount();
    const inbox = await collectHooks();
    const { secret } = shop.addEndpoint(inbox.url);
    return {
      ...inbox.parts(async () => creem.idle()),
      provider: 'creem',
      account: openCreemAccount({ name: 'creem', secretKey: shop.key, clock: creem.clock, apiUrl: creem.url }),
      webhooks: creemWebhooks,
      secret,
      key: shop.key,
      clock: creem.clock,
      faults: creem.faults,
      calls: { open: 'POST /v1/checkouts', refund: 'POST /v1/refunds' },
      item: (cents) => shop.addProduct({ price: cents }).id,
      act: (checkout, action) => creem.act(checkout, action),
      stop: async () => void (await Promise.all([creem.stop(), inbox.stop()])),
    };
  },
};

interface HookInbox {
  readonly url: string;
  parts(idle: () => Promise<void>): Pick<PortShop, 'hooks'>;
  stop(): Promise<void>;
}

/** Takes every webhook, and keeps it. */
async function collectHooks(): Promise<HookInbox> {
  let arrived: ArrivedHook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrived.push({ body: Buffer.concat(chunks), headers: request.headers });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    parts: (idle) => ({
      hooks: async () => {
        await idle();
        const all = arrived;
        arrived = [];
        return all;
      },
    }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
