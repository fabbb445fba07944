/** The fields that the contract names for each of its calls, in what a call takes or answers. */
import { partAt } from '../support/http/contract.ts';

/** Names with spaces between them. */
const named = (names: string): string[] => names.split(' ');

const NOTES = ['reference', 'description', 'appId', 'userId', 'teamId', 'metadata'];
const PRICED = ['action', 'quantity'];
const PAGED = ['limit', 'cursor', 'nextCursor'];
const OFFSET = ['limit', 'offset', 'cursor', 'next_cursor', 'success', 'data'];
const REFILL = ['enabled', 'thresholdUsd', 'packId', 'targetUsd', 'maxDayUsd', 'maxMonthUsd', 'maxDayCount', 'consent'];
const BALANCE = [
  'totalUsd',
  'availableUsd',
  'heldUsd',
  'pendingUsd',
  'debtUsd',
  'frozenUsd',
  'restricted',
  'freeGiftCards',
  'status',
];
const ORDER = [
  'state',
  'channel',
  'amountUsd',
  'priceCents',
  'creditUsd',
  'refundedCents',
  'takenBackUsd',
  'dispute',
  'dueBy',
  'receiptUrl',
  'poNumber',
  'metadata',
  'timeline',
  'at',
  'what',
  'source',
];
const SETTINGS = ['lowBalanceThresholdUsd', 'criticalThresholdUsd', 'freeGiftCardMaxUsd', 'timeZone'];
const BILLING = [
  'stripe_secret_key',
  'stripe_webhook_secret',
  'free_tier_amount',
  'auto_refill_enabled',
  'auto_refill_threshold',
  'auto_refill_product_id',
  'auto_refill_target_micros',
  'auto_refill_max_day_cents',
  'auto_refill_max_month_cents',
  'auto_refill_max_day_count',
  'auto_refill_consent_text_version',
  'auto_refill_consent',
  'has_stripe_key',
  'has_webhook_secret',
  'has_payment_method',
  'mode',
];
const PRODUCT = [
  'product_id',
  'name',
  'billing_model',
  'price_cents',
  'amount_micros',
  'currency',
  'active',
  'mode',
  'stripe_product_id',
  'stripe_price_id',
  'created_at',
];
const TRANSACTION = ['transaction_id', 'type', 'amount_micros', 'balance_after', 'description', 'app_id', 'created_at'];
const CREDIT_ORDER = [
  'id',
  'channel',
  'type',
  'state',
  'price_cents',
  'currency',
  'credits',
  'plan_id',
  'refunded_cents',
  'created_at',
  'paid_at',
];
const PLAN = ['id', 'name', 'description', 'price_monthly', 'price_yearly', 'credits_included', 'features'];
const OPERATORS_PLAN = [
  ...PLAN,
  'stripe_price_id_monthly',
  'stripe_price_id_yearly',
  'creem_product_id',
  'kind',
  'credits_expire',
  'active',
];
const CREDIT_ITEM = ['id', 'type', 'amount', 'description', 'created_at'];
const COUPON = ['code', 'credits', 'limit_total', 'limit_per_user', 'expires_at', 'plans'];
const CHECK_IN = ['enabled', 'credits_per_day', 'streak_bonus', 'time_zone', 'requireClaim'];

