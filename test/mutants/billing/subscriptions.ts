import type { Mutant } from '../mutant.ts';

const RULE = ['src/core/subscriptions/grant.test.ts'];
const STATE = ['src/core/subscriptions/state.test.ts'];
const PLAN = ['src/core/subscriptions/plan.test.ts'];
const GRANTS = ['test/subscriptions/grants.test.ts'];
const CHANGES = ['test/subscriptions/changes.test.ts'];
const GRANT = 'src/core/subscriptions/grant.ts';
const SETTLE = 'src/payments/subscriptions/settle.ts';
const DESK = 'src/payments/subscriptions/desk.ts';

/** Defences of subscriptions: each paid period once, for the plan's whole price; changes once and for one payer. */
export const SUBSCRIPTION_MUTANTS: readonly Mutant[] = [
  {
    name: 'subscriptions: a discount of the account’s is credited in full',
    file: GRANT,
    find: "  if (discountMinor !== 0n) return 'discounted';\n",
    replace: '',
    tests: RULE,
  },
  {
    name: 'subscriptions: a line grants whatever it costs',
    file: GRANT,
    find: "  if (amountMinor !== terms.priceMinor) return 'wrong_amount';\n",
    replace: '',
    tests: RULE,
  },
  {
    name: 'subscriptions: prorations of a switch made elsewhere are not parked',
    file: GRANT,
    find: "  if (isSwitched) return parked('switched_elsewhere');\n",
    replace: '',
    tests: RULE,
  },
  {
    name: 'subscriptions: an invoice that no payment paid is credited',
    file: GRANT,
    find: "  if (fact.payment === null) return parked(fact.paidMinor === 0n ? 'paid_from_balance' : 'paid_elsewhere');\n",
    replace: '',
    tests: RULE,
  },
  {
    name: 'subscriptions: what a balance at the provider paid in part is credited in full',
    file: GRANT,
    find: "  if (fact.paidMinor < fact.totalMinor) return parked('paid_from_balance');\n",
    replace: '',
    tests: RULE,
  },
  {
    name: 'subscriptions: an invoice that is not paid grants',
    file: GRANT,
    find: "  if (fact.state !== 'paid') return { verdict: 'waiting' };\n",
    replace: '',
    tests: RULE,
  },
  {
    name: 'subscriptions: another currency is credited as dollars',
    file: GRANT,
    find: "  if (fact.currency !== CURRENCY) return parked('wrong_currency');\n",
    replace: '',
    tests: RULE,
  },
  {
    name: 'subscriptions: a change of a plan reprices periods that began before it',
    file: 'src/core/subscriptions/plan.ts',
    find: 'named.findLast(({ fromMs }) => fromMs <= periodStartMs) ?? named.at(0)',
    replace: 'named.at(-1)',
    tests: PLAN,
  },
  {
    name: 'subscriptions: an older reading takes the place of a newer one',
    file: 'src/core/subscriptions/state.ts',
    find: "  if (before !== undefined && before.readAtMs > fact.readAtMs && said !== 'ended') return undefined;\n",
    replace: '',
    tests: STATE,
  },
  {
    name: 'subscriptions: a reading by a clock that is behind is dropped',
    file: 'src/payments/subscriptions/settle.ts',
    find: "return found.state === 'ended' ? settled : OUTDATED;",
    replace: 'return settled;',
    tests: ['test/subscriptions/invoices.test.ts'],
  },
  {
    name: 'subscriptions: one that has ended comes back',
    file: 'src/core/subscriptions/state.ts',
    find: "  if (before !== undefined && before.state === 'ended') return undefined;\n",
    replace: '',
    tests: STATE,
  },
  {
    name: 'subscriptions: a period is granted for each invoice that names it',
    file: 'src/db/subscriptions/subscriptions.ts',
    find: '    if (made > 0) fresh.push(period);\n',
    replace: '    fresh.push(period);\n',
    tests: ['test/subscriptions/invoices.test.ts'],
  },
  {
    name: 'subscriptions: an invoice that is read again grants again',
    file: SETTLE,
    find: '  if (known !== undefined && known.paidMinor !== null) return settled(known.order);\n',
    replace: '',
    tests: ['test/subscriptions/invoices.test.ts'],
  },
  {
    name: 'subscriptions: an account speaks for the order of another',
    file: SETTLE,
    find: "  if (checkout.account !== account) return { outcome: 'parked', reason: 'other_account', order: null };\n",
    replace: '',
    tests: ['test/subscriptions/invoices.test.ts'],
  },
  {
    name: 'subscriptions: a one-time order begins a subscription',
    file: SETTLE,
    find: "  if (!order.recurring) return { outcome: 'parked', reason: 'wrong_purpose', order: order.id };\n",
    replace: '',
    tests: ['test/subscriptions/invoices.test.ts'],
  },
  {
    name: 'subscriptions: a refund that came before its invoice is lost',
    file: 'src/payments/follow.ts',
    find: '    for (const next of await account.listFollowing(fact.payment)) await settle(next);\n',
    replace: '    await account.listFollowing(fact.payment);\n',
    tests: GRANTS,
  },
  {
    name: 'subscriptions: the credit above the price is booked as money',
    file: 'src/payments/movements.ts',
    find: "now.order.recurring ? 'SUBSCRIPTION_GRANT' : 'GRANT'",
    replace: "now.order.recurring ? 'GRANT' : 'GRANT'",
    tests: GRANTS,
  },
  {
    name: 'subscriptions: a payer begins a second one',
    file: 'src/db/billing/checkouts.ts',
    find: '    if ((asked.plan?.interval ?? null) !== null) await checkNotSubscribing(trx, asked.org);\n',
    replace: '',
    tests: CHANGES,
  },
  {
    name: 'subscriptions: a change that is repeated is made again',
    file: DESK,
    find: '    if (asked.done) return { replayed: true };\n',
    replace: '',
    tests: CHANGES,
  },
  {
    name: 'subscriptions: a refused change stays under its key',
    file: DESK,
    find: 'if (isRefused(error) && (asked.isNew || about !== undefined)) await forget(db, request, about);',
    replace: '',
    tests: CHANGES,
  },
  {
    name: 'subscriptions: an upgrade whose charge fails is made all the same',
    file: 'src/payments/stripe/subscriptions.ts',
    find: "        payment_behavior: 'error_if_incomplete',\n",
    replace: '',
    tests: CHANGES,
  },
  {
    name: 'subscriptions: the portal lets plans be switched',
    file: 'src/payments/stripe/subscriptions.ts',
    find: 'subscription_update: { enabled: false }',
    replace: 'subscription_update: { enabled: true }',
    tests: CHANGES,
  },
  {
    name: 'subscriptions: a renewal whose balance movement was passed over leaves the rail short',
    file: 'src/db/billing/rails.ts',
    find: '  if (known) return oldestUnseen(db, account, known);\n',
    replace: '  if (known) return known;\n',
    tests: ['test/subscriptions/invoices.test.ts'],
  },
];
