/** Builds the entries of one command on top of a head: draws on lots, opens and closes holds, keeps the sums. */
import { entryHash, type Entry } from './entry.ts';
import type { EntryText, Metadata } from './entry-text.ts';
import {
  debtOf,
  nextExpiry,
  spendsBefore,
  type Draw,
  type Head,
  type LotTerms,
  type OpenHold,
  type OpenLot,
} from './head.ts';
import type { EntryType } from './vocabulary.ts';

/** The fields of an entry that a rule decides; the posting fills in the rest from the state of the wallet. */
export interface Line {
  readonly type: EntryType;
  readonly availableDelta: bigint;
  readonly heldDelta: bigint;
  readonly depositedDelta?: bigint;
  readonly giftDelta?: number;
  readonly giftHeldDelta?: number;
  readonly lot?: number | null;
  readonly lotLeft?: bigint | null;
  readonly hold?: number | null;
  readonly contra?: string | null;
  readonly cardPaid?: bigint | null;
}

/** What all entries of one command share. */
export interface Shared extends Pick<
  Entry,
  | 'key'
  | 'inputHash'
  | 'service'
  | 'deposit'
  | 'packOrder'
  | 'reference'
  | 'appId'
  | 'userId'
  | 'teamId'
  | 'idempotencyKey'
  | 'description'
  | 'text'
