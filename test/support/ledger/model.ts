/**
 * A second implementation of the ledger's rules, written from their description alone, in plain maps; tests compare the
 * two. It shares no code with the rules that it models.
 */
import { ModelBooks, sum, type ModelLot, type ModelService } from './model-books.ts';

export interface ModelHold {
  readonly id: number;
  readonly service: ModelService;
  readonly card: boolean;
  amount: bigint;
  parts: { readonly lot: number; left: bigint }[];
  /** When it ended before it was extended. */
  readonly firstEndMs: number;
  endsMs: number;
  /** The hold that it draws from. */
  readonly parent?: number;
  /** How often its owner reports, and its end in any case. */
  beat?: { readonly everyMs: number; readonly lastMs: number };
}

/** What a hold is opened with beside its amount. */
export interface ModelLife {
  readonly durationMs: number;
  readonly everyMs?: number | undefined;
}

const SPENT_AS: Readonly<Record<ModelService, string>> = {
  AI_API: 'AI_API_CALL',
  GIFT_CARD: 'GIFT_REDEEM',
  SKU_PURCHASE: 'SKU_MARGIN',
};
const CARD_WORTH_MAX = 1_000_000n;
const REFUNDED = { priority: 100, promotional: false, refundable: false, share: false, endsMs: null, services: null };

/** One wallet. */
export class LedgerModel extends ModelBooks {
  readonly holds = new Map<number, ModelHold>();
  /** Commands that were carried out, by key: the input and the seqs written. */
  readonly done = new Map<string, { readonly input: string; readonly seqs: readonly number[] }>();
  /** What was given back of charges, by their first entries. */
  readonly refunded = new Map<number, bigint>();

  /** Submits a command: returns the seqs that it wrote, or the code of its refusal. */
  submit(key: string, input: string, work: () => string | undefined): readonly number[] | string {
    const before = this.done.get(key);
    if (before) return before.input === input ? before.seqs : 'IDEMPOTENCY_CONFLICT';
    this.settleNow();
    const from = this.entries.length;
    const refusal = work();
    if (refusal !== undefined) return refusal;
    const seqs = this.entries.slice(from).map((_, index) => from + index + 1);
    this.done.set(key, { input, seqs });
    this.settle();
    return seqs;
  }

  /** Settles what is overdue; doing so at any time changes no answer. */
  settleNow(): void {
    this.nowMs = Math.max(this.clockMs, this.entries.at(-1)?.atMs ?? 0);
    this.settle();
  }

  /** Ends whatever is overdue: holds in the order of their ends, then lots in spending order. */
  private settle(): void {
    const late = [...this.holds.values()].filter(({ endsMs }) => endsMs <= this.nowMs);
    for (const hold of late.sort((a, b) => a.endsMs - b.endsMs || a.id - b.id)) {
      if (this.holds.has(hold.id)) this.free(hold);
    }
    for (const lot of this.spendable()) {
      if (lot.endsMs === null || lot.endsMs > this.nowMs) continue;
      const { left } = lot;
      lot.left = 0n;
      const contra = lot.promotional ? 'expenses:promo' : 'revenue:breakage';
      this.note({ type: 'LOT_EXPIRY', available: -left, lot: lot.id, contra });
    }
  }

  /** What the entries of a command took for a service; zero where they took nothing, or took it for none. */
  tookBy(seqs: readonly number[]): bigint {
    const entries = seqs.flatMap((seq) => this.entries[seq - 1] ?? []);
    if (!entries.some(({ type }) => Object.values(SPENT_AS).includes(type))) return 0n;
    return entries.reduce((took, { available, held }) => took - available - held, 0n);
  }

  /** Gives a part of a charge back, which its first entry names. */
  refundOf(first: number, amount: bigint): string | undefined {
    const charge = [...this.done.values()].find(({ seqs }) => seqs[0] === first);
    if (!charge) return 'NOT_FOUND';
    const took = this.tookBy(charge.seqs);
    if (took <= 0n) return 'VALIDATION_FAILED';
    const refunded = (this.refunded.get(first) ?? 0n) + amount;
    if (refunded > took) return 'REFUND_NOT_POSSIBLE';
    this.refunded.set(first, refunded);
    return this.credit('REFUND', amount, 'expenses:refunds', REFUNDED);
  }

