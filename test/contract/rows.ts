/** The calls that the contract promises on its four surfaces, and those of them that come later. */

/** Every call, as `METHOD /path`, in the contract's order. A `{name}` stands for any value. */
export const ROWS: readonly string[] = [
  // Treasury: top up.
  'POST /treasury/register-sender',
  'POST /treasury/sender-challenge',
  'GET /treasury/senders',
  'DELETE /treasury/senders/{id}',
  'GET /treasury/packs',
  'POST /treasury/create-wallet',
  'GET /treasury/wallet-info',
  'GET /treasury/deposits',
  'GET /treasury/deposits/trace',
  'POST /treasury/deposits/claim',
  'POST /treasury/checkout',
  'GET /treasury/auto-refill',
  'PUT /treasury/auto-refill',
  // Treasury: spend.
  'POST /treasury/debit',
  'POST /treasury/hold',
  'POST /treasury/consume-hold',
  'POST /treasury/release-hold',
  'POST /treasury/extend-hold',
  'POST /treasury/grow-hold',
  'POST /treasury/heartbeat-hold',
  'POST /treasury/batch',
  'POST /treasury/usage',
  'GET /treasury/quote',
  'POST /treasury/check-balance',
  // Treasury: balance, ledger, orders, statements.
  'GET /treasury/balance',
  'GET /treasury/ledger',
  'GET /treasury/holds',
  'GET /treasury/orders',
  'GET /treasury/orders/{id}',
  'PATCH /treasury/orders/{id}',
  'POST /treasury/orders/{id}/cancel',
  'GET /treasury/statement',
  'GET /treasury/explain',
  // Treasury: settings, people, events.
  'GET /treasury/settings',
  'PATCH /treasury/settings',
  'GET /treasury/budgets',
  'POST /treasury/budgets',
  'PATCH /treasury/budgets/{id}',
  'DELETE /treasury/budgets/{id}',
  'GET /treasury/keys',
  'POST /treasury/keys',
  'DELETE /treasury/keys/{id}',
  'GET /treasury/members',
  'GET /events',
  'GET /events/stream',
  'POST /webhook-endpoints',
  'GET /webhook-endpoints',
  'GET /webhook-endpoints/{id}',
  'PATCH /webhook-endpoints/{id}',
  'DELETE /webhook-endpoints/{id}',
  'POST /webhook-endpoints/{id}/test',
  'POST /webhook-endpoints/{id}/rotate-secret',
  'GET /webhook-endpoints/{id}/deliveries',
  'POST /webhook-endpoints/{id}/deliveries/{delivery}/redeliver',
  // Org billing.
  'POST /orgs/{org}/billing',
  'GET /orgs/{org}/billing',
  'PUT /orgs/{org}/billing',
  'GET /admin/free-tier',
  'PUT /admin/free-tier',
  'GET /orgs/{org}/wallet',
  'POST /orgs/{org}/wallet',
  'GET /orgs/{org}/transactions',
  'POST /orgs/{org}/products',
  'GET /orgs/{org}/products',
  'GET /orgs/{org}/products/{id}',
  'PATCH /orgs/{org}/products/{id}',
  'POST /orgs/{org}/checkout',
  'POST /orgs/{org}/checkout/{session}/verify',
  'POST /webhooks/stripe',
  'POST /webhooks/stripe/{org}',
  // The universal wallet.
  'GET /io/wallet/balance',
  'POST /io/wallet/deduct',
  'POST /io/wallet/topup-session',
  'GET /io/wallet/transactions',
  'GET /io/wallet/rates',
  'POST /io/wallet/webhook',
  // Credits and subscriptions.
  'GET /credits/balance',
  'GET /credits/transactions',
  'POST /credits/deduct',
  'POST /credits/redeem',
  'GET /orders',
  'GET /orders/{id}',
  'GET /subscription/plans',
  'GET /subscription',
  'POST /subscription/change',
  'POST /subscription/cancel',
  'POST /subscription/resume',
  'POST /subscription/portal',
  'POST /checkin',
  'POST /payment/create-session',
  'POST /payment/webhook/stripe',
  'POST /payment/webhook/creem',
  'GET /admin/billing/plans',
  'POST /admin/billing/plans',
  'PUT /admin/billing/plans/{id}',
  'GET /admin/billing/coupons',
  'POST /admin/billing/coupons',
  'GET /admin/credits/transactions',
  'POST /admin/credits/manual',
  'GET /admin/checkin/config',
  'PUT /admin/checkin/config',
];

/**
 * The rows that are not built yet, by what they wait for. A change that builds a row removes it here: a row must have a test,
 * whose title begins with its call and a colon, or an entry here, and no row that is here may be in the API's document.
 */
export const LATER: Readonly<Record<string, readonly string[]>> = {};

const METHODS = 'GET|POST|PUT|PATCH|DELETE';
const TITLE = new RegExp(`^((?:${METHODS})(?:, (?:${METHODS}))*) (/[^\\s:]+):`);

/** The calls that a test's title names: `GET, PATCH /treasury/settings: ...` names two. */
export function callsOfTitle(title: string): string[] {
  const [, methods = '', path = ''] = TITLE.exec(title) ?? [];
  return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${path}`);
}

/** A call without the names of its path's parts, which may differ between here, a title and the document. */
function nameless(call: string): string {
  return call.replaceAll(/\{\w+\}/g, '{}');
}

/** What does not fit between the rows, the titles of tests and the calls in the API's document. */
export function findProblems(
  about: {
    readonly rows: readonly string[];
    readonly later: Readonly<Record<string, readonly string[]>>;
  },
  { titles, document }: { readonly titles: readonly string[]; readonly document: readonly string[] },
): string[] {
  const rows = about.rows.map(nameless);
  const later = Object.values(about.later).flat().map(nameless);
  const tested = new Set(titles.flatMap(callsOfTitle).map(nameless));
  const served = new Set(document.map(nameless));
  const twice = (calls: readonly string[]): string[] => calls.filter((call, index) => calls.indexOf(call) !== index);
  const built = rows.filter((row) => !later.includes(row));
  return [
    ...[...twice(rows), ...twice(later)].map((call) => `${call} is listed twice`),
    ...later.filter((call) => !rows.includes(call)).map((call) => `${call} comes later and is no row`),
    ...later.filter((call) => served.has(call)).map((call) => `${call} is built: take it out of LATER`),
    ...built.filter((call) => !served.has(call)).map((call) => `${call} is missing in the API's document`),
    ...built.filter((call) => !tested.has(call)).map((call) => `${call} has no test whose title begins with it`),
  ];
}
