/** Reads a range of blocks on a quorum: what is settled, what is disputed, and who said what. */
import { contentKey, identityOf, type TransferEvent } from '../../src/core/chains/transfer.ts';
import type { TransferVote } from '../../src/db/deposits/votes.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import type { ChainSource, TransferQuery } from '../rpc/source.ts';
import type { DetectorLog } from '../chain/log.ts';
import type { RpcPool } from '../rpc/pool.ts';
import { compareAnswers, digestOf, eventInReceipt, logVotes, receiptVote, type RangeAnswer } from './transfer-votes.ts';

/** Disputed transfers of one read whose receipts are asked for; more than that stay disputed until the next read. */
const RECEIPTS_MAX = 256;
const RECEIPTS_IN_FLIGHT_MAX = 8;

/** What was read. */
export interface RangeReading {
  /** A quorum's logs or receipts hold them. What is not among them, and not disputed, is missing on a quorum. */
  readonly settled: readonly TransferEvent[];
  /**
   * Some RPC holds them, and neither do a quorum's receipts nor do these deny them: to be stored and shown, but neither
   * credited nor a reason to take anything back.
   */
  readonly disputed: readonly TransferEvent[];
  /** What each RPC said of these transfers. */
  votesOn(events: readonly TransferEvent[]): TransferVote[];
}

/**
 * Reads the range from a quorum of RPCs and compares digests. Where they differ, all the others are asked as well, and
 * what no quorum's logs hold is settled by a quorum's receipts.
 * @throws RpcFault when fewer than a quorum can read the range.
 */
export async function readRange(
  pool: RpcPool,
  query: TransferQuery,
  tell: Pick<DetectorLog, 'warn'>,
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
  distrustLiars(pool, query, { answers, settled, disputed, tell });
  return { settled, disputed, votesOn };
}

function areEqual(answers: readonly RangeAnswer[]): boolean {
  return answers.length === 1 || new Set(answers.map(({ answer }) => digestOf(answer))).size === 1;
}

/** What a quorum's receipts make of an event that no quorum's logs hold: it is what they say, or nothing, or open. */
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

/** False for an event whose block is not the chain's: no receipt is needed to know that it is none of it. */
async function isInChain(pool: RpcPool, { blockNumber, blockHash }: TransferEvent): Promise<boolean> {
  return (await pool.block(blockNumber)).hash === blockHash;
}

/** Tells which RPCs said what turned out not to be so, or kept back what is, and asks them after the others. */
function distrustLiars(
  pool: RpcPool,
  { fromBlock, target }: TransferQuery,
  read: {
    readonly answers: readonly RangeAnswer[];
    readonly settled: readonly TransferEvent[];
    readonly disputed: readonly TransferEvent[];
    readonly tell: Pick<DetectorLog, 'warn'>;
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
    read.tell.warn({
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