  hold(service: ModelService, amount: bigint, life: ModelLife): string | undefined {
    if (amount > this.available || amount > sum(this.usable(service))) return 'CREDIT_INSUFFICIENT';
    const id = this.entries.length + 1;
    const hold = this.opened({ id, service, card: false, amount, parts: [] }, life, Infinity);
    this.add(hold, amount);
    return undefined;
  }

  /** Opens a hold that draws from another one. */
  child(from: number, service: ModelService, amount: bigint, life: ModelLife): string | undefined {
    const parent = this.holds.get(from);
    if (!parent) return 'HOLD_NOT_PENDING';
    if (parent.parent !== undefined || parent.card || parent.service !== service) return 'VALIDATION_FAILED';
    if (amount > sum(parent.parts)) return 'HOLD_EXCEEDED';
    const hold = { id: this.entries.length + 1, service, card: false, amount, parts: [], parent: from };
    const opened = this.opened(hold, life, lastEnd(parent));
    this.reported(parent);
    this.move(opened, parent, amount);
    return undefined;
  }

  private opened(hold: Omit<ModelHold, 'firstEndMs' | 'endsMs'>, life: ModelLife, latestMs: number): ModelHold {
    const { durationMs, everyMs } = life;
    const lastMs = Math.min(this.nowMs + durationMs, latestMs);
    const ends = { firstEndMs: lastMs, endsMs: Math.min(lastMs, this.nowMs + (everyMs ?? Infinity)) };
    const open: ModelHold = { ...hold, ...ends, ...(everyMs === undefined ? {} : { beat: { everyMs, lastMs } }) };
    this.holds.set(open.id, open);
    return open;
  }

  /** Its owner reports, by a call or by any command. */
  private reported(hold: ModelHold): void {
    const { beat } = hold;
    if (beat) hold.endsMs = Math.max(hold.endsMs, Math.min(beat.lastMs, this.nowMs + beat.everyMs));
  }

  /** A report: true when the hold is open, and its owner reports. No entry is written, and nothing is settled. */
  report(id: number): boolean {
    const hold = this.holds.get(id);
    if (!hold?.beat || hold.endsMs <= this.clockMs) return false;
    hold.endsMs = Math.max(hold.endsMs, Math.min(hold.beat.lastMs, this.clockMs + hold.beat.everyMs));
    return true;
  }

  grow(id: number, amount: bigint): string | undefined {
    const hold = this.holds.get(id);
    if (!hold) return 'HOLD_NOT_PENDING';
    if (hold.card) return 'VALIDATION_FAILED';
    if (hold.parent === undefined) {
      if (amount > this.available || amount > sum(this.usable(hold.service))) return 'CREDIT_INSUFFICIENT';
      const needed: ModelLot[] = [];
      let missing = amount;
      for (const lot of this.usable(hold.service)) {
        if (missing > 0n) needed.push(lot);
        missing -= lot.left;
      }
      const isLong = lastEnd(hold) > hold.firstEndMs;
      if (isLong && needed.some(({ endsMs }) => endsMs !== null && endsMs < lastEnd(hold))) return 'HOLD_NOT_PENDING';
      this.add(hold, amount);
    } else {
      const parent = this.holds.get(hold.parent);
      if (!parent) return 'HOLD_NOT_PENDING';
      if (amount > sum(parent.parts)) return 'HOLD_EXCEEDED';
      this.move(hold, parent, amount);
    }
    hold.amount += amount;
    this.reported(hold);
    return undefined;
  }

  /** Draws from lots into a hold. */
  private add(hold: ModelHold, amount: bigint): void {
    this.take(this.usable(hold.service), amount, (lot, taken) => {
      put(hold, lot.id, taken);
      this.note({ type: holdType(hold.service), available: -taken, held: taken, lot: lot.id, hold: hold.id });
    });
  }

