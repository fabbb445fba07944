/** What an operator may do with a deposit by hand, and when: the rule behind the inbox. */
import { AMOUNT_MICROS_MAX } from '../money.ts';
import { OPEN_TO_OPERATORS, STOPPED, type DepositState } from './states.ts';

/** What people do with a deposit by hand. */
export const ACT_ACTIONS = ['assign', 'ignore', 'note'] as const;
export type ActAction = (typeof ACT_ACTIONS)[number];

/** How a deposit stands, as far as acts are concerned. */
export interface ActedOn {
  readonly state: DepositState;
  readonly reason: string | null;
  /** Base units of the token. */
  readonly amount: bigint;
  /** The token is one that is credited on its chain. */
  readonly tokenCredited: boolean;
  /** The org that it was given to by an assignment or a claim. */
  readonly assignedOrg: string | null;
  /** The org whose wallet was chosen: it is credited, or about to be. */
  readonly committedOrg: string | null;
  /** Ignored by hand. */
  readonly setAside: boolean;
}

/** `repeat`: it is so already, and nothing is to be done. `refused`: why not, and what to do instead. */
export type ActVerdict = 'do' | 'repeat' | { readonly refused: string };

/** Reasons for which a transfer is no money of anybody's to give, whoever says so. */
const NEVER_CREDITED: ReadonlySet<string> = new Set(['zero_amount', 'own_transfer', 'foreign_recipient']);

/**
 * May this deposit go to that org? Only money that the detector would credit as well: a token of the list, an amount
 * that a command may move, a transfer that could be read. What is set aside may still be assigned, and so may what
 * screening stopped, before or after an earlier assignment: that releases it.
 */
export function judgeAssignment(deposit: ActedOn, org: string): ActVerdict {
  const { state, reason, amount, assignedOrg, committedOrg } = deposit;
  const owner = committedOrg ?? assignedOrg;
  const stopped = committedOrg === null && STOPPED.includes(state);
  if (owner === org && !stopped) return 'repeat';
  if (committedOrg !== null) return { refused: 'it is credited to another org; book the difference between the two' };
  if (assignedOrg !== null && assignedOrg !== org)
    return { refused: 'it was given to another org and is on its way; ignore it first' };
  if (!OPEN_TO_OPERATORS.includes(state)) return { refused: `it is ${state}: there is nothing to assign` };
  if (!deposit.tokenCredited) {
    return { refused: 'its token is none that is credited on this chain; return it, or book an adjustment' };
  }
  if (amount <= 0n || amount > AMOUNT_MICROS_MAX) return { refused: 'its amount is none that can be credited' };
  if (reason !== null && (NEVER_CREDITED.has(reason) || reason.startsWith('malformed'))) {
    return { refused: `it is no deposit: ${reason}` };
  }
  return 'do';
}

/** May this deposit be set aside? Anything may that is not credited; it can be assigned later all the same. */
export function judgeIgnore({ state, committedOrg, setAside }: ActedOn): ActVerdict {
  if (setAside) return 'repeat';
  if (committedOrg !== null) return { refused: 'it is credited, or about to be; book an adjustment instead' };
  return OPEN_TO_OPERATORS.includes(state) ? 'do' : { refused: `it is ${state}: there is nothing to ignore` };
}
