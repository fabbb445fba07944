import type { Mutant } from './mutant.ts';

const RULES = ['src/core/ledger/decide.test.ts'];
const WRITER = ['test/ledger/writer.test.ts'];
const VERIFY = ['test/ledger/verify.test.ts'];
const MACHINES = ['test/ledger/rules.test.ts'];
const FAILOVER = ['test/ledger/failover.test.ts'];

const RULE: readonly Mutant[] = [
  {
    name: 'ledger rule: a debit is not held against what is available',
    file: 'src/core/ledger/decide.ts',
    find: 'if (!mayOwe) checkAvailable(posting, command.amountMicros);',
    replace: '',
    tests: RULES,
  },
  {
    name: 'ledger rule: any debit may owe',
    file: 'src/core/ledger/decide.ts',
    find: 'command.mayOwe === true && DEBT_TYPES.has(command.type)',
    replace: 'command.mayOwe === true',
    tests: RULES,
  },
  {
    name: 'ledger rule: what is overdue is not settled before a command is judged',
    file: 'src/core/ledger/decide.ts',
    find: '  settleOverdue(posting);\n  posting.begin(intent.atMs);\n  const first',
    replace: '  const first',
    tests: RULES,
  },
  {
    name: 'ledger rule: what returns to an expired lot stays',
    file: 'src/core/ledger/decide.ts',
    find: '  settleOverdue(posting);\n  return { entries, ...left };',
    replace: '  return { entries, ...left };',
    tests: RULES,
  },
  {
    name: 'ledger rule: more is taken back than was deposited',
    file: 'src/core/ledger/decide.ts',
    find: "if (command.type === 'CLAWBACK') checkDeposited(posting, command.amountMicros);",
    replace: '',
    tests: RULES,
  },
  {
    name: 'ledger rule: a claw-back stands in the way of a reversal',
    file: 'src/core/ledger/decide.ts',
    find: "if (command.type === 'CLAWBACK') checkDeposited",
    replace: 'if (UNDEPOSITED_TYPES.has(command.type)) checkDeposited',
    tests: RULES,
  },
  {
    name: 'ledger rule: each part of a reversal takes the gift cards',
    file: 'src/core/ledger/decide.ts',
    find: '[owed, cards] = [owed - taken, 0];',
    replace: 'owed -= taken;',
    tests: RULES,
  },
  {
    name: 'ledger rule: gift cards are taken back that are held',
    file: 'src/core/ledger/decide.ts',
    find: 'Math.min(command.giftCards ?? 0, posting.giftAvailable)',
    replace: 'command.giftCards ?? 0',
    tests: RULES,
  },
  {
    name: 'ledger rule: deposited falls below zero',
    file: 'src/core/ledger/decide.ts',
    find: 'return -(taken < posting.deposited ? taken : posting.deposited);',
    replace: 'return -taken;',
    tests: RULES,
  },
  {
    name: 'ledger rule: an extension shortens a hold',
    file: 'src/core/ledger/decide.ts',
    find: 'if (expiresAtMs <= open.expiresAtMs) {',
    replace: 'if (expiresAtMs < 0) {',
    tests: RULES,
  },
  {
    name: 'ledger rule: debt is not paid first',
    file: 'src/core/ledger/posting.ts',
    find: 'const kept = amount > debt ? amount - debt : 0n;',
    replace: 'const kept = amount + debt - debt;',
    tests: RULES,
  },
  {
    name: 'ledger rule: time runs backwards with the clock',
    file: 'src/core/ledger/posting.ts',
    find: 'if (atMs > this.atMs) this.atMs = atMs;',
    replace: 'if (atMs > 0) this.atMs = atMs;',
    tests: ['test/ledger/model.test.ts'],
  },
  {
    name: 'ledger rule: the soonest expiry is not spent first',
    file: 'src/core/ledger/head.ts',
    find: '    compareExpiry(a.terms.expiresAtMs, b.terms.expiresAtMs) ||\n',
    replace: '',
    tests: RULES,
  },
  {
    name: 'bookings: a grant is paid out',
    file: 'src/core/ledger/bookings.ts',
    find: "WITHDRAWAL: { sign: '-', authority: 'admin', contra: 'assets:payouts', drawsOnly: 'refundable' },",
    replace: "WITHDRAWAL: { sign: '-', authority: 'admin', contra: 'assets:payouts' },",
    tests: ['test/ledger/model.test.ts'],
  },
];

