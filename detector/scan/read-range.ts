/** Reads the transfers of a range of blocks from a quorum: which are settled, which disputed, and each RPC's votes. */
import { contentKey, identityOf, type TransferEvent } from '../../src/core/chains/transfer.ts';
import type { TransferVote } from '../../src/db/deposits/votes.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import type { ChainSource, TransferQuery } from '../rpc/source.ts';
import type { DetectorLog } from '../chain/log.ts';
import type { RpcPool } from '../rpc/pool.ts';
import { compareAnswers, digestOf, eventInReceipt, logVotes, receiptVote, type RangeAnswer } from './transfer-votes.ts';

/** Open transfers of one read whose receipts are asked for; the others stay disputed until the next read. */
const RECEIPTS_MAX = 256;
const RECEIPTS_IN_FLIGHT_MAX = 8;

/** The transfers of a range, as several RPCs report them. */
export interface RangeReading {
  /** Held by the logs or receipts of a quorum. A transfer that is neither here nor disputed is missing on a quorum. */
  readonly settled: readonly TransferEvent[];
  /**
   * Held by some RPC, and neither proven nor denied by the receipts of a quorum. They are stored and shown, but not
   * credited, and no reason to take anything back.
   */
  readonly disputed: readonly TransferEvent[];
  /** The vote of each RPC on these transfers. */
  votesOn(events: readonly TransferEvent[]): TransferVote[];
}

/**
 * Reads the range from a quorum of RPCs and compares digests. Where they differ, all other RPCs are asked too, and
 * transfers without a quorum of logs are settled by a quorum of receipts. RPCs that were wrong are logged and distrusted.
 * @throws RpcFault when fewer than a quorum can read the range.
 */
export async function readRange(
  pool: RpcPool,
  query: TransferQuery,
  log: Pick<DetectorLog, 'warn'>,
): Promise<RangeReading> {
  const ask = async (source: ChainSource): Promise<readonly TransferEvent[]> => source.transfers(query);
  let answers = await pool.gather('the transfers of a range', ask);
  const votes: TransferVote[] = [];
  const votesOn = (events: readonly TransferEvent[]): TransferVote[] => {
    const asked = new Set(events.map(identityOf));
    return [...logVotes(answers, events), ...votes.filter((vote) => asked.has(identityOf(vote)))];
  };
  const [first] = answers;
  if (first && areEqual(answers)) return { settled: first.answer, disputed: [], votesOn };

  answers = await pool.gatherRest(ask, answers);
  const { agreed, open } = compareAnswers(answers, pool.quorum);
  const settled = [...agreed];
  const disputed = open.slice(RECEIPTS_MAX);
  await mapBounded(open.slice(0, RECEIPTS_MAX), RECEIPTS_IN_FLIGHT_MAX, async (event) => {
    const verdict = await settle(pool, query, event);
    votes.push(...verdict.votes);
    if (verdict.settled) settled.push(verdict.settled);
    if (verdict.disputed) disputed.push(event);
  });
  distrustLiars(pool, query, { answers, settled, disputed, log });
  return { settled, disputed, votesOn };
}

function areEqual(answers: readonly RangeAnswer[]): boolean {
  return answers.length === 1 || new Set(answers.map(({ answer }) => digestOf(answer))).size === 1;
}

/** Settles an event that no quorum's logs hold, by receipts: a quorum's version of it, or none, or it stays disputed. */
async function settle(
  pool: RpcPool,
  query: TransferQuery,
  event: TransferEvent,
): Promise<{ votes: TransferVote[]; settled?: TransferEvent; disputed?: boolean }> {
  const agreement = await pool.agree(
    async (source) => source.receipt(event.txHash, query.tokens),
    (receipt) => {
      const held = eventInReceipt(receipt, event);
      return held ? contentKey(held) : 'not there';
    },
  );
  const votes = agreement.ballots.map((ballot) => receiptVote(ballot, event));
  if (!agreement.reached) return { votes, disputed: await isInChain(pool, event) };
  const held = eventInReceipt(agreement.value, event);
  const isAsked =
    held !== undefined &&
    query.recipients.has(query.direction === 'out' ? held.from : held.to) &&
    held.blockNumber >= query.fromBlock &&
    held.blockNumber <= query.target.number;
  return isAsked ? { votes, settled: held } : { votes };
}

/** False for an event whose block is not in the chain: it is invalid without any receipt. */
async function isInChain(pool: RpcPool, { blockNumber, blockHash }: TransferEvent): Promise<boolean> {
  return (await pool.block(blockNumber)).hash === blockHash;
}

/** Logs and distrusts the RPCs that reported invalid transfers, lacked settled ones, or contradict others. */
function distrustLiars(
  pool: RpcPool,
  { fromBlock, target }: TransferQuery,
  read: {
    readonly answers: readonly RangeAnswer[];
    readonly settled: readonly TransferEvent[];
    readonly disputed: readonly TransferEvent[];
    readonly log: Pick<DetectorLog, 'warn'>;
  },
): void {
  const truth = new Set(read.settled.map(contentKey));
  const open = new Set(read.disputed.map(identityOf));
  for (const { rpc, answer } of read.answers) {
    const said = new Set(answer.map(contentKey));
    const lacking = [...truth].filter((key) => !said.has(key)).length;
    const foreign = answer.filter((event) => !truth.has(contentKey(event)) && !open.has(identityOf(event))).length;
    if (lacking === 0 && foreign === 0 && open.size === 0) continue;
    const problem =
      lacking + foreign > 0 ? 'its logs differ from what a quorum holds' : 'its logs and those of others contradict';
    if (!pool.distrust(rpc, problem)) continue;
    const range = { fromBlock, toBlock: target.number, digest: digestOf(answer) };
    read.log.warn({
      event: 'rpc.logs_differ',
      chain: pool.chain,
      rpc,
      ...range,
      lacking,
      foreign,
      disputed: open.size,
    });
  }
}
