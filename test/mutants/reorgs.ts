import type { Mutant } from './mutant.ts';

const ROUNDS = ['test/deposits/rounds.test.ts'];
const PROPERTY = ['test/deposits/property.test.ts'];
const REORGS = ['test/chains/reorg.test.ts'];

/** Defences against reorgs: what is compared, where reading starts again, and what returns. */
export const REORG_MUTANTS: readonly Mutant[] = [
  {
    name: 'reorgs: F04 every checkpoint counts as held',
    file: 'detector/scan/scan.ts',
    find: '(await pool.block(checkpoint.number)).hash === checkpoint.hash',
    replace: `(await pool.block(checkpoint.number)).hash !== ''`,
    tests: ROUNDS,
  },
  {
    name: 'reorgs: F04 reading goes on where it was, wherever the ancestor lies',
    file: 'detector/scan/plan.ts',
    find: '(branch ?? cursor.nextBlock) + 1',
    replace: 'cursor.nextBlock + 1',
    tests: ['detector/scan/plan.test.ts', ...ROUNDS],
  },
  {
    name: 'reorgs: F02 a transfer in another block is left where it was',
    file: 'src/core/deposits/diff.ts',
    find: 'else changes.move.push({ known: deposit, event, start: restartOf(deposit, event, ours) });',
    replace: 'else continue;',
    tests: ROUNDS,
  },
  {
    name: 'reorgs: A11 what comes back stays gone',
    file: 'src/core/deposits/diff.ts',
    find: 'if (!waits) changes.revive.push(placed);',
    replace: 'if (waits && !known.committed) changes.revive.push(placed);',
    tests: ROUNDS,
  },
  {
    name: 'reorgs: F07 only another block hash tells of another block',
    file: 'detector/scan/missing.ts',
    find: 'if (isInChain && (isFinal || !(await isDenied(pool, deposit)))) kept.add(deposit);',
    replace: 'if (isInChain) kept.add(deposit);',
    tests: ROUNDS,
  },
  {
    name: 'reorgs: F33 A18 transfers of one transaction are one',
    file: 'src/core/chains/transfer.ts',
    find: 'return `${of.token}:${of.txHash}:${of.ordinal}`;',
    replace: 'return `${of.token}:${of.txHash}`;',
    tests: PROPERTY,
  },
  {
    name: 'reorgs: A11 credited money that changed with the rewrite is moved along',
    file: 'src/core/deposits/diff.ts',
    find: 'else if (deposit.committed && !sameMoney(deposit, event)) changes.orphan.push(deposit);',
    replace: '',
    tests: [...PROPERTY, 'src/core/deposits/diff.test.ts'],
  },
  {
    name: 'reorgs: F08 a target that moved between two pages is not noticed',
    file: 'detector/starknet/source.ts',
    find: 'if (again?.hash !== query.target.hash) {',
    replace: 'if (again?.hash === undefined) {',
    tests: ['detector/starknet/source.test.ts'],
  },
  {
    name: 'detector: receipts of a block that has left the chain prove its deposits',
    file: 'detector/credit/block-receipts.ts',
    find: '(await source.block(blockNumber))?.hash === blockHash ? receipts',
    replace: '(await source.block(blockNumber))?.hash !== undefined ? receipts',
    tests: ['test/deposits/bursts.test.ts'],
  },
  {
    name: 'detector: receipts of another block are taken for those that were asked for',
    file: 'detector/evm/receipts.ts',
    find: 'if (receipts?.some((receipt) => receipt.blockHash !== blockHash) !== true) return receipts;',
    replace: 'if (receipts?.length !== -1) return receipts;',
    tests: ['detector/evm/source.test.ts'],
  },
  {
    name: 'reading: what a failed try learned is forgotten',
    file: 'detector/evm/receipts.ts',
    find: 'this.#firstIndex.set(nameOf(log), index);',
    replace: '',
    tests: ['detector/evm/source.test.ts'],
  },
  {
    name: 'reorgs: F11 only new heads wake',
    file: 'detector/rpc/head-push.ts',
    find: `includes('"method"')`,
    replace: `includes('NewHeads')`,
    tests: REORGS,
  },
];
