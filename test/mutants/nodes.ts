import type { Mutant } from './mutant.ts';

const JSON_RPC = ['detector/rpc/json-rpc.test.ts'];
const RANGES = ['detector/rpc/block-range.test.ts'];
const EVM = ['detector/evm/source.test.ts'];
const STARKNET = ['detector/starknet/events.test.ts'];
const AUDITS = ['test/chains/odd-nodes.test.ts'];

const ANSWERS: readonly Mutant[] = [
  {
    name: 'nodes: the body of an error status is not read',
    file: 'detector/rpc/json-rpc.ts',
    find: 'if (said) throw faultOf(method, said, sent);',
    replace: 'if (said && isOk) throw faultOf(method, said, sent);',
    tests: JSON_RPC,
  },
  {
    name: 'nodes: what a gateway says is taken for the answer to the call',
    file: 'detector/rpc/json-rpc.ts',
    find: '|| ANSWER_STATUSES.has(status);',
    replace: '|| status > 0;',
    tests: JSON_RPC,
  },
  {
    name: 'nodes: a rate limit is known by its code alone',
    file: 'detector/rpc/json-rpc.ts',
    find: 'RATE_WORDS.test(words) ||',
    replace: '',
    tests: JSON_RPC,
  },
  {
    name: 'nodes: a quota of blocks is taken for one of requests',
    file: 'detector/rpc/json-rpc.ts',
    find: '(USAGE_WORDS.test(words) && !RANGE_WORDS.test(words));',
    replace: 'USAGE_WORDS.test(words);',
    tests: JSON_RPC,
  },
  {
    name: 'nodes: code and message without an envelope are no error',
    file: 'detector/rpc/json-rpc.ts',
    find: 'const said = error ?? bare;',
    replace: 'const said = error ?? undefined;',
    tests: JSON_RPC,
  },
  {
    name: 'nodes: a revert under an error status is the account’s no',
    file: 'detector/evm/chain-reader.ts',
    find: 'fault.status === undefined &&',
    replace: '',
    tests: ['detector/evm/chain-reader.test.ts'],
  },
  {
    name: 'nodes: a named limit on blocks is grown past',
    file: 'detector/rpc/block-range.ts',
    find: 'Math.min(BLOCKS_MAX, this.#limit(), Math.ceil(asked * GROWTH))',
    replace: 'Math.min(BLOCKS_MAX, Math.ceil(asked * GROWTH))',
    tests: RANGES,
  },
  {
    name: 'nodes: a size that fits some results is a limit for all',
    file: 'detector/rpc/block-range.ts',
    find: 'if (suggested !== undefined && !RESULT_WORDS.test(error.words)) {',
    replace: 'if (suggested !== undefined) {',
    tests: RANGES,
  },
  {
    name: 'nodes: one that answers nothing halves the range to one block for good',
    file: 'detector/rpc/block-range.ts',
    find: "if (error instanceof RpcFault && next === end && error.kind !== 'timeout') this.#learn(before);",
    replace: '',
    tests: RANGES,
  },
];

const PLACES: readonly Mutant[] = [
  {
    name: 'nodes: a transaction without a receipt is not placed by its block',
    file: 'detector/evm/receipts.ts',
    find: 'await this.#takeBlocks(missing, take, query.callClass);',
    replace: '',
    tests: EVM,
  },
  {
    name: 'nodes: a log of a block that has left the chain is placed',
    file: 'detector/evm/receipts.ts',
    find: 'if (first && (await this.#chain.findBlock(toCount(first.blockNumber)))?.hash !== blockHash) {',
    replace: 'if (first && (await this.#chain.findBlock(toCount(first.blockNumber))) === undefined) {',
    tests: EVM,
  },
  {
    name: 'nodes: the index that a receipt gives a log decides',
    file: 'detector/evm/receipts.ts',
    find: 'return place < 0 ? undefined : toCount(log.logIndex) - place;',
    replace: "return place < 0 ? undefined : toCount(ofTransaction[0]?.logIndex ?? '0x0');",
    tests: EVM,
  },
  {
    name: 'nodes: a log that cannot be placed is an ordinary one',
    file: 'detector/evm/receipts.ts',
    find: "return unplaced(decodeTransfer(log, positionOf(log, 0)), 'the node has no receipt of its transaction');",
    replace: 'return decodeTransfer(log, positionOf(log, 0));',
    tests: EVM,
  },
  {
    name: 'nodes: what cannot be placed is assigned',
    file: 'src/core/deposits/acts.ts',
    find: 'if (reason !== null && findUnplaced(reason) !== undefined) {',
    replace: 'if (reason === undefined) {',
    tests: ['src/core/deposits/acts.test.ts'],
  },
  {
    name: 'nodes: an event without a receipt is not placed by its block',
    file: 'detector/starknet/events.ts',
    find: 'const still = left.filter((row) => !positions.has(row));',
    replace: 'const still = left.slice(left.length);',
    tests: STARKNET,
  },
  {
    name: 'nodes: a fault that the chain never causes twice is always the chain’s',
    file: 'detector/rpc/member.ts',
    find: 'if ((isChain && !isRepeated)',
    replace: 'if (isChain',
    tests: ['detector/rpc/pool.test.ts'],
  },
  {
    name: 'nodes: an RPC without a receipt stays the one that is asked',
    file: 'detector/credit/prove.ts',
    find: "pool.distrust(ballot.rpc, 'it has no receipt of a transaction whose logs it has');",
    replace: '',
    tests: ['test/deposits/credits.test.ts'],
  },
  {
    name: 'nodes: notices that cannot be read stop the check of balances',
    file: 'detector/audit/audit.ts',
    find: 'await watchTokens(auditing, position, target).catch(faultOf);',
    replace: 'await watchTokens(auditing, position, target);',
    tests: AUDITS,
  },
];

const LAYOUTS: readonly Mutant[] = [
  {
    name: 'nodes: a keyed span is trusted after its blocks were replaced',
    file: 'detector/starknet/events.ts',
    find: 'if (hash === toHash) return known;',
    replace: 'if (hash !== undefined) return known;',
    tests: STARKNET,
  },
  {
    name: 'nodes: blocks that were never read in full are read by a filter',
    file: 'detector/starknet/events.ts',
    find: 'first === fromBlock && fromBlock <= keyed.toBlock + 1;',
    replace: 'first === fromBlock;',
    tests: STARKNET,
  },
  {
    name: 'nodes: an older range replaces what is known of the newest blocks',
    file: 'detector/starknet/events.ts',
    find: 'if (higher && target.number < higher.fromBlock - 1) return;',
    replace: '',
    tests: STARKNET,
  },
  {
    name: 'nodes: events of the newest blocks are left to a filter',
    file: 'detector/starknet/events.ts',
    find: 'Math.min(keyed?.toBlock ?? 0, target.number - FULL_BLOCKS),',
    replace: 'Math.min(keyed?.toBlock ?? 0, target.number - 1),',
    tests: STARKNET,
  },
  {
    name: 'nodes: notices below the newest block are not read',
    file: 'detector/evm/token-notices.ts',
    find: "const older = await logs.below(filter, query, 'backfill');",
    replace: "const older = (await logs.below(filter, query, 'backfill')).slice(0, 0);",
    tests: EVM,
  },
];

/** Defences against nodes that answer in odd ways: errors, limits, receipts and events of other shapes. */
export const NODE_MUTANTS: readonly Mutant[] = [...ANSWERS, ...PLACES, ...LAYOUTS];
