/** The events that entries cause. Pure: however often they are derived, they are the same events with the same ids. */
import { formatEntryId, formatHoldId, ledgerKey } from '../ids.ts';
import { eventOfNotice, type BudgetNotice } from './budgets.ts';
import type { Entry } from '../ledger/entry.ts';
import { balanceStatus, type BalanceStatus, type Thresholds } from '../ledger/status.ts';
import { formatUsd } from '../money.ts';
import { eventId, type NewEvent, type TransferFacts } from './kinds.ts';
import { statusChanges, type StatusChange } from './status.ts';

/** An entry, and the facts beside it that its events carry. */
export interface EntryFacts {
  readonly entry: Entry;
  /** What of the balance after it lies in lots that are frozen, in micros. */
  readonly frozen: bigint;
  /**
   * Sums over all parts of its command where it is part 0 of a release or of a reversal; else null. Of a release, `available` is
   * all that its hold freed, also what went to the parent.
   */
  readonly whole: { readonly available: bigint; readonly gifts: number; readonly availableAfter: bigint } | null;
  /** The transfer of the deposit that it belongs to. */
  readonly transfer: TransferFacts | null;
  /** What its command made of budgets, where it is the first of the command; left out: nothing to report. */
  readonly notices?: readonly BudgetNotice[] | undefined;
}

/**
 * An event that an entry caused. `entry.created` has no data of its own: the entry, which never changes, is its data.
 */
export type EntryEvent =
  | {
      readonly id: string;
      readonly kind: 'entry.created';
      readonly atMs: number;
      readonly seq: number;
      readonly data: null;
    }
  | (Exclude<NewEvent, { kind: 'entry.created' }> & { readonly seq: number });

/** The status of a wallet that was reported last, and the thresholds that give it. */
export interface StatusPosition extends Thresholds {
  readonly status: BalanceStatus;
  /** Number of these thresholds; it grows with each change of them. */
  readonly revision: number;
}

/** A change of what gives the status that no entry made: new thresholds, or lots that were frozen or freed. */
export interface StatusCause {
  readonly cause: 'thresholds' | 'freeze';
  /** Grows with each such change. */
  readonly revision: number;
  readonly atMs: number;
}

/**
 * What is frozen before the first of some entries, and after each of them.
 * @param left what each frozen lot has left after the last of them.
 */
export function frozenAlong(
  entries: readonly Entry[],
  left: ReadonlyMap<number, bigint>,
): { readonly before: bigint; readonly after: readonly bigint[] } {
  const now = new Map(left);
  for (const entry of entries.toReversed()) {
    if (entry.lot !== null && entry.lotLeft !== null && now.has(entry.lot)) {
      now.set(entry.lot, entry.lotLeft - entry.availableDelta);
    }
  }
  const sum = (): bigint => [...now.values()].reduce((all, one) => all + one, 0n);
  const before = sum();
  const after = entries.map(({ lot, lotLeft }) => {
    if (lot !== null && lotLeft !== null && now.has(lot)) now.set(lot, lotLeft);
    return sum();
  });
  return { before, after };
}

/** The events of entries of one wallet, in order of seq, and the status after the last. */
export function eventsOfEntries(
  facts: readonly EntryFacts[],
  position: StatusPosition,
): { readonly events: EntryEvent[]; readonly status: BalanceStatus } {
  let { status } = position;
  const events = facts.flatMap((one): EntryEvent[] => {
    const { entry, frozen } = one;
    const [change] = statusChanges(status, [spendableOf(entry, frozen)], position);
    status = change?.to ?? status;
    return [
      created(entry),
      ...effectOf(one),
      ...(one.notices ?? []).map((notice) => eventOfNotice(entry, notice)),
      ...(change ? [statusEvent(entry, change, { cause: 'entry', revision: position.revision })] : []),
    ];
  });
  return { events, status };
}

/**
 * The change of status that something else than an entry causes, at the wallet's last entry and never before its time. New
 * thresholds are judged without the margin that a better status otherwise needs: their owner has just chosen them.
 */
