/** Routes about users, who belong to no org: test/access/users.test.ts keeps them apart from each other. */

const ROUTES = [
  'GET /io/wallet/balance',
  'POST /io/wallet/deduct',
  'POST /io/wallet/topup-session',
  'GET /io/wallet/transactions',
  'GET /io/wallet/rates',
  'POST /io/wallet/webhook',
  'GET /credits/balance',
  'GET /credits/transactions',
  'POST /credits/deduct',
  'POST /credits/redeem',
  'GET /orders',
  'GET /orders/:id',
  'POST /checkin',
  'POST /payment/create-session',
  'GET /admin/billing/coupons',
  'POST /admin/billing/coupons',
  'GET /admin/checkin/config',
  'PUT /admin/checkin/config',
  'POST /admin/credits/manual',
  'GET /admin/credits/transactions',
  'GET /admin/users/:id',
  'POST /admin/users/:id/suspend',
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
