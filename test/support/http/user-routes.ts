/** Routes about users, who belong to no org: test/access/users.test.ts keeps them apart from each other. */

const ROUTES = [
  'GET /credits/balance',
  'GET /subscription',
  'GET /subscription/plans',
  'POST /subscription/change',
  'POST /subscription/cancel',
  'POST /subscription/resume',
  'POST /subscription/portal',
];

/** For each of them, that it names nothing of an org. */
export const ROUTES_OF_USERS: Readonly<Record<string, 'open'>> = Object.fromEntries(
  ROUTES.map((route) => [route, 'open']),
);
