/** Why a deposit was or was not credited, in words. */
import { findUnplaced } from '../chains/transfer.ts';
import type { DepositState } from './states.ts';

/** `waiting`: for blocks, a check or the release of its chain; the deposit itself needs no action. */
export type ExplainedOutcome = 'credited' | 'waiting' | 'not_credited' | 'taken_back';

export interface Explanation {
  readonly outcome: ExplainedOutcome;
  /** One sentence; a second one says what can be done where something can. */
  readonly text: string;
}

/** The facts that explain a deposit. */
export interface Explained {
  readonly state: DepositState;
  readonly reason: string | null;
  /** A wallet was chosen for it: it is credited or about to be. */
  readonly committed: boolean;
  readonly entryId: string | null;
  /** Blocks on top of it (n) and how many it needs (m); undefined while that is not known. */
  readonly confirmations: { readonly n: number; readonly m: number } | undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  zero_amount: 'it moved nothing; anyone can send such a transfer in anyone’s name',
  own_transfer: 'it came from an address of this service: the money was counted when it first came in',
  wrong_asset: 'its token is not one that is credited. An operator can return it or book it',
  unlisted_chain: 'this chain is only watched, nothing is credited on it. An operator can return it or book it',
  foreign_recipient: 'it went to somebody else',
  amount_out_of_bounds: 'its amount cannot be credited',
  set_aside: 'an operator set it aside',
  screening_denied: 'the check of its sender stopped it',
  screening_held: 'the check of its sender holds it',
  screening_unavailable: 'the check of its sender gives no answer',
  unknown_sender: 'no org had registered its sender. Claim it with a signature of the sender, or ask the operator',
  registered_later:
    'its sender was registered after it, and without a proof. Prove that you own the sender, or claim the transaction',
  minted: 'it was minted, so it has no sender that shows whose it is. Ask the operator to assign it',
  burnt_address:
    'it went to an address that may have been given before the database was restored. Ask the operator to assign it',
  org_closed:
    'it belongs to an org that is closed. It is credited if the org is reopened; an operator can return it or assign it to another',
  below_minimum: 'it is below the minimum. It is credited once such deposits add up to the minimum',
  receipt_differs: 'the receipt of its transaction does not contain it as it was read',
  receipt_missing:
    'no RPC gives the receipt of its transaction. If that lasts, an operator can check the transaction, set the deposit aside and book its amount',
  no_quorum: 'not enough RPCs confirm it',
  chain_frozen: 'nothing is credited on this chain until an operator releases it',
  not_watched: 'its token or its recipient is not configured any more',
  above_deposit_cap: 'it is large, and waits until the chain can no longer take its block back',
  above_chain_cap: 'too much is credited on this chain that it may still take back, and it waits until that is less',
};

/** The reason of a deposit in words; an unknown one as it is. */
export function wordsOf(reason: string): string {
  if (reason.startsWith('malformed: ')) return `its event has a shape that cannot be read (${reason.slice(11)})`;
  const place = findUnplaced(reason);
  if (place !== undefined) {
    return `its place in its transaction is unknown (${place}). An operator can check the transaction and book its amount`;
  }
  return REASONS[reason] ?? reason;
}

/** Explains the state of a deposit. */
export function explainDeposit({ state, reason, committed, entryId, confirmations }: Explained): Explanation {
  const why = reason === null ? undefined : wordsOf(reason);
  switch (state) {
    case 'credited':
      return { outcome: 'credited', text: `Credited as entry ${entryId ?? '(unknown)'}.` };
    case 'observed':
    case 'confirming':
      return { outcome: 'waiting', text: `${waitingText(committed, confirmations)}${why ? ` ${sentence(why)}` : ''}` };
    case 'screening':
      return { outcome: 'waiting', text: `Not credited yet: ${why ?? 'its sender is being checked'}.` };
    case 'unmatched':
      return { outcome: 'not_credited', text: `Not credited: ${why ?? 'its owner is unknown'}.` };
    case 'dust':
    case 'ignored':
    case 'quarantined':
      return { outcome: 'not_credited', text: `Not credited: ${why ?? `it is ${state}`}.` };
    case 'orphaned':
      return { outcome: 'taken_back', text: 'Not credited: its block is no longer part of the chain.' };
    case 'reversed':
      return {
        outcome: 'taken_back',
        text: 'It was credited, and taken back when its block left the chain. If it returns to the chain, it is credited again.',
      };
    default:
      return state satisfies never;
  }
}

function waitingText(committed: boolean, confirmations: Explained['confirmations']): string {
  if (committed) return 'It is being credited.';
  if (!confirmations) return 'Seen; the chain does not show yet how far it is from final.';
  const { n, m } = confirmations;
  return n < m ? `Seen; ${n} of ${m} blocks, ${m - n} left.` : `Seen; ${n} of ${m} blocks; it will be judged soon.`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
