/** The surface of credits and subscriptions: a user's wallet in whole credits, with answers in an envelope. */
import { CREDITS } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';

const SURFACE: Surface = {
  form: CREDITS,
  about:
    '**Credits** (`/credits`, `/orders`, `/checkin`, `/payment`, `/subscription` and some of `/admin`) has the wallet of a user in ' +
    'whole credits as JSON numbers. Answers are `{"success": true, "data": ...}`; a list is a bare array in `data`, with ' +
    '`next_cursor` beside it. Fields of a body that a call does not know are ignored and named in `Coffer-Ignored-Fields`; ' +
    'under `/admin` they are refused.',
};

export const CHAPTERS = {
  credits: { surface: SURFACE, title: 'Credits', about: "A user's balance in credits, and what moved it." },
  subscription: {
    surface: SURFACE,
    title: 'Subscriptions',
    about:
      "Plans on offer, and the caller's own subscription: one at a time, charged by the payment provider for each period.",
  },
  plans: {
    surface: SURFACE,
    title: 'Plans',
    about: 'What is sold. A change counts from now on; what a period is worth is fixed as it begins.',
  },
  gifts: { surface: SURFACE, title: 'Credits: gifts', about: 'The daily check-in, and coupons.' },
  payment: { surface: SURFACE, title: 'Credits: payment', about: 'Buying credits, and what was bought.' },
  admin: { surface: SURFACE, title: 'Admin: credits', about: 'What users are given, for operators.' },
} as const;
