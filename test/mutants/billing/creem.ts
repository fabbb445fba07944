import type { Mutant } from '../mutant.ts';

const FACTS = ['src/payments/creem/facts.test.ts'];
const EVENTS = ['src/payments/creem/events.test.ts'];
const ACCOUNT = ['test/billing/creem/account.test.ts'];
const LIFE = ['test/billing/creem/life.test.ts'];
const SUBSCRIPTIONS = ['test/billing/creem/subscriptions.test.ts'];
const CHANGES = ['test/billing/creem/changes.test.ts'];
const FACTS_FILE = 'src/payments/creem/facts.ts';
const PRODUCTS_FILE = 'src/payments/creem/products.ts';
const EVENTS_FILE = 'src/payments/creem/events.ts';
const ACCOUNT_FILE = 'src/payments/creem/account.ts';
const SEEN = 'src/db/billing/seen-payments.ts';
const LOOK = 'src/payments/look.ts';

/** Defences of payments through Creem, which lists no events and knows no idempotency keys. */
export const CREEM_MUTANTS: readonly Mutant[] = [
  {
    name: 'creem: a signature of another length is an error',
    file: EVENTS_FILE,
    find: 'one.length === expected.length && timingSafeEqual(one, expected)',
    replace: 'timingSafeEqual(one, expected)',
    tests: EVENTS,
  },
  {
    name: 'creem: a blank secret signs',
    file: EVENTS_FILE,
    find: "const isBlank = secret.trim() === '' || secret === PREFIX;",
    replace: 'const isBlank = false;',
    tests: EVENTS,
  },
  {
    name: 'creem: a secret that is no base64 is an empty key',
    file: EVENTS_FILE,
    find: 'if (key.length < KEY_BYTES_MIN) return undefined;',
    replace: '',
    tests: EVENTS,
  },
  {
    name: 'creem: a webhook of the newer scheme may be of any age',
    file: EVENTS_FILE,
    find: '> AGE_SECONDS_MAX) return',
    replace: '> Number.MAX_VALUE) return',
    tests: EVENTS,
  },
  {
    name: 'creem: a stale webhook is verified by its older signature',
    file: EVENTS_FILE,
    find: "return 'stale';",
    replace: 'return undefined;',
    tests: EVENTS,
  },
  {
    name: 'creem: a refund of a subscription is read from its checkout',
    file: EVENTS_FILE,
    find: "idOf(object['subscription']) === undefined ? idOf(object['checkout']) : undefined",
    replace: "idOf(object['checkout'])",
    tests: EVENTS,
  },
  {
    name: 'creem: the status of a checkout hides its payment',
    file: FACTS_FILE,
    find: "if (paid === 'paid' || status === 'completed') return 'complete';",
    replace: "if (status === 'completed') return 'complete';",
    tests: FACTS,
  },
  {
    name: 'creem: an order that its transaction contradicts is paid',
    file: FACTS_FILE,
    find: "return isOver ? 'unknown' : order.amount",
    replace: 'return order.amount',
    tests: FACTS,
  },
  {
    name: 'creem: a status that is new gives disputed money back',
    file: FACTS_FILE,
    find: 'status in WITHOUT_MONEY ? 0n : null;',
    replace: 'status in WITHOUT_MONEY ? 0n : 0n;',
    tests: FACTS,
  },
  {
    name: 'creem: refund and dispute of one payment are both taken in full',
    file: FACTS_FILE,
    find: 'if (status === CHARGED_BACK) return paidOf(transaction) - refundedOf(transaction);',
    replace: 'if (status === CHARGED_BACK) return paidOf(transaction);',
    tests: FACTS,
  },
  {
    name: 'creem: a product of another price is sold',
    file: PRODUCTS_FILE,
    find: 'if (product.price !== priceMinor) refuse(',
    replace: 'if (product.price < 0n) refuse(',
    tests: ACCOUNT,
  },
  {
    name: 'creem: a product in another currency is sold',
    file: PRODUCTS_FILE,
    find: 'if (product.currency !== currency) refuse(',
    replace: "if (product.currency === '') refuse(",
    tests: ACCOUNT,
  },
  {
    name: 'creem: tax inside the price is sold as credit',
    file: PRODUCTS_FILE,
    find: "if (product.tax_mode === 'inclusive') refuse(",
    replace: "if (product.tax_mode === 'none') refuse(",
    tests: ACCOUNT,
  },
  {
    name: 'creem: a refund of a part gives back all',
    file: ACCOUNT_FILE,
    find: 'if (amountMinor !== undefined && left > 0n && amountMinor !== left) {',
    replace: 'if (amountMinor !== undefined && amountMinor > left) {',
    tests: ACCOUNT,
  },
  {
    name: 'creem: a refund that is asked for again is another one',
    file: ACCOUNT_FILE,
    find: 'const known = left > 0n ? undefined : factOfRefund(before, order, reading);',
    replace: 'const known = undefined;',
    tests: ACCOUNT,
  },
  {
    name: 'creem: the cashier asks for a part of what can only be refunded whole',
    file: 'src/payments/cashier.ts',
    find: "if (account.refunds === 'whole' && amountCents !== undefined && amountCents !== left) {",
    replace: "if (account.refunds === 'whole' && amountCents !== undefined && amountCents > left) {",
    tests: LIFE,
  },
  {
    name: 'creem: a refund becomes less when its transaction does not show it yet',
    file: 'src/db/billing/provider-facts.ts',
    find: ' || fact.amountMinor < before.amountMinor)',
    replace: ')',
    tests: LIFE,
  },
  {
    name: 'creem: an event ahead of its dispute is settled as its end',
    file: 'src/payments/settle.ts',
    find: "if (fact.kind === 'dispute' && fact.endsOnly === true &&",
    replace: "if (fact.kind === 'dispute' && fact.endsOnly === undefined &&",
    tests: LIFE,
  },
  {
    name: 'creem: what nobody of ours signed is answered as if it were well',
    file: 'src/payments/intake.ts',
    find: 'PROVIDERS_OF_ORGS.includes(provider) && org === null',
    replace: 'org === null',
    tests: LIFE,
  },
  {
    name: 'creem: refunds that no webhook reported are not looked for',
    file: SEEN,
    find: 'WHERE o.refunded > coalesce(',
    replace: 'WHERE o.refunded < coalesce(',
    tests: LIFE,
  },
  {
    name: 'creem: a dispute that is won is not looked for',
    file: SEEN,
    find: 'WHERE o.withdrawn <> coalesce(',
    replace: 'WHERE o.withdrawn > coalesce(',
    tests: LIFE,
  },
  {
    name: 'creem: checkouts that no webhook reported are not read again',
    file: LOOK,
    find: 'let woken = await wakeUnpaid(db, account, { at: start, pauseMs: PAUSE_MS, sinceMs, limit: UNPAID_MAX });',
    replace: 'let woken = 0 * (await wakeUnpaid(db, account, { at: start, pauseMs: PAUSE_MS, sinceMs, limit: 0 }));',
    tests: LIFE,
  },
  {
    name: 'creem: reading all payments begins again in each round',
    file: LOOK,
    find: 'page = isLast ? 1 : (looked.next ?? 1);',
    replace: 'page = 1;',
    tests: LIFE,
  },
  {
    name: 'creem: a movement counts as often as it is seen',
    file: SEEN,
    find: 't.amount - m.amount AS difference',
    replace: 't.amount AS difference',
    tests: LIFE,
  },
  {
    name: 'creem: a rail is compared before its payments are known',
    file: LOOK,
    find: "if (to === null) return 'its earlier payments are being read';",
    replace: '',
    tests: LIFE,
  },
  {
    name: 'creem: a payment is due before it is known to be held',
    file: LOOK,
    find: 'if (payment) payments.push(payment);',
    replace: 'if (payment === undefined) payments.splice(0);',
    tests: LIFE,
  },
  {
    name: 'creem: a period that is read after a switch has the price of now',
    file: 'src/core/subscriptions/chosen.ts',
    find: 'const candidates = [...(inForce === undefined ? [] : [inForce.price]), ...others];',
    replace: 'const candidates = inForce === undefined ? others : [presentPrice];',
    tests: ['src/core/subscriptions/chosen.test.ts'],
  },
  {
    name: 'creem: a pause or an end that no webhook reported is not looked for',
    file: LOOK,
    find: 'woken += await wakeSubscriptions(db, account, again);',
    replace: 'woken += await wakeSubscriptions(db, account, { ...again, limit: 0 });',
    tests: SUBSCRIPTIONS,
  },
  {
    name: 'creem: a payment of a subscription that nobody knew of is passed over',
    file: SEEN,
    find: "SELECT DISTINCT 'subscription', g.subscription FROM given g WHERE g.paid > 0 AND",
    replace: "SELECT DISTINCT 'subscription', g.subscription FROM given g WHERE g.paid < 0 AND",
    tests: SUBSCRIPTIONS,
  },
  {
    name: 'creem: a subscription that is charged again has ended',
    file: 'src/payments/creem/subscription-facts.ts',
    find: "expired: 'unpaid'",
    replace: "expired: 'canceled'",
    tests: SUBSCRIPTIONS,
  },
  {
    name: 'creem: a period that credit at Creem paid in part is judged by that part',
    file: 'src/payments/creem/subscription-facts.ts',
    find: 'const totalMinor = paidMinor > amount ? paidMinor : amount;',
    replace: 'const totalMinor = paidMinor > 0n ? paidMinor : amount;',
    tests: SUBSCRIPTIONS,
  },
  {
    name: 'creem: a subscription that does not name its order is nothing of ours',
    file: 'src/payments/settle.ts',
    find: "if (fact.kind === 'checkout') await noteBegun(trx, found, fact, at);",
    replace: '',
    tests: SUBSCRIPTIONS,
  },
  {
    name: 'creem: a subscription whose renewal was paid late stays unpaid',
    file: 'src/payments/follow.ts',
    find: "fact.subscription === null || account.lists === 'events'",
    replace: "fact.subscription === null || account.lists !== 'events'",
    tests: SUBSCRIPTIONS,
  },
  {
    name: 'creem: a switch that is to wait for its period is charged at once',
    file: 'src/payments/creem/subscriptions.ts',
    find: "updateBehavior: 'proration-none'",
    replace: "updateBehavior: 'proration-charge-immediately'",
    tests: CHANGES,
  },
  {
    name: 'creem: an upgrade is asked for that Creem does not offer',
    file: 'src/payments/subscriptions/desk.ts',
    find: "if (when === 'now' && !calls.switchesNow) {",
    replace: "if (when === 'now' && calls.switchesNow) {",
    tests: CHANGES,
  },
  {
    name: 'creem: a plan is sold beside a checkout that cannot be closed',
    file: 'src/http/credits/plan-session.ts',
    find: 'if (open === undefined || !open.closes) return;',
    replace: 'if (open === undefined) return;',
    tests: ['test/billing/creem/session.test.ts'],
  },
  {
    name: 'subscriptions: a cancellation whose answer was lost is refused when it is asked for again',
    file: 'src/payments/subscriptions/desk.ts',
    find: 'if (mayBeDone && isReached(what, subscription.state)) return;',
    replace: '',
    tests: CHANGES,
  },
  {
    name: 'subscriptions: the order of one that ended unpaid waits for ever',
    file: 'src/payments/subscriptions/settle.ts',
    find: "if (read.state === 'ended') await moveOrder(",
    replace: "if (read.state === 'incomplete') await moveOrder(",
    tests: SUBSCRIPTIONS,
  },
];
