/** Defences of users' wallets, and of what users are given. */
import type { Mutant } from '../mutant.ts';

const WALLS = ['test/access/users.test.ts'];
const WALLET = ['test/contract/wallet.test.ts'];
const GIFTS = ['test/contract/gifts.test.ts'];
const OPERATORS = ['test/contract/users-admin.test.ts'];
const CHECK_IN = ['src/core/credits/check-in.test.ts'];
const AT_ONCE = ['test/credits/at-once.test.ts'];
const COUPON = ['src/core/credits/coupon.test.ts'];

export const USER_MUTANTS: readonly Mutant[] = [
  {
    name: "users: a user's order credits an org's wallet",
    file: 'src/core/billing/order.ts',
    find: "return user === null ? walletId({ kind: 'org', id: org }) : walletId({ kind: 'user', id: user });",
    replace: "return walletId({ kind: 'org', id: user ?? org });",
    tests: WALLET,
  },
  {
    name: 'users: orders of a user wait for no other order of the same user',
    file: 'src/db/billing/checkouts.ts',
    find: "const payer = user === undefined ? 'org WHERE id' : 'wallet_user WHERE wallet';",
    replace: "const payer = user === undefined ? 'org WHERE id' : 'nothing WHERE wallet';",
    tests: WALLS,
  },
  {
    name: 'users: a key of an org acts for users',
    file: 'src/http/access/caller.ts',
    find: "if (caller.org !== null) throw new Refusal('FORBIDDEN', 'a key that is bound",
    replace: "if (caller.keyId === '') throw new Refusal('FORBIDDEN', 'a key that is bound",
    tests: WALLET,
  },
  {
    name: 'users: a person names whose wallet is shown',
    file: 'src/http/wallet/balance.ts',
    find: "if (caller.type === 'user') return caller.user;",
    replace: "if (caller.type === 'user') return named ?? caller.user;",
    tests: WALLET,
  },
  {
    name: 'users: a suspended user spends',
    file: 'src/http/money/payer.ts',
    find: 'suspended: (user?.suspendedAt ?? null) !== null',
    replace: 'suspended: user === null',
    tests: WALLET,
  },
  {
    name: 'wallet: an error of a deduct does not say that it is not allowed',
    file: 'src/http/wallet/surface.ts',
    find: '...WALLET.problemMembers(detail), allowed: false',
    replace: '...WALLET.problemMembers(detail)',
    tests: WALLET,
  },
  {
    name: 'wallet: two names of one field may differ',
    file: 'src/http/wallet/synonyms.ts',
    find: 'if (differing === undefined) return body[first];',
    replace: 'if (differing !== null) return body[first];',
    tests: WALLET,
  },
  {
    name: 'wallet: a number that is written in two ways is two values',
    file: 'src/http/wallet/synonyms.ts',
    find: 'return `${parseDecimal(value.source, PLACES)} millionths`;',
    replace: 'return value.source;',
    tests: ['test/clients/wallet.test.ts'],
  },
  {
    name: 'wallet: a key in its header counts beside another credential',
    file: 'src/http/wallet/caller.ts',
    find: 'keys.length > 1 || guard.names(request)',
    replace: 'keys.length > 1',
    tests: WALLET,
  },
  {
    name: 'wallet: a key in its header counts beside the cookie of a session',
    file: 'src/http/wallet/caller.ts',
    find: 'keys.length > 1 || guard.names(request)',
    replace: 'keys.length > 1 || request.headers.authorization !== undefined',
    tests: WALLET,
  },
  {
    name: 'check-in: the file gives away what a second person has to approve',
    file: 'src/config/file.ts',
    find: 'weightOfRules(checkin, creditMicros) <= limitMicros',
    replace: 'weightOfRules(checkin, creditMicros) > 0n',
    tests: ['src/config/config.test.ts'],
  },
  {
    name: 'check-in: the file takes the place of what an operator set',
    file: 'src/db/credits/check-ins.ts',
    find: "(await findRow(db, rulesOf, 'SELECT * FROM checkin_config')) ?? configured",
    replace: 'configured',
    tests: ['test/credits/configured.test.ts'],
  },
  {
    name: 'wallet: a webhook that nothing of ours signed is accepted',
    file: 'src/http/providers/webhooks.ts',
    find: "taken === 'unverified' || (taken === 'foreign' && (only === 'signed' || !isObject(body)))",
    replace: "taken === 'unverified'",
    tests: WALLET,
  },
  {
    name: 'credits: what is shown of movements does not sum to the balance',
    file: 'src/core/credits/unit.ts',
    find: 'return micros < 0n && micros % creditMicros !== 0n ? whole - 1n : whole;',
    replace: 'return whole;',
    tests: ['src/core/credits/unit.test.ts'],
  },
  {
    name: 'check-in: a date is given twice',
    file: 'src/core/credits/check-in.ts',
    find: 'if (last !== undefined && day <= last.day) {',
    replace: 'if (last !== undefined && day < last.day) {',
    tests: CHECK_IN,
  },
  {
    name: 'check-in: an earlier date is given after a change of the zone',
    file: 'src/core/credits/check-in.ts',
    find: 'if (last !== undefined && day <= last.day) {',
    replace: 'if (last !== undefined && day === last.day) {',
    tests: CHECK_IN,
  },
  {
    name: 'check-in: the claim is not asked for',
    file: 'src/core/credits/check-in.ts',
    find: 'if (requireClaim !== null && !trueClaims.has(requireClaim)) {',
    replace: 'if (requireClaim !== null && trueClaims.has(requireClaim)) {',
    tests: CHECK_IN,
  },
  {
    name: 'coupons: the limit in total does not count',
    file: 'src/core/credits/coupon.ts',
    find: "if (limitTotal !== null && use.used >= limitTotal) return 'used_up';",
    replace: "if (limitTotal !== null && use.used > limitTotal) return 'used_up';",
    tests: COUPON,
  },
  {
    name: 'coupons: the limit of a user does not count',
    file: 'src/core/credits/coupon.ts',
    find: "if (use.usedByUser >= limitPerUser) return 'used_by_you';",
    replace: "if (use.usedByUser > limitPerUser) return 'used_by_you';",
    tests: COUPON,
  },
  {
    name: 'coupons: two who redeem at once do not wait for each other',
    file: 'src/db/credits/coupons.ts',
    find: 'FROM coupon WHERE code = ? FOR UPDATE`',
    replace: 'FROM coupon WHERE code = ?`',
    tests: AT_ONCE,
  },
  {
    name: 'coupons: failures are not counted',
    file: 'src/db/credits/coupons.ts',
    find: 'await checkFailures(trx, wallet, at);',
    replace: '',
    tests: GIFTS,
  },
  {
    name: 'coupons: codes are guessed by dry runs for nothing',
    file: 'src/db/credits/coupons.ts',
    find: 'await storeFailure(trx, wallet, at);',
    replace: 'if (!dryRun) await storeFailure(trx, wallet, at);',
    tests: GIFTS,
  },
  {
    name: 'gifts: what was decided is lost with the process',
    file: 'src/jobs/unwritten.ts',
    find: 'list: async (limit) => listUnwrittenGrants(db, limit),',
    replace: 'list: async (limit) => listUnwrittenGrants(db, 0 * limit),',
    tests: GIFTS,
  },
  {
    name: 'gifts: the same key gives twice',
    file: 'src/db/credits/grants.ts',
    find: 'if (known === undefined || known.hash === request.hash) return known?.grant;',
    replace: 'if (known === undefined || known.hash === request.hash) return undefined;',
    tests: GIFTS,
  },
  {
    name: 'credits by hand: what is taken leaves a debt',
    file: 'src/http/credits/admin.ts',
    find: "booked.op === 'debit' ? { ...booked, mayOwe: false } : booked",
    replace: 'booked',
    tests: OPERATORS,
  },
  {
    name: 'coupons: one without a limit needs no second person',
    file: 'src/core/credits/coupon.ts',
    find: "return limitTotal === null ? 'unbounded' : credits",
    replace: 'return limitTotal === null ? 0n : credits',
    tests: COUPON,
  },
];