  /** Moves so much from a parent to its child. */
  private move(child: ModelHold, parent: ModelHold, amount: bigint): void {
    let missing = amount;
    for (const { lot, left } of parent.parts) {
      const moved = left < missing ? left : missing;
      missing -= moved;
      if (moved > 0n) this.pass(child, parent, { lot, moved });
    }
  }

  /** Moves money of one lot from a parent to its child; below zero: back. */
  private pass(child: ModelHold, parent: ModelHold, { lot, moved }: { lot: number; moved: bigint }): void {
    const [giver, taker] = moved > 0n ? [parent, child] : [child, parent];
    const size = moved > 0n ? moved : -moved;
    giver.parts = giver.parts.map((part) => (part.lot === lot ? { lot, left: part.left - size } : part));
    giver.parts = giver.parts.filter(({ left }) => left > 0n);
    put(taker, lot, size);
    const [open, close] = [holdType(parent.service), releaseType(parent.service)];
    const contra = 'within-holds';
    this.note({ type: moved > 0n ? open : close, held: moved, lot, hold: child.id, contra });
    this.note({ type: moved > 0n ? close : open, held: -moved, lot, hold: parent.id, contra });
  }

  /** Where money of a lot goes that a hold frees: its parent, or undefined for the balance. */
  private home(hold: ModelHold, lot: number): ModelHold | undefined {
    const parent = this.holds.get(hold.parent ?? 0);
    const endsMs = this.lots.get(lot)?.endsMs ?? Infinity;
    if (!parent) return undefined;
    return lastEnd(parent) <= parent.firstEndMs || endsMs >= lastEnd(parent) ? parent : undefined;
  }

  private childrenOf(id: number): number {
    return [...this.holds.values()].filter(({ parent }) => parent === id).length;
  }

  /** Ends a hold that has nothing left, and its parent if that has nothing left and nobody either. */
  private end(hold: ModelHold): void {
    if (this.childrenOf(hold.id) > 0) this.note({ type: releaseType(hold.service), hold: hold.id });
    this.holds.delete(hold.id);
    const parent = this.holds.get(hold.parent ?? 0);
    if (!parent || parent.parts.length > 0 || this.childrenOf(parent.id) > 0) return;
    this.note({ type: releaseType(parent.service), hold: parent.id });
    this.holds.delete(parent.id);
  }

  holdCard(durationMs: number): string | undefined {
    if (this.cards < 1) return 'CREDIT_INSUFFICIENT';
    const id = this.entries.length + 1;
    this.cardsHeld += 1;
    this.note({ type: 'GIFT_HOLD', cards: -1, hold: id });
    const endsMs = this.nowMs + durationMs;
    const held = { id, service: 'GIFT_CARD', card: true, amount: 0n, parts: [] } as const;
    this.holds.set(id, { ...held, parts: [], firstEndMs: endsMs, endsMs });
    return undefined;
  }

  capture(id: number, amount: bigint, how: { final: boolean; allowOverrun: boolean }): string | undefined {
    const hold = this.holds.get(id);
    if (!hold) return 'HOLD_NOT_PENDING';
    if (hold.card) return this.useCard(hold, amount);
    let beyond = amount > sum(hold.parts) ? amount - sum(hold.parts) : 0n;
    if (beyond > 0n && !how.allowOverrun) return 'HOLD_EXCEEDED';
    if (beyond > 0n && hold.parent !== undefined) {
      const parent = this.holds.get(hold.parent);
      if (!parent || beyond > sum(parent.parts)) return 'HOLD_EXCEEDED';
      this.move(hold, parent, beyond);
      hold.amount += beyond;
      beyond = 0n;
    }
    const usable = sum(this.usable(hold.service));
    if (beyond > 0n && (beyond > this.available || beyond > usable)) return 'CREDIT_INSUFFICIENT';
    const closes = how.final || (amount >= sum(hold.parts) && this.childrenOf(id) === 0);
    const type = SPENT_AS[hold.service];
    const contra = `revenue:${hold.service}`;
    let missing = amount - beyond;
    const back: ModelHold['parts'] = [];
    for (const part of hold.parts) {
      const spent = part.left < missing ? part.left : missing;
      missing -= spent;
      const rest = closes ? part.left - spent : 0n;
      const returns = rest > 0n && this.home(hold, part.lot) !== undefined;
      const freed = returns ? 0n : rest;
      part.left -= spent + freed;
      if (returns) back.push({ lot: part.lot, left: rest });
      if (spent + freed === 0n) continue;
      this.put(part.lot, freed);
      const about = spent > 0n ? { type, contra } : { type: releaseType(hold.service) };
      this.note({ ...about, available: freed, held: -(spent + freed), lot: part.lot, hold: id });
    }
    this.take(this.usable(hold.service), beyond, (lot, taken) =>
      this.note({ type, available: -taken, lot: lot.id, hold: id, contra }),
    );
    for (const { lot, left } of back) this.giveBack(hold, lot, left);
    hold.parts = hold.parts.filter(({ left }) => left > 0n);
    if (closes) this.end(hold);
    else this.reported(hold);
    return undefined;
  }

