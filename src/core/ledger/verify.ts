/**
 * Verifies one wallet: reads its entries in order, computes every balance, lot, hold and hash again from their effects
 * alone, and at the end compares the result with the tables of open lots and holds. Reports the first fault.
 */
import { formatEntryId } from '../ids.ts';
import { AuditedHolds, demand, Wrong, type OpenHoldRow } from './audited-holds.ts';
import { AuditedLots, type AuditedLot } from './audited-lots.ts';
import { entryHash, GENESIS_HASH, type Entry } from './entry.ts';
import { textHash } from './entry-text.ts';
import { debtOf, remainderLot, type LotTerms } from './head.ts';
import { mayPayFor, parseRestriction, type Purpose } from '../lots/restriction.ts';
import { findShape, ORDERED_TYPES } from './shapes.ts';
import { StampAudit } from '../pricing/stamp.ts';
import { DEPOSITED_TYPES, LOT_ENDED, REFILLING_TYPES, revenueAccount, WITHIN_HOLDS } from './vocabulary.ts';

/** The first fault of a wallet. */
export interface Fault {
  readonly wallet: string;
  /** `ent_<wallet>_<seq>`: the row that is wrong or missing, or that opened the faulty lot or hold. */
  readonly entry: string;
  readonly what: string;
}

/** A row of the table of lots. */
export interface LotRow {
  readonly lot: number;
  readonly amount: bigint;
  readonly terms: LotTerms;
  readonly openedAtMs: number;
}

/** A row of the table of open lots; null for the lot that is being drawn from. */
export interface OpenLotRow {
  readonly lot: number;
  readonly left: bigint | null;
  readonly expiresAtMs: number | null;
}

/**
 * The audit of one wallet: reads its entries in order. Memory grows with its open lots and holds, not with its history.
 */
export class WalletAudit {
  readonly wallet: string;
  /** By contra account: what the wallet's entries gave it (positive for revenue, negative for sources of money). */
  readonly contra = new Map<string, bigint>();
  private found: Fault | undefined;
  private erasedCount = 0;
  private previous: Omit<Entry, 'wallet' | 'type'>;
  private readonly lots = new AuditedLots();
  private readonly stamps = new StampAudit();
  private readonly holds = new AuditedHolds(this.lots);
  private readonly everFrozen: ReadonlySet<number>;

  /** @param everFrozen lots that were frozen at some time: spending may have passed them over. */
  constructor(wallet: string, everFrozen: ReadonlySet<number> = new Set()) {
    this.wallet = wallet;
    this.everFrozen = everFrozen;
    this.previous = BEFORE_THE_FIRST;
  }

  /** The first fault, if there is one. */
  get fault(): Fault | undefined {
    return this.found;
  }

  /** How many entries had a text that was erased since. */
  get erased(): number {
    return this.erasedCount;
  }

  /** Seq of the last entry that was read. */
  get seq(): number {
    return this.previous.seq;
  }

  /** Records a fault, also one found outside, unless an earlier one is known. */
  report(seq: number, what: string): void {
    this.found ??= { wallet: this.wallet, entry: formatEntryId(this.wallet, BigInt(seq)), what };
  }

  /**
   * Reads the next entry, with the row of the lot that it opened or, for a type that gives back, refilled, if there is
   * one. After a fault it only sums.
   */
  read(entry: Entry, lotRow?: LotRow): void {
    if (entry.contra !== null) {
      const gained = entry.availableDelta + entry.heldDelta;
      this.give(entry.contra, -gained);
    }
    if (entry.cardPaid !== null && entry.service !== null) {
      this.give('expenses:promo', -entry.cardPaid);
      this.give(revenueAccount(entry.service), entry.cardPaid);
    }
    if (entry.textHash !== null && entry.text === null) this.erasedCount += 1;
    if (this.found) return;
    this.guard(() => {
      this.checkChain(entry);
      this.checkBalances(entry);
      this.checkCommand(entry);
      this.checkLot(entry, lotRow);
      this.holds.read(entry, entry.giftHeld - this.previous.giftHeld);
      if (entry.lot !== null && !this.holds.isMoving) this.lots.forgetIfEmpty(entry.lot);
      const { seq } = entry;
      const positive = entry.available > 0n ? entry.available : 0n;
      demand(seq, this.lots.total === positive, 'open lots do not add up to what is available');
      demand(seq, this.holds.total === entry.held, 'open holds do not add up to what is held');
    });
    this.previous = entry;
  }

