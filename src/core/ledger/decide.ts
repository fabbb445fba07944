/** The posting rule: the head of a wallet and a command give entries, or a refusal. Pure; the time is an argument. */
import type { BudgetLeft, BudgetMark } from '../budgets/budget.ts';
import { effectOf, NO_MARKS } from '../budgets/counting.ts';
import { Refusal } from '../errors.ts';
import { ledgerKey } from '../ids.ts';
import type { Pricing } from '../pricing/price-book.ts';
import { priceAt } from '../pricing/stamp.ts';
import {
  checkAmount,
  checkAvailable,
  checkBalance,
  checkCards,
  checkDeposited,
  checkDraws,
  checkLargest,
  checkLots,
  checkLowest,
} from './checks.ts';
import {
  holdsNamedBy,
  type Command,
  type CreditCommand,
  type DebitCommand,
  type DrawsOnly,
  type Intent,
} from './commands.ts';
import { formatRestriction, type Purpose } from '../lots/restriction.ts';
import { inputHash, type Entry } from './entry.ts';
import type { Balances, LotTerms, OpenHold, OpenLot } from './head.ts';
import { capture, extendHold, getHold, growHold, placeHold, releaseHold } from './hold-life.ts';
import { expiryNote, findParent } from './hold-note.ts';
import type { Posting, Shared } from './posting.ts';
import { sharedOf, sharedOfHold } from './shared.ts';
import { DEBT_TYPES, DEPOSITED_TYPES, LOT_ENDED, REFILLING_TYPES, type EntryType } from './vocabulary.ts';

/** A priced command that costs nothing writes no entry: what it was priced by, its time, and the balances then. */
export interface FreeCharge extends Balances {
  readonly pricing: Pricing;
  readonly atMs: number;
}

/** On which head a refused command was judged: the number of the last entry; and at which time (ms since the epoch). */
export interface JudgedAt {
  readonly seq: number;
  readonly atMs: number;
}

/**
 * The result of a command: its own entries, or why it was refused. For a capture or a growth also what its hold has left, and its
 * parent, in micros; `settled`: the balances where the command made something overdue, which was settled after its own entries.
 * `again`: so much was overdue that only a part of it is settled; the command is to be judged again after that.
 */
export type Decision =
  | {
      readonly entries: readonly Entry[];
      readonly holdLeft?: bigint;
      readonly parentLeft?: bigint;
      readonly settled?: Balances;
      /** What is left of each budget whose present period the command counts in; left out where it counts in none. */
      readonly budgets?: readonly BudgetLeft[];
      readonly free?: FreeCharge;
      readonly refusal?: never;
      readonly again?: never;
    }
  | { readonly refusal: Refusal; readonly judged?: JudgedAt; readonly entries?: never; readonly again?: never }
  | { readonly again: true; readonly entries?: never; readonly refusal?: never };

/** After this many entries, settling what is overdue is interrupted: the rest comes with the next batch. */
export const SETTLED_ENTRIES_MAX = 200;

const DRAWS_ONLY: Readonly<Record<DrawsOnly, (terms: LotTerms) => boolean>> = {
  refundable: ({ refundable, restrictedTo }) => refundable && restrictedTo === undefined,
  rev_share: ({ source }) => source === 'rev_share',
};

/**
 * Judges one command on top of a posting. First everything overdue at that time is released or expired, then the
 * command is judged on what is left. Promises: the balances after each entry are the sums of the effects; what open
 * lots have left is available plus debt; available falls below zero only where money is taken back; a refused command
 * adds only the entries of what was overdue to the posting.
 */
