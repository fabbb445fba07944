import type { Mutant } from './mutant.ts';

const CLOSED = ['test/ledger/closed.test.ts'];
const CALLS = ['test/http/points-in-time.test.ts'];
const HOLDS = ['test/http/ended-credit.test.ts'];
const RULES = ['src/core/ledger/decide.test.ts'];

const POINTS_IN_TIME: readonly Mutant[] = [
  {
    name: 'time: a point in time is answered before it is closed',
    file: 'src/db/ledger/closed.ts',
    find: 'if (passed || (isOver && !writing)) return;',
    replace: 'if (passed || isOver || !writing || writing) return;',
    tests: CLOSED,
  },
  {
    name: 'time: a write that is at work is not waited for',
    file: 'src/db/ledger/closed.ts',
    find: '(isOver && !writing)',
    replace: 'isOver',
    tests: CLOSED,
  },
  {
    name: 'time: what reaches the database late is written all the same',
    file: 'src/db/ledger/entry-columns.ts',
    find: 'statement_timestamp() <= $5::timestamptz',
    replace: 'statement_timestamp() <> $5::timestamptz',
    tests: CLOSED,
  },
  {
    name: 'time: a command keeps the time of its arrival however long it waits',
    file: 'src/db/ledger/batch.ts',
    find: 'Math.max(pending.atMs, this.options.nowMs() - ARRIVED_WITHIN_MS)',
    replace: 'Math.max(pending.atMs, ARRIVED_WITHIN_MS)',
    tests: CLOSED,
  },
  {
    name: 'time: a balance is answered for a time to come',
    file: 'src/http/treasury/balance.ts',
    find: 'if (at > now) throw',
    replace: 'if (at < now && at > now) throw',
    tests: CALLS,
  },
  {
    name: 'time: the balance at a time includes the entry at that time',
    file: 'src/http/treasury/balance.ts',
    find: 'findLastSeqBefore(db, wallet, at)',
    replace: 'findLastSeqBefore(db, wallet, new Date(at.getTime() + 1))',
    tests: CALLS,
  },
  {
    name: 'time: a span of the ledger is listed before its end is closed',
    file: 'src/http/treasury/ledger.ts',
    find: 'if (end !== undefined) await waitUntilClosed',
    replace: 'if (end === undefined) await waitUntilClosed',
    tests: CALLS,
  },
];

const AFTER_SETTLING: readonly Mutant[] = [
  {
    name: 'time: a call is answered before what it made overdue is settled',
    file: 'src/http/money/command.ts',
    find: 'const body = settled ? { ...answered, ...viewOfBalances(settled) } : answered;',
    replace: 'const body = settled ? { ...answered } : viewOfBalances === undefined ? {} : answered;',
    tests: HOLDS,
  },
  {
    name: 'time: a replay forgets what the first answer settled',
    file: 'src/db/ledger/submission.ts',
    find: 'const last = commands.flatMap((entries) => (entries.some(mayBeSettled) ? entries.slice(-1) : []));',
    replace: 'const last = commands.flatMap((entries) => (mayBeSettled === undefined ? entries.slice(-1) : []));',
    tests: HOLDS,
  },
  {
    name: 'time: a hold keeps credit beyond its end for as long as it is extended',
    file: 'src/core/ledger/checks.ts',
    find: 'if (newEndMs <= Math.max(lotEndMs, hold.firstEndMs)) return;',
    replace: 'if (newEndMs <= Math.max(lotEndMs, hold.firstEndMs, newEndMs)) return;',
    tests: RULES,
  },
  {
    name: 'time: a restart forgets the first end of a hold',
    file: 'src/db/ledger/heads.ts',
    find: '?? expiresAtMs,',
    replace: '&& Infinity,',
    tests: HOLDS,
  },
];

/** Defences of what is said of a point in time, and of what ends. */
export const TIME_MUTANTS: readonly Mutant[] = [...POINTS_IN_TIME, ...AFTER_SETTLING];
