/** The posting rule: the head of a wallet and a command give entries, or a refusal. Pure; the time is an argument. */
import { Refusal } from '../errors.ts';
import { ledgerKey } from '../ids.ts';
import type { Pricing } from '../pricing/price-book.ts';
import { priceAt } from '../pricing/stamp.ts';
import {
  checkAmount,
  checkAvailable,
  checkCards,
  checkDeposited,
  checkDraws,
  checkHeldPrice,
  checkLargest,
  checkLots,
  checkLowest,
  checkNewEnd,
  checkOpenHolds,
  endOfHold,
  holdExceeded,
  overrunSuspended,
} from './checks.ts';
import {
  OPEN_HOLDS_MAX,
  type CaptureCommand,
  type Command,
  type CreditCommand,
  type DebitCommand,
  type DrawsOnly,
  type ExtendCommand,
  type HoldCommand,
  type Intent,
} from './commands.ts';
import { inputHash, type Entry } from './entry.ts';
import { extensionNote } from './hold-note.ts';
import type { Balances, Draw, LotTerms, OpenHold, OpenLot } from './head.ts';
import type { Posting, Shared } from './posting.ts';
import { sharedOf, sharedOfHold } from './shared.ts';
import {
  debitType,
  DEBT_TYPES,
  DEPOSITED_TYPES,
  holdTypes,
  REFILLING_TYPES,
  revenueAccount,
  type EntryType,
} from './vocabulary.ts';

/** A priced command that costs nothing writes no entry: what it was priced by, its time, and the balances then. */
export interface FreeCharge extends Balances {
  readonly pricing: Pricing;
  readonly atMs: number;
}

/**
 * The result of a command: its own entries, or why it was refused. For a capture also what its hold has left, in
 * micros; `settled`: the balances where the command made something overdue, which was settled after its own entries.
 * `again`: so much was overdue that only a part of it is settled; the command is to be judged again after that.
 */
export type Decision =
  | {
      readonly entries: readonly Entry[];
      readonly holdLeft?: bigint;
      readonly settled?: Balances;
      readonly free?: FreeCharge;
      readonly refusal?: never;
      readonly again?: never;
    }
  | { readonly refusal: Refusal; readonly entries?: never; readonly again?: never }
  | { readonly again: true; readonly entries?: never; readonly refusal?: never };

/** After this many entries, settling what is overdue is interrupted: the rest comes with the next batch. */
export const SETTLED_ENTRIES_MAX = 200;

