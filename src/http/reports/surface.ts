/** Statements and reports, for orgs and for the place as a whole, in the forms of the treasury. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';

const REPORTS: Surface = { form: PLAIN };

export const CHAPTERS = {
  statements: { surface: REPORTS, title: 'Statements', about: 'What an org had, what moved it, and what it has.' },
  place: {
    surface: REPORTS,
    title: 'Reports',
    about: 'The books of the place as a whole: journal, trial balance, revenue, what is owed.',
  },
} as const;
