/** Acts: what an operator may do to a deposit by hand, and when. The rule behind the inbox. */
import { findUnplaced } from '../chains/transfer.ts';
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { OPEN_TO_OPERATORS, STOPPED, type DepositState } from './states.ts';

/** The acts: what an operator does to a deposit by hand. */
export const ACT_ACTIONS = ['assign', 'ignore', 'note'] as const;
export type ActAction = (typeof ACT_ACTIONS)[number];

/** A deposit, as far as acts are concerned. */
export interface ActedOn {
  readonly state: DepositState;
  readonly reason: string | null;
  /** Base units of the token. */
  readonly amount: bigint;
  /** The token is one that is credited on its chain. */
  readonly tokenCredited: boolean;
  /** The org that it was given to by an assignment or a claim. */
  readonly assignedOrg: string | null;
  /** The org that it was matched to, by its sender or its deposit address. */
  readonly org: string | null;
  /** The org whose wallet was chosen: it is credited, or about to be. */
  readonly committedOrg: string | null;
  /** Ignored by hand. */
  readonly setAside: boolean;
}

/** `repeat`: already done, nothing changes. `refused`: why not, and what to do instead. */
export type ActVerdict = 'do' | 'repeat' | { readonly refused: string };

/** Reasons for which a transfer can never be given to an org, by an operator or by a claim. */
const NEVER_CREDITED: ReadonlySet<string> = new Set(['zero_amount', 'own_transfer', 'foreign_recipient']);

/** `taken`: it is another org's. `not_open`: it cannot be given to any org in its state. */
export type AssignmentVerdict = 'do' | 'repeat' | { readonly kind: 'taken' | 'not_open'; readonly refused: string };

/** Who gives a deposit to an org: an operator, or the org itself by a signature of the sender. */
export const ASSIGNERS = ['admin', 'claim'] as const;

export type AssignedBy = (typeof ASSIGNERS)[number];

/** The states from which each may give it: a claim takes nothing from an org that the deposit was matched to. */
const GIVEN_FROM: Readonly<Record<AssignedBy, readonly DepositState[]>> = {
  admin: OPEN_TO_OPERATORS,
  claim: ['unmatched'],
};

/**
 * Whether this deposit may go to that org. Only money that the detector would credit as well may: a credited token, an
 * amount that a command may move, a transfer that could be read. An operator may also assign what is set aside and what
 * screening stopped, with or without an earlier assignment: that releases it. A claim releases nothing.
 */
export function judgeAssignment(deposit: ActedOn, org: string, by: AssignedBy): AssignmentVerdict {
  const { state, reason, amount, assignedOrg, committedOrg } = deposit;
  const open = GIVEN_FROM[by].includes(state);
  const owner = committedOrg ?? assignedOrg ?? (by === 'claim' && !open ? deposit.org : null);
  const released = by === 'admin' && committedOrg === null && STOPPED.includes(state);
  if (owner === org && !released) return 'repeat';
  const taken = (refused: string): AssignmentVerdict => ({ kind: 'taken', refused });
  const notOpen = (refused: string): AssignmentVerdict => ({ kind: 'not_open', refused });
  if (owner !== null && owner !== org) {
    return committedOrg === null
      ? taken('it was given to another org and is on its way; ignore it first')
      : taken('it is credited to another org; book the difference between the two');
  }
  if (!open) return notOpen(`it is ${state}: there is nothing to assign`);
  if (!deposit.tokenCredited) {
    return notOpen('its token is not credited on this chain; return it, or book an adjustment');
  }
  if (amount <= 0n || amount > AMOUNT_MICROS_MAX) return notOpen('its amount cannot be credited');
  // The sender proves who paid, and not whom.
  if (by === 'claim' && reason === 'burnt_address') {
    return notOpen('it went to an address that an org may have had before a restore: only an operator can assign it');
  }
  if (by === 'claim' && reason === 'org_closed') {
    return notOpen('it belongs to an org that is closed: only an operator can assign it');
  }
  if (reason !== null && (NEVER_CREDITED.has(reason) || reason.startsWith('malformed'))) {
    return notOpen(`it can never be credited: ${reason}`);
  }
  if (reason !== null && findUnplaced(reason) !== undefined) {
    return notOpen('no receipt can prove it: check its transaction, set it aside and book its amount as an adjustment');
  }
  return 'do';
}

/** Whether this deposit may be set aside: any that is not credited or gone. It can still be assigned later. */
export function judgeIgnore({ state, committedOrg, setAside }: ActedOn): ActVerdict {
  if (setAside) return 'repeat';
  if (committedOrg !== null) return { refused: 'it is credited, or about to be; book an adjustment instead' };
  return OPEN_TO_OPERATORS.includes(state) ? 'do' : { refused: `it is ${state}: there is nothing to ignore` };
}
