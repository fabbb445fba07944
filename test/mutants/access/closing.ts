import type { Mutant } from '../mutant.ts';

const ACCESS = ['test/access/closing.test.ts'];
const DEPOSITS = ['test/deposits/closed-orgs.test.ts'];
const PAYMENTS = ['test/billing/closed-orgs.test.ts'];

/** Defences of closed orgs: what stops, and what is set aside. */
export const CLOSING_MUTANTS: readonly Mutant[] = [
  {
    name: 'closing: a closed org is not suspended',
    file: 'src/db/closing/orgs.ts',
    find: 'if (org.suspendedAt === null) await suspendOrg(trx, target, true, reason);',
    replace: '',
    tests: ACCESS,
  },
  {
    name: 'closing: keys of a closed org go on',
    file: 'src/db/closing/orgs.ts',
    find: 'const revokedKeys = await revokeKeysOf(trx, id, at);',
    replace: 'const revokedKeys: readonly string[] = [];',
    tests: ACCESS,
  },
  {
    name: 'closing: keys of every org are revoked',
    file: 'src/db/access/api-keys.ts',
    find: 'WHERE org = ? AND revoked_at IS NULL RETURNING id',
    replace: 'WHERE org IS NOT NULL AND ?::uuid IS NOT NULL AND revoked_at IS NULL RETURNING id',
    tests: ACCESS,
  },
  {
    name: 'closing: a closed org gets a key',
    file: 'src/db/access/api-keys.ts',
    find: 'WHERE NOT EXISTS (SELECT FROM home WHERE closed_at IS NOT NULL)',
    replace: 'WHERE true',
    tests: ACCESS,
  },
  {
    name: 'closing: auto-refill of a closed org stays on',
    file: 'src/db/closing/orgs.ts',
    find: "await stopRefill(trx, id, { reason: 'org_closed', at });",
    replace: '',
    tests: PAYMENTS,
  },
  {
    name: 'closing: the settings of a closed org are changed',
    file: 'src/http/endpoint/endpoint.ts',
    find: 'requireOpen(org, specification);',
    replace: '',
    tests: ACCESS,
  },
  {
    name: 'closing: a closed org cannot be read',
    file: 'src/http/endpoint/endpoint.ts',
    find: "call.method === 'GET' || call.readsOnly === true || call.servesClosed === true",
    replace: 'call.servesClosed === true',
    tests: ACCESS,
  },
  {
    name: 'closing: a closed org is resumed',
    file: 'src/db/access/orgs.ts',
    find: 'if (change.suspended === false && before.closedAt !== null) throw stillClosed();',
    replace: '',
    tests: ACCESS,
  },
  {
    name: 'closing: a deposit of a closed org is matched to it',
    file: 'src/core/senders/match.ts',
    find: "return 'org' in match && closed.has(match.org) ? { unmatched: 'org_closed' } : match;",
    replace: 'return match;',
    tests: ['src/core/senders/match.test.ts'],
  },
  {
    name: 'closing: a deposit is credited although its org was closed meanwhile',
    file: 'src/db/deposits/credits.ts',
    find: 'const open = meant.filter(({ org }) => !closed.has(org));',
    replace: 'const open = meant.filter(({ org }) => !closed.has(org) || org.length > 0);',
    tests: DEPOSITS,
  },
  {
    name: 'closing: who decides a credit does not wait for a closing',
    file: 'src/db/access/orgs.ts',
    find: 'ORDER BY id FOR KEY SHARE',
    replace: 'ORDER BY id',
    tests: PAYMENTS,
  },
  {
    name: 'closing: what waited at an address of a reopened org is forgotten',
    file: 'src/db/deposits/pending.ts',
    find: "d.reason = 'org_closed' AND EXISTS",
    replace: "d.reason = 'none' AND EXISTS",
    tests: DEPOSITS,
  },
  {
    name: 'closing: an operator assigns a deposit to a closed org',
    file: 'src/db/deposits/acts.ts',
    find: 'if ((await holdClosedOrgs(trx, [org])).has(org)) {',
    replace: 'if (org.length === 0) {',
    tests: DEPOSITS,
  },
  {
    name: 'closing: a claim takes what belongs to a closed org',
    file: 'src/core/deposits/acts.ts',
    find: "if (by === 'claim' && reason === 'org_closed') {",
    replace: "if (by === 'claim' && reason === 'none') {",
    tests: ['src/core/deposits/acts.test.ts'],
  },
  {
    name: 'closing: a payment to a closed org is credited',
    file: 'src/payments/settle.ts',
    find: "return closed.has(org) ? { state: 'parked', reason: 'org_closed' } : verdict;",
    replace: 'return verdict;',
    tests: PAYMENTS,
  },
];