export function decide(posting: Posting, command: Command, intent: Intent): Decision {
  posting.begin(intent.atMs);
  const isSettled = settleOverdue(posting, SETTLED_ENTRIES_MAX);
  if (!isSettled) return command.op === 'settle' ? { entries: [] } : { again: true };
  posting.begin(intent.atMs);
  const first = posting.entries.length;
  let marks = NO_MARKS;
  try {
    const charged = priced(command, posting.now, intent);
    if (isFree(charged)) return { entries: [], free: freeCharge(posting, charged.pricing) };
    marks = admit(posting, charged);
    post(posting, charged, intent);
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error, judged: { seq: posting.nextSeq - 1, atMs: posting.now } };
    throw error;
  }
  const entries = posting.entries.slice(first);
  noteUsage(posting, command, entries);
  const budgets = countIn(posting, marks, entries);
  if (command.op === 'hold') keepMarks(posting, marks, entries);
  const left = {
    ...(budgets.length > 0 ? { budgets } : {}),
    ...(command.op === 'capture' || command.op === 'grow' ? leftAfter(posting, command.hold, entries) : {}),
  };
  // A release may have put money back into a lot that has expired while it was held: it expires at once.
  const last = posting.nextSeq;
  settleOverdue(posting);
  if (posting.nextSeq === last) return { entries, ...left };
  return { entries, ...left, settled: { available: posting.available, held: posting.held } };
}

/** What a hold has left after its command, and its parent. */
function leftAfter(
  posting: Posting,
  hold: number,
  [first]: readonly Entry[],
): { holdLeft: bigint; parentLeft: bigint } {
  const parent = findParent(first?.description ?? null);
  return { holdLeft: posting.leftInHold(hold), parentLeft: parent === undefined ? 0n : posting.leftInHold(parent) };
}

/** The command with the amount that the price book gives at a time, where it is priced; else the command as it is. */
function priced(command: Command, atMs: number, { prices }: Intent): Command {
  if ((command.op !== 'debit' && command.op !== 'hold') || command.priced === undefined) return command;
  if (prices === undefined) throw new Error('a priced command is judged without the rows of the price book');
  const pricing = priceAt(command.priced, atMs, prices);
  return { ...command, amountMicros: pricing.amountMicros, pricing };
}

/** Keeps the events that a command charged, so that they are written with its entries. */
function noteUsage({ newUsage }: Posting, command: Command, [first]: readonly Entry[]): void {
  const lines = command.op === 'debit' ? command.priced?.lines : undefined;
  if (lines && first) newUsage.push(...lines.map((line) => ({ seq: first.seq, line })));
}

/**
 * The budgets that a command counts in: of a hold, those in which it was opened; of a spend, those that are about it now.
 * @throws Refusal when a hard budget has less left than what is to be spent
 */
function admit(posting: Posting, command: Command): readonly BudgetMark[] {
  // What is given back of a charge is free again where that counted, also in a period that is over.
  if (command.op === 'credit' && command.refundOf !== undefined) return posting.refunds.get(command.refundOf).marks;
  // What comes from a parent is reserved in its budgets already.
  const [hold] = holdsNamedBy(command);
  if (hold !== undefined) return posting.findHold(hold)?.budgets ?? NO_MARKS;
  if (command.op !== 'hold' && command.op !== 'debit') return NO_MARKS;
  const { service, notes, callingKey, amountMicros } = command;
  // What is booked or taken back has no service, and a free gift card costs the wallet nothing.
  if (service === undefined || amountMicros === 0n) return NO_MARKS;
  const { userId, teamId, appId } = notes ?? {};
  const spender = { userId, teamId, appId, serviceType: service, key: callingKey };
  return posting.counting.admit(spender, amountMicros, posting.now);
}

/** Counts entries of one command in budgets; gives what is left of them. */
function countIn(posting: Posting, marks: readonly BudgetMark[], entries: readonly Entry[]): readonly BudgetLeft[] {
  const [first] = entries;
  if (marks.length === 0 || !first) return [];
  return posting.counting.count(marks, effectOf(entries), { seq: first.seq, atMs: first.atMs });
}

/** A hold remembers the budgets in which it was opened. */
function keepMarks(posting: Posting, marks: readonly BudgetMark[], [first]: readonly Entry[]): void {
  const hold = first && marks.length > 0 ? posting.findHold(first.seq) : undefined;
  if (hold) posting.openHold({ ...hold, budgets: marks });
}

/** True for a priced debit of nothing. */
function isFree(command: Command): command is DebitCommand & { readonly pricing: Pricing } {
  return command.op === 'debit' && command.pricing?.amountMicros === 0n;
}

function freeCharge({ now, available, held }: Posting, pricing: Pricing): FreeCharge {
  return { pricing, atMs: now, available, held };
}

