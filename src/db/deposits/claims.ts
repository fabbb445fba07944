/** Claims: an org takes unmatched deposits with a proof that their sender is its own. */
import { DEPOSIT_STATES, type DepositState } from '../../core/deposits/states.ts';
import { claimEach } from './assignments.ts';
import type { Database } from '../database.ts';
import { listRows, micros, oneOf, small, textOf } from '../rows.ts';
import { consumeChallenge, type ProofUse } from '../senders/challenges.ts';

/** The transaction and sender whose deposits an org claims. Hash and addresses are canonical. */
export interface ClaimedTransaction {
  readonly chain: string;
  readonly txHash: string;
  readonly from: string;
  readonly org: string;
}

/**
 * `claimed`: the org has at least one of the deposits. `taken`: another org has them. `not_open`: none of them waits
 * unmatched. `unknown`: there is no such deposit. `proof_spent`: the proof was used before, or has expired.
 */
export type ClaimOutcome = 'claimed' | 'taken' | 'not_open' | 'unknown' | 'proof_spent';

/** Thrown to roll the transaction back, so that the proof stays unused. */
class NotClaimed extends Error {
  readonly outcome: ClaimOutcome;

  constructor(outcome: ClaimOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

/**
 * Gives an org every unmatched deposit of a transaction from that sender and uses the proof up, both or neither.
 * Concurrent claims and assignments take turns: the first gets the deposits.
 */
export async function claimDeposits(
  db: Database,
  claim: ClaimedTransaction & { readonly actor: string; readonly proof: ProofUse },
): Promise<ClaimOutcome> {
  const { org, actor, proof } = claim;
  try {
    return await db.transaction(async (trx): Promise<ClaimOutcome> => {
      if (!(await consumeChallenge(trx, proof))) throw new NotClaimed('proof_spent');
      const found = await listRows(
        trx,
        (row) => textOf(row['id']),
        'SELECT id FROM deposit WHERE chain = ? AND tx_hash = ? AND from_address = ?',
        [claim.chain, claim.txHash, claim.from],
      );
      const outcomes = await claimEach(trx, found, {
        org,
        actor,
        reason: `claimed by a signature of the sender (${proof.nonce})`,
        at: proof.at,
      });
      const seen = new Set(outcomes.values());
      if (seen.has('assigned') || seen.has('kept')) return 'claimed';
      throw new NotClaimed(seen.has('taken') ? 'taken' : seen.has('not_open') ? 'not_open' : 'unknown');
    });
  } catch (error) {
    if (error instanceof NotClaimed) return error.outcome;
    throw error;
  }
}

/** A deposit as the org that claimed it sees it. */
export interface Claimed {
  readonly id: string;
  readonly ordinal: number;
  readonly token: string;
  readonly amountMicros: bigint;
  readonly state: DepositState;
}

/** The org's deposits of a transaction from that sender, in their order. */
export async function listClaimed(db: Database, { chain, txHash, from, org }: ClaimedTransaction): Promise<Claimed[]> {
  return listRows(
    db,
    (row) => ({
      id: textOf(row['id']),
      ordinal: small(row['ordinal']),
      token: textOf(row['token']),
      amountMicros: micros(row['amount']),
      state: oneOf(DEPOSIT_STATES, row['state']),
    }),
    `SELECT id, ordinal, token, amount, state FROM deposit
     WHERE chain = ? AND tx_hash = ? AND from_address = ? AND org = ? ORDER BY ordinal`,
    [chain, txHash, from, org],
  );
}
