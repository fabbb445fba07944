/** The universal wallet: one wallet for each user, shared by every product, in dollars as JSON numbers. */
import { z } from 'zod';
import { WALLET } from '../endpoint/forms.ts';
import type { Form, Surface } from '../server/surface.ts';

const SURFACE: Surface = {
  form: WALLET,
  about:
    '**The universal wallet** (`/io/wallet`) has one wallet for each user, shared by every product; one credit is one dollar, as ' +
    'a JSON number with up to six places. Keys come as a bearer, or in `x-wallet-service-key`. Fields of a body that a call does ' +
    'not know are ignored and named in `Coffer-Ignored-Fields`.',
};

/** Whatever goes wrong with a deduct, it is not allowed: clients look at that field alone. */
const DEDUCT: Form = {
  ...WALLET,
  problemMembers: (detail) => ({ ...WALLET.problemMembers(detail), allowed: false }),
  problemFields: {
    ...WALLET.problemFields,
    allowed: z.literal(false).describe('Always false: the user was not charged.'),
  },
  problemPrefix: 'UserWalletDeduct',
  problemExamples: { ...WALLET.problemExamples, allowed: false },
};

const TITLE = 'Universal wallet';
const ABOUT = "A user's balance, what is deducted from it, and how it is topped up.";

/** The chapter of all calls but the deduct. */
export const CHAPTER = { surface: SURFACE, title: TITLE, about: ABOUT } as const;
/** The same chapter in the form of the deduct. */
export const DEDUCTS = {
  surface: { form: DEDUCT },
  title: `${TITLE}: deduct`,
  about: 'Charges a user; any other answer than `allowed: true` charged nothing.',
} as const;