/**
 * Releases the holds and expires the lots that are overdue (expiry <= now) and writes their entries. False when more may be
 * overdue: it ended after `entriesMax` of them, or further holds have to be read first.
 */
export function settleOverdue(posting: Posting, entriesMax = Infinity): boolean {
  const end = posting.entries.length + entriesMax;
  for (const { hold } of posting.overdueHolds(entriesMax)) {
    // As it is now: a child that ended just before may have given money back, or closed it.
    const open = posting.findHold(hold);
    if (open) releaseOverdue(posting, open);
    if (posting.entries.length >= end) return false;
  }
  if (posting.mayLackHolds) return false;
  for (const lot of posting.overdueLots(entriesMax)) {
    expire(posting, lot);
    if (posting.entries.length >= end) return false;
  }
  posting.settled();
  return true;
}

function releaseOverdue(posting: Posting, hold: OpenHold): void {
  posting.begin(posting.now);
  const first = posting.entries.length;
  const intent = derivedIntent('hold', `${posting.wallet}:${hold.hold}:expire`);
  if (hold.heartbeat) posting.unreported.set(hold.hold, posting.now);
  releaseHold(posting, { ...sharedOfHold(intent, hold), description: expiryNote(hold.parent) }, hold);
  countIn(posting, hold.budgets ?? NO_MARKS, posting.entries.slice(first));
}

function expire(posting: Posting, { lot, left, terms }: OpenLot, remark = 'Credits expired'): void {
  posting.begin(posting.now);
  posting.draw(left, { first: [lot] });
  // A late release can refill a lot, which then expires again: the seq keeps the keys of the two apart.
  const intent = derivedIntent('lot', `${posting.wallet}:${lot}:${posting.nextSeq}`);
  posting.append(sharedOf(intent, { notes: { remark } }), {
    type: 'LOT_EXPIRY',
    availableDelta: -left,
    heldDelta: 0n,
    lot,
    lotLeft: 0n,
    contra: terms.promotional ? 'expenses:promo' : 'revenue:breakage',
  });
}

function post(posting: Posting, command: Command, intent: Intent): void {
  switch (command.op) {
    case 'credit':
      return credit(posting, command, sharedOf(intent, command));
    case 'debit':
      return debit(posting, command, sharedOf(intent, command));
    case 'hold':
      return placeHold(posting, command, sharedOf(intent, command));
    case 'capture': {
      const open = getHold(posting, command.hold);
      return capture(posting, command, open, sharedOfHold(intent, open));
    }
    case 'release': {
      const open = getHold(posting, command.hold);
      return releaseHold(posting, sharedOfHold(intent, open, command.reason), open);
    }
    case 'extend': {
      const open = getHold(posting, command.hold);
      return extendHold(posting, command, open, sharedOfHold(intent, open));
    }
    case 'grow': {
      const open = getHold(posting, command.hold);
      return growHold(posting, command, open, sharedOfHold(intent, open));
    }
    case 'settle':
      return;
    case 'end_lots':
      for (const lot of posting.head().lots) if (command.lots.includes(lot.lot)) expire(posting, lot, LOT_ENDED);
      return;
  }
}

/** A lot that an entry names, and what it has left after it. */
interface LotAfter {
  readonly lot: number;
  readonly lotLeft: bigint;
}

function credit(posting: Posting, command: CreditCommand, shared: Shared): void {
  checkCards(posting, command.giftCards ?? 0);
  if (movesCardsAlone(command)) {
    posting.append(shared, {
      type: command.type,
      availableDelta: 0n,
      heldDelta: 0n,
      giftDelta: command.giftCards ?? 0,
    });
    return;
  }
  checkAmount(command.amountMicros);
  checkLargest(posting, command.amountMicros);
  const { refundOf, service, amountMicros } = command;
  // Behind every other check: what is given back here is noted at once.
  if (refundOf !== undefined) posting.refunds.giveBack(refundOf, { amountMicros, service });
  const { lot, lotLeft } =
    command.lot === undefined ? openLot(posting, command) : refill(posting, command, command.lot);
  posting.append(shared, {
    type: command.type,
    availableDelta: command.amountMicros,
    heldDelta: 0n,
    depositedDelta: DEPOSITED_TYPES.has(command.type) ? command.amountMicros : 0n,
    giftDelta: command.giftCards ?? 0,
    lot,
    lotLeft,
    contra: command.contra,
    restrictedTo: command.lot === undefined ? restrictionIn(command.terms) : null,
    refundOf: refundOf ?? null,
  });
}

