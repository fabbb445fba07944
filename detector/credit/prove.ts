/** The last check before a credit: the receipt of its transaction is asked for once more. */
import type { PendingDeposit } from '../../src/db/deposits/pending.ts';
import { storeVotes, type TransferVote } from '../../src/db/deposits/votes.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import { BlockReceipts } from './block-receipts.ts';
import type { ChainContext } from '../chain/context.ts';
import type { Agreement } from '../rpc/agreement.ts';
import type { Receipt } from '../rpc/source.ts';
import type { RpcFault } from '../rpc/fault.ts';
import { disagreement, type RpcPool } from '../rpc/pool.ts';
import { eventInReceipt, receiptVote } from '../scan/transfer-votes.ts';
import { contentKey } from '../../src/core/chains/transfer.ts';

const RECEIPTS_IN_FLIGHT_MAX = 16;

/** What the receipts show: the same event; another one or none; no receipt; or no agreement between enough RPCs (`open`). */
export type Proof = 'holds' | 'differs' | 'missing' | 'open';

/**
 * Asks for the receipts of these deposits and stores each RPC's vote. A deposit that is disputed, or above the configured
 * amount, needs the receipts of a quorum of RPCs; for any other one RPC is enough.
 * @param receipts the receipts that the same round has fetched.
 * @returns the proof of each deposit, by its id.
 * @throws RpcFault when no RPC can answer for any of them. If only some get no answer, those are `open`.
 */
export async function proveDeposits(
  context: ChainContext,
  pool: RpcPool,
  deposits: readonly PendingDeposit[],
  receipts = new BlockReceipts(context.tokens),
): Promise<ReadonlyMap<string, Proof>> {
  const { chain, clock, confirmAboveMicros, db } = context;
  const ask = receipts.asking(deposits);
  const proofs = new Map<string, Proof>();
  const votes: TransferVote[] = [];
  const byTransaction = [...Map.groupBy(deposits, ({ txHash }) => txHash)];
  const unanswered: RpcFault[] = [];
  await mapBounded(byTransaction, RECEIPTS_IN_FLIGHT_MAX, async ([txHash, ofIt]) => {
    const careful = ofIt.some(({ disputed, amount }) => disputed || amount > confirmAboveMicros);
    const agreement = await pool.agreedReceipt(async (source) => ask(source, txHash), careful ? pool.quorum : 1);
    // Another RPC may have the receipt: it goes first in the next round.
    for (const ballot of agreement.ballots) {
      if (ballot.fault || ballot.answer) continue;
      pool.distrust(ballot.rpc, 'it has no receipt of a transaction whose logs it has');
    }
    if (agreement.ballots.every(({ fault }) => fault)) unanswered.push(disagreement('a receipt', agreement.ballots));
    for (const deposit of ofIt) {
      proofs.set(deposit.id, proofOf(agreement, deposit));
      votes.push(...agreement.ballots.map((ballot) => receiptVote(ballot, deposit)));
    }
  });
  const [fault] = unanswered;
  if (fault && unanswered.length === byTransaction.length) throw fault;
  await storeVotes(db, chain, votes, new Date(clock.nowMs()));
  return proofs;
}

function proofOf(agreement: Agreement<Receipt | undefined>, deposit: PendingDeposit): Proof {
  if (!agreement.reached) return 'open';
  if (!agreement.value) return 'missing';
  const event = eventInReceipt(agreement.value, deposit);
  return event && contentKey(event) === contentKey({ ...deposit, malformed: null }) ? 'holds' : 'differs';
}
