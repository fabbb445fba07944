/** The surface of events: the log of an org or of the platform, read, streamed or pushed to webhooks. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';
import { eventView } from './event-view.ts';

const EVENTS: Surface = {
  form: PLAIN,
  webhooks: {
    event: {
      summary: 'An event that is sent to the webhook endpoints of a log',
      description:
        'Signed according to Standard Webhooks, with the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.',
      body: eventView,
      answered: 'Received. After any other answer the delivery is repeated, for three days.',
    },
  },
};

export const CHAPTERS = {
  events: {
    surface: EVENTS,
    title: 'Events and webhooks',
    about: 'What happened to an org, to read, stream or receive as webhooks.',
  },
  platform: { surface: EVENTS, title: 'Admin: events', about: "The platform's own log." },
} as const;
