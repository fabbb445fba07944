/** A Stripe account, through the official SDK in the version of the API that it pins. */
import { Stripe } from 'stripe';
import {
  concerns,
  type AccountName,
  type FactKind,
  type OrderFact,
  type ProviderFact,
  type RefundFact,
} from '../../core/billing/facts.ts';
import type { Clock } from '../../core/clock.ts';
import { toCount } from '../../core/integers.ts';
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
import { EVENT_LISTS, ORDER_KEY, readEvent } from './events.ts';
import { factOfDispute, factOfPayment, factOfRefund, factOfSession, factOfWarning } from './facts.ts';
import { callStripe, isMissing } from './faults.ts';
import { makePrice, makeProduct, showItem } from './catalog.ts';
import { cancelPayment, confirmPayment, createCustomer, createPayment } from './off-session.ts';
import { checkPrice } from './prices.ts';
import { readStripeKey } from './key.ts';
import { factOfInvoice, factOfSubscription } from './subscription-facts.ts';
import { openSubscriptionCalls } from './subscriptions.ts';

/** For one try of one call. */
const CALL_TIMEOUT_MS = 20_000;
/** Tries after the first, all under the call's one idempotency key. */
const RETRIES_MAX = 2;
const EVENTS_PAGE = 100;
/** What is listed of an org's own account. */
const ORDER_LISTS = EVENT_LISTS.slice(0, 1);
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
    makesCustomers: true,
    lists: 'events',
    identify: async () => {
      const call = { name: 'read the account', reads: true, permission: 'accounts_kyc_basic_read' };
      return (await callStripe(call, async () => stripe.accounts.retrieveCurrent())).id;
    },
    createCheckout: async (checkout) => createCheckout(stripe, checkout),
    checkItem: async (sold) => checkPrice(stripe, sold),
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
    listFollowing: async (payment) => listFollowing(stripe, payment, reading()),
    subscriptions: openSubscriptionCalls(stripe),
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
    listEvents: async (range) =>
      listEvents(stripe, range, concerns(options.name, 'invoice') ? EVENT_LISTS : ORDER_LISTS),
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
  const { order, name, item, currency, priceMinor, successUrl, cancelUrl, expiresAtMs, customer, interval } = checkout;
  if (item !== undefined) await checkPrice(stripe, { item, priceMinor, currency, interval });
  const metadata = { ...checkout.metadata, [ORDER_KEY]: order };
  const session = await callStripe(
    { name: 'create a checkout', reads: false, permission: 'checkout_session_write' },
    async () =>
      stripe.checkout.sessions.create(
        {
          mode: interval === undefined ? 'payment' : 'subscription',
          line_items: [
            {
              quantity: 1,
              ...(item === undefined
                ? { price_data: { currency, product_data: { name }, unit_amount: minor(priceMinor) } }
                : { price: item }),
            },
          ],
          success_url: successUrl,
          cancel_url: cancelUrl,
          client_reference_id: order,
          metadata,
          // Stripe copies a session's metadata nowhere, and refunds and disputes hang on the payment.
          ...(interval === undefined
            ? { payment_intent_data: intentData(checkout, metadata) }
            : { subscription_data: { metadata } }),
          expires_at: Math.floor(expiresAtMs / 1_000),
          ...(customer !== undefined && { customer }),
        },
        { idempotencyKey: `coffer-checkout-${order}` },
      ),
  );
  return { id: session.id, url: session.url ?? '', expiresAtMs: session.expires_at * 1_000 };
}

function intentData(
  { saveMethod }: NewCheckout,
  metadata: Stripe.MetadataParam,
): Stripe.Checkout.SessionCreateParams.PaymentIntentData {
  return { metadata, ...(saveMethod === true && { setup_future_usage: 'off_session' as const }) };
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
  subscription: {
    permission: 'subscription_read',
    read: async (stripe, id, reading) =>
      factOfSubscription(await stripe.subscriptions.retrieve(id, { expand: ['schedule'] }), reading),
  },
  invoice: {
    permission: 'invoice_read',
    read: async (stripe, id, reading) =>
      factOfInvoice(
        await stripe.invoices.retrieve(id, { expand: ['payments', 'payments.data.payment.payment_intent'] }),
        reading,
      ),
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

/** What a payment led to, of all kinds. */
async function listFollowing(stripe: Stripe, payment: string, reading: Reading): Promise<readonly OrderFact[]> {
  const about = { payment_intent: payment, limit: REFUNDS_MAX, expand: ['data.payment_intent'] };
  const refunds = await listRefunds(stripe, payment, reading);
  const disputes = await callStripe({ name: 'list disputes', reads: true, permission: 'dispute_read' }, async () =>
    stripe.disputes.list(about),
  );
  const warnings = await callStripe({ name: 'list fraud warnings', reads: true, permission: 'charge_read' }, async () =>
    stripe.radar.earlyFraudWarnings.list(about),
  );
  return [
    ...refunds,
    ...disputes.data.map((one) => factOfDispute(one, reading)),
    ...warnings.data.map((one) => factOfWarning(one, reading)),
  ];
}

/** Where the second and later lists of kinds begin: `<list>:<event id>`; an event id alone is of the first list. */
const LIST_POSITION = /^(\d):(.*)$/;

/** Reads one list of kinds after the other, each newest first. */
async function listEvents(
  stripe: Stripe,
  range: { readonly sinceMs: number; readonly untilMs: number; readonly after?: string },
  lists: typeof EVENT_LISTS,
): Promise<ProviderEventPage> {
  const { sinceMs, untilMs } = range;
  const [, number = '0', after = range.after ?? ''] = LIST_POSITION.exec(range.after ?? '') ?? [];
  const list = toCount(number);
  const page = await callStripe({ name: 'list events', reads: true, permission: 'event_read' }, async () =>
    stripe.events.list({
      types: [...(lists[list] ?? [])],
      created: { gte: Math.floor(sinceMs / 1_000), lte: Math.floor(untilMs / 1_000) },
      limit: EVENTS_PAGE,
      ...(after !== '' && { starting_after: after }),
    }),
  );
  const last = page.has_more ? page.data.at(-1)?.id : undefined;
  const nextList = list + 1 < lists.length ? `${list + 1}:` : undefined;
  return {
    events: page.data.flatMap((event) => readEvent(event) ?? []),
    next: last === undefined ? nextList : list === 0 ? last : `${list}:${last}`,
  };
}
