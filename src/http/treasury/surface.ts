/** The treasury: the balance of an org, with amounts as decimal strings. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';

const TREASURY: Surface = {
  form: PLAIN,
  about: '**Money** is decimal US dollars as strings with up to 6 places (`"10.50"`); JSON numbers are refused for it.',
};

export const CHAPTERS = {
  balance: {
    surface: TREASURY,
    title: 'Balance and ledger',
    about: 'What an org has, and every entry that made it so.',
  },
  spending: { surface: TREASURY, title: 'Spending', about: 'Debiting what a service costs.' },
  holds: { surface: TREASURY, title: 'Holds', about: 'Reserving first, then spending or giving back.' },
  deposits: {
    surface: TREASURY,
    title: 'Senders and deposits',
    about: 'Where money comes from, and what became of it.',
  },
  settings: { surface: TREASURY, title: 'Settings', about: 'What an org sets for itself.' },
} as const;
