/** Builds the entries of one command on top of a head: draws on lots, opens and closes holds, keeps the sums. */
import { Counting } from '../budgets/counting.ts';
import type { Purpose } from '../lots/restriction.ts';
import type { UsageLine } from '../pricing/usage.ts';
import { Refunds } from '../refunds/refund.ts';
import { entryHash, type Entry } from './entry.ts';
import type { EntryText, Metadata } from './entry-text.ts';
import type { OpenCount } from './hold-book.ts';
import { drawsOf, leftForOthers, placeOf, runsOf, type DrawFrom, type LotDraw } from './draws.ts';
import {
  debtOf,
  mayMerge,
  nextLotExpiry,
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
  readonly restrictedTo?: string | null;
  readonly refundOf?: number | null;
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
  | 'action'
  | 'pricing'
> {
  /** The text is the command's own, and not the one that its hold has. */
  readonly textIsNew: boolean;
  /** The hash of its hold's text, where its own repeats the metadata of that. */
  readonly repeats?: string | undefined;
}

/** Where so many lots of the same terms are open, the next one takes over the oldest: a wallet never has more of them. */
export const EQUAL_LOTS_MAX = 64;
/** How many stay lots of their own: the newest, since a chain takes back what is new. The bound above counts them. */
export const EQUAL_LOTS_KEPT = 32;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Writes entries on top of a head, one command after the other. It decides nothing: it keeps the running balances, lots
 * and holds, numbers the entries, chains their hashes and gives the new head. The head it began with is not changed.
 * One posting serves a whole batch, so that lots and holds are copied once for many commands.
 */
export class Posting {
  readonly entries: Entry[] = [];
  /** Lots that credits opened, with their first amount and terms. */
  readonly newLots: (Omit<OpenLot, 'left'> & { readonly amount: bigint; readonly openedAtMs: number })[] = [];
  /** Texts that commands brought. */
  readonly newTexts: (EntryText & { readonly repeats?: string | undefined })[] = [];
  /** The metadata of commands, each with the seq of its first entry; with the hash of the text where that is a hold's. */
  readonly newMetadata: { seq: number; metadata: Metadata; ofHold: string | undefined }[] = [];
  /** Events that commands charged, each with the seq of its command's first entry. */
  readonly newUsage: { readonly seq: number; readonly line: UsageLine }[] = [];
  /** Lots that differ from those of the first head. */
  readonly touchedLots = new Set<number>();
  /** What is counted in the wallet's budgets. */
  readonly counting: Counting;
  readonly refunds = new Refunds();
  /** A private copy of the head, updated with each entry. */
  private readonly current: Mutable<Head>;
  private lots: OpenLot[];
  /** Holds that differ from those of the first head; undefined: closed. */
  private readonly changedHolds = new Map<number, OpenHold | undefined>();
  /** Holds that ended for lack of a report, and by when: a report that came in before that keeps them open. */
  readonly unreported = new Map<number, number>();
  #opened = 0;
  private atMs: number;
  private part = 0;
  /** No lot or hold expires before this. Only a bound: the one that gave it may be closed by now. */
  private expiryBoundMs: number;
  readonly #frozen: ReadonlySet<number>;

  constructor(head: Head, frozen: ReadonlySet<number> = new Set()) {
    this.#frozen = frozen;
    this.current = { ...head };
    this.lots = [...head.lots];
    this.atMs = head.atMs;
    this.counting = new Counting(head.budgets);
    this.expiryBoundMs = head.nextExpiryMs;
  }

  /** Holds that differ from those of the first head. */
  get touchedHolds(): Iterable<number> {
    return this.changedHolds.keys();
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

  /** What is left in frozen lots. It is available, and cannot be spent. */
  get frozen(): bigint {
    if (this.#frozen.size === 0) return 0n;
    return this.lots.reduce((sum, { lot, left }) => (this.#frozen.has(lot) ? sum + left : sum), 0n);
  }

  /** What is left in lots that are not frozen and may not pay for something. It is available, and for other things. */
  leftForOthers(use: Purpose): bigint {
    return leftForOthers(this.lots, use, this.#frozen);
  }

  get held(): bigint {
    return this.current.held;
  }

  get giftHeld(): number {
    return this.current.giftHeld;
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

  /** Holds that are overdue now (end <= now), in the order of their ends; up to `limit`. */
  overdueHolds(limit: number): OpenHold[] {
    if (this.expiryBoundMs > this.atMs) return [];
    return this.current.holds.overdue(this.atMs, this.changedHolds, limit);
  }

  /** Lots that are overdue now (expiry <= now), in spending order; up to `limit`. */
  overdueLots(limit: number): OpenLot[] {
    if (this.expiryBoundMs > this.atMs) return [];
    return this.lots
      .filter(({ terms }) => terms.expiresAtMs !== null && terms.expiresAtMs <= this.atMs)
      .slice(0, limit);
  }

  /** Nothing is overdue any more: finds out when something will be. */
  settled(): void {
    if (this.expiryBoundMs > this.atMs) return;
    this.expiryBoundMs = Math.min(nextLotExpiry(this.lots), this.current.holds.nextEndMs(this.changedHolds));
  }

  /** Writes one entry. */
  append(shared: Shared, line: Line): Entry {
    const { current } = this;
    const entry = this.stored(shared, line);
    entry.hash = entryHash(current.hash, entry);
    if (this.part === 0 && shared.text) this.keepText(shared.text, shared);
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
      action: shared.action,
      pricing: shared.pricing,
      restrictedTo: line.restrictedTo ?? null,
      refundOf: line.refundOf ?? null,
      text: shared.text,
    };
  }

  private keepText(text: EntryText, { textIsNew, repeats }: Shared): void {
    if (textIsNew) this.newTexts.push({ ...text, repeats });
    const ofHold = textIsNew ? undefined : text.hash;
    if (text.metadata) this.newMetadata.push({ seq: this.nextSeq, metadata: text.metadata, ofHold });
  }

  /**
   * Puts money into a lot after paying debt with it, and gives what the lot has left then. The lot opens or re-opens
   * when it gets anything, and then takes over the oldest lots of its terms where these are too many. Call it before the
   * entry that carries the money is appended: what the lot has left on that entry is what proves the merger.
   */
  fill(lot: number, terms: LotTerms, amount: bigint): bigint {
    this.touchedLots.add(lot);
    const debt = debtOf(this.current);
    const kept = amount > debt ? amount - debt : 0n;
    const filled = { lot, left: kept, terms };
    const index = placeOf(this.lots, filled);
    const open = this.lots[index];
    if (open?.lot === lot) {
      this.lots[index] = { ...open, left: open.left + kept };
      return open.left + kept;
    }
    if (kept === 0n) return 0n;
    const left = kept + this.takeOver(filled);
    this.lots.splice(placeOf(this.lots, filled), 0, { ...filled, left });
    if (terms.expiresAtMs !== null) this.expiryBoundMs = Math.min(this.expiryBoundMs, terms.expiresAtMs);
    return left;
  }

  /** Empties the oldest lots of a lot's terms if there are too many; gives what they had left. */
  private takeOver({ lot, terms }: OpenLot): bigint {
    if (this.lots.length < EQUAL_LOTS_MAX) return 0n;
    const equals = this.lots.filter((open) => open.lot !== lot && mayMerge(open.terms, terms));
    if (equals.length < EQUAL_LOTS_MAX) return 0n;
    const merged = equals.slice(0, equals.length - EQUAL_LOTS_KEPT);
    this.setLeft(merged.map((open) => ({ ...open, left: 0n })));
    return merged.reduce((sum, { left }) => sum + left, 0n);
  }

  /** Opens the lot of the next entry: records its terms and fills it. */
  openLot(amount: bigint, terms: LotTerms): { lot: number; lotLeft: bigint } {
    const lot = this.nextSeq;
    this.newLots.push({ lot, amount, terms, openedAtMs: this.atMs });
    return { lot, lotLeft: this.fill(lot, terms, amount) };
  }

  /** The sum of what is left in the open lots whose terms fit and that are not frozen. */
  leftIn(fits: (terms: LotTerms) => boolean): bigint {
    return this.lots.reduce((sum, { lot, left, terms }) => {
      return fits(terms) && !this.#frozen.has(lot) ? sum + left : sum;
    }, 0n);
  }

  /** How many lots have something left. */
  get lotCount(): number {
    return this.lots.length;
  }

  /**
   * Takes up to `amount` out of lots in spending order (named lots first); gives the draws. Where they are many, a run
   * of lots of the same terms is one draw on the last of them, which thereby has taken over the others.
   */
  draw(amount: bigint, from: DrawFrom = {}): LotDraw[] {
    const draws = drawsOf(this.lots, amount, from, this.#frozen);
    this.setLeft(draws);
    return runsOf(draws, from);
  }

  /** What {@link draw} would give. Nothing is taken. */
  plan(amount: bigint, from: DrawFrom = {}): LotDraw[] {
    return runsOf(drawsOf(this.lots, amount, from, this.#frozen), from);
  }

  /** Records what open lots have left; those with nothing left are closed. */
  private setLeft(changed: readonly OpenLot[]): void {
    const lefts = new Map(changed.map(({ lot, left }) => [lot, left]));
    let missing = lefts.size;
    for (let index = 0; index < this.lots.length && missing > 0; index += 1) {
      const open = this.lots[index];
      const left = open && lefts.get(open.lot);
      if (!open || left === undefined) continue;
      this.lots[index] = { ...open, left };
      missing -= 1;
    }
    for (const { lot } of changed) this.touchedLots.add(lot);
    if (changed.some(({ left }) => left === 0n)) this.lots = this.lots.filter(({ left }) => left > 0n);
  }

  /** True when a hold may be overdue now that was not read: what is overdue cannot be settled in full. */
  get mayLackHolds(): boolean {
    return this.current.holds.mayLack(this.atMs);
  }

  /** True for a hold that has to be read before a command that names it is judged. */
  lacksHold(hold: number): boolean {
    return !this.changedHolds.has(hold) && this.current.holds.lacks(hold);
  }

  /**
   * Takes in holds as they were read later: undefined for one that is not open.
   * @param untilMs every hold that ends at or before this is among them, or was read before; left out: not so.
   */
  learn(holds: ReadonlyMap<number, OpenHold | undefined>, untilMs?: number): void {
    const known = this.current.holds.learning(holds);
    this.current.holds = untilMs === undefined ? known : known.readUntil(untilMs);
  }

  findHold(hold: number): OpenHold | undefined {
    const { changedHolds } = this;
    return changedHolds.has(hold) ? changedHolds.get(hold) : this.current.holds.get(hold);
  }

  /** The sum of what an open hold has left; zero for a closed one. */
  leftInHold(hold: number): bigint {
    return (this.findHold(hold)?.draws ?? []).reduce((sum, { left }) => sum + left, 0n);
  }

  /** How many holds are open, or at most so many; in a posting, {@link decide} goes by the upper bound. */
  get openHolds(): OpenCount {
    const { open } = this.current.holds;
    return { ...open, atMost: open.atMost + this.#opened };
  }

  count(open: OpenCount): void {
    this.current.holds = this.current.holds.counted(open);
  }

  openHold(hold: OpenHold): void {
    if (!this.findHold(hold.hold)) this.#opened += 1;
    this.changedHolds.set(hold.hold, hold);
    this.expiryBoundMs = Math.min(this.expiryBoundMs, hold.expiresAtMs);
  }

  /** Records what a hold has left in its lots after a capture of a part of it. */
  keepDraws(hold: OpenHold, draws: readonly Draw[]): void {
    this.changedHolds.set(hold.hold, { ...hold, draws });
  }

  closeHold(hold: number): void {
    if (this.findHold(hold)) this.#opened -= 1;
    this.changedHolds.set(hold, undefined);
  }

  /** The head after all appended entries. */
  head(): Head {
    const holds = this.current.holds.with(this.changedHolds);
    const { budgets } = this.counting;
    return { ...this.current, lots: [...this.lots], holds, budgets, nextExpiryMs: this.expiryBoundMs };
  }
}
