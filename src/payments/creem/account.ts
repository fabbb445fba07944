/** A Creem account, through the official SDK. Creem sells products, and knows no idempotency keys. */
import type { AccountName, ProviderFact, RefundFact } from '../../core/billing/facts.ts';
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import {
  NOT_OFFERED,
  ProviderFailed,
  type NewCheckout,
  type NewRefund,
  type ObjectName,
  type OpenedCheckout,
  type PaymentAccount,
  type PaymentPage,
  type Reading,
} from '../port.ts';
import { callCreem, failed, isMissing, readAnswer, type CreemConnection } from './client.ts';
import {
  factOfAsked,
  factOfCheckout,
  factOfDispute,
  factOfPayment,
  factOfRefund,
  leftOf,
  orderOf,
  seenOf,
} from './facts.ts';
import { readCreemKey } from './key.ts';
import { checkProduct } from './products.ts';
import { factOfInvoice, factOfSubscription } from './subscription-facts.ts';
import { openSubscriptionCalls } from './subscriptions.ts';
import {
  checkoutShape,
  ORDER_KEY,
  pageShape,
  refundAnswerShape,
  subscriptionShape,
  transactionShape,
  type CreemCheckout,
  type CreemSubscription,
  type CreemTransaction,
} from './shapes.ts';

const URLS = { live: 'https://api.creem.io', test: 'https://test-api.creem.io' } as const;
const PAGE = 100;

export interface CreemAccountOptions {
  readonly name: AccountName;
  readonly secretKey: string;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** Where the API is, for a fake; that of the key's mode by default. */
  readonly apiUrl?: string | undefined;
}

/** What Creem offers nobody: it has no payments without the payer, and disputes are answered on its own pages. */
const NOTHING_OFFERED = {
  identify: notOffered('read the account'),
  makeProduct: notOffered('make a product'),
  makePrice: notOffered('make a price'),
  showItem: notOffered('change a product'),
  createCustomer: notOffered('make a customer'),
  createPayment: notOffered('make a payment without the payer'),
  confirmPayment: notOffered('charge without the payer'),
  cancelPayment: notOffered('cancel a payment'),
  acceptDispute: notOffered('accept a dispute'),
  submitEvidence: notOffered('submit evidence'),
};

function notOffered(what: string): () => Promise<never> {
  return async () => {
    const call = { name: what, reads: false };
    return Promise.reject(failed(call, 'refused', 'Creem does not offer it by its API', { code: NOT_OFFERED }));
  };
}

/**
 * Opens an account; nothing is sent yet.
 * @throws Refusal VALIDATION_FAILED when the key is not a secret key
 */
export function openCreemAccount(options: CreemAccountOptions): PaymentAccount {
  const { name, secretKey, clock, apiUrl } = options;
  const mode = readCreemKey(secretKey);
  const creem: CreemConnection = { secretKey, url: apiUrl ?? URLS[mode] };
  const reading = (): Reading => ({ account: name, mode, readAtMs: clock.nowMs() });
  return {
    ...NOTHING_OFFERED,
    name,
    provider: 'creem',
    mode,
    refunds: 'whole',
    makesCustomers: false,
    lists: 'payments',
    createCheckout: async (checkout) => createCheckout(creem, checkout),
    checkItem: async (sold) => checkProduct(creem, { name: 'read a product', reads: true }, sold),
    // Creem closes a checkout by itself only.
    expireCheckout: async () => Promise.resolve(),
    fetch: async (object) => fetchFact(creem, object, reading()),
    refund: async (refund) => giveBack(creem, refund, reading()),
    subscriptions: openSubscriptionCalls(creem),
    listRefunds: async (payment) => {
      const refund = factOfRefund(await getTransaction(creem, payment), null, reading());
      return refund === undefined ? [] : [refund];
    },
    listFollowing: async (payment) => {
      const transaction = await getTransaction(creem, payment);
      const read = [factOfRefund(transaction, null, reading()), factOfDispute(transaction, null, reading())];
      return read.filter((fact) => fact !== undefined);
    },
    listPayments: async (page) => listPayments(creem, page),
    readPayment: async (id) => {
      const transaction = await findOr(async () => getTransaction(creem, id));
      return transaction && seenOf(transaction);
    },
  };
}

