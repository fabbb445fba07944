/** A deposit as operators see it: whoever it belongs to, with everything that is stored and was done about it. */
import { formatEntryId } from '../ids.ts';
import { formatUsd } from '../money.ts';
import type { ActAction } from './acts.ts';
import type { TokenBook } from '../chains/token-book.ts';
import type { DepositState } from '../chains/transfer.ts';

export interface InboxDeposit {
  readonly id: string;
  readonly chain: string;
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly fromAddress: string;
  readonly toAddress: string;
  /** Base units of the token. */
  readonly amount: bigint;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly blockTime: Date;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
  /** Ignored by hand. */
  readonly setAside: boolean;
  /** Who gave it to which org, and why; `at` is ISO 8601. */
  readonly assignment: {
    readonly org: string;
    readonly by: 'claim' | 'admin';
    readonly actor: string;
    readonly reason: string;
    readonly at: string;
  } | null;
  readonly wallet: string | null;
  readonly entrySeq: bigint | null;
  /** Grows with every credit that was taken back. */
  readonly revision: number;
  readonly observedAt: Date;
  readonly creditedAt: Date | null;
  readonly updatedAt: Date;
}

/** What somebody did to a deposit, by hand. */
export interface DepositAct {
  readonly id: string;
  readonly action: ActAction;
  /** The id of the key, or the user at the command line. */
  readonly actor: string;
  readonly words: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly at: Date;
}

type Dated<T> = { readonly [Key in keyof T]: Date extends T[Key] ? Exclude<T[Key], Date> | string : T[Key] };

/** A deposit for JSON: amounts as text, times in ISO 8601. */
export interface InboxView extends Dated<Omit<InboxDeposit, 'amount' | 'wallet' | 'entrySeq'>> {
  /** Null where the token is none that is credited: its units are no dollars. */
  readonly amountUsd: string | null;
  readonly amountUnits: string;
  /** As configured; null for a token that is not configured any more. */
  readonly symbol: string | null;
  readonly entryId: string | null;
  /** The newest first. */
  readonly acts: readonly Dated<DepositAct>[];
}

/** The view of a deposit with its acts. */
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
