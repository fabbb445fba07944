import type { Mutant } from './mutant.ts';

const CHANGES = ['test/access/changes.test.ts'];
const MINT_LIMITS = ['test/access/mint-limits.test.ts'];

/** Defences of what waits for a second person: changes, and what is above the limit of a key. */
export const APPROVAL_MUTANTS: readonly Mutant[] = [
  {
    name: 'changes: what nothing bounds needs no second person',
    file: 'src/core/access/approvals.ts',
    find: "return weight === 'unbounded' || (",
    replace: "return weight !== 'unbounded' && (",
    tests: CHANGES,
  },
  {
    name: 'changes: a ceiling is raised by one person',
    file: 'src/db/approvals/org-settings.ts',
    find: "? 'unbounded' : 0n",
    replace: '? 1n : 0n',
    tests: CHANGES,
  },
  {
    name: 'changes: a price is added by one person',
    file: 'src/db/approvals/price.ts',
    find: "return 'unbounded';",
    replace: 'return 0n;',
    tests: CHANGES,
  },
  {
    name: 'changes: the free tier counts as nothing',
    file: 'src/db/approvals/free-tier.ts',
    find: 'weigh: async (_trx, { amountMicros }) => amountMicros,',
    replace: 'weigh: async (_trx, { amountMicros }) => amountMicros / 1000n,',
    tests: CHANGES,
  },
  {
    name: 'changes: decided without a lock',
    file: 'src/db/approvals/changes.ts',
    find: "lock ? 'FOR UPDATE' : ''",
    replace: "lock ? '' : ''",
    tests: CHANGES,
  },
  {
    name: 'changes: what is refused when it is carried out counts as approved',
    file: 'src/db/approvals/carry-out.ts',
    find: "const decision = refusal === null ? verdict : 'failed';",
    replace: 'const decision = verdict;',
    tests: CHANGES,
  },
  {
    name: 'changes: a price is not judged again',
    file: 'src/db/approvals/price.ts',
    find: 'const problem = findTimeProblem(times, nowMs);',
    replace: 'const problem = findTimeProblem(times, times.fromMs);',
    tests: CHANGES,
  },
  {
    name: 'changes: a key asks for several',
    file: 'src/db/approvals/changes.ts',
    find: 'if (known === undefined || known.inputHash === inputHash) return known;',
    replace: 'if (known !== undefined || inputHash !== null) return known;',
    tests: CHANGES,
  },
  {
    name: 'changes: a repeated call is carried out again',
    file: 'src/db/approvals/carry-out.ts',
    find: 'if (known) return replayOf(known);',
    replace: "if (known) await trx.raw('DELETE FROM change_approval WHERE id = ?', [known.id]);",
    tests: CHANGES,
  },
  {
    name: 'changes: secrets wait for a second person',
    file: 'src/http/org-billing/settings.ts',
    find: 'if (given.length > 1 && needsApproval(',
    replace: 'if (given.length > 9 && needsApproval(',
    tests: CHANGES,
  },
  {
    name: 'changes: the table takes a decision of who asked',
    file: 'migrations/0042_changes_that_wait.ts',
    find: "CHECK (NOT asked OR decided_by IS NULL OR state = 'rejected' OR decided_by <> ALL (hands))",
    replace: 'CHECK (true)',
    tests: CHANGES,
  },
  {
    name: 'mint limits: a key has none',
    file: 'src/core/access/approvals.ts',
    find: 'if (other === null) return one;',
    replace: 'if (other !== one) return one;',
    tests: MINT_LIMITS,
  },
  {
    name: 'mint limits: the higher of two counts',
    file: 'src/core/access/approvals.ts',
    find: 'return one === undefined || other < one ? other : one;',
    replace: 'return one === undefined || other > one ? other : one;',
    tests: MINT_LIMITS,
  },
  {
    name: 'mint limits: bookings do not know the limit of a key',
    file: 'src/http/money/second-person.ts',
    find: 'needsApproval(request.amountMicros, mintLimitOf(caller, limitMicros))',
    replace: 'needsApproval(request.amountMicros, limitMicros)',
    tests: MINT_LIMITS,
  },
  {
    name: 'mint limits: changes do not know the limit of a key',
    file: 'src/http/money/changes.ts',
    find: 'limitMicros: mintLimitOf(caller, limitMicros),',
    replace: 'limitMicros,',
    tests: MINT_LIMITS,
  },
  {
    name: 'mint limits: a key approves what is above its own',
    file: 'src/core/access/approvals.ts',
    find: "if (verdict === 'approved' && needsApproval(terms.weight, limitMicros)) return 'above';",
    replace: '',
    tests: MINT_LIMITS,
  },
  {
    name: 'mint limits: a key makes one without',
    file: 'src/http/admin/keys.ts',
    find: 'checkWithin(ownMicros, wantedMicros ?? ownMicros ?? null);\n  return lowerLimit(wantedMicros, ownMicros ?? null) ?? null;',
    replace: 'return wantedMicros ?? (ownMicros === 0n ? null : null);',
    tests: MINT_LIMITS,
  },
  {
    name: 'mint limits: a key renews one without',
    file: 'src/http/admin/keys.ts',
    find: "if (old.kind !== 'org') checkWithin(ownLimitOf(caller), old.mintLimitMicros);",
    replace: 'void old;',
    tests: MINT_LIMITS,
  },
];
