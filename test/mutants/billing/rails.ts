import type { Mutant } from '../mutant.ts';

const RULE = ['src/core/billing/rails.test.ts'];
const ROUNDS = ['test/billing/rails.test.ts'];
const CALLS = ['test/contract/rails.test.ts'];
const KEPT = ['test/billing/rail-sums.test.ts'];
const WEBHOOKS = ['test/billing/webhooks-http.test.ts'];
const RAILS = 'src/db/billing/rails.ts';
const MOVEMENTS = 'src/db/billing/balance-movements.ts';
const SUMS = 'src/db/billing/rail-sums.ts';

/** Defences of card rails: what is due against what providers hold, the freeze, and its release. */
export const RAIL_MUTANTS: readonly Mutant[] = [
  {
    name: 'limits: cards that are tried on a checkout are not counted',
    file: 'src/db/billing/provider-facts.ts',
    find: 'stored > 0 && fact.decline !== null && fact.charge !== null && fact.charge !== before?.charge',
    replace: 'stored > 0 && fact.decline !== null && fact.charge === null',
    tests: WEBHOOKS,
  },
  {
    name: 'limits: a decline counts as often as it is reported',
    file: 'src/db/billing/provider-facts.ts',
    find: 'fact.charge !== null && fact.charge !== before?.charge',
    replace: "fact.charge !== null && before?.charge !== 'none'",
    tests: WEBHOOKS,
  },
  {
    name: 'limits: a checkout on which cards are tried stays open',
    file: 'src/payments/process.ts',
    find: '  await account.expireCheckout(session);\n',
    replace: '',
    tests: WEBHOOKS,
  },
  {
    name: 'rails: a shortage is never one',
    file: 'src/core/billing/rails.ts',
    find: 'const isShort = short - acceptedMicros > toleranceMicros;',
    replace: 'const isShort = short > due + toleranceMicros + acceptedMicros;',
    tests: [...RULE, ...ROUNDS],
  },
  {
    name: 'rails: the first shortage freezes',
    file: 'src/core/billing/rails.ts',
    find: 'freezes: shortRounds >= ROUNDS_TO_ACT',
    replace: 'freezes: shortRounds >= 1',
    tests: [...RULE, ...ROUNDS],
  },
  {
    name: 'rails: a surplus raises no alarm',
    file: 'src/core/billing/rails.ts',
    find: 'alarms: surplusRounds === ROUNDS_TO_ACT',
    replace: 'alarms: surplusRounds < 0',
    tests: [...RULE, ...ROUNDS],
  },
  {
    name: 'rails: what was accepted once is accepted for ever',
    file: 'src/core/billing/rails.ts',
    find: 'const acceptedMicros = atMost < before.acceptedMicros ? (atMost > 0n ? atMost : 0n) : before.acceptedMicros;',
    replace: 'const acceptedMicros = atMost < -1_000_000_000_000n ? 0n : before.acceptedMicros;',
    tests: RULE,
  },
  {
    name: 'rails: a release accepts nothing',
    file: RAILS,
    find: 'SET accepted = greatest(credited + tax + seller + parked - got, 0), short_rounds = 0',
    replace: 'SET accepted = 0, short_rounds = 0',
    tests: ROUNDS,
  },
  {
    name: 'rails: a refund that was just made counts as a shortage',
    file: SUMS,
    find: 'FILTER (WHERE amount > 0 OR known)',
    replace: 'FILTER (WHERE known OR amount <> 0)',
    tests: ROUNDS,
  },
  {
    name: 'rails: a payment that was just made counts as a surplus',
    file: SUMS,
    find: 'FILTER (WHERE amount < 0 OR known)',
    replace: 'FILTER (WHERE known OR amount <> 0)',
    tests: ROUNDS,
  },
  {
    name: 'rails: a credit above its payment hides itself',
    file: SUMS,
    find: 'WHEN credit > paid THEN -greatest(back - paid, 0)',
    replace: 'WHEN credit < 0 THEN 0',
    tests: ROUNDS,
  },
  {
    name: 'rails: what was given back beyond a payment is forgotten',
    file: SUMS,
    find: 'ELSE paid - back - kept END',
    replace: 'ELSE paid - least(back, paid) - kept END',
    tests: ROUNDS,
  },
  {
    name: 'rails: what an order adds is added again whenever it is touched',
    file: SUMS,
    find: 'p.tax - coalesce(o.tax, 0) AS more_tax',
    replace: 'p.tax AS more_tax',
    tests: KEPT,
  },
  {
    name: 'rails: an order whose payment is gone still counts',
    file: SUMS,
    find: 'WHERE NOT EXISTS (SELECT FROM sold WHERE sold.order_id = rail_part.order_id)',
    replace: 'WHERE false',
    tests: KEPT,
  },
  {
    name: 'rails: sums are read while news are left out of them',
    file: SUMS,
    find: 'if (orders === limit || entries === limit) return undefined;',
    replace: '',
    tests: KEPT,
  },
  {
    name: 'rails: what was lately seen is added to the sums as known',
    file: SUMS,
    find: 'JOIN provider_movement m USING (account, id) WHERE m.read_at <= :known LIMIT :limit)',
    replace: 'JOIN provider_movement m USING (account, id) WHERE m.read_at <= :known OR true LIMIT :limit)',
    tests: ROUNDS,
  },
  {
    name: 'rails: an account has what was paid on another',
    file: MOVEMENTS,
    find: 'JOIN order_checkout c ON c.account = :account AND c.mode = :mode AND c.order_id',
    replace: 'JOIN order_checkout c ON c.mode = :mode AND c.order_id',
    tests: ROUNDS,
  },
  {
    name: 'rails: bills of the provider count as money back',
    file: 'src/payments/stripe/balance.ts',
    find: 'BILLS.has(type) || ',
    replace: '',
    tests: ROUNDS,
  },
  {
    name: 'rails: parked money is not due',
    file: 'src/db/billing/provider-facts.ts',
    find: 'parkedMinor: means.parked && ',
    replace: 'parkedMinor: !means.parked && means.paid && ',
    tests: ROUNDS,
  },
  {
    name: 'rails: what is held of a credit that returned is not due',
    file: SUMS,
    find: 'ELSE greatest(kept - decided, 0) END AS parked',
    replace: 'ELSE least(kept - decided, 0) END AS parked',
    tests: ROUNDS,
  },
  {
    name: 'rails: crediting goes on while a rail is frozen',
    file: 'src/db/billing/movements.ts',
    find: '!isFrozen || !GAINS.has(kind)',
    replace: '!isFrozen || kind.length > 0',
    tests: [...ROUNDS, ...CALLS],
  },
  {
    name: 'rails: nothing is taken back while a rail is frozen',
    file: 'src/db/billing/movements.ts',
    find: '!isFrozen || !GAINS.has(kind)',
    replace: '!isFrozen && kind.length > 0',
    tests: ROUNDS,
  },
  {
    name: 'rails: what waited is not settled again after a release',
    file: RAILS,
    find: "WHERE state = 'parked' AND account = :account AND reason = :reason",
    replace: "WHERE state = 'foreign' AND account = :account AND reason = :reason",
    tests: ROUNDS,
  },
  {
    name: 'rails: an order that a crash left paid stays without its credit',
    file: RAILS,
    find: "WHERE o.channel = 'card' AND o.state = 'paid'",
    replace: "WHERE o.channel = 'card' AND o.state = 'created'",
    tests: ROUNDS,
  },
  {
    name: 'rails: two processes conclude at once',
    file: 'src/payments/solvency.ts',
    find: 'const { isNew, alarms } = await withLease(db, lease, async (trx) => {',
    replace: 'const { isNew, alarms } = await db.transaction(async (trx) => {',
    tests: ROUNDS,
  },
  {
    name: 'rails: a frozen rail is no event',
    file: RAILS,
    find: "await recordEvents(trx, eventsOfRail('rail.frozen'",
    replace: "void (trx, eventsOfRail('rail.frozen'",
    tests: [...ROUNDS, ...CALLS],
  },
  {
    name: 'rails: anyone reads which orgs have frozen rails',
    file: 'src/http/service/health.ts',
    find: 'readAccountName(account)?.org === null',
    replace: 'readAccountName(account) !== null',
    tests: CALLS,
  },
  {
    name: 'rails: an account that cannot be read holds up the others',
    file: 'src/payments/solvency.ts',
    find: "return 'its balance cannot be read';",
    replace: 'throw error;',
    tests: ROUNDS,
  },
  {
    name: 'rails: an order that cannot be credited holds up the others',
    file: 'src/payments/solvency.ts',
    find: "options.log.error({ err: error, order }, 'an order that is paid cannot be credited; trying again');",
    replace: 'throw error;',
    tests: ROUNDS,
  },
  {
    name: 'rails: credit that was warned of before a crash can be spent',
    file: 'src/payments/solvency.ts',
    find: 'await syncFreeze(options.db, order, new Date(options.clock.nowMs()));',
    replace: '',
    tests: ROUNDS,
  },
];