  /** Compares the open lots and holds with their tables, after the last entry. */
  finish(openLots: readonly OpenLotRow[], openHolds: readonly OpenHoldRow[]): void {
    const wrong = this.stamps.finish();
    if (wrong) this.report(wrong.seq, wrong.what);
    if (this.found) return;
    this.guard(() => this.compareLots(openLots));
    this.guard(() => this.holds.finish(openHolds, this.seq));
  }

  private guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      this.report(error.seq, error.message);
    }
  }

  private give(account: string, amount: bigint): void {
    this.contra.set(account, (this.contra.get(account) ?? 0n) + amount);
  }

  private checkChain(entry: Entry): void {
    const { seq, hash } = this.previous;
    demand(seq + 1, entry.seq === seq + 1, `is missing: the next row is ${entry.seq}`);
    demand(entry.seq, entry.wallet === this.wallet, 'belongs to another wallet');
    const { hash: stored, ...rest } = entry;
    const right = stored === entryHash(hash, rest);
    demand(entry.seq, right, 'its hash does not follow from its columns and the row before it');
    demand(entry.seq, entry.atMs >= this.previous.atMs, 'its time is before that of the row before it');
    const { text } = entry;
    demand(entry.seq, text === null || textHash(text) === entry.textHash, 'its description or metadata was changed');
  }

  private checkBalances(entry: Entry): void {
    const { seq } = entry;
    const before = this.previous;
    demand(seq, entry.available === before.available + entry.availableDelta, 'available is not the sum of the effects');
    demand(seq, entry.held === before.held + entry.heldDelta, 'held is not the sum of the effects');
    const sum = before.deposited + (DEPOSITED_TYPES.has(entry.type) ? entry.availableDelta : 0n);
    // A claw-back may have taken back by hand what the chain, or a payer, takes back now.
    const deposited = sum < 0n ? 0n : sum;
    demand(seq, entry.deposited === deposited, 'deposited is not the sum of deposits and reversals');
    const gifts = entry.giftAvailable === before.giftAvailable + entry.giftDelta;
    demand(seq, gifts, 'free gift cards are not the sum of the effects');
  }

  private checkCommand(entry: Entry): void {
    const { seq } = entry;
    demand(seq, (entry.part === 0) === (entry.inputHash !== null), 'the first part alone carries an input hash');
    const same = entry.key === this.previous.key;
    const follows = entry.part === 0 ? !same : same && entry.part === this.previous.part + 1;
    demand(seq, follows, 'its part does not follow the row before it');
    const isReserved = entry.contra === WITHIN_HOLDS && entry.heldDelta > 0n && entry.pricing !== null;
    const wrong = this.stamps.read(isReserved ? { ...entry, availableDelta: -entry.heldDelta } : entry);
    demand(wrong?.seq ?? seq, wrong === undefined, wrong?.what ?? '');
    const { refundOf } = entry;
    const isRefund = entry.type === 'REFUND' && refundOf !== null && refundOf < seq && entry.part === 0;
    demand(seq, refundOf === null || isRefund, 'gives back what is no charge before it');
    demand(seq, findShape(entry) !== undefined, `no ${entry.type} has such effects, hold, lot and contra account`);
  }

  private checkLot(entry: Entry, lotRow: LotRow | undefined): void {
    const { seq, lot, availableDelta } = entry;
    const opened = lotRow?.lot === seq ? lotRow : undefined;
    demand(
      seq,
      (opened !== undefined) === (lot === seq),
      'the table of lots and this row disagree whether it opened one',
    );
    demand(seq, entry.restrictedTo === null || lot === seq, 'restricts a lot that it did not open');
    if (lot === null) {
      demand(seq, entry.lotLeft === null && !(availableDelta < 0n && this.lots.total > 0n), 'owes while lots are open');
      return;
    }
    if (opened) this.openLot(entry, opened);
    else if (lotRow?.lot === lot && REFILLING_TYPES.has(entry.type)) this.lots.addAgain(lot, lotRow.terms);
    const state = this.lots.get(lot);
    if (!state) throw new Wrong(seq, `draws on lot ${lot}, which holds nothing`);
    const debt = debtOf(this.previous);
    const gained = availableDelta <= 0n ? availableDelta : availableDelta > debt ? availableDelta - debt : 0n;
    this.lots.takeOver(lot, state, (entry.lotLeft ?? 0n) - gained);
    if (availableDelta < 0n) this.checkDraw(entry, lot, state);
    const left = state.left + gained;
    demand(seq, left >= 0n && entry.lotLeft === left, `lot ${lot} has another amount left`);
    this.lots.setLeft(lot, state, left);
  }

  private openLot(entry: Entry, { amount, openedAtMs, terms }: LotRow): void {
    const right = amount === entry.availableDelta && openedAtMs === entry.atMs;
    demand(entry.seq, right, 'the table of lots has another amount or time');
    const restrictedTo = entry.restrictedTo === null ? undefined : parseRestriction(entry.restrictedTo);
    this.lots.add(entry.seq, terms, { ofOrder: entry.packOrder !== null, restrictedTo });
  }

  private checkDraw(entry: Entry, lot: number, { terms }: AuditedLot): void {
    const { seq } = entry;
    const overdue = terms.expiresAtMs !== null && terms.expiresAtMs <= entry.atMs;
    if (entry.type === 'LOT_EXPIRY') {
      const isEnded = terms.expiresAtMs !== null && entry.description === LOT_ENDED;
      demand(
        seq,
        (overdue || isEnded) && entry.lotLeft === 0n,
        `lot ${lot} expires at another time, or not as a whole`,
      );
      return;
    }
    if (!ORDERED_TYPES.has(entry.type)) return;
    const use = this.useOf(entry);
    demand(seq, mayPayFor(terms.restrictedTo, use), `spends from lot ${lot}, which is for other things`);
    demand(seq, !overdue, `spends from lot ${lot} after it expired`);
    // A lot that was frozen at some time may have been passed over.
    const first = this.lots.inOrder.find((open) => {
      return open.lot === lot || (!this.everFrozen.has(open.lot) && mayPayFor(open.terms.restrictedTo, use));
    })?.lot;
    demand(seq, first === lot, `spends from lot ${lot} before lot ${first}`);
  }

  /** What an entry spends on. One that goes beyond its hold has the action of the hold's opening. */
  private useOf({ service, action, hold }: Entry): Purpose {
    return { service, action: action ?? (hold === null ? null : this.holds.actionOf(hold)) };
  }

  private compareLots(rows: readonly OpenLotRow[]): void {
    const stored = new Map(rows.map((row) => [row.lot, row]));
    const remainder = remainderLot(this.lots.inOrder)?.lot;
    for (const { lot, terms } of this.lots.inOrder.toSorted((a, b) => a.lot - b.lot)) {
      const row = stored.get(lot);
      if (!row) throw new Wrong(lot, 'the lot that it opened is missing among the open ones');
      const left = lot === remainder ? null : this.lots.get(lot)?.left;
      demand(lot, row.left === left, 'the lot that it opened has another amount left than the entries say');
      demand(lot, row.expiresAtMs === terms.expiresAtMs, 'the lot that it opened expires at another time than it says');
      stored.delete(lot);
    }
    for (const { lot } of stored.values()) throw new Wrong(lot, 'its lot is among the open ones, but has nothing left');
  }
}

const BEFORE_THE_FIRST: Omit<Entry, 'wallet' | 'type'> = {
  seq: 0,
  atMs: 0,
  availableDelta: 0n,
  heldDelta: 0n,
  available: 0n,
  held: 0n,
  deposited: 0n,
  lot: null,
  lotLeft: null,
  hold: null,
  key: '',
  giftDelta: 0,
  giftAvailable: 0,
  giftHeld: 0,
  service: null,
  part: 0,
  contra: null,
  inputHash: null,
  deposit: null,
  packOrder: null,
  reference: null,
  appId: null,
  description: null,
  hash: GENESIS_HASH,
  userId: null,
  teamId: null,
  idempotencyKey: null,
  textHash: null,
  cardPaid: null,
  action: null,
  pricing: null,
  restrictedTo: null,
  refundOf: null,
  text: null,
};
