/** A Stripe account, through the official SDK in the version of the API that it pins. */
import { Stripe } from 'stripe';
import type { AccountName, FactKind, ProviderFact, RefundFact } from '../../core/billing/facts.ts';
import type { Clock } from '../../core/clock.ts';
import type {
  EventAccount,
  NewCheckout,
  NewRefund,
  ObjectName,
  OpenedCheckout,
  ProviderEventPage,
  Reading,
} from '../port.ts';
import { minor } from './amount.ts';
import { listBalance } from './balance.ts';
import { EVENT_KINDS, ORDER_KEY, readEvent } from './events.ts';
import { factOfDispute, factOfPayment, factOfRefund, factOfSession, factOfWarning } from './facts.ts';
import { callStripe, isMissing } from './faults.ts';
import { makePrice, makeProduct, showItem } from './catalog.ts';
import { cancelPayment, confirmPayment, createCustomer, createPayment } from './off-session.ts';
import { readStripeKey } from './key.ts';

/** For one try of one call. */
const CALL_TIMEOUT_MS = 20_000;
/** Tries after the first, all under the call's one idempotency key. */
const RETRIES_MAX = 2;
const EVENTS_PAGE = 100;
/** Most refunds of one payment that are read. */
const REFUNDS_MAX = 100;

export interface StripeAccountOptions {
  readonly name: AccountName;
  readonly secretKey: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Where the API is, for a fake; Stripe's own by default. */
  readonly apiUrl?: string | undefined;
}

/**
 * Opens an account; nothing is sent yet.
 * @throws Refusal VALIDATION_FAILED when the key is not a secret key
 */
export function openStripeAccount(options: StripeAccountOptions): EventAccount {
  const { mode } = readStripeKey(options.secretKey);
  const stripe = openClient(options);
  const reading = (): Reading => ({ account: options.name, mode, readAtMs: options.clock.nowMs() });
  return {
    name: options.name,
    provider: 'stripe',
    mode,
    refunds: 'any',
    lists: 'events',
    identify: async () => {
      const call = { name: 'read the account', reads: true, permission: 'accounts_kyc_basic_read' };
      return (await callStripe(call, async () => stripe.accounts.retrieveCurrent())).id;
    },
    createCheckout: async (checkout) => createCheckout(stripe, checkout),
    expireCheckout: async (id) => expireCheckout(stripe, id),
    fetch: async (object) => fetchFact(stripe, object, reading()),
    makeProduct: async (item) => makeProduct(stripe, item),
    makePrice: async (item, product) => makePrice(stripe, item, product),
    showItem: async (item, ids) => showItem(stripe, item, ids),
    createCustomer: async (customer) => createCustomer(stripe, customer),
    createPayment: async (payment) => createPayment(stripe, payment),
    confirmPayment: async (id, order) => confirmPayment(stripe, id, order),
    cancelPayment: async (id) => cancelPayment(stripe, id),
    refund: async (refund) => giveBack(stripe, refund, reading()),
    listRefunds: async (payment) => listRefunds(stripe, payment, reading()),
    acceptDispute: async (id) => {
      await callStripe({ name: 'accept a dispute', reads: false, permission: 'dispute_write' }, async () =>
        stripe.disputes.close(id, {}, { idempotencyKey: `coffer-accept-${id}` }),
      );
    },
    submitEvidence: async ({ dispute, evidence: { product, activity, statement }, key: submissionKey }) => {
      await callStripe({ name: 'submit evidence', reads: false, permission: 'dispute_write' }, async () =>
        stripe.disputes.update(
          dispute,
          {
            evidence: { product_description: product, access_activity_log: activity, uncategorized_text: statement },
            submit: true,
          },
          { idempotencyKey: submissionKey },
        ),
      );
    },
    listEvents: async (range) => listEvents(stripe, range),
    listBalance: async (range) => listBalance(stripe, range),
  };
}

function openClient({ secretKey, apiUrl }: StripeAccountOptions): Stripe {
  const url = apiUrl === undefined ? undefined : new URL(apiUrl);
  return new Stripe(secretKey, {
    // Off: it would also keep an id of this machine in the user's home.
    telemetry: false,
    maxNetworkRetries: RETRIES_MAX,
    timeout: CALL_TIMEOUT_MS,
    ...(url && {
      host: url.hostname,
      port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : url.port,
      protocol: url.protocol === 'https:' ? 'https' : 'http',
    }),
  });
}

