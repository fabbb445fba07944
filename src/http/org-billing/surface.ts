/** The org billing surface: an org's wallet, and what it sells at its own Stripe account, in whole micro-dollars. */
import { MICROS } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';

const ORG_BILLING: Surface = {
  form: MICROS,
  about:
    '**Org billing** (`/orgs/{org}`) has whole micro-dollars as JSON numbers (`10000000` is $10.00), prices in cents, and names in ' +
    'snake_case.',
};

export const CHAPTERS = {
  settings: { surface: ORG_BILLING, title: 'Org billing: settings', about: "An org's own payment account." },
  wallet: { surface: ORG_BILLING, title: 'Org billing: wallet', about: 'The balance of an org, and what moved it.' },
  products: { surface: ORG_BILLING, title: 'Org billing: products', about: 'What an org sells.' },
  checkout: { surface: ORG_BILLING, title: 'Org billing: checkout', about: 'Buying a product by card.' },
} as const;
