/** Defences of refunds that name the charge which they give back. */
import type { Mutant } from '../mutant.ts';

const RULE = ['src/core/refunds/refund.test.ts'];
const LEDGER = ['test/ledger/refunds.test.ts'];
const CALLS = ['test/contract/refunds.test.ts'];

export const CHARGE_REFUND_MUTANTS: readonly Mutant[] = [
  {
    name: 'refunds of charges: give back more than the charge took',
    file: 'src/core/refunds/refund.ts',
    find: 'if (amountMicros > left) throw',
    replace: 'if (amountMicros > found.tookMicros) throw',
    tests: RULE,
  },
  {
    name: 'refunds of charges: two in one batch do not know of each other',
    file: 'src/core/refunds/refund.ts',
    find: 'if (!this.#charges.has(charge)) this.#charges.set(charge, read);',
    replace: 'this.#charges.set(charge, read);',
    tests: RULE,
  },
  {
    name: 'refunds of charges: a deposit may be refunded',
    file: 'src/core/refunds/refund.ts',
    find: 'found.service === null || ',
    replace: '',
    tests: RULE,
  },
  {
    name: 'refunds of charges: the revenue of another service falls',
    file: 'src/core/refunds/refund.ts',
    find: 'if (service !== undefined && service !== found.service) {',
    replace: 'if (service === null) {',
    tests: RULE,
  },
  {
    name: 'refunds of charges: what is given back is not free in its budget',
    file: 'src/core/ledger/decide.ts',
    find: 'return posting.refunds.get(command.refundOf).marks;',
    replace: 'return NO_MARKS;',
    tests: RULE,
  },
  {
    name: 'refunds of charges: other refunds do not count',
    file: 'src/db/refunds/charges.ts',
    find: 'r.wallet = f.wallet AND r.refund_of = f.seq\n',
    replace: 'r.wallet = f.wallet AND r.refund_of = f.seq AND false\n',
    tests: LEDGER,
  },
  {
    name: 'refunds of charges: a later refund counts when an earlier one is explained',
    file: 'src/db/refunds/charges.ts',
    find: 'r.seq < ${before}',
    replace: 'r.seq > 0',
    tests: LEDGER,
  },
  {
    name: 'refunds of charges: an audit does not add them up',
    file: 'src/db/refunds/charges.ts',
    find: ' OR r.refunded > c.took ',
    replace: ' ',
    tests: LEDGER,
  },
  {
    name: 'refunds of charges: the hash does not cover which charge it is',
    file: 'src/core/ledger/entry.ts',
    find: "    text.later('refund_of', refundOf === null ? null : String(refundOf));\n",
    replace: '',
    tests: ['src/core/ledger/entry.test.ts'],
  },
  {
    name: 'refunds of charges: an audit accepts another entry that names a charge',
    file: 'src/core/ledger/verify.ts',
    find: "entry.type === 'REFUND' && refundOf !== null && refundOf < seq",
    replace: 'refundOf !== null && refundOf < seq',
    tests: RULE,
  },
  {
    name: 'refunds of charges: a grant names a charge',
    file: 'src/core/ledger/bookings.ts',
    find: "if (refundOf !== undefined && type !== 'REFUND') {",
    replace: "if (refundOf !== undefined && type === 'CHARGE') {",
    tests: ['src/core/ledger/bookings.test.ts'],
  },
  {
    name: 'refunds of charges: the second person books a refund of nothing',
    file: 'src/db/approvals/bookings.ts',
    find: '    refundOf: approval.refundOf ?? undefined,\n',
    replace: '',
    tests: CALLS,
  },
  {
    name: 'refunds of charges: the same key gives back another charge',
    file: 'src/http/admin/entries.ts',
    find: '      refundOf: refundOf === undefined ? undefined : String(refundOf),\n',
    replace: '',
    tests: CALLS,
  },
  {
    name: 'explain: does not say that a restriction refused',
    file: 'src/core/explain/changes.ts',
    find: "    changes.push({ of: 'restricted' });\n",
    replace: '',
    tests: ['src/core/explain/changes.test.ts'],
  },
];
