import type { Mutant } from '../mutant.ts';

const TERMS = ['src/core/billing/auto-refill.test.ts'];
const RULES = ['src/core/billing/refill.test.ts'];
const ACCOUNT = ['test/billing/stripe-off-session.test.ts'];
const CUSTOMERS = ['test/billing/customers.test.ts'];
const SETTINGS = ['test/billing/auto-refill-settings.test.ts'];
const BUYS = ['test/billing/auto-refill.test.ts'];
const STOPS = ['test/billing/auto-refill-stops.test.ts'];
const CRASH = ['test/billing/auto-refill-crash.test.ts'];

/** Auto-refill: consent, crossings, ceilings, what is charged once, and what stops it. */
export const REFILL_MUTANTS: readonly Mutant[] = [
  {
    name: 'auto-refill: what a purchase costs need not fit the ceiling of a day',
    file: 'src/core/billing/auto-refill.ts',
    find: 'if (leastMicros <= maxDayMinor * MICROS_PER_CENT) return;',
    replace: 'return;',
    tests: TERMS,
  },
  {
    name: 'auto-refill: a cent above the ceiling of a day is bought',
    file: 'src/core/billing/refill.ts',
    find: 'spent.dayMinor + priceMinor > terms.maxDayMinor',
    replace: 'spent.dayMinor + priceMinor > terms.maxDayMinor + 1n',
    tests: RULES,
  },
  {
    name: 'auto-refill: a cent above the ceiling of a month is bought',
    file: 'src/core/billing/refill.ts',
    find: 'spent.monthMinor + priceMinor > terms.maxMonthMinor',
    replace: 'spent.monthMinor + priceMinor > terms.maxMonthMinor + 1n',
    tests: RULES,
  },
  {
    name: 'auto-refill: one purchase more than a day may have',
    file: 'src/core/billing/refill.ts',
    find: 'spent.dayCount + 1 > terms.maxDayCount',
    replace: 'spent.dayCount > terms.maxDayCount',
    tests: RULES,
  },
  {
    name: 'auto-refill: it buys at the threshold',
    file: 'src/core/billing/refill.ts',
    find: 'balance.spendableMicros < terms.thresholdMicros',
    replace: 'balance.spendableMicros <= terms.thresholdMicros',
    tests: RULES,
  },
  {
    name: `auto-refill: a balance of before the last purchase's credit decides`,
    file: 'src/core/billing/refill.ts',
    find: 'balance.seq >= creditedSeq && ',
    replace: '',
    tests: RULES,
  },
  {
    name: 'auto-refill: an old decision is charged',
    file: 'src/core/billing/refill.ts',
    find: 'nowMs - decidedAtMs < FRESH_MS && ',
    replace: '',
    tests: RULES,
  },
  {
    name: 'auto-refill: a purchase is charged on another day than it counts for',
    file: 'src/core/billing/refill.ts',
    find: ' && dayOf(decidedAtMs) === dayOf(nowMs)',
    replace: '',
    tests: RULES,
  },
  {
    name: 'auto-refill: a payer who has to confirm is asked again and again',
    file: 'src/core/billing/refill.ts',
    find: `code === 'authentication_required' || declineCode === 'authentication_required'`,
    replace: 'false',
    tests: RULES,
  },
  {
    name: 'auto-refill: advice not to try again is ignored',
    file: 'src/core/billing/refill.ts',
    find: `advice === 'do_not_try_again' || `,
    replace: '',
    tests: RULES,
  },
  {
    name: 'auto-refill: it never gives up',
    file: 'src/core/billing/refill.ts',
    find: 'const pauseMs = PAUSES_MS[failures - 1];',
    replace: 'const pauseMs = PAUSES_MS[Math.min(failures, PAUSES_MS.length) - 1];',
    tests: RULES,
  },
  {
    name: 'auto-refill: two settings of an org may be on',
    file: 'src/db/billing/refill-settings.ts',
    find: 'if (after.enabled) await checkOnly(trx, request);',
    replace: '',
    tests: SETTINGS,
  },
  {
    name: 'auto-refill: other terms need no consent',
    file: 'src/db/billing/refill-settings.ts',
    find: '(before?.enabled !== true || !sameTerms(before, after) || isOtherText)',
    replace: '(before?.enabled !== true || isOtherText)',
    tests: SETTINGS,
  },
  {
    name: 'auto-refill: no consent is recorded anew for what was turned off',
    file: 'src/db/billing/refill-settings.ts',
    find: '(before?.enabled !== true || !sameTerms(before, after) || isOtherText)',
    replace: '(before === undefined || !sameTerms(before, after) || isOtherText)',
    tests: SETTINGS,
  },
  {
    name: 'customers: an org gets another with each call',
    file: 'src/payments/customers.ts',
    find: '`coffer-customer-${asked.requestKey}`',
    replace: '`coffer-customer-${uuidV7(nowMs)}`',
    tests: CUSTOMERS,
  },
  {
    name: `customers: another customer's method is kept`,
    file: 'src/db/billing/customers.ts',
    find: 'AND customer = :customer AND (method_order',
    replace: 'AND (method_order',
    tests: CUSTOMERS,
  },
  {
    name: 'customers: an old order brings its method back',
    file: 'src/db/billing/customers.ts',
    find: ' AND (method_order IS NULL OR method_order < :order::uuid)',
    replace: '',
    tests: CUSTOMERS,
  },
  {
    name: 'customers: a method is kept before its payment succeeded',
    file: 'src/payments/stripe/facts.ts',
    find: `intent.status === 'succeeded' && intent.setup_future_usage === 'off_session'`,
    replace: `intent.setup_future_usage === 'off_session'`,
    tests: ACCOUNT,
  },
  {
    name: 'customers: a method is kept that nobody agreed to save',
    file: 'src/payments/stripe/facts.ts',
    find: `intent.status === 'succeeded' && intent.setup_future_usage === 'off_session'`,
    replace: `intent.status === 'succeeded'`,
    tests: ACCOUNT,
  },
  {
    name: 'auto-refill: a payment may wait for its payer',
    file: 'src/payments/stripe/off-session.ts',
    find: '{ off_session: true, error_on_requires_action: true }',
    replace: '{ off_session: true }',
    tests: ACCOUNT,
  },
  {
    name: 'auto-refill: each attempt to make a payment makes another',
    file: 'src/payments/stripe/off-session.ts',
    find: '{ idempotencyKey: `coffer-payment-${order}` }',
    replace: '{}',
    tests: ACCOUNT,
  },
  {
    name: 'auto-refill: a payment that may be open counts as cancelled',
    file: 'src/payments/stripe/off-session.ts',
    find: 'if (OPEN.includes(intent.status)) throw error;',
    replace: '',
    tests: ACCOUNT,
  },
  {
    name: 'auto-refill: money that is parked does not count',
    file: 'src/db/billing/refill-decisions.ts',
    find: `WHERE org = :org AND state <> 'released' AND day >=`,
    replace: `WHERE org = :org AND state = 'succeeded' AND day >=`,
    tests: STOPS,
  },
  {
    name: 'auto-refill: what is frozen counts',
    file: 'src/db/billing/refill-decisions.ts',
    find: ' - (standing?.frozen ?? 0n)',
    replace: '',
    tests: BUYS,
  },
  {
    name: 'auto-refill: it does not wait after a failure',
    file: 'src/db/billing/refill-purchases.ts',
    find: 'retryAtMs === null ? null : new Date(retryAtMs),',
    replace: 'null,',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a payment on a frozen rail is confirmed',
    file: 'src/db/billing/refill-purchases.ts',
    find: '    if (await isRailFrozen(trx, purchase.account)) return false;\n',
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a suspended org is charged',
    file: 'src/db/billing/refill-decisions.ts',
    find: ' AND EXISTS (SELECT FROM org o WHERE o.id = r.org AND o.suspended_at IS NULL)',
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: an org that was suspended after the decision is charged',
    file: 'src/db/billing/refill-purchases.ts',
    find: 'if (await isSuspended(trx, purchase.org)) return false;',
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a purchase whose account lost its key holds up its org for ever',
    file: 'src/payments/refill.ts',
    find: 'return releaseUnconfirmed(means.db, first.order, new Date(means.clock.nowMs()));',
    replace: 'return false;',
    tests: STOPS,
  },
  {
    name: 'auto-refill: what may have been charged is given up without a key',
    file: 'src/db/billing/refill-purchases.ts',
    find: `if (state === 'confirming' || isFresh(`,
    replace: 'if (isFresh(',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a consent to another text is not recorded',
    file: 'src/db/billing/refill-settings.ts',
    find: ' || isOtherText)',
    replace: ')',
    tests: SETTINGS,
  },
  {
    name: 'auto-refill: a payment is confirmed after its consent was withdrawn',
    file: 'src/db/billing/refill-purchases.ts',
    find: 'if ((await findFailures(trx, purchase)) === undefined) return false;',
    replace: '',
    tests: BUYS,
  },
  {
    name: 'auto-refill: a payment is confirmed for an order that is cancelled',
    file: 'src/db/billing/refill-purchases.ts',
    find: '!isOpen || ',
    replace: '',
    tests: BUYS,
  },
  {
    name: 'auto-refill: a payment may be charged before that is stored',
    file: 'src/db/billing/refill-purchases.ts',
    find: `    await setState(trx, id, 'confirming');\n`,
    replace: '',
    tests: CRASH,
  },
  {
    name: 'auto-refill: a failure of an old consent counts for the new one',
    file: 'src/db/billing/refill-purchases.ts',
    find: 'AND consent = ? AND enabled FOR UPDATE',
    replace: 'AND ?::uuid IS NOT NULL AND enabled FOR UPDATE',
    tests: [...STOPS, ...BUYS],
  },
  {
    name: 'auto-refill: a declined payment stays open',
    file: 'src/payments/refill.ts',
    find: `      await account.cancelPayment(fact.id);
      failpoint('refill.after-cancel');
      const after = await fetchPayment(account, fact.id);
      if (after.state === 'needs_method' || after.state === 'needs_action') return false;`,
    replace: `      const after = { ...fact, state: 'cancelled' as const };`,
    tests: STOPS,
  },
  {
    name: 'auto-refill: a key of the other mode charges',
    file: 'src/payments/refill.ts',
    find: `    if (account.mode !== mode) {
      await db.transaction(async (trx) => stopRefill(trx, org, { reason: 'wrong_mode', at }));
      return;
    }
`,
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a product that is inactive is bought',
    file: 'src/core/billing/refill-offer.ts',
    find: '!product.active || ',
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a product of the other mode is bought',
    file: 'src/core/billing/refill-offer.ts',
    find: `if (product.mode !== mode) return { stop: 'wrong_mode' };`,
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a dispute does not stop it',
    file: 'src/payments/settle.ts',
    find: `if (dispute === 'opened') await stopRefill(trx, order.org, { reason: 'dispute', at });`,
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: a warning of fraud does not stop it',
    file: 'src/payments/settle.ts',
    find: `if (warning === 'new') await stopRefill(trx, order.org, { reason: 'early_warning', at });`,
    replace: '',
    tests: STOPS,
  },
  {
    name: 'auto-refill: it buys back what was refunded',
    file: 'src/payments/settle.ts',
    find: `return (back?.refundedMinor ?? 0n) >= paidMinor;`,
    replace: 'return back?.refundedMinor === -paidMinor;',
    tests: STOPS,
  },
  {
    name: 'auto-refill: any amount that came in is credited',
    file: 'src/core/billing/payment.ts',
    find: `return fact.receivedMinor === priceMinor ? { state: 'paid' } : parked('wrong_amount');`,
    replace: `return { state: 'paid' };`,
    tests: STOPS,
  },
];
