/** The operator's surface: for admin keys and platform admins, in the forms of the treasury. */
import { PLAIN } from '../endpoint/forms.ts';
import type { Surface } from '../server/surface.ts';

const ADMIN: Surface = { form: PLAIN };

export const CHAPTERS = {
  orgs: { surface: ADMIN, title: 'Admin: orgs', about: 'The customers of the deployment.' },
  keys: { surface: ADMIN, title: 'Admin: keys', about: 'The API keys of callers.' },
  entries: { surface: ADMIN, title: 'Admin: entries', about: 'Bookings by hand.' },
  orders: { surface: ADMIN, title: 'Admin: orders', about: 'Purchases of credit, of every org.' },
  prices: { surface: ADMIN, title: 'Admin: prices', about: 'The price book: what actions cost.' },
  deposits: {
    surface: ADMIN,
    title: 'Admin: deposits',
    about: 'The inbox of deposits, and what operators do to them.',
  },
  chains: {
    surface: ADMIN,
    title: 'Admin: chains',
    about: 'The state of the chains, and whether the books agree with them.',
  },
  users: { surface: ADMIN, title: 'Admin: users', about: 'People who use what orgs pay for.' },
  search: { surface: ADMIN, title: 'Admin: search', about: 'One search over everything that has an id or a name.' },
  jobs: { surface: ADMIN, title: 'Admin: jobs', about: 'What runs without a call.' },
  audit: { surface: ADMIN, title: 'Admin: audit', about: 'What was done by hand, by whom.' },
} as const;
