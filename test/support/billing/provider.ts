/** A payment provider in memory: one order's checkout, with its refunds and disputes, that gives a fact for each change. */
import type {
  BalanceMovement,
  CheckoutFact,
  DisputeFact,
  EarlyWarningFact,
  ProviderFact,
  RefundFact,
} from '../../../src/core/billing/facts.ts';

/** What can happen at the provider. What is impossible at that moment does nothing. */
export const PROVIDER_STEPS = [
  'pay',
  'pay later',
  'late money',
  'late failure',
  'expire',
  'refund a part',
  'refund the rest',
  'refund fails',
  'inquiry',
  'dispute',
  'win',
  'lose',
  'appeal won',
  'warning',
] as const;
export type ProviderStep = (typeof PROVIDER_STEPS)[number];

type Kept = { state: RefundFact['state']; readonly id: string; readonly amountMinor: bigint };
type Contested = {
  status: string;
  withdrawnMinor: bigint;
  everWithdrawn: boolean;
  evidenceSubmitted: boolean;
  readonly id: string;
};

/** The provider's side of one order. Amounts in cents. */
export class ProviderInMemory {
  readonly session: string;
  readonly priceMinor: bigint;
  readonly taxMinor: bigint;
  readonly #order: string;
  readonly #account: string;
  readonly #refunds: Kept[] = [];
  readonly #disputes: Contested[] = [];
  #state: CheckoutFact['state'] = 'open';
  #paid: CheckoutFact['paid'] = 'unpaid';
  #paymentState: CheckoutFact['paymentState'] = null;
  #warned = false;
  #readAtMs = Date.now();

  constructor(order: string, price: { readonly priceMinor: bigint; readonly taxMinor: bigint }, account = 'stripe') {
    this.#order = order;
    this.#account = account;
    this.session = `cs_${order}`;
    this.priceMinor = price.priceMinor;
    this.taxMinor = price.taxMinor;
  }

  /** What the provider holds for us: what was paid less what went back; zero while nothing is paid. */
  get paidMinor(): bigint {
    return this.#paid === 'paid' ? this.priceMinor + this.taxMinor : 0n;
  }

  get backMinor(): bigint {
    const refunded = this.#refunds.reduce((sum, one) => (one.state === 'failed' ? sum : sum + one.amountMinor), 0n);
    return this.#disputes.reduce((sum, { withdrawnMinor }) => sum + withdrawnMinor, refunded);
  }

  /** Takes a step, and gives the facts of every object that it changed. */
  take(step: ProviderStep): ProviderFact[] {
    switch (step) {
      case 'pay':
        return this.#complete('paid', 'succeeded');
      case 'pay later':
        return this.#complete('unpaid', 'processing');
      case 'late money':
        return this.#isProcessing() ? this.#set('paid', 'succeeded') : [];
      case 'late failure':
        return this.#isProcessing() ? this.#set('unpaid', 'needs_method') : [];
      case 'expire':
        if (this.#state !== 'open') return [];
        this.#state = 'expired';
        return [this.checkout()];
      case 'refund a part':
        return this.#refund((this.paidMinor - this.#refunded()) / 3n);
      case 'refund the rest':
        return this.#refund(this.paidMinor - this.#refunded());
      case 'refund fails':
        return this.#failRefund();
      case 'warning':
        if (this.paidMinor === 0n) return [];
        this.#warned = true;
        return [this.warning()];
      case 'inquiry':
      case 'dispute':
      case 'win':
      case 'lose':
      case 'appeal won':
        return this.#contest(step);
      default:
        return step satisfies never;
    }
  }

  /** Refunds an amount, or all that is left. @throws Error when that is not there */
  giveBack(amountMinor = this.paidMinor - this.#refunded()): RefundFact {
    if (amountMinor > this.paidMinor - this.#refunded()) throw new Error('more than is left');
    this.#refund(amountMinor);
    return this.refund(this.#refunds.length - 1);
  }

  /** Our answer to the dispute reaches the payer's bank. @throws Error when there is none, or one was given */
  takeEvidence(): void {
    const [one] = this.#disputes;
    if (!one || one.evidenceSubmitted) throw new Error('no evidence is taken');
    one.evidenceSubmitted = true;
  }

  /** What moved on the account's balance, newest first. */
  movements(atMs: number): BalanceMovement[] {
    const payment = this.#payment();
    const common = { currency: 'usd', fee: null, atMs, payment, charge: `ch_${this.#order}`, order: this.#order };
    const one = (kind: BalanceMovement['kind'], source: string, amountMinor: bigint, way = ''): BalanceMovement => {
      return { ...common, id: `txn_${source}${way}`, kind, source, amountMinor };
    };
    const disputed = this.#disputes.flatMap(({ id, everWithdrawn, withdrawnMinor }) => {
      const taken = everWithdrawn ? [one('dispute', id, -this.paidMinor)] : [];
      return everWithdrawn && withdrawnMinor === 0n ? [one('dispute', id, this.paidMinor, '_back'), ...taken] : taken;
    });
    const refunded = this.#refunds.flatMap(({ id, state, amountMinor }) => {
      const given = one('refund', id, -amountMinor);
      return state === 'failed' ? [one('refund', id, amountMinor, '_back'), given] : [given];
    });
    const paid = this.paidMinor === 0n ? [] : [one('payment', `ch_${this.#order}`, this.paidMinor)];
    return [...disputed, ...refunded, ...paid];
  }

