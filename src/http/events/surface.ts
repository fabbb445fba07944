/** Events: the log of an org or of the platform, and its push. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';
import { eventView } from './event-view.ts';

const EVENTS: Surface = {
  form: PLAIN,
  webhooks: {
    event: {
      summary: 'An event, as it is sent to the endpoints of an org',
      description:
        'Signed as Standard Webhooks says: headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.',
      body: eventView,
      answered: 'Received. Anything else is tried again, for three days.',
    },
  },
};

export const CHAPTERS = {
  events: { surface: EVENTS, title: 'Events and webhooks', about: 'What happened, to be read, streamed or pushed.' },
  platform: { surface: EVENTS, title: 'Admin: events', about: "The platform's own log." },
} as const;
