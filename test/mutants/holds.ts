/** Defences of the calls about holds, of what a command costs, and of what it costs other orgs. */
import type { Mutant } from './mutant.ts';

export const HOLD_MUTANTS: readonly Mutant[] = [
  {
    name: 'calls: a hold id of another org reaches the own hold of that number',
    file: 'src/http/treasury/hold-operations.ts',
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
    find: 'return (this.findHold(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 0n);',
    replace: 'return (this.findHold(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 1n);',
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

const MERGE = ['src/core/ledger/merge.test.ts'];
const COST = ['test/ledger/cost.test.ts'];

export const COST_MUTANTS: readonly Mutant[] = [
  {
    name: 'ledger cost: lots of the same terms are never merged',
    file: 'src/core/ledger/posting.ts',
    find: 'if (equals.length < EQUAL_LOTS_MAX) return 0n;',
    replace: 'if (equals.length > 0) return 0n;',
    tests: MERGE,
  },
  {
    name: 'ledger cost: the newest lots are merged, which a chain may take back',
    file: 'src/core/ledger/posting.ts',
    find: 'equals.slice(0, equals.length - EQUAL_LOTS_KEPT)',
    replace: 'equals.slice(EQUAL_LOTS_KEPT)',
    tests: MERGE,
  },
  ...['source', 'priority', 'promotional', 'refundable', 'transferable', 'expiresAtMs'].map((term) => ({
    name: `ledger cost: lots are merged that differ in ${term}`,
    file: 'src/core/ledger/head.ts',
    find: `a.${term} === b.${term} &&`,
    replace: `a.${term} !== null &&`,
    tests: MERGE,
  })),
  {
    name: 'ledger cost: the lot of an order is merged',
    file: 'src/core/ledger/head.ts',
    find: 'a.ofOrder !== true &&',
    replace: 'a.source !== undefined &&',
    tests: MERGE,
  },
  {
    name: 'ledger cost: a draw writes an entry for each of a thousand lots',
    file: 'src/core/ledger/posting.ts',
    find: 'draws.length > DRAWN_LOTS_MAX ? asRuns(draws, first) : draws',
    replace: 'draws.length > 1_000_000 ? asRuns(draws, first) : draws',
    tests: MERGE,
  },
  {
    name: 'verify: any amount passes for a merger',
    file: 'src/core/ledger/audited-lots.ts',
    find: 'return sum === amount ? merged : undefined;',
    replace: 'return sum >= amount ? merged : undefined;',
    tests: MERGE,
  },
  {
    name: 'ledger cost: everything overdue is settled at once',
    file: 'src/core/ledger/decide.ts',
    find: 'settleOverdue(posting, SETTLED_ENTRIES_MAX);',
    replace: 'settleOverdue(posting, 100 * SETTLED_ENTRIES_MAX);',
    tests: COST,
  },
  {
    name: 'ledger cost: a command is judged before all that is overdue is settled',
    file: 'src/core/ledger/decide.ts',
    find: "if (!isSettled) return command.op === 'settle' ? { entries: [] } : { again: true };",
    replace: "if (!isSettled && command.op === 'settle') return { entries: [] };",
    tests: COST,
  },
  {
    name: 'ledger cost: one org keeps the others out of a batch',
    file: 'src/db/ledger/fair-queue.ts',
    find: 'Math.max(1, Math.floor((room - taken.length) / this.#byWallet.size))',
    replace: 'room',
    tests: ['src/db/ledger/fair-queue.test.ts'],
  },
  {
    name: 'ledger cost: one org fills a batch with costly commands',
    file: 'src/db/ledger/batch.ts',
    find: 'const WALLETS_SHARE = 1 / 4;',
    replace: 'const WALLETS_SHARE = 1;',
    tests: COST,
  },
  {
    name: 'ledger cost: a batch has any number of entries',
    file: 'src/db/ledger/batch.ts',
    find: 'if (this.isFull) return false;',
    replace: '',
    tests: COST,
  },
  {
    name: 'ledger cost: every refusal reads all lots and holds',
    file: 'src/db/ledger/batch.ts',
    find: 'stale.length > 0 ? await this.findMoved(stale) : []',
    replace: 'stale',
    tests: COST,
  },
  {
    name: 'ledger writer: of a batch whose answer is lost, what was refused is judged behind the rest',
    file: 'src/db/ledger/lane.ts',
    find: 'if (!(await batch.isWritten())) continue;',
    replace: 'continue;',
    tests: COST,
  },
];
