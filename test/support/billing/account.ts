/** An account at a payment provider in memory, with faults on request. It forgets no idempotency key. */
import type { Evidence } from '../../../src/core/billing/evidence.ts';
import type { ProviderFact, RefundFact } from '../../../src/core/billing/facts.ts';
import { ProviderFailed, type EventAccount, type NewCheckout } from '../../../src/payments/port.ts';
import { ProviderInMemory } from './provider.ts';

export interface MemoryAccount extends EventAccount {
  /** The provider's side of an order. */
  of(order: string): ProviderInMemory;
  /** What was asked for, in order: `create`, `expire`, `refund` ... with the order. */
  readonly calls: string[];
  /** The evidence that was submitted, by key. */
  readonly sent: ReadonlyMap<string, Evidence>;
  /** Fails the next call: before it has an effect, or after it with the answer lost. */
  failNext(how: 'refused' | 'lost'): void;
}

/** Charges without the payer, and subscriptions, are the fake Stripe's to simulate. */
const unable = async (): Promise<never> => Promise.reject(new Error('this provider charges nobody without the payer'));
const NO_SUBSCRIPTIONS = {
  switchesNow: false,
  switchNow: unable,
  switchAtPeriodEnd: unable,
  dropPlanned: unable,
  cancel: unable,
  keep: unable,
  unpause: unable,
  makePortal: unable,
  openPortal: unable,
};
const NO_PAYMENTS = {
  checkItem: async () => Promise.resolve(),
  createPayment: unable,
  confirmPayment: unable,
  cancelPayment: unable,
  subscriptions: NO_SUBSCRIPTIONS,
  listFollowing: async () => Promise.resolve([]),
};

/** Products that are there as soon as they are asked for, no events, and one account whatever the key. */
const CATALOG: Pick<EventAccount, 'identify' | 'makeProduct' | 'makePrice' | 'showItem' | 'listEvents'> = {
  identify: async () => Promise.resolve('acct_memory'),
  makeProduct: async ({ id }) => Promise.resolve(`prod_${id}`),
  makePrice: async ({ id }) => Promise.resolve(`price_${id}`),
  showItem: async () => Promise.resolve(),
  listEvents: async () => Promise.resolve({ events: [], next: undefined }),
};

/** The calls by which disputes are answered. */
function disputeCalls({
  of,
  sent,
  answering,
}: {
  readonly of: MemoryAccount['of'];
  readonly sent: Map<string, Evidence>;
  readonly answering: <T>(call: string, effect: () => T) => Promise<T>;
}): Pick<MemoryAccount, 'submitEvidence' | 'acceptDispute'> {
  const disputed = (id: string): ProviderInMemory => of(id.slice('dp_'.length));
  return {
    submitEvidence: async ({ dispute, evidence, key }) =>
      answering(`evidence ${dispute}`, () => {
        if (sent.has(key)) return;
        disputed(dispute).takeEvidence();
        sent.set(key, evidence);
      }),
    acceptDispute: async (id) => answering(`accept ${id}`, () => void disputed(id).take('lose')),
  };
}

const NATURE = { provider: 'stripe', refunds: 'any', makesCustomers: true, lists: 'events' } as const;

/** Opens an account without orders. */
export function openMemoryAccount(mode: 'live' | 'test' = 'live', name = 'stripe'): MemoryAccount {
  const orders = new Map<string, { readonly provider: ProviderInMemory; readonly asked: NewCheckout }>();
  const refunds = new Map<string, RefundFact>();
  const customers = new Map<string, string>();
  const calls: string[] = [];
  const sent = new Map<string, Evidence>();
  let fault: 'refused' | 'lost' | undefined;
  const of = (order: string): ProviderInMemory => {
    const found = orders.get(order)?.provider;
    if (!found) throw new Error(`the provider knows no order ${order}`);
    return found;
  };
  const bySession = (session: string): ProviderInMemory => of(session.slice('cs_'.length));
  const answering = async <T>(call: string, effect: () => T): Promise<T> => {
    calls.push(call);
    const failing = fault;
    fault = undefined;
    const failed = (outcome: 'refused' | 'unknown'): ProviderFailed =>
      new ProviderFailed(`it failed: ${call}`, { outcome, code: null, requestId: null, lacks: null });
    if (failing === 'refused') throw failed('refused');
    const answer = await Promise.resolve(effect());
    if (failing === 'lost') throw failed('unknown');
    return answer;
  };
  return {
    name,
    ...NATURE,
    mode,
    of,
    calls,
    sent,
    failNext: (how) => {
      fault = how;
    },
    createCheckout: async (asked) =>
      answering(`create ${asked.order}`, () => {
        const known = orders.get(asked.order);
        const price = { priceMinor: asked.priceMinor, taxMinor: 0n };
        const provider = known?.provider ?? new ProviderInMemory(asked.order, price, name);
        orders.set(asked.order, { provider, asked });
        return { id: provider.session, url: `https://pay.example/${provider.session}`, expiresAtMs: asked.expiresAtMs };
      }),
    createCustomer: async ({ key, org }) =>
      answering(`customer ${org}`, () => {
        const known = customers.get(key) ?? `cus_${customers.size + 1}`;
        customers.set(key, known);
        return known;
      }),
    ...NO_PAYMENTS,
    expireCheckout: async (id) => answering(`expire ${id}`, () => void bySession(id).take('expire')),
    fetch: async ({ kind, id }) =>
      answering(`fetch ${id}`, (): ProviderFact | undefined => {
        if (kind === 'checkout') return bySession(id).checkout();
        return kind === 'dispute' ? of(id.slice('dp_'.length)).dispute() : undefined;
      }),
    refund: async ({ order, amountMinor, key }) =>
      answering(`refund ${order}`, () => {
        const fact = refunds.get(key) ?? of(order).giveBack(amountMinor);
        refunds.set(key, fact);
        return fact;
      }),
    listRefunds: async () => Promise.resolve([...refunds.values()]),
    ...disputeCalls({ of, sent, answering }),
    ...CATALOG,
    listBalance: async ({ untilMs }) => {
      const movements = [...orders.values()].flatMap(({ provider }) => provider.movements(untilMs));
      return Promise.resolve({ movements, next: undefined });
    },
  };
}
