/** The surface of payment providers: they report what happened, and sign what they send. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Chapter } from '../server/surface.ts';

export const PROVIDER_WEBHOOKS: Chapter = {
  surface: { form: PLAIN },
  title: 'Payment providers',
  about: 'Where a payment provider sends its webhooks. They need no key: the provider signs them.',
};
