/** Requests to every route of the document, made from its schemas; those meant to succeed name things that exist. */
import fc from 'fast-check';
import { BUILT_IN_SERVICES } from '../../../src/core/ledger/vocabulary.ts';
import { inlined, type ApiDocument } from './contract.ts';
import { FUZZ_ACTION, FUZZ_CHAINS, FUZZ_REFUNDS } from './fuzz-seeds.ts';
import { arbitraryOf, hostileOf, type FieldOf } from './fuzz-values.ts';

/** An id picked when the request is sent; the share decides which. */
export class Picked {
  readonly kind: string;
  readonly share: number;
  /** Whether the call uses the id up, so that no other request names it. */
  readonly taken: boolean;

  constructor(kind: string, share: number, taken: boolean) {
    this.kind = kind;
    this.share = share;
    this.taken = taken;
  }
}

/** A text that carries the mark of the org that writes it. */
export class Marked {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

/** `valid`: meant to succeed. `wild`: what the schema allows. `hostile`: what the schema does not allow. */
export type Mode = 'valid' | 'wild' | 'hostile';

export interface Plan {
  readonly method: string;
  readonly path: string;
  readonly mode: Mode;
  /** The org that calls or is named. */
  readonly side: 0 | 1;
  /** Whether a platform key that names the org makes the call. */
  readonly byPlatform: boolean;
  /** Whether to repeat the route's last successful request, if the route takes an idempotency key. */
  readonly repeats: boolean;
  readonly takesKey: boolean;
  readonly share: number;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema?: unknown }[];
  readonly body: unknown;
}

const share = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1_000);
const pick = (kind: string, taken = false): fc.Arbitrary<Picked> => share.map((one) => new Picked(kind, one, taken));
const hex = (digits: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[1-9a-f][0-9a-f]{${digits - 1}}$`)).map((text) => `0x${text}`);
const usd = (fromMicros: number, toMicros: number): fc.Arbitrary<string> =>
  fc.integer({ min: fromMicros, max: toMicros }).map((micros) => (micros / 1_000_000).toFixed(6));
const marked = fc.nat(1_000_000).map((number) => new Marked(number));
const later = fc.integer({ min: 1, max: 3_000 }).map((days) => new Date(Date.now() + days * 86_400_000).toISOString());

/** Values of fields that succeed in every call. `null`: left out, since the field is only valid with others. */
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown> | null>> = {
  amountUsd: usd(1, 3_000_000),
  serviceType: fc.constantFrom(...BUILT_IN_SERVICES),
  holdId: pick('hold'),
  parentHoldId: pick('hold'),
  address: hex(40),
  chain: fc.constant(FUZZ_CHAINS.evm),
  packId: fc.constantFrom('tester', 'starter', 'growth'),
  txHash: hex(64),
  tx: hex(64),
  url: fc.nat(9).map((number) => `https://hooks.example/${number}`),
  lowBalanceThresholdUsd: usd(2_000_000, 3_000_000),
  criticalThresholdUsd: usd(0, 1_000_000),
  freeGiftCardMaxUsd: fc.constant('1.00'),
  expiryNoticeDays: fc.constantFrom([], [7], [30, 7, 1]),
  restrictedTo: null,
  restricted_to: null,
  refundOf: null,
  expiresInSeconds: fc.integer({ min: 3_600, max: 86_400 }),
  useGiftCard: fc.constant(false),
  suspended: fc.constant(false),
  enabled: fc.constant(true),
  expiresAt: later,
  limit: fc.integer({ min: 1, max: 100 }).map(String),
  org: pick('org'),
  allowedIps: fc.constant(['192.0.2.0/24']),
  mintLimitUsd: usd(0, 3_000_000),
  externalId: fc.uuid(),
  successUrl: fc.constant('https://shop.example/yes'),
  cancelUrl: fc.constant('https://shop.example/no'),
  amount_micros: fc.integer({ min: 1, max: 1_000_000 }),
  price_cents: fc.integer({ min: 100, max: 10_000 }),
  currency: fc.constant('usd'),
  product_id: pick('product'),
  success_url: fc.constant('https://shop.example/yes'),
  cancel_url: fc.constant('https://shop.example/no'),
  save_payment_method: fc.constant(false),
  app_id: marked,
  month: fc.constant('2026-01'),
  bom: null,
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata'),
  cursor: null,
  after: null,
  proof: null,
  types: null,
  metadata: null,
  idempotencyKey: null,
  idempotency_key: null,
  ...Object.fromEntries(
    ['label', 'reference', 'description', 'reason', 'note', 'appId', 'userId', 'teamId'].map((name) => [name, marked]),
  ),
};

