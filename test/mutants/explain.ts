/** Defences of what explains decisions, and of what says what happened to users' wallets. */
import type { Mutant } from './mutant.ts';

const CALL = ['test/contract/explain.test.ts'];
const RULE = ['test/ledger/explain.test.ts'];

export const EXPLAIN_MUTANTS: readonly Mutant[] = [
  {
    name: 'explain: an entry of another org is explained',
    file: 'src/http/endpoint/path-ids.ts',
    find: 'parsed?.wallet === wallet ? findCount(parsed.seq) : undefined',
    replace: 'parsed ? findCount(parsed.seq) : undefined',
    tests: CALL,
  },
  {
    name: 'explain: a refused command is found in every org',
    file: 'src/db/explain/refusals.ts',
    find: 'WHERE (:org::uuid IS NULL OR org = :org::uuid)',
    replace: 'WHERE (true OR org = :org::uuid)',
    tests: CALL,
  },
  {
    name: 'explain: what callers wrote is kept with a refused command',
    file: 'src/core/explain/kept-command.ts',
    find: "const bare = 'notes' in rest ? { ...rest, notes: idsOf(rest.notes) } : rest;",
    replace: 'const bare = rest;',
    tests: ['src/core/explain/kept-refusal.test.ts'],
  },
  {
    name: 'explain: an erased user is found in refused commands',
    file: 'src/http/admin/users.ts',
    find: 'await forgetRefusalsOf(db, user);',
    replace: '',
    tests: CALL,
  },
  {
    name: 'explain: refused commands are kept for ever',
    file: 'src/db/explain/refusals.ts',
    find: 'AND request_id = :requestId AND at >= :since',
    replace: "AND request_id = :requestId AND at >= :since::timestamptz - interval '90 days'",
    tests: CALL,
  },
  {
    name: 'explain: any number of refused commands is kept',
    file: 'src/http/money/refusals.ts',
    find: 'if (second.all >= A_SECOND || own >= OF_ORG_A_SECOND) return false;',
    replace: '',
    tests: CALL,
  },
  {
    name: 'explain: a refusal by a budget is judged by what the budget is today',
    file: 'src/db/explain/explain.ts',
    find: 'if (budget === null || isRefusedSo(situation, kept)) return situation;',
    replace: 'if (budget === null || budget.id !== null) return situation;',
    tests: CALL,
  },
  {
    name: 'explain: a dry run is kept as refused',
    file: 'src/http/money/dry-run.ts',
    find: 'writer: preview, asked: undefined }',
    replace: 'writer: preview }',
    tests: CALL,
  },
  {
    name: 'explain: a refusal is judged on the wallet of today',
    file: 'src/db/explain/explain.ts',
    find: 'const which = { wallet, beforeSeq: lastSeq + 1,',
    replace: 'const which = { wallet, beforeSeq: lastSeq + 2,',
    tests: CALL,
  },
  {
    name: 'explain: a decision counts as reproduced whatever the rule wrote',
    file: 'src/core/explain/judge.ts',
    find: 'one.lotLeft === other.lotLeft &&',
    replace: '',
    tests: ['src/core/explain/changes.test.ts'],
  },
  {
    name: 'explain: lots that do not add up count as known',
    file: 'src/core/explain/lots-then.ts',
    find: 'return { lots: [...named, { lot: 0, left: rest, terms: UNKNOWN_TERMS }], isComplete: false };',
    replace: 'return { lots: [...named, { lot: 0, left: rest, terms: UNKNOWN_TERMS }], isComplete: true };',
    tests: ['src/core/explain/lots-then.test.ts'],
  },
  {
    name: 'explain: a deposit that nothing was spent from is looked for in the whole history',
    file: 'src/core/explain/lots-then.ts',
    find: 'if (sumOf(all) === due) return { lots: all, isComplete: true };',
    replace: '',
    tests: RULE,
  },
  {
    name: 'explain: a hold has what it has today',
    file: 'src/db/ledger/heads.ts',
    find: "${contentOfHold(' AND seq < :before')}`",
    replace: '${contentOfHold()}`',
    tests: RULE,
  },
  {
    name: 'events: the event of a user does not say whose it is',
    file: 'src/core/events/users.ts',
    find: 'data: { ...rest.data, userId: user }',
    replace: 'data: { ...rest.data }',
    tests: ['test/events/users.test.ts'],
  },
  {
    name: "events: a user's events are recorded again",
    file: 'src/db/events/user-wallets.ts',
    find: 'const later = facts.filter(({ entry }) => entry.seq > position.seq);',
    replace: 'const later = facts;',
    tests: ['test/events/users.test.ts'],
  },
  {
    name: "events: a user's wallet that was not hinted is forgotten",
    file: 'src/events/projector.ts',
    find: 'await this.recordUsers(users.stale, stopped);',
    replace: '',
    tests: ['test/events/users.test.ts'],
  },
  {
    name: 'events: a failure of the local receiver is counted as taken in',
    file: 'src/cli/forwarding/listen.ts',
    find: 'return { isTaken: answer.ok, text: String(answer.status) };',
    replace: 'return { isTaken: true, text: String(answer.status) };',
    tests: ['test/cli/listen.test.ts'],
  },
];
