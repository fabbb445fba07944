/** The surface of payment providers: they report what happened, and sign what they send. */
import { PLAIN, WALLET } from '../endpoint/forms.ts';
import type { Chapter } from '../server/surface.ts';

export const PROVIDER_WEBHOOKS: Chapter = {
  surface: { form: PLAIN },
  title: 'Payment providers',
  about: 'Where a payment provider sends its webhooks. They need no key: the provider signs them.',
};

/** The same, where clients of the universal wallet expect it. */
export const WALLET_WEBHOOKS: Chapter = {
  surface: { form: WALLET },
  title: 'Universal wallet: webhook',
  about: 'Where Stripe may send its webhooks beside `/webhooks/stripe`: both are one intake.',
};
