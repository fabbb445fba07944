/** What bounds the inbox of payments, what disputes and refunds draw on, and what follows from a freeze. */
import type { Mutant } from '../mutant.ts';

const ACCOUNT = ['test/billing/stripe-account.test.ts'];
const INBOX = ['test/billing/inbox.test.ts'];
const SWEEP = ['test/billing/sweep.test.ts'];
const TAKE_BACK = ['test/billing/taking-back.test.ts'];
const CHECKOUT = ['test/billing/checkout.test.ts'];

export const DISPUTE_MUTANTS: readonly Mutant[] = [
  {
    name: 'disputes: one that is won in another currency stays withdrawn',
    file: 'src/payments/stripe/facts.ts',
    find: `if (status === 'won' && parts.some((part) => part > 0n)) return 0n;`,
    replace: '',
    tests: ACCOUNT,
  },
  {
    name: 'disputes: the rates of another currency are not looked at',
    file: 'src/payments/stripe/facts.ts',
    find: '(move.exchange_rate ?? 1)',
    replace: '(1)',
    tests: ACCOUNT,
  },
  {
    name: 'inbox of payments: an account that floods it takes every place',
    file: 'src/db/billing/inbox.ts',
    find: 'greatest(1, :limit / greatest(1, count(*))) AS places',
    replace: ':limit::bigint AS places',
    tests: INBOX,
  },
  {
    name: "inbox of payments: the platform's account waits for its luck",
    file: 'src/db/billing/inbox.ts',
    find: `ORDER BY strpos(account, ':') > 0, random()`,
    replace: `ORDER BY strpos(account, ':') = 0, random()`,
    tests: INBOX,
  },
  {
    name: 'webhooks: an account may have any number of objects waiting',
    file: 'src/payments/intake.ts',
    find: `if (await backlog.isFull(account)) return 'full';`,
    replace: '',
    tests: INBOX,
  },
  {
    name: 'sweep: it passes over events of an account that has too much waiting',
    file: 'src/payments/sweep.ts',
    find: `if (read.end === 'full') return found;`,
    replace: '',
    tests: SWEEP,
  },
  {
    name: 'retention: what a person should see of an order is deleted with the rest',
    file: 'src/db/billing/retention.ts',
    find: `{ of: "state = 'parked' AND order_id IS NOT NULL", end: 'parked' },`,
    replace: `{ of: "state = 'parked' AND order_id IS NOT NULL", end: 'done' },`,
    tests: INBOX,
  },
  {
    name: 'retention: an account may have any number of parked objects that belong to no order',
    file: 'src/db/billing/retention.ts',
    find: 'ORDER BY updated_at DESC OFFSET ? LIMIT ?',
    replace: 'ORDER BY updated_at OFFSET ? LIMIT ?',
    tests: INBOX,
  },
  {
    name: 'orders: what is taken back leaves the bonus lot for the last',
    file: 'src/payments/movements.ts',
    find: 'const lotsFirst = [paidLot, bonusLot]',
    replace: 'const lotsFirst = [paidLot]',
    tests: TAKE_BACK,
  },
  {
    name: 'orders: what returns goes to the lot of its part and not to where it was drawn',
    file: 'src/db/billing/movements.ts',
    find: 'lot: lots[to] ?? lots.paid',
    replace: 'lot: null',
    tests: TAKE_BACK,
  },
  {
    name: 'orders: what was drawn last does not return first',
    file: 'src/core/billing/take-back.ts',
    find: 'positive(amountMicros - drawn.elsewhereMicros)',
    replace: 'positive(amountMicros)',
    tests: ['src/core/billing/take-back.test.ts'],
  },
  {
    name: 'events: a freeze changes the status of a balance, and nobody hears of it',
    file: 'src/db/billing/movements.ts',
    find: 'if (isNew) await noteFreeze(trx, order.org, at);',
    replace: '',
    tests: TAKE_BACK,
  },
  {
    name: 'events: the status of a balance counts what is frozen',
    file: 'src/core/events/derive.ts',
    find: 'available: entry.available - frozen',
    replace: 'available: entry.available',
    tests: TAKE_BACK,
  },
  {
    name: 'events: the end of a suspension counts what is frozen',
    file: 'src/db/access/suspension-events.ts',
    find: 'balanceStatus(availableMicros - frozenMicros, thresholds)',
    replace: 'balanceStatus(availableMicros, thresholds)',
    tests: TAKE_BACK,
  },
  {
    name: 'events: a frozen lot counts as it is now, not as it was after the entry',
    file: 'src/core/events/derive.ts',
    find: 'now.set(entry.lot, entry.lotLeft - entry.availableDelta);',
    replace: '',
    tests: ['src/core/events/derive.test.ts'],
  },
  {
    name: 'orders: a refused call fails an order that has a checkout',
    file: 'src/db/billing/orders.ts',
    find: `if (order?.state !== 'created') return;`,
    replace: '',
    tests: CHECKOUT,
  },
  {
    name: 'orders: a checkout of another account is cancelled at the configured one',
    file: 'src/payments/cashier.ts',
    find: 'if (account.name === name) return account;',
    replace: 'return account;',
    tests: CHECKOUT,
  },
  {
    name: 'refunds: a replayed one does not say so',
    file: 'src/payments/cashier.ts',
    find: 'replayed: known !== undefined',
    replace: 'replayed: false',
    tests: CHECKOUT,
  },
  {
    name: 'orders: the limit of failed payments reads every order of an org',
    file: 'migrations/0036_payment_bounds.ts',
    find: 'CREATE INDEX pack_order_failed ON pack_order (org, failed_at) WHERE failed_at IS NOT NULL;',
    replace: '',
    tests: ['test/billing/checkout-limits.test.ts'],
  },
];