/** What an entry says of the lot that it opens: its restriction, so that the hash covers it. */
function restrictionIn({ restrictedTo }: LotTerms): string | null {
  return restrictedTo ? formatRestriction(restrictedTo) : null;
}

function openLot(posting: Posting, { amountMicros, terms, packOrder }: CreditCommand): LotAfter {
  return posting.openLot(amountMicros, packOrder === undefined ? terms : { ...terms, ofOrder: true });
}

/** Puts money back into a lot that it was taken from, which it does not merge with others. */
function refill(posting: Posting, { type, amountMicros, terms }: CreditCommand, lot: number): LotAfter {
  if (!REFILLING_TYPES.has(type) || lot >= posting.nextSeq) {
    throw new Refusal('VALIDATION_FAILED', `a ${type} cannot return money to lot ${lot}`);
  }
  return { lot, lotLeft: posting.fill(lot, { ...terms, ofOrder: true }, amountMicros) };
}

/** True for a command that takes or returns free gift cards and no money: a payment may have brought cards alone. */
function movesCardsAlone({ type, amountMicros, giftCards = 0 }: CreditCommand | DebitCommand): boolean {
  return type === 'GRANT_REVERSAL' && amountMicros === 0n && giftCards > 0;
}

function debit(posting: Posting, command: DebitCommand, shared: Shared): void {
  if (!movesCardsAlone(command)) checkAmount(command.amountMicros);
  const mayOwe = command.mayOwe === true && DEBT_TYPES.has(command.type);
  // What is taken back is taken from every lot, whatever it is for, also where no debt may arise.
  const takesBack = DEBT_TYPES.has(command.type);
  if (mayOwe) checkLowest(posting, command.amountMicros);
  else if (takesBack) checkBalance(posting, command.amountMicros);
  else checkAvailable(posting, command.amountMicros, useOf(command));
  // Only a claw-back by hand is limited to what is deposited: one that a payer made, and the reversal of a deposit, are
  // always written, even if a claw-back took the money before.
  if (command.type === 'CLAWBACK' && command.mustTake !== true) checkDeposited(posting, command.amountMicros);
  const fits = command.drawsOnly && DRAWS_ONLY[command.drawsOnly];
  if (fits) checkLots(posting, command.amountMicros, fits);
  const order = { first: command.lotsFirst, fits, spends: takesBack ? undefined : useOf(command) };
  if (!mayOwe) checkDraws(posting, command.amountMicros, order);
  let owed = command.amountMicros;
  let cards = Math.min(command.giftCards ?? 0, posting.giftAvailable);
  const take = (taken: bigint, from: { readonly lot?: number; readonly lotLeft?: bigint }): void => {
    posting.append(shared, {
      type: command.type,
      availableDelta: -taken,
      heldDelta: 0n,
      depositedDelta: depositedDelta(posting, command.type, taken),
      giftDelta: 0 - cards,
      contra: taken === 0n ? null : command.contra,
      ...from,
    });
    [owed, cards] = [owed - taken, 0];
  };
  for (const { lot, taken, left } of posting.draw(command.amountMicros, order)) {
    take(taken, { lot, lotLeft: left });
  }
  if (owed > 0n || movesCardsAlone(command)) take(owed, {});
}

/** What a debit spends on; a booking spends on no service. */
function useOf(command: DebitCommand): Purpose {
  return { service: command.service ?? null, action: command.priced?.action ?? null };
}

/** The change of what counts as deposited: it falls by what is taken back, down to zero. */
function depositedDelta(posting: Posting, type: EntryType, taken: bigint): bigint {
  if (!DEPOSITED_TYPES.has(type)) return 0n;
  return -(taken < posting.deposited ? taken : posting.deposited);
}

function derivedIntent(domain: 'hold' | 'lot', name: string): Intent {
  return { key: ledgerKey(domain, name), inputHash: inputHash(`${domain}:${name}`), atMs: 0 };
}