/** Settings that an org may change itself, whatever they were before. */
const ORG_BILLING: Readonly<Record<string, fc.Arbitrary<unknown> | null>> = {
  ...Object.fromEntries(
    [
      'stripe_secret_key',
      'stripe_webhook_secret',
      'free_tier_amount',
      'auto_refill_product_id',
      'auto_refill_target_micros',
      'auto_refill_max_day_cents',
      'auto_refill_max_month_cents',
      'auto_refill_max_day_count',
      'auto_refill_consent_text_version',
    ].map((name) => [name, null]),
  ),
  auto_refill_enabled: fc.constant(false),
  auto_refill_threshold: fc.integer({ min: 0, max: 1_000_000 }),
};

/** Exceptions to FIELDS, by call. */
const OWN: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown> | null>>>> = {
  'GET /treasury/ledger': { limit: null, holdId: pick('hold') },
  'GET /treasury/statement': { from: null, to: null },
  ...Object.fromEntries(
    ['journal', 'revenue', 'breakage', 'deferred', 'trial-balance', 'liability'].map((name) => [
      `GET /admin/reports/${name}`,
      { from: null, to: null, at: null, limit: null },
    ]),
  ),
  'GET /admin/search': { q: fc.constantFrom('a', 'Ac', '0xabcdef', '0198c2a5', 'cs_test_1', 'https://hooks') },
  'GET /treasury/senders': { cursor: pick('cursor /treasury/senders') },
  'GET /treasury/holds': { cursor: pick('cursor /treasury/holds') },
  'POST /treasury/checkout': { amountUsd: null },
  'POST /orgs/{org}/billing': ORG_BILLING,
  'PUT /orgs/{org}/billing': ORG_BILLING,
  'POST /orgs/{org}/wallet': { operation: fc.constant('charge') },
  'POST /orgs/{org}/products': { name: marked },
  'PATCH /orgs/{org}/products/{id}': { name: marked, active: fc.constant(true) },
  'PUT /treasury/auto-refill': {
    enabled: fc.constant(false),
    thresholdUsd: usd(0, 1_000_000),
    targetUsd: null,
    maxDayUsd: fc.constant('100.00'),
    maxMonthUsd: fc.constant('300.00'),
    maxDayCount: fc.integer({ min: 1, max: 100 }),
    consentTextVersion: fc.constant('2026-11'),
  },
  'GET /treasury/explain': { entry: null, requestId: null, hold: pick('hold') },
  'GET /treasury/quote': { action: fc.constant(FUZZ_ACTION), quantity: fc.constantFrom('1', '0.25', '1500'), at: null },
  'POST /admin/prices': {
    org: null,
    action: marked,
    unit: fc.constant('token'),
    rateUsd: fc.constantFrom('0', '0.0000025', '3'),
    tiers: null,
    ended: null,
    from: null,
    to: null,
  },
  'GET /admin/payments/explain': { id: fc.constantFrom(...FUZZ_REFUNDS) },
  'POST /admin/orders/{id}/refunds': { amountUsd: fc.constant('0.01') },
  'GET /treasury/orders': { cursor: pick('cursor /treasury/orders') },
  'GET /treasury/deposits': { cursor: pick('cursor /treasury/deposits') },
  'GET /webhook-endpoints': { cursor: pick('cursor /webhook-endpoints') },
  'GET /events': { after: pick('position') },
  'POST /treasury/debit': { amountUsd: usd(1, 1_000_000), action: null, quantity: null },
  'POST /treasury/hold': {
    amountUsd: usd(1_000_000, 3_000_000),
    action: null,
    quantity: null,
    parentHoldId: null,
    heartbeatSeconds: fc.integer({ min: 100_000, max: 604_800 }),
  },
  'POST /treasury/heartbeat-hold': { holdId: pick('hold', true) },
  'POST /treasury/consume-hold': { holdId: pick('hold', true), amountUsd: usd(1, 1_000_000) },
  'POST /treasury/release-hold': { holdId: pick('hold', true) },
  // The call can only prolong.
  'POST /treasury/extend-hold': { expiresInSeconds: fc.integer({ min: 100_000, max: 2_500_000 }) },
  'POST /treasury/grow-hold': { holdId: pick('hold', true), byUsd: usd(1, 1_000_000), toUsd: null },
  'POST /treasury/batch': { idempotencyKey: fc.uuid() },
  'POST /treasury/deposits/claim': { proof: fc.constant({ message: 'seed', signature: '0x00' }) },
  'POST /admin/orgs/{org}/entries': {
    type: fc.constantFrom('GRANT', 'ADJUSTMENT'),
    amountUsd: fc.oneof(usd(1, 5_000_000), fc.constant('150.00')),
    serviceType: null,
    expiresAt: null,
  },
  'POST /admin/keys': { kind: fc.constant('platform'), org: null, name: fc.constant('fuzz') },
  'POST /treasury/keys': { name: marked, scopes: fc.constant(['treasury:read']) },
  'POST /treasury/budgets': {
    name: marked,
    subject: fc.constantFrom('userId', 'teamId', 'appId'),
    value: marked,
    period: fc.constantFrom('day', 'month', 'none'),
    limitUsd: usd(100_000_000, 200_000_000),
    mode: fc.constantFrom('hard', 'soft'),
    warnAtPercent: fc.constantFrom(1, 50, 99, null),
  },
  'PATCH /treasury/budgets/{id}': {
    name: marked,
    limitUsd: usd(100_000_000, 200_000_000),
    mode: null,
    warnAtPercent: null,
  },
  'POST /admin/orgs': { name: fc.constant('fuzz') },
  'GET /admin/deposits': { reason: null },
};

