/** Defences of every call that moves money: keys, bodies, batches, the content of lists. */
import type { Mutant } from './mutant.ts';

export const CALL_MUTANTS: readonly Mutant[] = [
  {
    name: 'idempotency: the hash leaves out the fields',
    file: 'src/http/endpoint/idempotency.ts',
    find: 'return inputHash(JSON.stringify([operation, owner, fields]));',
    replace: 'return inputHash(JSON.stringify([operation, owner]));',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'idempotency: a replay does not say so',
    file: 'src/http/money/command.ts',
    find: `...(replayed ? { [REPLAYED_HEADER]: 'true' } : {})`,
    replace: '...(replayed ? {} : {})',
    tests: ['test/http/idempotency.test.ts'],
  },
  {
    name: 'input: a name may come twice in a body',
    file: 'src/http/endpoint/json.ts',
    find: `if (twice !== undefined) throw invalid(twice, 'is given more than once');`,
    replace: '',
    tests: ['test/http/input.test.ts'],
  },
  {
    name: 'input: a name may come twice in a query',
    file: 'src/http/endpoint/validate.ts',
    find: 'if (twice.size > 0) return',
    replace: 'if (twice.size > 1_000) return',
    tests: ['test/http/input.test.ts'],
  },
  {
    name: 'input: control characters reach the database',
    file: 'src/http/endpoint/validate.ts',
    find: '!CONTROL_CHARACTER.test(value)',
    replace: 'true',
    tests: ['test/http/input.test.ts'],
  },
  {
    name: 'calls: what was done under a key is refused by settings of today',
    file: 'src/http/money/command.ts',
    find: 'if (barred && !(await isKeyUsed(db, wallet, key))) throw barred;',
    replace: 'if (barred) throw barred;',
    tests: ['test/http/replay.test.ts'],
  },
  {
    name: 'calls: a key for a whole batch is passed over',
    file: 'src/http/treasury/batch.ts',
    find: 'if (idempotencyKey !== undefined) {',
    replace: 'if (idempotencyKey === null) {',
    tests: ['test/http/batch.test.ts'],
  },
  {
    name: 'calls: a command of a batch needs no key',
    file: 'src/http/treasury/batch.ts',
    find: 'if (key === undefined || !read) {',
    replace: 'if (!read) {',
    tests: ['test/http/batch.test.ts'],
  },
  {
    name: 'calls: a text in CSV may be a formula',
    file: 'src/http/money/ledger-csv.ts',
    find: 'FREE_TEXT.has(column) && FORMULA_START.test(text)',
    replace: 'FREE_TEXT.has(column) && false',
    tests: ['test/http/ledger-csv.test.ts'],
  },
  {
    name: 'calls: a number in CSV becomes text',
    file: 'src/http/money/ledger-csv.ts',
    find: 'FREE_TEXT.has(column) && FORMULA_START.test(text)',
    replace: 'FORMULA_START.test(text)',
    tests: ['test/http/ledger-csv.test.ts'],
  },
  {
    name: 'calls: a grant may end in the past',
    file: 'src/http/admin/entries.ts',
    find: 'expiresAtMs <= nowMs',
    replace: 'expiresAtMs <= 0',
    tests: ['test/access/admin.test.ts'],
  },
  {
    name: "calls: a user's money is taken from an org's wallet",
    file: 'src/http/money/payer.ts',
    find: "const owner = { kind: 'user', id } as const;",
    replace: "const owner = { kind: 'org', id } as const;",
    tests: ['src/http/money/command.test.ts'],
  },
];
