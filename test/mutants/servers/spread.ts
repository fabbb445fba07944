import type { Mutant } from '../mutant.ts';

/** Defences of a ledger that may lie on other servers than the rest: what is read apart fits together. */
export const SPREAD_MUTANTS: readonly Mutant[] = [
  {
    name: "events: a log that lacks an entry's events is not found by a sweep",
    file: 'src/db/events/projection.ts',
    find: 'isMoved || written.has(next.wallet)',
    replace: 'isMoved',
    tests: ['test/events/log.test.ts'],
  },
  {
    name: 'spread: a wallet goes to the lane of another part',
    file: 'src/db/ledger/beside/shard-of.ts',
    find: 'first > hash',
    replace: 'first >= hash',
    tests: ['src/db/ledger/beside/shard-of.test.ts'],
  },
  {
    name: 'spread: a part is looked for by another hash than that of PostgreSQL',
    file: 'src/db/ledger/beside/shard-of.ts',
    find: 'a = (a + bytes.readUInt32LE(12)) | 0;',
    replace: 'a = a | 0;',
    tests: ['src/db/ledger/beside/shard-of.test.ts'],
  },
  {
    name: 'spread: a statement for one wallet asks a table for others too',
    file: 'src/db/ledger/beside/by-wallet.ts',
    find: '= (?:[a-z]\\.wallet|[wx]\\.id)\\b',
    replace: '= (?:[a-z]\\.wallet)\\b',
    tests: ['src/db/ledger/beside/by-wallet.test.ts'],
  },
  {
    name: 'spread: a plain PostgreSQL is taken for a cluster',
    file: 'src/db/schema/distribute.ts',
    find: 'if (!(await hasCitus(db))) {',
    replace: 'if ((await hasCitus(db)) === undefined) {',
    tests: ['test/cli/database.test.ts'],
  },
];
