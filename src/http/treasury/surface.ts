/** The treasury surface: an org's money, with amounts as decimal strings. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';

const TREASURY: Surface = {
  form: PLAIN,
  about: '**Money** is decimal US dollars as strings with up to 6 places (`"10.50"`); JSON numbers are refused.',
};

export const CHAPTERS = {
  balance: {
    surface: TREASURY,
    title: 'Balance and ledger',
    about: 'The balance of an org, and every entry behind it.',
  },
  spending: { surface: TREASURY, title: 'Spending', about: 'Debits of what a service costs.' },
  holds: { surface: TREASURY, title: 'Holds', about: 'Reserve first, then spend or release.' },
  deposits: {
    surface: TREASURY,
    title: 'Senders and deposits',
    about: 'The addresses that money comes from, and the deposits that arrived.',
  },
  orders: { surface: TREASURY, title: 'Orders', about: 'Every purchase of credit, whatever pays it.' },
  settings: { surface: TREASURY, title: 'Settings', about: 'The settings of an org.' },
  budgets: {
    surface: TREASURY,
    title: 'Budgets',
    about: 'How much may be spent for a user, a team, an app, a service or by a key, in a day or a month.',
  },
} as const;
