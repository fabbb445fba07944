/** Compares the transfers that several RPCs report for one range of blocks, event by event. Pure. */
import { createHash } from 'node:crypto';
import { contentKey, identityOf, type TransferEvent } from '../../src/core/chains/transfer.ts';
import type { TransferVote } from '../../src/db/deposits/votes.ts';
import type { Receipt } from '../rpc/source.ts';
import type { Ballot } from '../rpc/agreement.ts';

/** What one RPC answered for the range. */
export interface RangeAnswer {
  readonly rpc: string;
  readonly answer: readonly TransferEvent[];
}

/** Digest of a set of events, independent of their order: SHA-256 over their sorted contents. */
export function digestOf(events: readonly TransferEvent[]): string {
  const keys = [...new Set(events.map(contentKey))].toSorted();
  return createHash('sha256').update(keys.join('\n')).digest('hex');
}

/** Events by whether a quorum of the answers agrees on them. */
export interface Compared {
  /** The logs of a quorum hold them, and no other content under the same identity has as many votes. */
  readonly agreed: readonly TransferEvent[];
  /** One event for each identity without such a quorum: the content with most votes, the first one where votes tie. */
  readonly open: readonly TransferEvent[];
}

/** Sorts the events of all answers into agreed and open ones. */
export function compareAnswers(answers: readonly RangeAnswer[], quorum: number): Compared {
  const identities = new Map<string, Map<string, { event: TransferEvent; rpcs: Set<string> }>>();
  for (const { rpc, answer } of answers) {
    for (const event of answer) {
      const identity = identityOf(event);
      const contents = identities.get(identity) ?? new Map();
      identities.set(identity, contents);
      const said = contents.get(contentKey(event)) ?? { event, rpcs: new Set<string>() };
      said.rpcs.add(rpc);
      contents.set(contentKey(event), said);
    }
  }
  const agreed: TransferEvent[] = [];
  const open: TransferEvent[] = [];
  for (const contents of identities.values()) {
    const [most, second] = [...contents.values()].sort((a, b) => b.rpcs.size - a.rpcs.size);
    if (!most) continue;
    const isAgreed = most.rpcs.size >= quorum && most.rpcs.size > (second?.rpcs.size ?? 0);
    (isAgreed ? agreed : open).push(most.event);
  }
  return { agreed, open };
}

/** The votes by logs: whether each answer holds each event, and with what content. */
export function logVotes(answers: readonly RangeAnswer[], events: readonly TransferEvent[]): TransferVote[] {
  return answers.flatMap(({ rpc, answer }) => {
    const held = new Map(answer.map((event) => [identityOf(event), event]));
    return events.map((event): TransferVote => {
      const { txHash, token, ordinal } = event;
      const own = held.get(identityOf(event));
      const vote = own ? 'log_seen' : 'log_missing';
      return { txHash, token, ordinal, rpc, vote, detail: own ? describeEvent(own) : '' };
    });
  });
}

/** The event at the same place in the receipt of a transaction that succeeded; undefined where there is none. */
export function eventInReceipt(
  receipt: Receipt | undefined,
  { token, ordinal }: Pick<TransferEvent, 'token' | 'ordinal'>,
): TransferEvent | undefined {
  if (!receipt?.succeeded) return undefined;
  const { transfers, blockHash, blockNumber } = receipt;
  const event = transfers.find((one) => one.token === token && one.ordinal === ordinal);
  return event?.blockHash === blockHash && event.blockNumber === blockNumber ? event : undefined;
}

/** The event that a vote is about, as it was read or as it is stored. */
type Asked = Omit<TransferEvent, 'malformed'> & { readonly malformed?: string | null };

/** The vote on an event that follows from an RPC's receipt, or from its failure to answer. */
export function receiptVote(ballot: Ballot<Receipt | undefined>, asked: Asked): TransferVote {
  const event = { ...asked, malformed: asked.malformed ?? null };
  const { txHash, token, ordinal } = event;
  const voter = { txHash, token, ordinal, rpc: ballot.rpc };
  if (ballot.fault) return { ...voter, vote: 'no_answer', detail: ballot.fault.message };
  const receipt = ballot.answer;
  if (!receipt) return { ...voter, vote: 'receipt_none', detail: 'no receipt' };
  const held = eventInReceipt(receipt, event);
  if (held && contentKey(held) === contentKey(event)) {
    return { ...voter, vote: 'receipt_holds', detail: describeEvent(held) };
  }
  const detail = held ? describeEvent(held) : receipt.succeeded ? 'no such event in it' : 'the transaction failed';
  return { ...voter, vote: 'receipt_lacks', detail };
}

function describeEvent({ amount, from, to, blockNumber, blockHash, malformed }: TransferEvent): string {
  const what = malformed === null ? `${amount} from ${from} to ${to}` : `malformed: ${malformed}`;
  return `${what} in block ${blockNumber} ${blockHash}`;
}