const PROOF: readonly Mutant[] = [
  {
    name: 'ledger hash: does not cover the hash before it',
    file: 'src/core/ledger/entry.ts',
    find: 'text.begin(previousHash);',
    replace: 'text.begin(previousHash.length === 0 ? previousHash : GENESIS_HASH);',
    tests: VERIFY,
  },
  {
    name: 'ledger hash: leaves a column out',
    file: 'src/core/ledger/entry.ts',
    find: '  text.utf8(appId);\n',
    replace: '',
    tests: VERIFY,
  },
  {
    name: 'verify: a rewritten chain passes',
    file: 'src/db/ledger/verify.ts',
    find: "row['hash'] !== anchored.hash",
    replace: "row['hash'] === ''",
    tests: VERIFY,
  },
  {
    name: 'verify: a cut tail passes',
    file: 'src/db/ledger/verify.ts',
    find: 'if (anchored && at.seq < anchored.seq) {',
    replace: 'if (anchored && at.seq < 0) {',
    tests: VERIFY,
  },
  {
    name: 'verify: a reversal after a claw-back is a fault',
    file: 'src/core/ledger/verify.ts',
    find: "const deposited = entry.type === 'DEPOSIT_REVERSAL' && sum < 0n ? 0n : sum;",
    replace: 'const deposited = sum;',
    tests: VERIFY,
  },
  {
    name: 'verify: open holds are not compared',
    file: 'src/core/ledger/verify.ts',
    find: '    this.guard(() => this.compareHolds(openHolds));\n',
    replace: '    this.guard(() => void openHolds);\n',
    tests: VERIFY,
  },
  {
    name: 'anchor: any signature passes',
    file: 'src/core/ledger/anchor.ts',
    find: "if (!verify(null, signed, createPublicKey(publicKeyPem), Buffer.from(signature, 'base64'))) {",
    replace:
      "if (verify(null, signed, createPublicKey(publicKeyPem), Buffer.from(signature, 'base64')) === undefined) {",
    tests: VERIFY,
  },
];

const WRITING: readonly Mutant[] = [
  {
    name: 'ledger writer: a refusal stands on a head that another writer moved',
    file: 'src/db/ledger/batch.ts',
    find: 'if (stale.length > 0) {',
    replace: 'if (stale.length > 1_000_000) {',
    tests: WRITER,
  },
  {
    name: 'ledger writer: nothing to settle is believed of a head that another writer moved',
    file: 'src/db/ledger/batch.ts',
    find: 'if (decision.refusal || decision.entries.length === 0) this.unwritten.add(wallet);',
    replace: 'if (decision.refusal) this.unwritten.add(wallet);',
    tests: WRITER,
  },
  {
    name: "ledger writer: a refused command's key is not looked up",
    file: 'src/db/ledger/batch.ts',
    find: '    await this.answerUsed(refused, refused);\n',
    replace: '',
    tests: WRITER,
  },
  {
    name: 'ledger writer: another input under a used key passes',
    file: 'src/db/ledger/batch.ts',
    find: 'if (first?.inputHash === pending.submission.inputHash) pending.resolve',
    replace: 'if (first) pending.resolve',
    tests: WRITER,
  },
  {
    name: 'ledger writer: a batch leans on what the cache remembers',
    file: 'src/db/ledger/batch.ts',
    find: 'const loaded = this.before.get(wallet);',
    replace: 'const loaded = this.options.heads.get(wallet);',
    tests: WRITER,
  },
  {
    name: 'ledger writer: answers before COMMIT',
    file: 'src/db/ledger/lane.ts',
    find: 'const done = sealed.write().then(',
    replace: 'batch.answer();\n    const done = sealed.write().then(',
    tests: WRITER,
  },
  {
    name: 'ledger writer: a stale head is kept after a conflict',
    file: 'src/db/ledger/lane.ts',
    find: 'this.heads.forget(walletsOf(open));',
    replace: '',
    tests: WRITER,
  },
  {
    name: 'ledger writer: entries go in without an order',
    file: 'src/db/ledger/entry-columns.ts',
    find: ' ORDER BY wallet, seq`;',
    replace: '`;',
    tests: MACHINES,
  },
  {
    name: 'ledger writer: wallets are locked in any order',
    file: 'src/db/ledger/connection.ts',
    find: ' ORDER BY id FOR NO KEY UPDATE',
    replace: ' FOR NO KEY UPDATE',
    tests: MACHINES,
  },
  {
    name: 'ledger writer: the number of rows is not looked at',
    file: 'src/db/ledger/connection.ts',
    find: 'if (rowCount !== entries.count) throw',
    replace: 'if (rowCount === -1) throw',
    tests: MACHINES,
  },
  {
    name: 'ledger writer: the number of rows is not looked at where lots and holds change',
    file: 'src/db/ledger/lots-and-holds.ts',
    find: 'THEN 1 ELSE 0 END',
    replace: 'THEN 1 ELSE 1 END',
    tests: MACHINES,
  },
  {
    name: 'entry table: a balance may fall below zero',
    file: 'migrations/0002_ledger.ts',
    find: 'CHECK (available >= 0 OR available_delta >= 0 OR type',
    replace: 'CHECK (available >= -9000000000 OR available_delta >= 0 OR type',
    tests: WRITER,
  },
  {
    name: 'entry table: may be emptied',
    file: 'migrations/0002_ledger.ts',
    find: 'CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry',
    replace: 'CREATE TRIGGER entry_append_only BEFORE UPDATE OR DELETE ON entry',
    tests: WRITER,
  },
  {
    name: 'ledger reader: the time of a balance includes what came later',
    file: 'src/db/ledger/entries.ts',
    find: 'SELECT CASE WHEN e.at < :before THEN e.seq ELSE s.low END',
    replace: 'SELECT CASE WHEN e.at <= :before THEN e.seq ELSE s.low END',
    tests: ['test/http/treasury.test.ts'],
  },
];

