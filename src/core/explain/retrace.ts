/** The command that wrote some entries, as far as the entries show it, so that the rule can be run on it again. */
import { ledgerKey } from '../ids.ts';
import { BOOKINGS } from '../ledger/bookings.ts';
import {
  HOLD_DURATION_DEFAULT_MS,
  type CaptureCommand,
  type Command,
  type CreditCommand,
  type DebitCommand,
} from '../ledger/commands.ts';
import type { Entry } from '../ledger/entry.ts';
import { DEPOSIT_TERMS, type LotTerms } from '../ledger/head.ts';
import { findHeartbeat, findHoldEnd, findParent } from '../ledger/hold-note.ts';
import { DEBT_TYPES, holdTypes } from '../ledger/vocabulary.ts';
import type { PriceRow } from '../pricing/price-book.ts';
import { parseStamp, type Priced } from '../pricing/stamp.ts';

/** What the entries of a command do not say themselves. */
export interface CommandFacts {
  /** Terms of the lots that the entries name, by their numbers. */
  readonly terms: ReadonlyMap<number, LotTerms>;
  /** What the command's hold has left after its last entry, in micros. */
  readonly holdLeftMicros: bigint;
}

/**
 * The command behind the entries of one key, in order. What ended by itself (a hold, a lot) was no caller's command: it gives
 * `settle`. @throws Error without entries
 */
export function retrace(entries: readonly Entry[], facts: CommandFacts): Command {
  const [first] = entries;
  if (!first) throw new Error('a command has entries');
  if (endedByItself(first)) return { op: 'settle' };
  if (first.hold !== null) return ofHold(entries, first, first.hold, facts);
  const [available, cards] = [sumOf(entries), entries.reduce((sum, { giftDelta }) => sum + giftDelta, 0)];
  return available > 0n || (available === 0n && cards > 0)
    ? creditOf(first, available, cards, facts)
    : debitOf(entries, first, { amountMicros: -available, giftCards: 0 - cards });
}

/** What a priced command was priced by, as a price book that has its stamp alone; undefined where it named an amount. */
export function pricesOf({ action, pricing }: Entry): readonly PriceRow[] | undefined {
  if (action === null || pricing === null) return undefined;
  const { row, rate } = parseStamp(pricing);
  const tiers = [{ upTo: null, rate }];
  return [{ id: row, org: null, action, unit: '', tiers, fromMs: 0, toMs: null, addedAtMs: 0 }];
}

/** The quantity in place of the amount, where the command named one. */
function pricedBy({ action, pricing }: Entry): { readonly amountMicros: bigint; readonly priced: Priced } | undefined {
  if (action === null || pricing === null) return undefined;
  return { amountMicros: 0n, priced: { action, quantity: parseStamp(pricing).quantity, org: null } };
}

/** Whether an entry was written because the time of a hold or of a lot was over. */
export function endedByItself({ type, key, wallet, hold }: Entry): boolean {
  return type === 'LOT_EXPIRY' || (hold !== null && key === ledgerKey('hold', `${wallet}:${hold}:expire`));
}

function sumOf(entries: readonly Entry[]): bigint {
  return entries.reduce((sum, { availableDelta }) => sum + availableDelta, 0n);
}

function creditOf(first: Entry, amountMicros: bigint, giftCards: number, { terms }: CommandFacts): CreditCommand {
  const { type, lot, seq, contra, deposit, packOrder, service, refundOf } = first;
  return {
    op: 'credit',
    type,
    amountMicros,
    contra: contra ?? '',
    terms: (lot === null ? undefined : terms.get(lot)) ?? DEPOSIT_TERMS,
    lot: lot === seq || lot === null ? undefined : lot,
    giftCards,
    deposit: deposit ?? undefined,
    packOrder: packOrder ?? undefined,
    refundOf: refundOf ?? undefined,
    service: service ?? undefined,
  };
}

function debitOf(
  entries: readonly Entry[],
  first: Entry,
  taken: Pick<DebitCommand, 'amountMicros' | 'giftCards'>,
): DebitCommand {
  const { type, contra, service } = first;
  const booked = BOOKINGS[type];
  const mayOwe = DEBT_TYPES.has(type);
  return {
    op: 'debit',
    type,
    ...taken,
    ...pricedBy(first),
    contra: contra ?? '',
    service: service ?? undefined,
    mayOwe,
    mustTake: mayOwe,
    // What takes money back names the lots that it takes from first; the entries have them in that order.
    lotsFirst: mayOwe ? entries.flatMap(({ lot }) => lot ?? []) : undefined,
    drawsOnly: typeof booked === 'string' ? undefined : booked.drawsOnly,
  };
}

function ofHold(entries: readonly Entry[], first: Entry, hold: number, { holdLeftMicros }: CommandFacts): Command {
  const types = holdTypes(first.service ?? '');
  // The entries of a parent show what its child shows.
  const own = entries.filter((entry) => entry.hold === hold);
  const held = own.reduce((sum, { heldDelta }) => sum + heldDelta, 0n);
  const endMs = findHoldEnd(first);
  // Some entries of earlier versions do not note the end; nothing that an opening writes depends on it.
  const durationMs = endMs === undefined ? HOLD_DURATION_DEFAULT_MS : endMs - first.atMs;
  if (first.seq !== hold && held > 0n) return { op: 'grow', hold, add: { byMicros: held } };
  if (first.seq === hold) {
    const [parent, heartbeatMs] = [findParent(first.description), findHeartbeat(first.description)];
    const opened = { service: first.service ?? '', amountMicros: held, gift: first.giftDelta < 0, durationMs };
    return { op: 'hold', ...opened, parent, heartbeatMs, ...pricedBy(first) };
  }
  const isStill = first.availableDelta === 0n && first.heldDelta === 0n && first.giftDelta === 0;
  if (isStill && first.type === types.open) return { op: 'extend', hold, durationMs };
  if (own.every(({ type }) => type === types.release)) return { op: 'release', hold };
  return captureOf(entries, { hold, final: holdLeftMicros === 0n });
}

function captureOf(entries: readonly Entry[], about: Pick<CaptureCommand, 'hold' | 'final'>): CaptureCommand {
  const spent = entries.reduce((sum, { availableDelta, heldDelta }) => sum - availableDelta - heldDelta, 0n);
  const paidByCard = entries.reduce((sum, { cardPaid }) => sum + (cardPaid ?? 0n), 0n);
  return {
    op: 'capture',
    ...about,
    amountMicros: spent + paidByCard,
    allowOverrun: entries.some(
      (entry) => entry.availableDelta < 0n || (entry.hold === about.hold && entry.heldDelta > 0n),
    ),
    giftCardMaxMicros: paidByCard,
  };
}
