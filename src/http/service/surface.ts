/** The surface of the process itself: its health, and the document of the API. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Chapter } from '../server/surface.ts';

export const SERVICE: Chapter = {
  surface: { form: PLAIN },
  title: 'Service',
  about: 'The process itself, and this document.',
};
