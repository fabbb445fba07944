/** Defences of the calls about holds. */
import type { Mutant } from './mutant.ts';

export const HOLD_MUTANTS: readonly Mutant[] = [
  {
    name: 'calls: a hold id of another org reaches the own hold of that number',
    file: 'src/http/endpoint/path-ids.ts',
    find: 'parsed?.wallet === wallet ? findCount(parsed.seq) : undefined',
    replace: 'parsed ? findCount(parsed.seq) : undefined',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: a hold that never was is told from one that is closed',
    file: 'src/http/money/command.ts',
    find: "return opened?.hold === command.hold ? error : notFound('hold');",
    replace: 'return opened ? error : error;',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: a hold lasts longer than configured',
    file: 'src/http/treasury/hold-operations.ts',
    find: 'if (durationMs <= maxMs) return undefined;',
    replace: 'if (durationMs <= maxMs || maxMs > 0) return undefined;',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: a gift card is held for more than it pays',
    file: 'src/http/treasury/hold-operations.ts',
    find: 'if (cardMicros <= maxMicros) return undefined;',
    replace: 'if (cardMicros <= maxMicros * 1_000n) return undefined;',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: what a hold has left is told wrong where nobody repeats the call',
    file: 'src/core/ledger/posting.ts',
    find: 'return (this.holds.get(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 0n);',
    replace: 'return (this.holds.get(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 1n);',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: what a hold has left is what it has now',
    file: 'src/db/ledger/holds.ts',
    find: 'WHERE wallet = ? AND hold = ? AND seq <= ?`',
    replace: 'WHERE wallet = ? AND hold = ? AND seq <= ? + 1000000`',
    tests: ['test/http/holds.test.ts'],
  },
  {
    name: 'calls: an overdue hold is listed as open',
    file: 'src/db/ledger/holds.ts',
    find: 'expiresAtMs !== null && expiresAtMs <= nowMs;',
    replace: 'expiresAtMs !== null && expiresAtMs <= 0;',
    tests: ['test/http/hold-list.test.ts'],
  },
  {
    name: 'calls: a released hold is listed as expired',
    file: 'src/db/ledger/holds.ts',
    find: `? 'expired' : 'released';`,
    replace: `? 'expired' : 'expired';`,
    tests: ['test/http/hold-list.test.ts'],
  },
  {
    name: 'calls: the list of holds ends at its first page',
    file: 'src/http/treasury/holds.ts',
    find: 'found.length > limit ? holds.at(-1)?.hold : lastLookedAt',
    replace: 'found.length > limit ? undefined : lastLookedAt',
    tests: ['test/http/hold-list.test.ts'],
  },
  {
    name: 'calls: what is overdue is never written down',
    file: 'src/jobs/expiry.ts',
    find: 'page < PAGES_MAX &&',
    replace: 'page < 0 &&',
    tests: ['test/http/expiry.test.ts'],
  },
];