const FAILING_OVER: readonly Mutant[] = [
  {
    name: 'ledger fail-over: heads are kept when the connection is opened anew',
    file: 'src/db/ledger/head-cache.ts',
    find: '    this.wallets.clear();\n',
    replace: '',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: a connection opened anew counts as the same',
    file: 'src/db/ledger/connection.ts',
    find: '    this.opened += 1;\n',
    replace: '',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: a batch is written on a connection opened since it was sealed',
    file: 'src/db/ledger/connection.ts',
    find: 'if (epoch !== this.epoch) throw',
    replace: 'if (epoch < 0) throw',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: a refusal is believed on a connection opened since it was judged',
    file: 'src/db/ledger/batch.ts',
    find: 'if (connection.epoch !== this.epoch) throw',
    replace: 'if (this.epoch < 0) throw',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: a COMMIT on another connection passes for that of the lost transaction',
    file: 'src/db/ledger/connection.ts',
    find: "'COMMIT', [], epoch)",
    replace: "'COMMIT', [])",
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: entries are written whatever is there',
    file: 'src/db/ledger/entry-columns.ts',
    find: 'CASE WHEN ${stands} THEN',
    replace: 'CASE WHEN true OR ${stands} THEN',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: entries are written whatever is there, where lots and holds change',
    file: 'src/db/ledger/lots-and-holds.ts',
    find: 'textOf(insert, parts)',
    replace: "textOf(insert.replace('CASE WHEN', 'CASE WHEN true OR'), parts)",
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: of several rows one may be missing',
    file: 'src/db/ledger/entry-columns.ts',
    find: ') = cardinality($2::uuid[])`;',
    replace: ') <= cardinality($2::uuid[])`;',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: of several rows one may be of another history',
    file: 'src/db/ledger/entry-columns.ts',
    find: ' AND e.hash = l.hash)',
    replace: ' AND l.hash IS NOT NULL)',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: the one row may be of another history',
    file: 'src/db/ledger/entry-columns.ts',
    find: 'AND hash = ($4::bytea[])[1])`;',
    replace: 'AND ($4::bytea[])[1] IS NOT NULL)`;',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: a head that was read is believed to be there still',
    file: 'src/db/ledger/batch.ts',
    find: 'if (before.isRead && before.head.seq > 0) last.push(before.head);',
    replace: '',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: the last write is believed to be there still',
    file: 'src/db/ledger/batch.ts',
    find: 'const last: LastRow[] = written ? [written] : [];',
    replace: 'const last: LastRow[] = written ? [] : [];',
    tests: FAILOVER,
  },
  {
    name: 'ledger fail-over: a connection that leads elsewhere is kept',
    file: 'src/db/ledger/connection.ts',
    find: 'if (isMismatch(error)) this.drop();',
    replace: 'if (isMismatch(undefined)) this.drop();',
    tests: FAILOVER,
  },
];

/** Defences of the ledger. */
export const LEDGER_MUTANTS: readonly Mutant[] = [...RULE, ...PROOF, ...WRITING, ...FAILING_OVER];
