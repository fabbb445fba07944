/** A client of credits and subscriptions, made from their published pages alone. */
import { ask, objectsOf, readFields, Unexpected, type Answered, type Fields, type Json } from './published.ts';

const TRANSACTION = { id: 'text', type: 'text', amount: 'number', description: 'text?', created_at: 'time' } as const;
const ORDER = {
  id: 'text',
  channel: 'text',
  type: 'text',
  state: 'text',
  price_cents: 'number',
  currency: 'text',
  credits: 'number',
  plan_id: 'text?',
  refunded_cents: 'number',
  created_at: 'time',
  paid_at: 'time?',
} as const;
const PLAN = {
  id: 'text',
  name: 'text',
  description: 'text',
  price_monthly: 'number?',
  price_yearly: 'number?',
  credits_included: 'number',
  features: 'list',
} as const;
const OPERATORS_PLAN = {
  ...PLAN,
  stripe_price_id_monthly: 'text?',
  stripe_price_id_yearly: 'text?',
  creem_product_id: 'text?',
  kind: 'text',
  credits_expire: 'text',
  active: 'flag',
} as const;
const SESSION = { url: 'text', session_id: 'text', order_id: 'text' } as const;

/** What somebody buys. */
export interface Purchase {
  readonly channel: 'stripe' | 'creem';
  readonly type: 'subscription' | 'topup';
  readonly plan_id?: string;
  readonly interval?: 'month' | 'year';
  readonly credits?: number;
  readonly success_url: string;
  readonly cancel_url?: string;
}

const pageOf = ({ limit, offset }: { readonly limit: number; readonly offset: number }): string =>
  `?limit=${limit}&offset=${offset}`;

/** The calls of all: `{success: true, data}` in answers. */
class Caller {
  readonly #url: string;
  readonly #bearer: string;

  constructor(url: string, bearer: string) {
    this.#url = url;
    this.#bearer = bearer;
  }

  /** A call, whatever it answers. */
  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    return ask(this.#url + path, { method, headers: { authorization: `Bearer ${this.#bearer}` }, body });
  }

  /** The data of an answer. */
  async data(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.call(method, path, body);
    if (answer.status !== 200 || answer.json['success'] !== true) throw new Unexpected(`${method} ${path}`, answer);
    return answer.json['data'];
  }

  async one(fields: Fields, method: string, path: string, body?: unknown): Promise<Json> {
    return readFields(await this.data(method, path, body), fields);
  }

  async many(fields: Fields, path: string): Promise<Json[]> {
    return objectsOf(await this.data('GET', path)).map((row) => readFields(row, fields));
  }
}

/** What a user does. */
export class CreditsClient extends Caller {
  async balance(): Promise<number> {
    return (await this.one({ balance: 'number' }, 'GET', '/credits/balance'))['balance'] as number;
  }

  async transactions(limit = 20, offset = 0): Promise<Json[]> {
    return this.many(TRANSACTION, `/credits/transactions${pageOf({ limit, offset })}`);
  }

  async orders(limit = 20, offset = 0): Promise<Json[]> {
    return this.many(ORDER, `/orders${pageOf({ limit, offset })}`);
  }

  async order(id: string): Promise<Json> {
    return this.one(ORDER, 'GET', `/orders/${id}`);
  }

  async plans(): Promise<Json[]> {
    return this.many(PLAN, '/subscription/plans');
  }

  async createSession(purchase: Purchase): Promise<Json> {
    return this.one(SESSION, 'POST', '/payment/create-session', purchase);
  }

  async portal(returnUrl: string): Promise<string> {
    return (await this.one({ url: 'text' }, 'POST', '/subscription/portal', { return_url: returnUrl }))[
      'url'
    ] as string;
  }

  async checkIn(): Promise<Json> {
    return this.one({ credits: 'number', streak: 'number', balance: 'number' }, 'POST', '/checkin');
  }

  async redeem(code: string): Promise<Json> {
    return this.one({ credits: 'number', balance: 'number' }, 'POST', '/credits/redeem', { code });
  }

  /** The user's subscription; null where there never was one. */
  async subscription(): Promise<Json | null> {
    const data = await this.data('GET', '/subscription');
    return data === null ? null : readFields(data, { state: 'text' });
  }

  async act(what: 'cancel' | 'resume'): Promise<Json> {
    return this.one({ state: 'text' }, 'POST', `/subscription/${what}`, {});
  }

  async change(planId: string, interval?: 'month' | 'year'): Promise<Json> {
    return this.one({ state: 'text' }, 'POST', '/subscription/change', { plan_id: planId, interval });
  }
}

/** What an operator does. */
export class OperatorClient extends Caller {
  async plans(): Promise<Json[]> {
    return this.many(OPERATORS_PLAN, '/admin/billing/plans');
  }

  async makePlan(plan: object): Promise<Json> {
    return this.one(OPERATORS_PLAN, 'POST', '/admin/billing/plans', plan);
  }

  async setPlan(id: string, plan: object): Promise<Json> {
    return this.one(OPERATORS_PLAN, 'PUT', `/admin/billing/plans/${id}`, plan);
  }

  async makeCoupon(coupon: object): Promise<Json> {
    return this.one({ code: 'text', credits: 'number' }, 'POST', '/admin/billing/coupons', coupon);
  }

  async coupons(): Promise<Json[]> {
    return this.many({ code: 'text', credits: 'number' }, '/admin/billing/coupons');
  }

  async transactions(): Promise<Json[]> {
    return this.many(TRANSACTION, '/admin/credits/transactions');
  }

  async manual(userId: string, amount: number, reason: string): Promise<Json> {
    return this.one({ balance: 'number' }, 'POST', '/admin/credits/manual', { user_id: userId, amount, reason });
  }

  async checkInConfig(): Promise<Json> {
    return this.one({ enabled: 'flag' }, 'GET', '/admin/checkin/config');
  }

  async setCheckIn(config: object): Promise<Json> {
    return this.one({ enabled: 'flag' }, 'PUT', '/admin/checkin/config', config);
  }
}

/** What a service does: it charges users. */
export class MeterClient extends Caller {
  async deduct(charge: {
    readonly user_id: string;
    readonly amount: number;
    readonly type?: string;
    readonly description?: string;
    readonly idempotency_key?: string;
  }): Promise<Json> {
    return this.one({ balance: 'number' }, 'POST', '/credits/deduct', charge);
  }
}
