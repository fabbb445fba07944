import type { Mutant } from './mutant.ts';

const RULE = ['src/core/ledger/restricted.test.ts'];
const STORED = ['test/ledger/restricted.test.ts'];
const CALLS = ['test/contract/lots.test.ts'];
const ENDING = ['test/events/expiring.test.ts'];

/** Defences of credit that is for some things alone, and of what is said of credit that ends. */
export const LOT_MUTANTS: readonly Mutant[] = [
  {
    name: 'lots: what is taken by hand without a debt leaves restricted credit',
    file: 'src/core/ledger/decide.ts',
    find: 'const takesBack = DEBT_TYPES.has(command.type);',
    replace: 'const takesBack = mayOwe;',
    tests: ['src/core/ledger/restricted.test.ts'],
  },
  {
    name: 'restricted credit: pays for everything',
    file: 'src/core/ledger/draws.ts',
    find: ' || !mayPayFor(terms.restrictedTo, spends)',
    replace: '',
    tests: RULE,
  },
  {
    name: 'restricted credit: what is for other things counts as enough',
    file: 'src/core/ledger/checks.ts',
    find: 'if (restricted === 0n || amountMicros <= spendable) return;',
    replace: 'if (restricted >= 0n || amountMicros <= spendable) return;',
    tests: RULE,
  },
  {
    name: 'restricted credit: is not spent before other credit',
    file: 'src/core/ledger/head.ts',
    find: '(b.terms.restrictedTo ? 1 : 0) - (a.terms.restrictedTo ? 1 : 0) ||',
    replace: '',
    tests: RULE,
  },
  {
    name: 'restricted credit: becomes one with credit for something else',
    file: 'src/core/ledger/head.ts',
    find: 'isSameRestriction(a.restrictedTo, b.restrictedTo) &&',
    replace: '',
    tests: RULE,
  },
  {
    name: 'restricted credit: one name of two is enough',
    file: 'src/core/lots/restriction.ts',
    find: '(allows(restriction.services, service) && allows(restriction.actions, action))',
    replace: '(allows(restriction.services, service) || allows(restriction.actions, action))',
    tests: ['src/core/lots/restriction.test.ts'],
  },
  {
    name: 'restricted credit: no entry says what its lot is for',
    file: 'src/core/ledger/decide.ts',
    find: 'return restrictedTo ? formatRestriction(restrictedTo) : null;',
    replace: 'return restrictedTo && formatRestriction(restrictedTo) === undefined ? "" : null;',
    tests: STORED,
  },
  {
    name: 'restricted credit: the hash does not cover what a lot is for',
    file: 'src/core/ledger/entry.ts',
    find: "    text.later('restricted_to', restrictedTo);\n",
    replace: '',
    tests: ['src/core/ledger/entry.test.ts'],
  },
  {
    name: 'restricted credit: an audit does not look at what a lot paid for',
    file: 'src/core/ledger/verify.ts',
    find: 'demand(seq, mayPayFor(terms.restrictedTo, use), `spends from lot ${lot}, which is for other things`);',
    replace: '',
    tests: RULE,
  },
  {
    name: 'restricted credit: an audit thinks that everything may be spent on everything',
    file: 'src/core/ledger/verify.ts',
    find: '!this.everFrozen.has(open.lot) && mayPayFor(open.terms.restrictedTo, use)',
    replace: '!this.everFrozen.has(open.lot)',
    tests: RULE,
  },
  {
    name: 'restricted credit: the lot without an amount is the first of all',
    file: 'src/core/ledger/head.ts',
    find: 'lots.find(({ terms }) => terms.restrictedTo === undefined) ?? lots[0]',
    replace: 'lots[0]',
    tests: STORED,
  },
  {
    name: 'restricted credit: a head that is read again has forgotten what its lots are for',
    file: 'src/db/ledger/heads.ts',
    find: '...(restrictedTo === null ? {} : { restrictedTo: parseRestriction(restrictedTo) }),',
    replace: '...(restrictedTo === null || parseRestriction(restrictedTo) !== undefined ? {} : {}),',
    tests: STORED,
  },
  {
    name: 'restricted credit: a hold forgets its action',
    file: 'src/core/ledger/hold-life.ts',
    find: 'return { service, action };',
    replace: 'return { service, action: action === null ? null : null };',
    tests: CALLS,
  },
  {
    name: 'restricted credit: what was approved may pay for everything',
    file: 'src/db/approvals/bookings.ts',
    find: 'restrictedTo: approval.restrictedTo ?? undefined,',
    replace: '',
    tests: CALLS,
  },
  {
    name: 'restricted credit: the same key serves another restriction',
    file: 'src/http/admin/entries.ts',
    find: 'restrictedTo: restrictedTo && formatRestriction(restrictedTo),',
    replace: 'restrictedTo: restrictedTo && formatRestriction(restrictedTo) === undefined ? "" : undefined,',
    tests: CALLS,
  },
  {
    name: 'restricted credit: a coupon gives credit for everything',
    file: 'src/db/credits/grants.ts',
    find: 'restrictedTo: restrictedTo ?? undefined };',
    replace: 'restrictedTo: restrictedTo === undefined ? undefined : undefined };',
    tests: CALLS,
  },
  {
    name: 'restricted credit: the check of a balance counts what is for other things',
    file: 'src/http/treasury/check-balance.ts',
    find: 'spendable >= amountUsd',
    replace: 'available - frozen >= amountUsd',
    tests: CALLS,
  },
  {
    name: 'restricted credit: anything that is booked can be restricted',
    file: 'src/core/ledger/bookings.ts',
    find: 'if (restrictedTo !== undefined && rule.terms?.promotional !== true) {',
    replace: 'if (restrictedTo !== undefined && rule.terms === undefined) {',
    tests: CALLS,
  },
  {
    name: 'ending credit: is announced again whenever something of it was spent',
    file: 'src/core/events/expiring.ts',
    find: 'eventId(kind, wallet, day, noticeDays)',
    replace: 'eventId(kind, wallet, day, noticeDays, data.amountUsd, atMs)',
    tests: ENDING,
  },
  {
    name: 'ending credit: every round reads it from the beginning',
    file: 'src/db/lots/expiry-notices.ts',
    find: ' AND (o.expires_at, o.wallet, o.lot) > (:endsAt::timestamptz, :wallet::uuid, :lot::bigint)',
    replace: ' AND (:endsAt::timestamptz, :wallet::uuid, :lot::bigint) IS NOT NULL',
    tests: ENDING,
  },
  {
    name: 'ending credit: an org hears of it whenever anybody does',
    file: 'src/core/events/expiring.ts',
    find: 'return (own ?? LEAD_DAYS).includes(noticeDays);',
    replace: 'return own !== null || LEAD_DAYS.includes(noticeDays);',
    tests: ENDING,
  },
  {
    name: 'ending credit: each lot is announced by itself',
    file: 'src/core/lots/ending.ts',
    find: '[left, firstMs] = [left + lot.left, Math.min(firstMs, expiresAtMs)];',
    replace: '[left, firstMs] = [lot.left, expiresAtMs];',
    tests: ['src/core/lots/ending.test.ts'],
  },
];