  private useCard(hold: ModelHold, amount: bigint): string | undefined {
    if (amount > CARD_WORTH_MAX) return 'HOLD_EXCEEDED';
    this.cardsHeld -= 1;
    this.note({ type: 'GIFT_REDEEM', hold: hold.id, contra: 'expenses:promo', cardPaid: amount });
    this.holds.delete(hold.id);
    return undefined;
  }

  release(id: number): string | undefined {
    const hold = this.holds.get(id);
    if (!hold) return 'HOLD_NOT_PENDING';
    this.free(hold);
    return undefined;
  }

  extend(id: number, durationMs: number): string | undefined {
    const hold = this.holds.get(id);
    if (!hold) return 'HOLD_NOT_PENDING';
    const endsMs = this.nowMs + durationMs;
    if (endsMs <= lastEnd(hold)) return 'HOLD_NOT_PENDING';
    const parent = this.holds.get(hold.parent ?? 0);
    if (hold.parent !== undefined && (!parent || endsMs > lastEnd(parent))) return 'HOLD_NOT_PENDING';
    const lotEnds = hold.parts.map(({ lot }) => this.lots.get(lot)?.endsMs ?? Infinity);
    if (endsMs > hold.firstEndMs && endsMs > Math.min(...lotEnds)) return 'HOLD_NOT_PENDING';
    if (hold.beat) hold.beat = { ...hold.beat, lastMs: endsMs };
    else hold.endsMs = endsMs;
    this.reported(hold);
    this.note({ type: holdType(hold.service), hold: id });
    return undefined;
  }

  private free(hold: ModelHold): void {
    const type = releaseType(hold.service);
    if (hold.card) {
      this.cardsHeld -= 1;
      this.note({ type, cards: 1, hold: hold.id });
    }
    const parts = [...hold.parts];
    for (const { lot, left } of parts) {
      if (this.home(hold, lot)) continue;
      this.put(lot, left);
      this.note({ type, available: left, held: -left, lot, hold: hold.id });
    }
    for (const { lot, left } of parts) if (this.home(hold, lot)) this.giveBack(hold, lot, left);
    this.end(hold);
  }

  private giveBack(hold: ModelHold, lot: number, left: bigint): void {
    const parent = this.home(hold, lot);
    if (parent) this.pass(hold, parent, { lot, moved: -left });
  }
}

/** Puts money into a hold. A lot that it has some of already is spent as the last. */
function put(hold: ModelHold, lot: number, amount: bigint): void {
  const before = hold.parts.find((part) => part.lot === lot)?.left ?? 0n;
  hold.parts = [...hold.parts.filter((part) => part.lot !== lot), { lot, left: before + amount }];
}

/** When a hold ends whatever is reported. */
function lastEnd({ beat, endsMs }: ModelHold): number {
  return beat?.lastMs ?? endsMs;
}

function holdType(service: ModelService): string {
  return service === 'GIFT_CARD' ? 'GIFT_HOLD' : 'HOLD';
}

function releaseType(service: ModelService): string {
  return service === 'GIFT_CARD' ? 'GIFT_HOLD_RELEASE' : 'HOLD_RELEASE';
}