const DRAWS_ONLY: Readonly<Record<DrawsOnly, (terms: LotTerms) => boolean>> = {
  refundable: ({ refundable }) => refundable,
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
  try {
    const charged = priced(command, posting.now, intent);
    if (isFree(charged)) return { entries: [], free: freeCharge(posting, charged.pricing) };
    post(posting, charged, intent);
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
  const entries = posting.entries.slice(first);
  const left = command.op === 'capture' ? { holdLeft: posting.leftInHold(command.hold) } : undefined;
  // A release may have put money back into a lot that has expired while it was held: it expires at once.
  const last = posting.nextSeq;
  settleOverdue(posting);
  if (posting.nextSeq === last) return { entries, ...left };
  return { entries, ...left, settled: { available: posting.available, held: posting.held } };
}

/** The command with the amount that the price book gives at a time, where it is priced; else the command as it is. */
function priced(command: Command, atMs: number, { prices }: Intent): Command {
  if ((command.op !== 'debit' && command.op !== 'hold') || command.priced === undefined) return command;
  if (prices === undefined) throw new Error('a priced command is judged without the rows of the price book');
  const pricing = priceAt(command.priced, atMs, prices);
  return { ...command, amountMicros: pricing.amountMicros, pricing };
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
  for (const hold of posting.overdueHolds(entriesMax)) {
    releaseOverdue(posting, hold);
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
  const intent = derivedIntent('hold', `${posting.wallet}:${hold.hold}:expire`);
  releaseHold(posting, { ...sharedOfHold(intent, hold), description: 'Hold expired' }, hold);
}

function expire(posting: Posting, { lot, left, terms }: OpenLot): void {
  posting.begin(posting.now);
  posting.draw(left, { first: [lot] });
  // A late release can refill a lot, which then expires again: the seq keeps the keys of the two apart.
  const intent = derivedIntent('lot', `${posting.wallet}:${lot}:${posting.nextSeq}`);
  posting.append(sharedOf(intent, { notes: { remark: 'Credits expired' } }), {
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
    case 'settle':
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
  });
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
  if (mayOwe) checkLowest(posting, command.amountMicros);
  else checkAvailable(posting, command.amountMicros);
  // Only a claw-back by hand is limited to what is deposited: one that a payer made, and the reversal of a deposit, are
  // always written, even if a claw-back took the money before.
  if (command.type === 'CLAWBACK' && command.mustTake !== true) checkDeposited(posting, command.amountMicros);
  const fits = command.drawsOnly && DRAWS_ONLY[command.drawsOnly];
  if (fits) checkLots(posting, command.amountMicros, fits);
  const order = { first: command.lotsFirst, fits, spends: !mayOwe };
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

function placeHold(posting: Posting, command: HoldCommand, shared: Shared): void {
  const { open } = holdTypes(command.service);
  checkOpenHolds(posting, command.openMax ?? OPEN_HOLDS_MAX);
  const hold = posting.nextSeq;
  const expiresAtMs = endOfHold(posting, command.durationMs);
  const draws: Draw[] = [];
  if (command.gift) {
    holdGiftCard(posting, command, shared);
  } else {
    checkHeldPrice(command.pricing);
    checkAmount(command.amountMicros);
    checkAvailable(posting, command.amountMicros);
    checkDraws(posting, command.amountMicros, { spends: true });
    for (const { lot, terms, taken, left } of posting.draw(command.amountMicros, { spends: true })) {
      draws.push({ lot, terms, left: taken });
      posting.append(shared, { type: open, availableDelta: -taken, heldDelta: taken, lot, lotLeft: left, hold });
    }
  }
  posting.openHold({
    hold,
    service: command.service,
    gift: command.gift,
    amount: command.amountMicros,
    draws,
    reference: shared.reference,
    appId: shared.appId,
    userId: shared.userId,
    teamId: shared.teamId,
    text: shared.text,
    firstEndMs: expiresAtMs,
    expiresAtMs,
  });
}

function holdGiftCard(posting: Posting, command: HoldCommand, shared: Shared): void {
  if (command.service !== 'GIFT_CARD' || command.amountMicros !== 0n) {
    throw new Refusal('VALIDATION_FAILED', 'a free gift card pays for GIFT_CARD only, and holds no money');
  }
  if (posting.giftAvailable < 1) throw new Refusal('CREDIT_INSUFFICIENT', 'no free gift card is available');
  const line = { type: 'GIFT_HOLD', availableDelta: 0n, heldDelta: 0n, giftDelta: -1, giftHeldDelta: 1 } as const;
  posting.append(shared, { ...line, hold: posting.nextSeq });
}

function capture(posting: Posting, command: CaptureCommand, open: OpenHold, shared: Shared): void {
  checkAmount(command.amountMicros);
  if (open.gift) return captureGiftCard(posting, command, open, shared);
  const left = open.draws.reduce((sum, draw) => sum + draw.left, 0n);
  const overrun = command.amountMicros > left ? command.amountMicros - left : 0n;
  if (overrun > 0n && !command.allowOverrun) throw holdExceeded(command.amountMicros, left);
  if (overrun > 0n && command.suspended === true) throw overrunSuspended(left);
  if (overrun > 0n) checkAvailable(posting, overrun);
  if (overrun > 0n) checkDraws(posting, overrun, { spends: true });

  const type = debitType(open.service);
  const contra = revenueAccount(open.service);
  const closes = command.final || command.amountMicros >= left;
  let missing = command.amountMicros - overrun;
  const kept: Draw[] = [];
  for (const draw of open.draws) {
    const spent = draw.left < missing ? draw.left : missing;
    missing -= spent;
    const freed = closes ? draw.left - spent : 0n;
    if (!closes && draw.left > spent) kept.push({ ...draw, left: draw.left - spent });
    if (spent + freed === 0n) continue;
    posting.append(shared, {
      type: spent > 0n ? type : holdTypes(open.service).release,
      availableDelta: freed,
      heldDelta: -(spent + freed),
      lotLeft: posting.fill(draw.lot, draw.terms, freed),
      lot: draw.lot,
      hold: open.hold,
      contra: spent > 0n ? contra : null,
    });
  }
  for (const { lot, taken, left: lotLeft } of posting.draw(overrun, { spends: true })) {
    posting.append(shared, { type, availableDelta: -taken, heldDelta: 0n, lot, lotLeft, hold: open.hold, contra });
  }
  if (closes) posting.closeHold(open.hold);
  else posting.keepDraws(open, kept);
}

function captureGiftCard(posting: Posting, command: CaptureCommand, open: OpenHold, shared: Shared): void {
  if (command.amountMicros > command.giftCardMaxMicros) {
    throw holdExceeded(command.amountMicros, command.giftCardMaxMicros);
  }
  const line = { type: 'GIFT_REDEEM', availableDelta: 0n, heldDelta: 0n, giftHeldDelta: -1 } as const;
  posting.append(shared, { ...line, hold: open.hold, contra: 'expenses:promo', cardPaid: command.amountMicros });
  posting.closeHold(open.hold);
}

function releaseHold(posting: Posting, shared: Shared, open: OpenHold): void {
  const { release } = holdTypes(open.service);
  const hold = open.hold;
  if (open.gift) {
    const line = { type: release, availableDelta: 0n, heldDelta: 0n, giftDelta: 1, giftHeldDelta: -1 };
    posting.append(shared, { ...line, hold });
  }
  for (const { lot, left, terms } of open.draws) {
    const lotLeft = posting.fill(lot, terms, left);
    posting.append(shared, { type: release, availableDelta: left, heldDelta: -left, lot, lotLeft, hold });
  }
  posting.closeHold(hold);
}

/** Prolongs a hold. Moves no money, but writes an entry, so that it has a key, a position and a hash. */
function extendHold(posting: Posting, command: ExtendCommand, open: OpenHold, shared: Shared): void {
  const expiresAtMs = endOfHold(posting, command.durationMs);
  checkNewEnd(open, expiresAtMs);
  const line = { type: holdTypes(open.service).open, availableDelta: 0n, heldDelta: 0n, hold: open.hold };
  posting.append({ ...shared, description: extensionNote(expiresAtMs) }, line);
  posting.openHold({ ...open, expiresAtMs });
}

function getHold(posting: Posting, hold: number): OpenHold {
  if (posting.lacksHold(hold)) throw new Error(`hold ${hold} has to be read before it is judged`);
  const open = posting.findHold(hold);
  if (!open) throw new Refusal('HOLD_NOT_PENDING', 'this hold is not open: it was captured, released or has expired');
  return open;
}

/** The change of what counts as deposited: it falls by what is taken back, down to zero. */
function depositedDelta(posting: Posting, type: EntryType, taken: bigint): bigint {
  if (!DEPOSITED_TYPES.has(type)) return 0n;
  return -(taken < posting.deposited ? taken : posting.deposited);
}

function derivedIntent(domain: 'hold' | 'lot', name: string): Intent {
  return { key: ledgerKey(domain, name), inputHash: inputHash(`${domain}:${name}`), atMs: 0 };
}
