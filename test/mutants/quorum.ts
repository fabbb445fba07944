/** Defences of the quorum: one bad RPC is not believed, and one that does not answer is not waited for. */
import type { Mutant } from './mutant.ts';

const VOTES = ['test/chains/quorum-votes.test.ts'];
const READ = ['detector/scan/read-range.test.ts'];
const PUSH = ['test/chains/quorum-push.test.ts'];
const POOL = ['detector/rpc/pool.test.ts'];
const BUDGET = ['detector/rpc/call-budget.test.ts'];
const RANGE = ['detector/rpc/block-range.test.ts'];

export const QUORUM_MUTANTS: readonly Mutant[] = [
  {
    name: 'quorum: one answer is enough',
    file: 'detector/rpc/agreement.ts',
    find: 'most.length >= quorum && most.length > second.length;',
    replace: 'most.length > second.length;',
    tests: POOL,
  },
  {
    name: 'quorum: as many may say another thing',
    file: 'detector/rpc/agreement.ts',
    find: ' && most.length > second.length;',
    replace: ';',
    tests: POOL,
  },
  {
    name: 'quorum: the highest of the final heights counts',
    file: 'detector/rpc/pool.ts',
    find: 'const named = finals[this.quorum - 1];',
    replace: 'const named = finals[0];',
    tests: POOL,
  },
  {
    name: 'quorum: a head of any age will do',
    file: 'detector/rpc/pool.ts',
    find: 'if (config.devnet !== true && clock.nowMs() - head.timeMs > HEAD_AGE_MS_MAX) {',
    replace: 'if (head.timeMs < 0) {',
    tests: POOL,
  },
  {
    name: 'quorum: a head that fell is a head',
    file: 'detector/rpc/pool.ts',
    find: 'if (head.number < top - BEHIND_BLOCKS_MAX) {',
    replace: 'if (head.number < 0) {',
    tests: POOL,
  },
  {
    name: 'quorum: a node is not asked for its chain again',
    file: 'detector/rpc/member.ts',
    find: 'nowMs - this.#checkedAtMs >= CHECK_EVERY_MS',
    replace: 'nowMs < 0',
    tests: POOL,
  },
  {
    name: 'quorum: a node that keeps failing is asked all the time',
    file: 'detector/rpc/member.ts',
    find: 'const pauseMs = this.#faults < FAULTS_MAX ? 0 : openMs * (0.5 + this.#random() / 2);',
    replace: 'const pauseMs = 0 * openMs;',
    tests: POOL,
  },
  {
    name: 'quorum: Retry-After is not heeded',
    file: 'detector/rpc/member.ts',
    find: 'nowMs + Math.max(pauseMs, fault.retryAfterMs ?? 0)',
    replace: 'nowMs + pauseMs',
    tests: POOL,
  },
  {
    name: 'quorum: everybody is waited for',
    file: 'detector/rpc/pool.ts',
    find: 'if (seen.length === this.quorum) cancel = clock.after(LOOK_GRACE_MS, resolve);',
    replace: '',
    tests: POOL,
  },
  {
    name: 'quorum: one answer about a range is enough',
    file: 'detector/scan/read-range.ts',
    find: 'if (first && areEqual(answers)) return',
    replace: 'if (first) return',
    tests: READ,
  },
  {
    name: 'quorum: what one node alone holds is settled',
    file: 'detector/scan/transfer-votes.ts',
    find: 'const isAgreed = most.rpcs.size >= quorum && most.rpcs.size > (second?.rpcs.size ?? 0);',
    replace: 'const isAgreed = most.rpcs.size > 0;',
    tests: READ,
  },
  {
    name: 'quorum: what no receipts settle is forgotten',
    file: 'detector/scan/read-range.ts',
    find: 'if (verdict.disputed) disputed.push(event);',
    replace: '',
    tests: READ,
  },
  {
    name: 'quorum: a receipt of one node is enough for what is disputed',
    file: 'detector/credit/prove.ts',
    find: 'careful ? pool.quorum : 1',
    replace: '1',
    tests: VOTES,
  },
  {
    name: 'quorum: what logs do not hold is gone',
    file: 'detector/scan/missing.ts',
    find: 'if (isInChain && (isFinal || !(await isDenied(pool, deposit)))) kept.add(deposit);',
    replace: 'if (isInChain && isFinal && (await isDenied(pool, deposit))) kept.delete(deposit);',
    tests: READ,
  },
  {
    name: 'quorum: what is final may be denied',
    file: 'detector/scan/missing.ts',
    find: 'const isFinal = isHardFinal(deposit.blockNumber, heights) && deposit.disputed !== true;',
    replace: 'const isFinal = heights.head < 0;',
    tests: READ,
  },
  {
    name: 'ranges: what a node suggests is not taken up',
    file: 'detector/rpc/block-range.ts',
    find: "if (error.kind === 'rpc_error') suggested = suggestedBlocks(error.message, asked);",
    replace: '',
    tests: RANGE,
  },
  {
    name: 'ranges: what was learned is not kept',
    file: 'detector/rpc/block-range.ts',
    find: 'this.#options.memory?.learn(this.#options.method, blocks);',
    replace: '',
    tests: RANGE,
  },
  {
    name: 'budget: "too many requests" changes nothing',
    file: 'detector/rpc/call-budget.ts',
    find: 'this.#rate = Math.max(RATE_MIN, Math.min(this.#rate, this.#counted) / 2);',
    replace: '',
    tests: BUDGET,
  },
  {
    name: 'budget: catching up may use all of it',
    file: 'detector/rpc/call-budget.ts',
    find: "const reserve = callClass === 'head' ? 0 : this.#rate * BURST_SECONDS * RESERVE;",
    replace: 'const reserve = callClass.length * 0;',
    tests: BUDGET,
  },
  {
    name: 'detector: old blocks are read before the head',
    file: 'detector/scan/plan.ts',
    find: 'const headFirst = head - fromBlock > backlogBlocks && !isRewound;',
    replace: 'const headFirst = head < 0 && !isRewound;',
    tests: ['detector/scan/plan.test.ts', ...PUSH],
  },
  {
    name: 'detector: an outage is told with every try',
    file: 'detector/chain-worker.ts',
    find: 'if (this.#alarmed || clock.nowMs()',
    replace: 'if (clock.nowMs()',
    tests: PUSH,
  },
];