function fieldsOf(route: string): FieldOf {
  return (name) => {
    const own = OWN[route];
    return own !== undefined && name in own ? own[name] : FIELDS[name];
  };
}

/** Every operation of a document. */
export function listOperations(document: ApiDocument): Operation[] {
  const parts = (
    one: object,
  ): { parameters?: Operation['parameters']; requestBody?: { content: Record<string, { schema?: unknown }> } } => one;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      if (typeof operation !== 'object' || operation === null) return [];
      const { parameters = [], requestBody } = parts(operation);
      return [
        {
          method: method.toUpperCase(),
          path,
          parameters: inlined(parameters, document) as Operation['parameters'],
          body: inlined(requestBody?.content['application/json']?.schema, document),
        },
      ];
    }),
  );
}

function asQuery(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : { query: value };
}

/** Plans requests to one operation. */
export function planOf(operation: Operation): fc.Arbitrary<Plan> {
  const { method, path, parameters } = operation;
  const inputsOf = (place: string, fieldOf: FieldOf): fc.Arbitrary<Record<string, unknown>> => {
    const own = parameters.filter((one) => one.in === place);
    const properties = Object.fromEntries(own.map(({ name, schema: one }) => [name, one ?? {}]));
    const required = place === 'path' ? Object.keys(properties) : [];
    return arbitraryOf({ type: 'object', properties, required }, fieldOf).map((value) => ({ ...(value as object) }));
  };
  const valid = fieldsOf(`${method} ${path}`);
  const wild: FieldOf = () => undefined;
  const bodyOf = (fieldOf: FieldOf): fc.Arbitrary<unknown> =>
    operation.body === undefined ? fc.constant(undefined) : arbitraryOf(operation.body, fieldOf);
  const common = {
    method: fc.constant(method),
    path: fc.constant(path),
    side: fc.constantFrom(0 as const, 1 as const),
    byPlatform: fc.boolean(),
    repeats: fc.nat(9).map((number) => number === 0),
    takesKey: fc.constant(parameters.some(({ name }) => name === 'Idempotency-Key')),
    share,
    params: inputsOf('path', wild) as fc.Arbitrary<Record<string, string>>,
  };
  type Inputs = Pick<{ [Name in keyof Plan]: fc.Arbitrary<Plan[Name]> }, 'query' | 'body'>;
  const inMode = (mode: Mode, inputs: Inputs): fc.Arbitrary<Plan> =>
    fc.record({ ...common, mode: fc.constant(mode), ...inputs });
  const hasBody = operation.body !== undefined;
  const hostile: Inputs = hasBody
    ? { query: inputsOf('query', wild), body: hostileOf(bodyOf(valid)) }
    : { query: hostileOf(inputsOf('query', valid)).map((value) => asQuery(value)), body: bodyOf(valid) };
  return fc.oneof(
    { weight: 6, arbitrary: inMode('valid', { query: inputsOf('query', valid), body: bodyOf(valid) }) },
    { weight: 2, arbitrary: inMode('wild', { query: inputsOf('query', wild), body: bodyOf(wild) }) },
    { weight: 2, arbitrary: inMode('hostile', hostile) },
  );
}