  get hasDispute(): boolean {
    return this.#disputes.length > 0;
  }

  checkout(change: Partial<CheckoutFact> = {}): CheckoutFact {
    return {
      ...this.#common(),
      kind: 'checkout',
      id: this.session,
      state: this.#state,
      paid: this.#paid,
      purpose: 'payment',
      currency: 'usd',
      subtotalMinor: this.priceMinor,
      totalMinor: this.priceMinor + this.taxMinor,
      taxMinor: this.taxMinor,
      discountMinor: 0n,
      presentment: null,
      payment: this.#paymentState === null ? null : this.#payment(),
      paymentState: this.#paymentState,
      customer: null,
      subscription: null,
      expiresAtMs: this.#readAtMs + 86_400_000,
      ...change,
    };
  }

  refund(index = 0, change: Partial<RefundFact> = {}): RefundFact {
    const one = this.#refunds[index];
    if (!one) throw new Error('there is no such refund');
    const { id, state, amountMinor } = one;
    const about = { id, state, amountMinor, currency: 'usd', payment: this.#payment(), charge: null };
    return { ...this.#common(), ...about, kind: 'refund', reason: null, failureReason: null, ...change };
  }

  dispute(index = 0, change: Partial<DisputeFact> = {}): DisputeFact {
    const one = this.#disputes[index];
    if (!one) throw new Error('there is no such dispute');
    const { id, status, withdrawnMinor, everWithdrawn, evidenceSubmitted } = one;
    const about = {
      id,
      status,
      withdrawnMinor,
      everWithdrawn,
      evidenceSubmitted,
      amountMinor: this.paidMinor,
      currency: 'usd',
    };
    const rest = { fee: null, payment: this.#payment(), charge: null, reason: 'fraudulent', dueByMs: null };
    return { ...this.#common(), ...about, ...rest, kind: 'dispute', ...change };
  }

  warning(change: Partial<EarlyWarningFact> = {}): EarlyWarningFact {
    const about = { id: `issfr_${this.#order}`, actionable: this.#warned, fraudType: 'made_with_stolen_card' };
    return { ...this.#common(), ...about, kind: 'early_warning', payment: this.#payment(), charge: null, ...change };
  }

  #common(): { account: string; mode: 'live'; readAtMs: number; order: string } {
    this.#readAtMs += 1;
    return { account: this.#account, mode: 'live', readAtMs: this.#readAtMs, order: this.#order };
  }

  #payment(): string {
    return `pi_${this.#order}`;
  }

  #isProcessing(): boolean {
    return this.#state === 'complete' && this.#paymentState === 'processing';
  }

  #complete(paid: CheckoutFact['paid'], state: CheckoutFact['paymentState']): ProviderFact[] {
    if (this.#state !== 'open') return [];
    this.#state = 'complete';
    return this.#set(paid, state);
  }

  #set(paid: CheckoutFact['paid'], state: CheckoutFact['paymentState']): ProviderFact[] {
    [this.#paid, this.#paymentState] = [paid, state];
    return [this.checkout()];
  }

  #refunded(): bigint {
    return this.#refunds.reduce((sum, { state, amountMinor }) => (state === 'failed' ? sum : sum + amountMinor), 0n);
  }

  #refund(amountMinor: bigint): ProviderFact[] {
    if (amountMinor <= 0n) return [];
    this.#refunds.push({ id: `re_${this.#order}_${this.#refunds.length}`, state: 'succeeded', amountMinor });
    return [this.refund(this.#refunds.length - 1)];
  }

  #failRefund(): ProviderFact[] {
    const index = this.#refunds.findIndex(({ state }) => state !== 'failed');
    const one = this.#refunds[index];
    if (!one) return [];
    one.state = 'failed';
    return [this.refund(index)];
  }

  #contest(step: 'inquiry' | 'dispute' | 'win' | 'lose' | 'appeal won'): ProviderFact[] {
    if (this.paidMinor === 0n) return [];
    const [one] = this.#disputes;
    if (step === 'inquiry' || step === 'dispute') {
      if (one && one.status !== 'warning_needs_response') return [];
      const money = step === 'dispute' ? { status: 'needs_response', withdrawnMinor: this.paidMinor } : undefined;
      if (one && money) Object.assign(one, money, { everWithdrawn: true });
      else if (!one) {
        const first = money ?? { status: 'warning_needs_response', withdrawnMinor: 0n };
        const fresh = { id: `dp_${this.#order}`, everWithdrawn: money !== undefined, evidenceSubmitted: false };
        this.#disputes.push({ ...fresh, ...first });
      }
      return [this.dispute()];
    }
    if (!one?.everWithdrawn) return [];
    const isOpen = step === 'appeal won' ? one.status === 'lost' : one.status === 'needs_response';
    if (!isOpen) return [];
    one.status = step === 'lose' ? 'lost' : 'won';
    if (step !== 'lose') one.withdrawnMinor = 0n;
    return [this.dispute()];
  }
}