/** By the call. Calls that name no field of their own are left out. */
export const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'POST /treasury/register-sender': ['address', 'chain', 'label', 'packId', 'proof', 'orderId', 'expectedSeconds'],
  'GET /treasury/packs': ['id', 'name', 'amountUsd', 'freeGiftCards', 'tagline', 'popular'],
  'POST /treasury/create-wallet': ['chain', 'address', 'wallets'],
  'GET /treasury/deposits/trace': ['tx'],
  'POST /treasury/deposits/claim': ['txHash', 'chain', 'proof'],
  'POST /treasury/checkout': ['packId', 'amountUsd', 'successUrl', 'cancelUrl', 'url', 'sessionId', 'orderId'],
  'GET /treasury/auto-refill': REFILL,
  'PUT /treasury/auto-refill': REFILL,
  'POST /treasury/debit': ['serviceType', 'amountUsd', ...PRICED, ...NOTES],
  'POST /treasury/hold': ['serviceType', 'amountUsd', 'expiresInSeconds', 'useGiftCard', ...PRICED, ...NOTES],
  'POST /treasury/consume-hold': [
    'holdId',
    'amountUsd',
    'final',
    'allowOverrun',
    'remainingUsd',
    'holdLeftUsd',
    'advice',
  ],
  'POST /treasury/release-hold': ['holdId', 'reason'],
  'POST /treasury/extend-hold': ['holdId', 'expiresInSeconds'],
  'POST /treasury/grow-hold': ['holdId', 'byUsd', 'toUsd', 'remainingUsd'],
  'POST /treasury/batch': ['commands', 'op', 'idempotencyKey'],
  'POST /treasury/usage': ['events', 'id', 'at', 'serviceType', ...PRICED, ...NOTES],
  'GET /treasury/quote': ['at', ...PRICED],
  'POST /treasury/check-balance': ['amountUsd', 'serviceType', 'sufficient', 'availableUsd', 'status'],
  'GET /treasury/balance': ['at', ...BALANCE],
  'GET /treasury/ledger': [
    ...named('type serviceType appId reference idempotencyKey holdId from to format'),
    ...PAGED,
    ...named('id commandId amountUsd availableDeltaUsd heldDeltaUsd availableAfterUsd heldAfterUsd'),
    ...named('depositId orderId txHash chain price quantity giftCardsDelta giftCardsAvailableAfter'),
    ...named('giftCardsHeldAfter lotId lotLeftUsd userId teamId description metadata createdAt'),
  ],
  'GET /treasury/orders': ORDER,
  'GET /treasury/orders/{id}': ORDER,
  'PATCH /treasury/orders/{id}': ['poNumber', 'metadata'],
  'GET /treasury/statement': ['month', 'from', 'to', 'timeZone', 'format', 'opening', 'closing', 'open', 'asOf'],
  'GET /treasury/explain': ['entry', 'hold', 'requestId'],
  'GET /treasury/settings': SETTINGS,
  'PATCH /treasury/settings': SETTINGS,
  'GET /events': ['after'],
  'POST /orgs/{org}/billing': BILLING,
  'GET /orgs/{org}/billing': BILLING.slice(2).filter((field) => field !== 'auto_refill_consent_text_version'),
  'PUT /orgs/{org}/billing': BILLING,
  'GET /orgs/{org}/wallet': ['wallet_balance', 'wallet_balance_usd'],
  'POST /orgs/{org}/wallet': [
    ...named('operation amount_micros description app_id'),
    ...named('wallet_balance wallet_balance_usd transaction'),
  ],
  'GET /orgs/{org}/transactions': ['transactions', 'next_cursor', ...TRANSACTION],
  'POST /orgs/{org}/products': PRODUCT,
  'GET /orgs/{org}/products': ['products', ...PRODUCT],
  'GET /orgs/{org}/products/{id}': PRODUCT,
  'PATCH /orgs/{org}/products/{id}': PRODUCT,
  'POST /orgs/{org}/checkout': [
    ...named('product_id success_url cancel_url save_payment_method'),
    ...named('checkout_url session_id order_id'),
  ],
  'GET /io/wallet/balance': ['user_id', 'credits', 'balance'],
  'POST /io/wallet/deduct': [
    ...named('user_id feature count units amount idempotency_key'),
    ...named('allowed balanceBefore balanceAfter balance deducted required'),
  ],
  'POST /io/wallet/topup-session': [
    ...named('user_id amountDollars amount product returnUrl success_url cancel_url'),
    ...named('url sessionId'),
  ],
  'GET /io/wallet/transactions': [
    ...named('user_id items id type feature credits'),
    ...PAGED,
    ...named('balance_after stripe_session_id created_at'),
  ],
  'GET /io/wallet/rates': ['rates', 'feature', 'label', 'credits', 'unit'],
  'GET /credits/balance': ['success', 'data', 'balance'],
  'GET /credits/transactions': [...OFFSET, ...CREDIT_ITEM],
  'POST /credits/deduct': ['user_id', 'type', 'amount', 'description', 'idempotency_key', 'balance'],
  'POST /credits/redeem': ['code'],
  'GET /orders': [...OFFSET, ...CREDIT_ORDER],
  'GET /orders/{id}': CREDIT_ORDER,
  'GET /subscription/plans': PLAN,
  'GET /subscription': ['state', 'plan_id', 'interval', 'next'],
  'POST /subscription/change': ['plan_id', 'interval'],
  'POST /subscription/portal': ['return_url', 'url'],
  'POST /checkin': ['credits', 'streak', 'balance'],
  'POST /payment/create-session': [
    ...named('channel type plan_id interval credits success_url cancel_url'),
    ...named('url session_id order_id'),
  ],
  'GET /admin/billing/plans': OPERATORS_PLAN,
  'POST /admin/billing/plans': OPERATORS_PLAN,
  'PUT /admin/billing/plans/{id}': OPERATORS_PLAN,
  'GET /admin/billing/coupons': COUPON,
  'POST /admin/billing/coupons': COUPON,
  'GET /admin/credits/transactions': [...OFFSET, ...CREDIT_ITEM],
  'POST /admin/credits/manual': ['user_id', 'amount', 'reason'],
  'GET /admin/checkin/config': CHECK_IN,
  'PUT /admin/checkin/config': CHECK_IN,
};

/** Names of fields and parameters in a part of a document, whatever it refers to. */
export function namesIn(part: unknown, document: Readonly<Record<string, unknown>>): Set<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const { $ref: reference, properties, in: place, name } = value as Record<string, unknown>;
    if (typeof reference === 'string') look(partAt(reference, document));
    if (typeof properties === 'object' && properties !== null)
      for (const one of Object.keys(properties)) names.add(one);
    if (typeof place === 'string' && typeof name === 'string') names.add(name);
    for (const inner of Object.values(value)) look(inner);
  };
  look(part);
  return names;
}
