/** The surface of the web app: who is signed in, and the pages. What the app shows comes from the other surfaces. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Chapter } from '../server/surface.ts';

export const APP: Chapter = {
  surface: { form: PLAIN },
  title: 'App',
  about: 'The web app: its pages, and how people sign in to it.',
};