export function eventsOfCause(
  { entry: last, frozen }: Pick<EntryFacts, 'entry' | 'frozen'>,
  position: StatusPosition,
  cause: StatusCause,
): { readonly events: EntryEvent[]; readonly status: BalanceStatus } {
  const at = { ...spendableOf(last, frozen), atMs: Math.max(last.atMs, cause.atMs) };
  const [change] =
    cause.cause === 'thresholds'
      ? plainChange(position.status, at, position)
      : statusChanges(position.status, [at], position);
  if (!change) return { events: [], status: position.status };
  return { events: [statusEvent(last, change, cause)], status: change.to };
}

function plainChange(from: BalanceStatus, { seq, atMs, available }: Entry, thresholds: Thresholds): StatusChange[] {
  const to = balanceStatus(available, thresholds);
  return to === from ? [] : [{ seq, atMs, from, to, availableMicros: available }];
}

/** An entry with what can be spent after it in place of what is available: the status goes by that. */
function spendableOf(entry: Entry, frozen: bigint): Entry {
  return { ...entry, available: entry.available - frozen };
}

/** Identifies an entry by its command's key, not by its seq: after a restore, a seq may belong to another entry. */
function identityOf({ wallet, key, part }: Entry): [string, string, number] {
  return [wallet, key, part];
}

function created(entry: Entry): EntryEvent {
  const id = eventId('entry.created', ...identityOf(entry));
  return { id, kind: 'entry.created', atMs: entry.atMs, seq: entry.seq, data: null };
}

function statusEvent(
  entry: Entry,
  change: StatusChange,
  { cause, revision }: Pick<StatusCause, 'revision'> & { readonly cause: 'entry' | StatusCause['cause'] },
): EntryEvent {
  return {
    id: eventId('balance.status_changed', ...identityOf(entry), cause, revision),
    kind: 'balance.status_changed',
    atMs: change.atMs,
    seq: entry.seq,
    data: {
      status: change.to,
      previousStatus: change.from,
      availableUsd: formatUsd(entry.available),
      cause,
      entryId: formatEntryId(entry.wallet, BigInt(entry.seq)),
    },
  };
}

function effectOf(facts: EntryFacts): EntryEvent[] {
  const { entry } = facts;
  if (entry.part !== 0) return [];
  if (entry.type === 'DEPOSIT' && entry.deposit !== null)
    return [depositEvent('deposit.credited', facts, entry.deposit)];
  if (entry.type === 'DEPOSIT_REVERSAL' && entry.deposit !== null) {
    return [depositEvent('deposit.reversed', facts, entry.deposit)];
  }
  if (entry.hold !== null && entry.key === ledgerKey('hold', `${entry.wallet}:${entry.hold}:expire`)) {
    return [holdExpired(facts, entry.hold)];
  }
  return [];
}

function depositEvent(
  kind: 'deposit.credited' | 'deposit.reversed',
  { entry, whole, transfer }: EntryFacts,
  depositId: string,
): EntryEvent {
  const moved = whole?.available ?? entry.availableDelta;
  const gifts = whole?.gifts ?? entry.giftDelta;
  return {
    id: eventId(kind, ...identityOf(entry)),
    kind,
    atMs: entry.atMs,
    seq: entry.seq,
    data: {
      depositId,
      amountUsd: formatUsd(moved < 0n ? -moved : moved),
      entryId: formatEntryId(entry.wallet, BigInt(entry.seq)),
      availableAfterUsd: formatUsd(whole?.availableAfter ?? entry.available),
      orderId: entry.packOrder,
      giftCards: Math.abs(gifts),
      transfer,
    },
  };
}

function holdExpired({ entry, whole }: EntryFacts, hold: number): EntryEvent {
  return {
    id: eventId('hold.expired', ...identityOf(entry)),
    kind: 'hold.expired',
    atMs: entry.atMs,
    seq: entry.seq,
    data: {
      holdId: formatHoldId(entry.wallet, BigInt(hold)),
      entryId: formatEntryId(entry.wallet, BigInt(entry.seq)),
      serviceType: entry.service,
      amountUsd: formatUsd(whole?.available ?? entry.availableDelta),
      giftCards: whole?.gifts ?? entry.giftDelta,
      reference: entry.reference,
      availableAfterUsd: formatUsd(whole?.availableAfter ?? entry.available),
    },
  };
}
