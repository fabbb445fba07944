/** A deposit as JSON for operators: all that is stored of it and every act on it, whichever org it belongs to. */
import type { TokenBook } from '../core/chains/token-book.ts';
import type { DepositState } from '../core/deposits/states.ts';
import type { ActAction } from '../core/deposits/acts.ts';
import { formatEntryId } from '../core/ids.ts';
import { formatUsd } from '../core/money.ts';
import type { DepositAct, InboxDeposit } from '../db/deposits/inbox.ts';
import type { Observation } from '../db/deposits/observations.ts';
import type { TransferVote, VoteKind } from '../db/deposits/votes.ts';

export interface InboxView {
  readonly id: string;
  readonly chain: string;
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
  /** Ignored by hand. */
  readonly setAside: boolean;
  /** Grows by one with every credit that was taken back. */
  readonly revision: number;
  /** Null where the token is not credited: its units are not dollars. */
  readonly amountUsd: string | null;
  /** Base units of the token. */
  readonly amountUnits: string;
  /** As configured; null for a token that is no longer configured. */
  readonly symbol: string | null;
  readonly blockTime: string;
  /** Who assigned it to which org, and why. */
  readonly assignment: {
    readonly org: string;
    readonly by: 'claim' | 'admin';
    readonly actor: string;
    readonly reason: string;
    readonly at: string;
  } | null;
  readonly entryId: string | null;
  readonly observedAt: string;
  readonly creditedAt: string | null;
  readonly updatedAt: string;
  /** The acts on it, newest first. */
  readonly acts: {
    readonly id: string;
    readonly action: ActAction;
    readonly actor: string;
    readonly words: string;
    readonly before: Readonly<Record<string, unknown>>;
    readonly after: Readonly<Record<string, unknown>>;
    readonly at: string;
  }[];
}

/** The same with what was read of it, and by whom. */
export interface TracedView extends InboxView {
  readonly observations: {
    readonly blockNumber: number;
    readonly blockHash: string;
    readonly amountUnits: string;
    readonly observedAt: string;
    readonly orphanedAt: string | null;
  }[];
  readonly votes: { readonly rpc: string; readonly vote: VoteKind; readonly detail: string; readonly at: string }[];
}

/** Adds to a deposit's JSON what was read of its transaction, as far as it is about this transfer. */
export function viewOfTrace(
  deposit: InboxView,
  observations: readonly Observation[],
  votes: readonly (TransferVote & { readonly at: Date })[],
): TracedView {
  const isOfIt = (one: { readonly token: string; readonly ordinal: number }): boolean =>
    one.token === deposit.token && one.ordinal === deposit.ordinal;
  return {
    ...deposit,
    observations: observations.filter(isOfIt).map(({ blockNumber, blockHash, amount, observedAt, orphanedAt }) => ({
      blockNumber,
      blockHash,
      amountUnits: String(amount),
      observedAt: observedAt.toISOString(),
      orphanedAt: orphanedAt?.toISOString() ?? null,
    })),
    votes: votes.filter(isOfIt).map(({ rpc, vote, detail, at }) => ({ rpc, vote, detail, at: at.toISOString() })),
  };
}

/** The JSON of a deposit with its acts. */
export function viewOfDeposit(deposit: InboxDeposit, acts: readonly DepositAct[], book: TokenBook): InboxView {
  const { amount, wallet, entrySeq, blockTime, observedAt, creditedAt, updatedAt, assignment, ...plain } = deposit;
  const name = book(deposit.chain, deposit.token);
  return {
    ...plain,
    amountUsd: name?.credited === true ? formatUsd(amount) : null,
    amountUnits: String(amount),
    symbol: name?.symbol ?? null,
    blockTime: blockTime.toISOString(),
    assignment: assignment && { ...assignment, at: new Date(assignment.at).toISOString() },
    entryId: wallet === null || entrySeq === null ? null : formatEntryId(wallet, entrySeq),
    observedAt: observedAt.toISOString(),
    creditedAt: creditedAt?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
    acts: acts.map((act) => ({ ...act, at: act.at.toISOString() })),
  };
}
