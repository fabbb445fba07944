import type { Mutant } from './mutant.ts';

const OUTAGES = ['test/http/outages.test.ts'];
const DEPENDENCIES = ['test/house/dependencies.test.ts'];
const CLOCKS = ['test/ledger/clocks.test.ts'];

/** Defences against attacks on the ledger, its clocks, its database and input from others. */
export const ATTACK_MUTANTS: readonly Mutant[] = [
  {
    name: 'database: F29 a connection whose end is not told yet is handed out',
    file: 'src/db/pooled-connection.ts',
    find: '!connection.connection.stream.destroyed && ',
    replace: '',
    tests: OUTAGES,
  },
  {
    name: 'database: F29 a server that lets nobody in is an error of ours',
    file: 'src/db/errors.ts',
    find: 'timeout expired$|',
    replace: '',
    tests: OUTAGES,
  },
  {
    name: 'database: F29 a connection that ended under a statement is an error of ours',
    file: 'src/db/errors.ts',
    find: '/(^| - )(Connection',
    replace: '/(^)(Connection',
    tests: OUTAGES,
  },
  {
    name: 'ownership proof: A33 a node that gives no answer has said no',
    file: 'detector/rpc/reader-quorum.ts',
    find: 'if (yes + away >= this.#options.quorum) throw this.#unavailable();',
    replace: '',
    tests: OUTAGES,
  },
  {
    name: 'setup: A58 every package runs its scripts',
    file: 'setup/install.mjs',
    find: "'--include=optional', '--ignore-scripts'",
    replace: "'--include=optional'",
    tests: DEPENDENCIES,
  },
  {
    name: 'setup: A58 what may run no script is unpacked by its own',
    file: 'setup/install.mjs',
    find: 'allowScripts[name] === true && ',
    replace: '',
    tests: DEPENDENCIES,
  },
  {
    name: 'money: A39 what is smaller than a micro is taken',
    file: 'src/core/money.ts',
    find: '[0-9]{1,6}))?$/',
    replace: '[0-9]{1,7}))?$/',
    tests: ['src/core/ledger/sum-of-parts.test.ts'],
  },
  {
    name: 'ledger lane: A63 it is tried again without a pause',
    file: 'src/db/ledger/lane.ts',
    find: 'if (tries > 1) await sleep(this.options.clock, Math.min(RETRY_DELAY_MS * tries, RETRY_DELAY_MAX_MS));',
    replace: '',
    tests: ['test/ledger/attacks.test.ts'],
  },
  {
    name: 'ledger rule: A41 a lot is there until after its end',
    file: 'src/core/ledger/posting.ts',
    find: 'terms.expiresAtMs !== null && terms.expiresAtMs <= this.atMs',
    replace: 'terms.expiresAtMs !== null && terms.expiresAtMs < this.atMs',
    tests: CLOCKS,
  },
  {
    name: 'ledger rule: A65 an entry has the time of a clock that was set back',
    file: 'src/core/ledger/posting.ts',
    find: 'if (atMs > this.atMs) this.atMs = atMs;',
    replace: 'this.atMs = atMs;',
    tests: CLOCKS,
  },
  {
    name: 'doctor: A65 any clock will do',
    file: 'src/cli/doctor.ts',
    find: 'Math.abs(skewMs) > SKEW_MS_MAX',
    replace: 'skewMs > Infinity',
    tests: ['test/process/clock-skew.test.ts'],
  },
  {
    name: 'readiness: A65 a clock that is off takes traffic',
    file: 'src/http/service/readiness.ts',
    find: 'if (Math.abs(skewMs) <= CLOCK_SKEW_MS_MAX) return;',
    replace: 'if (skewMs < Infinity) return;',
    tests: ['test/process/clock-skew.test.ts'],
  },
  {
    name: 'detector: F30 A64 a lease outlives its holder by half a minute',
    file: 'detector/service.ts',
    find: 'LEASE_TTL_MS = 10_000',
    replace: 'LEASE_TTL_MS = 30_000',
    tests: ['test/chains/leadership.test.ts'],
  },
  {
    name: 'head push: F27 silence on a connection that stays is waited out for ever',
    file: 'detector/rpc/head-push.ts',
    find: 'cancelTimer = clock.after(IDLE_MS, reconnect);',
    replace: '',
    tests: ['test/chains/restart.test.ts'],
    needs: 'starknet-devnet',
  },
  {
    name: 'audit: a balance that agrees is searched all the same',
    file: 'detector/audit/balances.ts',
    find: 'if (found !== reckoned) {',
    replace: 'if (found > -1n) {',
    tests: ['test/chains/reconciliation-audits.test.ts'],
  },
  {
    name: 'credit: F31 the key of an entry depends on the build',
    file: 'detector/credit/entry.ts',
    find: 'const canonical = `deposit:',
    replace: 'const canonical = `deposited:',
    tests: ['test/chains/leadership.test.ts'],
  },
];
