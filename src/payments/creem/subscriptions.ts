/**
 * Changes of subscriptions at Creem, and its portal. A switch without proration charges and refunds nothing, and the next period
 * is billed at the other product: that is a change at the end of the period. None of Creem's switches begins a new period at the full
 * price. Creem knows no idempotency keys: each of these calls, made again, leaves the subscription as the first one did.
 */
import type { PriceChange, SubscriptionCalls } from '../port.ts';
import { callCreem, failed, readAnswer, type CreemConnection } from './client.ts';
import { checkProduct } from './products.ts';
import { portalShape } from './shapes.ts';

const CURRENCY = 'usd';

/** Opens the calls of an account. */
export function openSubscriptionCalls(creem: CreemConnection): SubscriptionCalls {
  const change = async (name: string, work: Parameters<typeof callCreem>[2]): Promise<void> => {
    await callCreem(creem, { name, reads: false }, work);
  };
  const resume = async ({ subscription }: { readonly subscription: string }): Promise<void> =>
    change('resume a subscription', async (sdk) => sdk.subscriptions.resume(subscription));
  return {
    switchesNow: false,
    switchNow: async () => {
      const call = { name: 'switch a subscription at once', reads: false };
      return Promise.reject(failed(call, 'refused', 'Creem charges only a part of the price for it'));
    },
    switchAtPeriodEnd: async (asked) => switchProduct(creem, asked),
    dropPlanned: async (asked) => switchProduct(creem, asked),
    cancel: async ({ subscription, atPeriodEnd }) =>
      change('cancel a subscription', async (sdk) =>
        sdk.subscriptions.cancel(subscription, { mode: atPeriodEnd ? 'scheduled' : 'immediate' }),
      ),
    keep: resume,
    unpause: resume,
    // Creem has one portal, which takes no URL to return to.
    makePortal: async () => Promise.resolve('creem'),
    openPortal: async ({ customer }) => {
      const call = { name: 'open the portal', reads: true };
      const answer = await callCreem(creem, call, async (sdk) =>
        sdk.customers.generateBillingLinks({ customerId: customer }),
      );
      return readAnswer(call, portalShape, answer).customer_portal_link;
    },
  };
}

async function switchProduct(creem: CreemConnection, change: PriceChange): Promise<void> {
  const { subscription, price, priceMinor, interval } = change;
  const call = { name: 'switch a subscription', reads: false };
  await checkProduct(creem, call, { item: price, priceMinor, currency: CURRENCY, interval });
  await callCreem(creem, call, async (sdk) =>
    sdk.subscriptions.upgrade(subscription, { productId: price, updateBehavior: 'proration-none' }),
  );
}
