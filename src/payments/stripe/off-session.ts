/** Payments without the payer: the customer that a method is saved for, and charges of that method. */
import type { Stripe } from 'stripe';
import type { NewCustomer, NewPayment } from '../port.ts';
import { minor } from './amount.ts';
import { ORDER_KEY } from './events.ts';
import { callStripe } from './faults.ts';

/** The key under which our org's id is in the metadata of its customer. */
const ORG_KEY = 'coffer_org';

/** Makes a customer. @returns its id @throws ProviderFailed */
export async function createCustomer(stripe: Stripe, { key, org }: NewCustomer): Promise<string> {
  const call = { name: 'create a customer', reads: false, permission: 'customer_write' };
  const customer = await callStripe(call, async () =>
    stripe.customers.create({ metadata: { [ORG_KEY]: org } }, { idempotencyKey: key }),
  );
  return customer.id;
}

/** Makes a payment that is not confirmed. @returns its id @throws ProviderFailed */
export async function createPayment(
  stripe: Stripe,
  { order, customer, method, currency, amountMinor }: NewPayment,
): Promise<string> {
  const call = { name: 'create a payment', reads: false, permission: 'payment_intent_write' };
  const intent = await callStripe(call, async () =>
    stripe.paymentIntents.create(
      {
        amount: minor(amountMinor),
        currency,
        customer,
        payment_method: method,
        allowed_payment_method_types: ['card'],
        metadata: { [ORDER_KEY]: order },
      },
      { idempotencyKey: `coffer-payment-${order}` },
    ),
  );
  return intent.id;
}

/**
 * Confirms a payment without the payer. An intent succeeds once at most, so that asking again after a lost answer charges
 * nothing more, whatever the provider remembers of the key.
 * @throws ProviderFailed; Refusal CARD_DECLINED, also where the bank wants to ask the payer
 */
export async function confirmPayment(stripe: Stripe, id: string, order: string): Promise<void> {
  const call = { name: 'confirm a payment', reads: false, permission: 'payment_intent_write' };
  await callStripe(call, async () =>
    stripe.paymentIntents.confirm(
      id,
      { off_session: true, error_on_requires_action: true },
      { idempotencyKey: `coffer-confirm-${order}` },
    ),
  );
}

/** States in which an intent may still be cancelled. */
const OPEN: readonly string[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

/** Cancels an intent that is open. @throws ProviderFailed when it may still be open */
export async function cancelPayment(stripe: Stripe, id: string): Promise<void> {
  try {
    const call = { name: 'cancel a payment', reads: false, permission: 'payment_intent_write' };
    await callStripe(call, async () => stripe.paymentIntents.cancel(id, {}, { idempotencyKey: `coffer-cancel-${id}` }));
  } catch (error) {
    const call = { name: 'read a payment', reads: true, permission: 'payment_intent_read' };
    const intent = await callStripe(call, async () => stripe.paymentIntents.retrieve(id));
    if (OPEN.includes(intent.status)) throw error;
  }
}