async function findOr<Found>(read: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * A checkout of one of Creem's products, whose price is checked before anybody can pay it. Asked again after a lost answer, Creem
 * makes another one; nobody has the first one's URL.
 */
async function createCheckout(creem: CreemConnection, checkout: NewCheckout): Promise<OpenedCheckout> {
  const { order, item, customer, successUrl, expiresAtMs, metadata } = checkout;
  const call = { name: 'create a checkout', reads: false };
  if (item === undefined) throw failed(call, 'refused', 'Creem sells products only', { code: 'product_missing' });
  await checkProduct(creem, call, { ...checkout, item });
  const answer = await callCreem(creem, call, async (sdk) =>
    sdk.checkouts.create({
      productId: item,
      requestId: order,
      successUrl,
      metadata: { ...metadata, [ORDER_KEY]: order },
      ...(customer !== undefined && { customer: { id: customer } }),
    }),
  );
  const made = readAnswer(call, checkoutShape, answer);
  return { id: made.id, url: made.checkout_url ?? '', expiresAtMs };
}

async function getCheckout(creem: CreemConnection, id: string): Promise<CreemCheckout> {
  const call = { name: `read ${id}`, reads: true };
  return readAnswer(call, checkoutShape, await callCreem(creem, call, async (sdk) => sdk.checkouts.retrieve(id)));
}

async function getTransaction(creem: CreemConnection, id: string): Promise<CreemTransaction> {
  const call = { name: `read ${id}`, reads: true };
  return readAnswer(call, transactionShape, await callCreem(creem, call, async (sdk) => sdk.transactions.getById(id)));
}

async function getSubscription(creem: CreemConnection, id: string): Promise<CreemSubscription> {
  const call = { name: `read ${id}`, reads: true };
  return readAnswer(call, subscriptionShape, await callCreem(creem, call, async (sdk) => sdk.subscriptions.get(id)));
}

/** What is known of a payment: its transaction, and the order that its checkout names. */
interface Paid {
  readonly transaction: CreemTransaction | undefined;
  readonly order: string | null;
}

/** @param id of a checkout or of a transaction; see events.ts */
async function readPaid(creem: CreemConnection, id: string): Promise<Paid> {
  if (!id.startsWith('ch_')) return { transaction: await getTransaction(creem, id), order: null };
  const checkout = await getCheckout(creem, id);
  const transaction = checkout.order?.transaction;
  const order = orderOf(checkout);
  return { transaction: transaction ? await getTransaction(creem, transaction) : undefined, order };
}

async function fetchFact(
  creem: CreemConnection,
  object: ObjectName,
  reading: Reading,
): Promise<ProviderFact | undefined> {
  const { kind, id } = object;
  return findOr(async () => {
    if (kind === 'early_warning') return undefined;
    if (kind === 'subscription') return factOfSubscription(await getSubscription(creem, id), reading);
    if (kind === 'invoice') return fetchInvoice(creem, id, reading);
    if (kind === 'checkout') {
      const checkout = await getCheckout(creem, id);
      const transaction = checkout.order?.transaction;
      return factOfCheckout(checkout, transaction ? await getTransaction(creem, transaction) : undefined, reading);
    }
    const { transaction, order } = await readPaid(creem, id);
    const fact = transaction && FACTS[kind](transaction, order, reading);
    if (fact) return fact;
    // An event may be ahead of what the transaction shows.
    throw failed({ name: `read ${id}`, reads: true }, 'unreachable', `it shows no ${kind} that can be read yet`);
  });
}

/** A transaction of a subscription. */
async function fetchInvoice(creem: CreemConnection, id: string, reading: Reading): Promise<ProviderFact | undefined> {
  const transaction = await getTransaction(creem, id);
  const { subscription } = transaction;
  return subscription ? factOfInvoice(transaction, await getSubscription(creem, subscription), reading) : undefined;
}

const FACTS = { payment: factOfPayment, refund: factOfRefund, dispute: factOfDispute } as const;

/**
 * Refunds all that is left of a transaction. What was refunded before is answered again, so that a lost answer leaves no doubt.
 * @throws Refusal REFUND_NOT_POSSIBLE for a part of it
 */
async function giveBack(creem: CreemConnection, asked: NewRefund, reading: Reading): Promise<RefundFact> {
  const { payment, order, amountMinor } = asked;
  const call = { name: 'refund', reads: false };
  const before = await getTransaction(creem, payment);
  const left = leftOf(before);
  if (amountMinor !== undefined && left > 0n && amountMinor !== left) {
    throw new Refusal('REFUND_NOT_POSSIBLE', `Creem refunds only all that is left: ${left} cents`, {
      details: { reason: 'whole_only' },
    });
  }
  const known = left > 0n ? undefined : factOfRefund(before, order, reading);
  if (known) return known;
  try {
    const answer = await callCreem(creem, call, async (sdk) => sdk.transactions.refund({ transactionId: payment }));
    // It has taken effect: an answer that cannot be read is one whose status is new.
    const status = refundAnswerShape.safeParse(answer).data?.status ?? 'unknown';
    const fact = factOfAsked(before, { order, status }, reading);
    if (fact.state === 'failed' || fact.state === 'cancelled') {
      throw failed(call, 'refused', `the refund is ${fact.state}`, { code: fact.state });
    }
    return fact;
  } catch (error) {
    if (!(error instanceof ProviderFailed) || error.fault.outcome !== 'refused') throw error;
    const after = await getTransaction(creem, payment);
    const done = leftOf(after) > 0n ? undefined : factOfRefund(after, order, reading);
    if (done) return done;
    throw error;
  }
}

async function listPayments(creem: CreemConnection, page: number): Promise<PaymentPage> {
  const call = { name: 'list transactions', reads: true };
  const answer = await callCreem(creem, call, async (sdk) =>
    sdk.transactions.search(undefined, undefined, undefined, page, PAGE),
  );
  const { items, pagination } = readAnswer(call, pageShape, answer);
  const payments = items.flatMap((item) => {
    const read = transactionShape.safeParse(item);
    return read.success ? [seenOf(read.data)] : [];
  });
  const next = pagination.next_page ?? undefined;
  return { payments, unread: items.length - payments.length, next: items.length === 0 ? undefined : next };
}
