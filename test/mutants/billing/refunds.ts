/** Refunds that operators ask for, and what was left behind at another account: purchases, checkouts nobody hears of. */
import type { Mutant } from '../mutant.ts';

const TESTS = ['test/billing/refunds.test.ts'];
const ELSEWHERE = ['test/billing/other-account.test.ts'];
const LIVES = ['test/billing/provider-model.test.ts'];
const CASHIER = 'src/payments/cashier.ts';

export const REFUND_MUTANTS: readonly Mutant[] = [
  {
    name: 'refunds: money that is parked cannot be given back',
    file: CASHIER,
    find: 'const paidMinor = checkout.paidMinor ?? checkout.parkedMinor;',
    replace: 'const paidMinor = checkout.paidMinor;',
    tests: TESTS,
  },
  {
    name: 'refunds: one that the provider refused uses up its key',
    file: CASHIER,
    find: 'if (isRefused && known === undefined) await dropRefundRequest(db, asked);',
    replace: '',
    tests: TESTS,
  },
  {
    name: 'refunds: a refusal forgets a request whose answer was lost',
    file: CASHIER,
    find: 'if (isRefused && known === undefined)',
    replace: 'if (isRefused)',
    tests: TESTS,
  },
  {
    name: 'refunds: a refusal forgets a refund that another call got',
    file: 'src/db/billing/refund-requests.ts',
    find: ' AND refund IS NULL',
    replace: '',
    tests: TESTS,
  },
  {
    name: 'left behind: a purchase at another account holds up its org for ever',
    file: 'src/payments/refill.ts',
    find: 'if (!isElsewhere(error)) throw error;',
    replace: 'throw error;',
    tests: ELSEWHERE,
  },
  {
    name: 'left behind: a purchase at another account is given up although its key may come back',
    file: 'src/db/billing/refill-purchases.ts',
    find: `if (isEnded(purchase)) return true;
    if (isFresh(purchase.decidedAtMs, at.getTime())) return false;`,
    replace: 'if (isEnded(purchase)) return true;',
    tests: ELSEWHERE,
  },
  {
    name: 'left behind: an order whose checkout nobody heard of stays open for ever',
    file: 'src/db/billing/chain-orders.ts',
    find: `OR (channel = 'card' AND state = 'awaiting_payment' AND NOT auto_refill AND opened_at <= :unseenSince)`,
    replace: '',
    tests: ELSEWHERE,
  },
  {
    name: 'left behind: a request makes another checkout once nobody heard of its first',
    file: 'src/db/billing/chain-orders.ts',
    find: 'if (!isUnseen) await releaseKey(trx, id);',
    replace: 'await releaseKey(trx, id);',
    tests: ELSEWHERE,
  },
  {
    name: 'lives at Stripe: what another account says of an order counts',
    file: 'src/payments/settle.ts',
    find: `if (found.account !== fact.account) return { outcome: 'parked', reason: 'other_account', order: null };`,
    replace: '',
    tests: LIVES,
  },
  {
    name: 'lives at Stripe: what was written before a crash is written again',
    file: 'src/payments/movements.ts',
    find: 'key: movementKey(movement),',
    replace: 'key: movementKey({ order, n: Date.now() % 1_000_000_000 }),',
    tests: LIVES,
  },
  {
    name: 'lives at Stripe: what a dispute took is not counted',
    file: 'src/db/billing/movements.ts',
    find: '(back?.refundedMinor ?? 0n) + (back?.withdrawnMinor ?? 0n)',
    replace: 'back?.refundedMinor ?? 0n',
    tests: LIVES,
  },
];
