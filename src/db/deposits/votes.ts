/** The votes of RPCs on transfers. They decide nothing here; they show why a transfer was accepted or not. */
import type { Database, DatabaseTransaction } from '../database.ts';
import { listRows, oneOf, small, textOf, timeOf, type Row } from '../rows.ts';

/**
 * `log_seen`, `log_missing`: a read of its block had the transfer, or did not. `receipt_holds`, `receipt_lacks`,
 * `receipt_none`: its transaction's receipt has exactly this event, does not have it, or does not exist.
 */
export const VOTE_KINDS = [
  'log_seen',
  'log_missing',
  'receipt_holds',
  'receipt_lacks',
  'receipt_none',
  'no_answer',
] as const;
export type VoteKind = (typeof VOTE_KINDS)[number];

/** One answer of one RPC about one transfer. */
export interface TransferVote {
  readonly txHash: string;
  readonly token: string;
  readonly ordinal: number;
  /** Name of the RPC: its host. */
  readonly rpc: string;
  readonly vote: VoteKind;
  /** The details of the answer, for people. */
  readonly detail: string;
}

/** Stores votes. A vote replaces an earlier one of the same kind by that RPC on that transfer. */
export async function storeVotes(
  db: Database | DatabaseTransaction,
  chain: string,
  votes: readonly TransferVote[],
  at: Date,
): Promise<void> {
  if (votes.length === 0) return;
  await db.raw(
    `INSERT INTO deposit_vote (chain, tx_hash, token, ordinal, rpc, vote, detail, at)
     SELECT DISTINCT ON (tx_hash, token, ordinal, rpc, vote) :chain, tx_hash, token, ordinal, rpc, vote, detail,
       :at::timestamptz
     FROM unnest(:hashes::text[], :tokens::text[], :ordinals::integer[], :rpcs::text[], :votes::text[],
       :details::text[]) AS said (tx_hash, token, ordinal, rpc, vote, detail)
     ON CONFLICT (chain, tx_hash, token, ordinal, rpc, vote) DO UPDATE SET detail = excluded.detail, at = excluded.at`,
    {
      chain,
      at,
      hashes: votes.map(({ txHash }) => txHash),
      tokens: votes.map(({ token }) => token),
      ordinals: votes.map(({ ordinal }) => ordinal),
      rpcs: votes.map(({ rpc }) => rpc),
      votes: votes.map(({ vote }) => vote),
      details: votes.map(({ detail }) => detail),
    },
  );
}

function voteOf(row: Row): TransferVote & { readonly at: Date } {
  return {
    txHash: textOf(row['tx_hash']),
    token: textOf(row['token']),
    ordinal: small(row['ordinal']),
    rpc: textOf(row['rpc']),
    vote: oneOf(VOTE_KINDS, row['vote']),
    detail: textOf(row['detail']),
    at: timeOf(row['at']),
  };
}

/** Every vote on the transfers of a transaction, oldest first. */
export async function listVotes(
  db: Database,
  of: { readonly chain: string; readonly txHash: string },
): Promise<(TransferVote & { readonly at: Date })[]> {
  return listRows(
    db,
    voteOf,
    `SELECT tx_hash, token, ordinal, rpc, vote, detail, at FROM deposit_vote
     WHERE chain = :chain AND tx_hash = :txHash ORDER BY at, token, ordinal, rpc, vote`,
    { ...of },
  );
}