> {
  /** The text is the command's own, and not the one that its hold has. */
  readonly textIsNew: boolean;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Restricts the lots that a draw takes from; within that, the spending order applies. */
export interface DrawFrom {
  /** This lot before all others. */
  readonly first?: number | undefined;
  /** Only lots whose terms fit. */
  readonly fits?: ((terms: LotTerms) => boolean) | undefined;
}

/**
 * Writes entries on top of a head, one command after the other. It decides nothing: it keeps the running balances, lots
 * and holds, numbers the entries, chains their hashes and gives the new head. The head it began with is not changed.
 * One posting serves a whole batch, so that lots and holds are copied once for many commands.
 */
export class Posting {
  readonly entries: Entry[] = [];
  /** Lots that credits opened, with their first amount and terms. */
  readonly newLots: {
    readonly lot: number;
    readonly amount: bigint;
    readonly terms: LotTerms;
    readonly openedAtMs: number;
  }[] = [];
  /** Texts that commands brought. */
  readonly newTexts: EntryText[] = [];
  /** The metadata of commands, each with the seq of its first entry. */
  readonly newMetadata: { readonly seq: number; readonly metadata: Metadata }[] = [];
  /** Lots and holds that differ from those of the first head. */
  readonly touchedLots = new Set<number>();
  readonly touchedHolds = new Set<number>();
  /** A private copy of the head, updated with each entry. */
  private readonly current: Mutable<Head>;
  private lots: OpenLot[];
  private holds: Map<number, OpenHold>;
  private atMs: number;
  private part = 0;
  /** No lot or hold expires before this. Only a bound: the one that gave it may be closed by now. */
  private expiryBoundMs: number;

  constructor(head: Head) {
    this.current = { ...head };
    this.lots = [...head.lots];
    this.holds = new Map(head.holds);
    this.atMs = head.atMs;
    this.expiryBoundMs = head.nextExpiryMs;
  }

  get wallet(): string {
    return this.current.wallet;
  }

  /** Seq that the next entry gets. */
  get nextSeq(): number {
    return this.current.seq + 1;
  }

  get available(): bigint {
    return this.current.available;
  }

  get held(): bigint {
    return this.current.held;
  }

  get deposited(): bigint {
    return this.current.deposited;
  }

  get giftAvailable(): number {
    return this.current.giftAvailable;
  }

  /** Time of the current command's entries: the command's own, but never before the previous entry's. */
  get now(): number {
    return this.atMs;
  }

  /** Starts a command: its first entry is part 0. */
  begin(atMs: number): void {
    if (atMs > this.atMs) this.atMs = atMs;
    this.part = 0;
  }

  /** Lots and holds that are overdue now (expiry <= now), holds in the order in which they expire. */
  overdue(): { holds: OpenHold[]; lots: OpenLot[] } {
    if (this.expiryBoundMs > this.atMs) return { holds: [], lots: [] };
    const holds = [...this.holds.values()]
      .filter(({ expiresAtMs }) => expiresAtMs <= this.atMs)
      .sort((a, b) => a.expiresAtMs - b.expiresAtMs || a.hold - b.hold);
    const lots = this.lots.filter(({ terms }) => terms.expiresAtMs !== null && terms.expiresAtMs <= this.atMs);
    if (holds.length + lots.length === 0) this.expiryBoundMs = nextExpiry(this.lots, this.holds);
    return { holds, lots };
  }

  /** Writes one entry. */
  append(shared: Shared, line: Line): Entry {
    const { current } = this;
    const entry = this.stored(shared, line);
    entry.hash = entryHash(current.hash, entry);
    if (this.part === 0 && shared.text) this.keepText(shared.text, shared.textIsNew);
    this.part += 1;
    this.entries.push(entry);
    current.seq = entry.seq;
    current.atMs = entry.atMs;
    current.hash = entry.hash;
    current.available = entry.available;
    current.held = entry.held;
    current.deposited = entry.deposited;
    current.giftAvailable = entry.giftAvailable;
    current.giftHeld = entry.giftHeld;
    return entry;
  }

  private stored(shared: Shared, line: Line): Mutable<Entry> {
    const before = this.current;
    return {
      wallet: before.wallet,
      seq: before.seq + 1,
      atMs: this.atMs,
      availableDelta: line.availableDelta,
      heldDelta: line.heldDelta,
      available: before.available + line.availableDelta,
      held: before.held + line.heldDelta,
      deposited: before.deposited + (line.depositedDelta ?? 0n),
      lot: line.lot ?? null,
      lotLeft: line.lotLeft ?? null,
      hold: line.hold ?? null,
      key: shared.key,
      giftDelta: line.giftDelta ?? 0,
      giftAvailable: before.giftAvailable + (line.giftDelta ?? 0),
      giftHeld: before.giftHeld + (line.giftHeldDelta ?? 0),
      type: line.type,
      service: shared.service,
      part: this.part,
      contra: line.contra ?? null,
      inputHash: this.part === 0 ? shared.inputHash : null,
      deposit: shared.deposit,
      packOrder: shared.packOrder,
      reference: shared.reference,
      appId: shared.appId,
      description: shared.description,
      hash: '',
      userId: shared.userId,
      teamId: shared.teamId,
      idempotencyKey: shared.idempotencyKey,
      textHash: shared.text?.hash ?? null,
      cardPaid: line.cardPaid ?? null,
      text: shared.text,
    };
  }

  private keepText(text: EntryText, isNew: boolean): void {
    if (isNew) this.newTexts.push(text);
    if (text.metadata) this.newMetadata.push({ seq: this.nextSeq, metadata: text.metadata });
  }

  /**
   * Puts money into a lot after paying debt with it, and gives what the lot has left then. The lot opens or re-opens
   * when it gets anything. Call it before the entry that carries the money is appended.
   */
  fill(lot: number, terms: LotTerms, amount: bigint): bigint {
    this.touchedLots.add(lot);
    const debt = debtOf(this.current);
    const kept = amount > debt ? amount - debt : 0n;
    const filled = { lot, left: kept, terms };
    const index = this.placeOf(filled);
    const open = this.lots[index];
    if (open?.lot === lot) {
      this.lots[index] = { ...open, left: open.left + kept };
      return open.left + kept;
    }
    if (kept > 0n) {
      this.lots.splice(index, 0, filled);
      if (terms.expiresAtMs !== null) this.expiryBoundMs = Math.min(this.expiryBoundMs, terms.expiresAtMs);
    }
    return kept;
  }

  /** The index of a lot among the open ones, or where to insert it. The spending order has no ties. */
  private placeOf(lot: OpenLot): number {
    let [from, to] = [0, this.lots.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const there = this.lots[middle];
      if (there && spendsBefore(there, lot) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Opens the lot of the next entry: records its terms and fills it. */
  openLot(amount: bigint, terms: LotTerms): { lot: number; lotLeft: bigint } {
    const lot = this.nextSeq;
    this.newLots.push({ lot, amount, terms, openedAtMs: this.atMs });
    return { lot, lotLeft: this.fill(lot, terms, amount) };
  }

  /** The sum of what is left in the open lots whose terms fit. */
  leftIn(fits: (terms: LotTerms) => boolean): bigint {
    return this.lots.reduce((sum, { left, terms }) => (fits(terms) ? sum + left : sum), 0n);
  }

  /** Takes up to `amount` out of lots in spending order (a named lot first); gives the draws. */
  draw(amount: bigint, from: DrawFrom = {}): { lot: number; terms: LotTerms; taken: bigint; left: bigint }[] {
    const draws = [];
    let missing = amount;
    const { first, fits } = from;
    const inOrder = first === undefined ? this.lots : this.ordered(first);
    const order = fits ? inOrder.filter(({ terms }) => fits(terms)) : inOrder;
    for (const { lot, left, terms } of order) {
      if (missing === 0n) break;
      const taken = left < missing ? left : missing;
      missing -= taken;
      draws.push({ lot, terms, taken, left: left - taken });
    }
    for (const { lot, left } of draws) this.setLeft(lot, left);
    return draws;
  }

  private ordered(lotFirst: number): OpenLot[] {
    return [...this.lots.filter(({ lot }) => lot === lotFirst), ...this.lots.filter(({ lot }) => lot !== lotFirst)];
  }

  private setLeft(lot: number, left: bigint): void {
    this.touchedLots.add(lot);
    const index = this.lots.findIndex((open) => open.lot === lot);
    const open = this.lots[index];
    if (!open) return;
    if (left > 0n) {
      this.lots[index] = { ...open, left };
      return;
    }
    this.lots.splice(index, 1);
  }

  findHold(hold: number): OpenHold | undefined {
    return this.holds.get(hold);
  }

  /** The sum of what an open hold has left; zero for a closed one. */
  leftInHold(hold: number): bigint {
    return (this.holds.get(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 0n);
  }

  openHold(hold: OpenHold): void {
    this.touchedHolds.add(hold.hold);
    this.holds.set(hold.hold, hold);
    this.expiryBoundMs = Math.min(this.expiryBoundMs, hold.expiresAtMs);
  }

  /** Records what a hold has left in its lots after a capture of a part of it. */
  keepDraws(hold: OpenHold, draws: readonly Draw[]): void {
    this.touchedHolds.add(hold.hold);
    this.holds.set(hold.hold, { ...hold, draws });
  }

  closeHold(hold: number): void {
    this.touchedHolds.add(hold);
    this.holds.delete(hold);
  }

  /** The head after all appended entries. */
  head(): Head {
    return { ...this.current, lots: [...this.lots], holds: new Map(this.holds), nextExpiryMs: this.expiryBoundMs };
  }
}
