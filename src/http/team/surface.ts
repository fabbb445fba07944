/** What an org manages itself of who may act for it, in the forms of the treasury. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';

const TEAM: Surface = { form: PLAIN };

export const CHAPTER = {
  surface: TEAM,
  title: 'Keys and people',
  about: 'The keys of an org, and the people who sign in for it.',
} as const;
