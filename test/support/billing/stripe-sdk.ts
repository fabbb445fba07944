/** The official SDK, pointed at the fake. */
import { Stripe } from 'stripe';
import type { FakeStripe } from '../../../devnet/stripe/fake.ts';

export function sdkOf(fake: Pick<FakeStripe, 'url'>, key: string, maxNetworkRetries = 0): Stripe {
  const { hostname: host, port } = new URL(fake.url);
  return new Stripe(key, { host, port, protocol: 'http', telemetry: false, maxNetworkRetries });
}

/** A checkout of ten dollars for an order. */
export function tenDollars(order: string): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    line_items: [
      { price_data: { currency: 'usd', product_data: { name: 'Credit' }, unit_amount: 1_000 }, quantity: 1 },
    ],
    success_url: 'https://example.com/done?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://example.com/back',
    metadata: { coffer_order: order },
    payment_intent_data: { metadata: { coffer_order: order } },
  };
}
