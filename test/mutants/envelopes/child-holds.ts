/** Defences of holds of holds, and of holds whose owner reports. */
import type { Mutant } from '../mutant.ts';

const RULE = ['src/core/ledger/child-holds.test.ts'];
const CHILD = 'src/core/ledger/child-holds.ts';
const LIFE = 'src/core/ledger/hold-life.ts';
const AUDIT = ['src/core/ledger/audited-holds.test.ts'];
const REPORTS = ['test/ledger/heartbeat.test.ts'];

export const CHILD_HOLD_MUTANTS: readonly Mutant[] = [
  {
    name: 'child holds: a hold takes more than its parent has left',
    file: CHILD,
    find: '  checkParentHas(amountMicros, leftInHold(parent));\n',
    replace: '',
    tests: RULE,
  },
  {
    name: 'child holds: a hold is for another service than its parent',
    file: CHILD,
    find: 'if (service !== parent.service)',
    replace: "if (service === '')",
    tests: RULE,
  },
  {
    name: 'child holds: a hold of a hold is a parent',
    file: CHILD,
    find: "if (parent.parent !== undefined) issues.push({ path: 'parentHoldId', message: 'has a parent itself' });",
    replace: '',
    tests: RULE,
  },
  {
    name: 'child holds: any number of holds of one parent may be open',
    file: CHILD,
    find: 'if ((parent.children ?? 0) < CHILD_HOLDS_MAX) return;',
    replace: 'if (parent.children !== -1) return;',
    tests: RULE,
  },
  {
    name: 'child holds: what a hold gives back is lost where its parent ends with it',
    file: 'src/core/ledger/decide.ts',
    find: `  for (const { hold } of posting.overdueHolds(entriesMax)) {
    // As it is now: a child that ended just before may have given money back, or closed it.
    const open = posting.findHold(hold);
    if (open) releaseOverdue(posting, open);`,
    replace: '  for (const hold of posting.overdueHolds(entriesMax)) {\n    releaseOverdue(posting, hold);',
    tests: RULE,
  },
  {
    name: 'child holds: credit that has ended returns to a parent that was prolonged',
    file: CHILD,
    find: 'return endMs <= parent.firstEndMs || expiresAtMs === null || expiresAtMs >= endMs;',
    replace: 'return endMs > 0 || expiresAtMs === null;',
    tests: RULE,
  },
  {
    name: 'child holds: a hold outlives its parent from the start',
    file: LIFE,
    find: 'const endsAtMs = parent ? Math.min(longestMs, endOfHold(parent)) : longestMs;',
    replace: 'const endsAtMs = longestMs;',
    tests: RULE,
  },
  {
    name: 'child holds: a hold is prolonged beyond its parent',
    file: LIFE,
    find: '  if (open.parent !== undefined) checkWithin(getOpenParent(posting, open), endsAtMs);\n',
    replace: '',
    tests: RULE,
  },
  {
    name: 'child holds: a parent ends while its holds may give back',
    file: LIFE,
    find: 'command.final || (command.amountMicros >= left && (open.children ?? 0) === 0);',
    replace: 'command.final || command.amountMicros >= left;',
    tests: RULE,
  },
  {
    name: 'child holds: the end of a parent is in no entry',
    file: CHILD,
    find: '  if ((open.children ?? 0) > 0) noteEnd(posting, shared, open);\n',
    replace: '',
    tests: RULE,
  },
  {
    name: 'child holds: a hold of a parent counts in budgets once more',
    file: 'src/core/ledger/decide.ts',
    find: 'const [hold] = holdsNamedBy(command);',
    replace: "const hold = 'hold' in command ? command.hold : undefined;",
    tests: ['test/contract/child-holds.test.ts'],
  },
  {
    name: 'child holds: verification believes money that comes from nowhere',
    file: 'src/core/ledger/audited-holds.ts',
    find: 'return demand(seq, isOther && heldDelta === -moving.heldDelta, LACKS_HALF);',
    replace: 'return;',
    tests: AUDIT,
  },
  {
    name: 'child holds: verification does not compare parents',
    file: 'src/core/ledger/audited-holds.ts',
    find: 'row.parent === state.parent',
    replace: 'row.parent !== null',
    tests: AUDIT,
  },
  {
    name: 'texts: what was erased of a hold comes back with the reason of its release',
    file: 'src/db/ledger/lots-and-holds.ts',
    find: 'WHERE t.repeats IS NULL',
    replace: 'WHERE true OR t.repeats IS NULL',
    tests: ['test/http/erase.test.ts'],
  },
  {
    name: 'heartbeat: an interval is shorter than anybody can report in',
    file: 'src/core/ledger/heartbeat.ts',
    find: 'if (everyMs < HEARTBEAT_MS_MIN || everyMs > HEARTBEAT_MS_MAX) {',
    replace: 'if (everyMs < 0) {',
    tests: RULE,
  },
  {
    name: 'heartbeat: a command prolongs a hold beyond its own end',
    file: 'src/core/ledger/heartbeat.ts',
    find: 'const untilMs = Math.min(heartbeat.endsAtMs, nowMs + heartbeat.everyMs);',
    replace: 'const untilMs = nowMs + heartbeat.everyMs;',
    tests: RULE,
  },
  {
    name: 'heartbeat: a report prolongs a hold beyond its own end',
    file: 'src/db/ledger/beside/heartbeats.ts',
    find: "greatest(expires_at, least(ends_at, :now::timestamptz + heartbeat_ms * interval '1 millisecond'))",
    replace: "greatest(expires_at, :now::timestamptz + heartbeat_ms * interval '1 millisecond')",
    tests: ['test/contract/heartbeat.test.ts'],
  },
  {
    name: 'heartbeat: a report revives a hold that is overdue',
    file: 'src/db/ledger/beside/heartbeats.ts',
    find: 'wallet = :wallet AND hold = :hold AND expires_at > :now',
    replace: 'wallet = :wallet AND hold = :hold AND :now::timestamptz IS NOT NULL',
    tests: REPORTS,
  },
  {
    name: 'heartbeat: the end of a hold is written although its owner has reported',
    file: 'src/db/ledger/beside/hold-rows.ts',
    find: ' AND h.expires_at <= t.until RETURNING 1',
    replace: ' AND t.until IS NOT NULL RETURNING 1',
    tests: REPORTS,
  },
  {
    name: 'heartbeat: a command shortens what a report gave',
    file: 'src/db/ledger/beside/hold-rows.ts',
    find: 'greatest(h.expires_at, t.expires_at)',
    replace: 't.expires_at',
    tests: REPORTS,
  },
];
