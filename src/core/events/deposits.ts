/** The events of a deposit that its entries do not cause: found by comparing it with what was last reported of it. */
import { GONE, SET_ASIDE, type DepositState } from '../deposits/states.ts';
import { formatUsd } from '../money.ts';
import { eventId, PLATFORM_LOG, type NewEvent, type TransferFacts } from './kinds.ts';

/** A deposit as it is now. */
export interface DepositStanding {
  readonly id: string;
  readonly org: string | null;
  readonly state: DepositState;
  readonly reason: string | null;
  /** One base unit of USDC is one micro-dollar. */
  readonly amountMicros: bigint;
  readonly transfer: TransferFacts;
}

/** What was last reported of a deposit, and in which log. */
export interface Told {
  readonly log: string;
  readonly state: DepositState;
  /** How often it has left the chain so far; keeps the events of its lives apart. */
  readonly turn: number;
}

/** An event and the log that it belongs to. */
export interface Addressed {
  readonly log: string;
  readonly event: NewEvent;
}

type Kind = 'deposit.observed' | 'deposit.unmatched' | 'deposit.set_aside' | 'deposit.orphaned';

/**
 * The events that bring the logs up to date with a deposit, and what they have then reported: undefined while no log is
 * concerned, since no org is known and the deposit is not unmatched. The events of its entries (credited, reversed) are
 * derived from those.
 */
export function tellDeposit(
  now: DepositStanding,
  told: Told | undefined,
  atMs: number,
): { readonly events: Addressed[]; readonly told: Told | undefined } {
  if (GONE.includes(now.state)) return tellGone(now, told, atMs);
  const turn = told?.turn ?? 0;
  const known = told !== undefined && !GONE.includes(told.state) ? told : undefined;
  const log = now.org ?? (now.state === 'unmatched' ? PLATFORM_LOG : known?.log);
  if (log === undefined) return { events: [], told };
  const moved = known?.log !== log;
  if (!moved && isOnItsWay(known.state) && isOnItsWay(now.state)) return { events: [], told };
  const events: Addressed[] = [];
  const tell = (kind: Kind, to: string, reason = now.reason): void => {
    events.push(eventOf(kind, now, { log: to, reason, turn, atMs }));
  };
  if (moved && known && known.log !== PLATFORM_LOG) tell('deposit.set_aside', known.log, 'not_this_org');
  if (now.state === 'unmatched') {
    if (moved || known?.state !== 'unmatched') tell('deposit.unmatched', log);
  } else if (SET_ASIDE.includes(now.state)) {
    if (moved || known?.state !== now.state) tell('deposit.set_aside', log);
  } else if (moved) tell('deposit.observed', log);
  return { events, told: { log, state: now.state, turn } };
}

/** Whether it is on its way to credit; a change between such states causes no event. */
function isOnItsWay(state: DepositState): boolean {
  return !GONE.includes(state) && !SET_ASIDE.includes(state) && state !== 'unmatched';
}

function tellGone(
  now: DepositStanding,
  told: Told | undefined,
  atMs: number,
): { readonly events: Addressed[]; readonly told: Told | undefined } {
  if (!told || GONE.includes(told.state)) return { events: [], told };
  const { log, turn } = told;
  return {
    events: [eventOf('deposit.orphaned', now, { log, reason: now.reason, turn, atMs })],
    told: { log, state: now.state, turn: turn + 1 },
  };
}

function eventOf(
  kind: Kind,
  now: DepositStanding,
  about: { readonly log: string; readonly reason: string | null; readonly turn: number; readonly atMs: number },
): Addressed {
  const { log, reason, turn, atMs } = about;
  const data = {
    depositId: now.id,
    amountUsd: formatUsd(now.amountMicros),
    state: now.state,
    reason,
    transfer: now.transfer,
  };
  // A deposit can be set aside in several ways before it leaves the chain.
  const id = eventId(kind, now.id, log, turn, kind === 'deposit.set_aside' ? now.state : '');
  return { log, event: { id, kind, atMs, data } };
}