async function createCheckout(stripe: Stripe, checkout: NewCheckout): Promise<OpenedCheckout> {
  const { order, name, currency, priceMinor, successUrl, cancelUrl, expiresAtMs, customer, saveMethod } = checkout;
  const metadata = { ...checkout.metadata, [ORDER_KEY]: order };
  const session = await callStripe(
    { name: 'create a checkout', reads: false, permission: 'checkout_session_write' },
    async () =>
      stripe.checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [
            {
              quantity: 1,
              ...(checkout.item === undefined
                ? { price_data: { currency, product_data: { name }, unit_amount: minor(priceMinor) } }
                : { price: checkout.item }),
            },
          ],
          success_url: successUrl,
          cancel_url: cancelUrl,
          client_reference_id: order,
          metadata,
          // Stripe copies a session's metadata nowhere, and refunds and disputes hang on the payment.
          payment_intent_data: { metadata, ...(saveMethod === true && { setup_future_usage: 'off_session' as const }) },
          expires_at: Math.floor(expiresAtMs / 1_000),
          ...(customer !== undefined && { customer }),
        },
        { idempotencyKey: `coffer-checkout-${order}` },
      ),
  );
  return { id: session.id, url: session.url ?? '', expiresAtMs: session.expires_at * 1_000 };
}

async function expireCheckout(stripe: Stripe, id: string): Promise<void> {
  try {
    await callStripe({ name: 'expire a checkout', reads: false, permission: 'checkout_session_write' }, async () =>
      stripe.checkout.sessions.expire(id, {}, { idempotencyKey: `coffer-expire-${id}` }),
    );
  } catch (error) {
    const session = await callStripe(
      { name: 'read a checkout', reads: true, permission: 'checkout_session_read' },
      async () => stripe.checkout.sessions.retrieve(id),
    );
    if (session.status === 'open') throw error;
  }
}

async function giveBack(
  stripe: Stripe,
  { payment, amountMinor, key, order }: NewRefund,
  reading: Reading,
): Promise<RefundFact> {
  const refund = await callStripe({ name: 'refund', reads: false, permission: 'refund_write' }, async () =>
    stripe.refunds.create(
      {
        payment_intent: payment,
        ...(amountMinor !== undefined && { amount: minor(amountMinor) }),
        metadata: { [ORDER_KEY]: order },
        expand: ['payment_intent'],
      },
      { idempotencyKey: key },
    ),
  );
  return factOfRefund(refund, reading);
}

const PAYMENT = ['payment_intent'];

/** How an object of a kind is read, and the permission that a restricted key needs for it. */
interface Reader {
  readonly permission: string;
  readonly read: (stripe: Stripe, id: string, reading: Reading) => Promise<ProviderFact>;
}

const READERS: Readonly<Record<FactKind, Reader>> = {
  checkout: {
    permission: 'checkout_session_read',
    read: async (stripe, id, reading) =>
      factOfSession(await stripe.checkout.sessions.retrieve(id, { expand: PAYMENT }), reading),
  },
  payment: {
    permission: 'payment_intent_read',
    read: async (stripe, id, reading) =>
      factOfPayment(
        await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction'] }),
        reading,
      ),
  },
  refund: {
    permission: 'refund_read',
    read: async (stripe, id, reading) => factOfRefund(await stripe.refunds.retrieve(id, { expand: PAYMENT }), reading),
  },
  dispute: {
    permission: 'dispute_read',
    read: async (stripe, id, reading) =>
      factOfDispute(await stripe.disputes.retrieve(id, { expand: PAYMENT }), reading),
  },
  early_warning: {
    permission: 'charge_read',
    read: async (stripe, id, reading) =>
      factOfWarning(await stripe.radar.earlyFraudWarnings.retrieve(id, { expand: PAYMENT }), reading),
  },
};

async function fetchFact(
  stripe: Stripe,
  { kind, id }: ObjectName,
  reading: Reading,
): Promise<ProviderFact | undefined> {
  const { permission, read } = READERS[kind];
  try {
    const call = { name: `read ${id}`, reads: true, permission };
    return await callStripe(call, async () => read(stripe, id, reading));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function listRefunds(stripe: Stripe, payment: string, reading: Reading): Promise<readonly RefundFact[]> {
  const page = await callStripe({ name: 'list refunds', reads: true, permission: 'refund_read' }, async () =>
    stripe.refunds.list({ payment_intent: payment, limit: REFUNDS_MAX, expand: ['data.payment_intent'] }),
  );
  return page.data.map((refund) => factOfRefund(refund, reading));
}

async function listEvents(
  stripe: Stripe,
  { sinceMs, untilMs, after }: { readonly sinceMs: number; readonly untilMs: number; readonly after?: string },
): Promise<ProviderEventPage> {
  const page = await callStripe({ name: 'list events', reads: true, permission: 'event_read' }, async () =>
    stripe.events.list({
      types: Object.keys(EVENT_KINDS),
      created: { gte: Math.floor(sinceMs / 1_000), lte: Math.floor(untilMs / 1_000) },
      limit: EVENTS_PAGE,
      ...(after !== undefined && { starting_after: after }),
    }),
  );
  return {
    events: page.data.flatMap((event) => readEvent(event) ?? []),
    next: page.has_more ? page.data.at(-1)?.id : undefined,
  };
}
