/** Builds the entries of one command on top of a head: draws on lots, opens and closes holds, keeps the sums. */
import { entryHash, type Entry } from './entry.ts';
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

/** What a rule says about one entry; the posting fills in the rest from where the wallet stands. */
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
}

/** What all entries of one command share. */
export type Shared = Pick<
  Entry,
  'key' | 'inputHash' | 'service' | 'deposit' | 'packOrder' | 'reference' | 'appId' | 'description'
>;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Which lots a draw may take from, beside the spending order. */
export interface DrawFrom {
  /** This lot before all others. */
  readonly first?: number | undefined;
  /** Only lots whose terms fit. */
  readonly fits?: ((terms: LotTerms) => boolean) | undefined;
}

/**
 * Entries being written on top of a head, one command after the other. Decides nothing: it keeps the running
 * balances, lots and holds, numbers and chains the entries, and answers the new head. The head it began with is
 * left as it was. One posting serves a whole batch, so that lots and holds are copied once for many commands.
 */
export class Posting {
  readonly entries: Entry[] = [];
  /** Lots that credits opened, with what they were opened with. */
  readonly newLots: {
    readonly lot: number;
    readonly amount: bigint;
    readonly terms: LotTerms;
    readonly openedAtMs: number;
  }[] = [];
  /** Lots and holds that are no longer as the head had them. */
  readonly touchedLots = new Set<number>();
  readonly touchedHolds = new Set<number>();
  /** A copy of our own of the head, moved on with each entry. */
  private readonly current: Mutable<Head>;
  private lots: OpenLot[];
  private holds: Map<number, OpenHold>;
  private atMs: number;
  private part = 0;
  /** No lot or hold expires before this; it may have gone since, so that a look at it can find nothing. */
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

  /** Time of the entries of the command at hand: the command's, but never before the previous entry's. */
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
    };
  }

  /**
   * Puts money into a lot, debt first: answers what the lot has left afterwards. The lot opens or re-opens when it
   * gets anything. Call it before the entry that carries the money is appended.
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

  /** Where a lot is among the open ones, or where it belongs: they are in spending order, which no two share. */
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

  /** Opens the lot that the next entry brings: notes its terms and fills it. */
  openLot(amount: bigint, terms: LotTerms): { lot: number; lotLeft: bigint } {
    const lot = this.nextSeq;
    this.newLots.push({ lot, amount, terms, openedAtMs: this.atMs });
    return { lot, lotLeft: this.fill(lot, terms, amount) };
  }

  /** What the open lots whose terms fit have left. */
  leftIn(fits: (terms: LotTerms) => boolean): bigint {
    return this.lots.reduce((sum, { left, terms }) => (fits(terms) ? sum + left : sum), 0n);
  }

  /** Takes up to `amount` out of lots in spending order (one lot before the others if named); answers the draws. */
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

  /** What an open hold has left in its lots; zero for one that is closed. */
  leftInHold(hold: number): bigint {
    return (this.holds.get(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 0n);
  }

  openHold(hold: OpenHold): void {
    this.touchedHolds.add(hold.hold);
    this.holds.set(hold.hold, hold);
    this.expiryBoundMs = Math.min(this.expiryBoundMs, hold.expiresAtMs);
  }

  /** Keeps what a hold still has in its lots after a part of it was captured. */
  keepDraws(hold: OpenHold, draws: readonly Draw[]): void {
    this.touchedHolds.add(hold.hold);
    this.holds.set(hold.hold, { ...hold, draws });
  }

  closeHold(hold: number): void {
    this.touchedHolds.add(hold);
    this.holds.delete(hold);
  }

  /** Where the wallet stands after everything that was appended. */
  head(): Head {
    return { ...this.current, lots: [...this.lots], holds: new Map(this.holds), nextExpiryMs: this.expiryBoundMs };
  }
}
