/**
 * A second implementation of the ledger's rules, written from their description alone, in plain maps; tests compare the
 * two. It shares no code with the rules that it models.
 */

export interface ModelLot {
  readonly id: number;
  left: bigint;
  readonly priority: number;
  readonly promotional: boolean;
  readonly refundable: boolean;
  readonly share: boolean;
  readonly endsMs: number | null;
  /** The services that alone it may pay for; null: all. */
  readonly services: readonly ModelService[] | null;
}

export interface ModelHold {
  readonly id: number;
  readonly service: ModelService;
  readonly card: boolean;
  readonly amount: bigint;
  parts: { readonly lot: number; left: bigint }[];
  /** When it ended before it was extended. */
  readonly firstEndMs: number;
  endsMs: number;
}

export interface ModelEntry {
  readonly type: string;
  readonly atMs: number;
  readonly available: bigint;
  readonly held: bigint;
  readonly cards: number;
  readonly lot: number | null;
  readonly lotLeft: bigint | null;
  readonly hold: number | null;
  readonly contra: string | null;
  /** What a gift card paid for. */
  readonly cardPaid: bigint | null;
}

export type ModelService = 'AI_API' | 'GIFT_CARD' | 'SKU_PURCHASE';
export type Terms = Omit<ModelLot, 'id' | 'left'>;

const SPENT_AS: Readonly<Record<ModelService, string>> = {
  AI_API: 'AI_API_CALL',
  GIFT_CARD: 'GIFT_REDEEM',
  SKU_PURCHASE: 'SKU_MARGIN',
};
const CARD_WORTH_MAX = 1_000_000n;
const GAINED_BY_DEPOSIT = new Set(['DEPOSIT', 'CLAWBACK', 'DEPOSIT_REVERSAL']);

/** One wallet. */
export class LedgerModel {
  clockMs: number;
  readonly entries: ModelEntry[] = [];
  readonly lots = new Map<number, ModelLot>();
  readonly holds = new Map<number, ModelHold>();
  readonly contra = new Map<string, bigint>();
  /** Commands that were carried out, by key: the input and the seqs written. */
  readonly done = new Map<string, { readonly input: string; readonly seqs: readonly number[] }>();
  available = 0n;
  held = 0n;
  deposited = 0n;
  cards = 0;
  cardsHeld = 0;
  /** Money was taken back, so a balance below zero is allowed. */
  takenBack = false;
  private nowMs = 0;

  constructor(clockMs: number) {
    this.clockMs = clockMs;
  }

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
    for (const hold of late.sort((a, b) => a.endsMs - b.endsMs || a.id - b.id)) this.free(hold);
    for (const lot of this.spendable()) {
      if (lot.endsMs === null || lot.endsMs > this.nowMs) continue;
      const { left } = lot;
      lot.left = 0n;
      const contra = lot.promotional ? 'expenses:promo' : 'revenue:breakage';
      this.note({ type: 'LOT_EXPIRY', available: -left, lot: lot.id, contra });
    }
  }

  credit(type: string, amount: bigint, contra: string, terms: Terms, cards = 0): undefined {
    const id = this.entries.length + 1;
    this.lots.set(id, { ...terms, id, left: 0n });
    this.put(id, amount);
    this.note({ type, available: amount, cards, lot: id, contra });
  }

  debit(
    type: string,
    amount: bigint,
    contra: string,
    how: {
      readonly mayOwe?: boolean;
      readonly first?: number;
      readonly only?: (lot: ModelLot) => boolean;
      readonly service?: ModelService;
      readonly cards?: number;
    } = {},
  ): string | undefined {
    if (how.mayOwe !== true && amount > this.available) return 'CREDIT_INSUFFICIENT';
    if (type === 'CLAWBACK' && amount > this.deposited) return 'VALIDATION_FAILED';
    const { only, first } = how;
    const lots = how.mayOwe === true ? this.spendable() : this.usable(how.service);
    const fitting = lots.filter((lot) => only === undefined || only(lot));
    if (how.mayOwe !== true && amount > sum(fitting)) return 'CREDIT_INSUFFICIENT';
    const order = [...fitting.filter(({ id }) => id === first), ...fitting.filter(({ id }) => id !== first)];
    let cards = Math.min(how.cards ?? 0, this.cards);
    const owed = this.take(order, amount, (lot, taken) => {
      this.note({ type, available: -taken, cards: 0 - cards, lot: lot.id, contra });
      cards = 0;
    });
    if (owed > 0n) this.note({ type, available: -owed, cards: 0 - cards, contra });
    if (how.mayOwe === true) this.takenBack = true;
    return undefined;
  }

  hold(service: ModelService, amount: bigint, durationMs: number): string | undefined {
    if (amount > this.available || amount > sum(this.usable(service))) return 'CREDIT_INSUFFICIENT';
    const id = this.entries.length + 1;
    const parts: ModelHold['parts'] = [];
    this.take(this.usable(service), amount, (lot, taken) => {
      parts.push({ lot: lot.id, left: taken });
      this.note({ type: holdType(service), available: -taken, held: taken, lot: lot.id, hold: id });
    });
    const endsMs = this.nowMs + durationMs;
    this.holds.set(id, { id, service, card: false, amount, parts, firstEndMs: endsMs, endsMs });
    return undefined;
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
    const inHold = sum(hold.parts);
    const beyond = amount > inHold ? amount - inHold : 0n;
    if (beyond > 0n && !how.allowOverrun) return 'HOLD_EXCEEDED';
    const usable = sum(this.usable(hold.service));
    if (beyond > 0n && (beyond > this.available || beyond > usable)) return 'CREDIT_INSUFFICIENT';
    const closes = how.final || amount >= inHold;
    const type = SPENT_AS[hold.service];
    const contra = `revenue:${hold.service}`;
    let missing = amount - beyond;
    for (const part of hold.parts) {
      const spent = part.left < missing ? part.left : missing;
      missing -= spent;
      const freed = closes ? part.left - spent : 0n;
      part.left -= spent + freed;
      if (spent + freed === 0n) continue;
      this.put(part.lot, freed);
      const about = spent > 0n ? { type, contra } : { type: releaseType(hold.service) };
      this.note({ ...about, available: freed, held: -(spent + freed), lot: part.lot, hold: id });
    }
    this.take(this.usable(hold.service), beyond, (lot, taken) =>
      this.note({ type, available: -taken, lot: lot.id, hold: id, contra }),
    );
    hold.parts = hold.parts.filter(({ left }) => left > 0n);
    if (closes) this.holds.delete(id);
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
    if (endsMs <= hold.endsMs) return 'HOLD_NOT_PENDING';
    const lotEnds = hold.parts.map(({ lot }) => this.lots.get(lot)?.endsMs ?? Infinity);
    if (endsMs > hold.firstEndMs && endsMs > Math.min(...lotEnds)) return 'HOLD_NOT_PENDING';
    hold.endsMs = endsMs;
    this.note({ type: holdType(hold.service), hold: id });
    return undefined;
  }

  private free(hold: ModelHold): void {
    const type = releaseType(hold.service);
    if (hold.card) {
      this.cardsHeld -= 1;
      this.note({ type, cards: 1, hold: hold.id });
    }
    for (const { lot, left } of hold.parts) {
      this.put(lot, left);
      this.note({ type, available: left, held: -left, lot, hold: hold.id });
    }
    this.holds.delete(hold.id);
  }

  /** Lots with something left, in spending order. */
  spendable(): ModelLot[] {
    const never = 9_000_000_000_000;
    const rank = (lot: ModelLot): number[] => [
      lot.services ? 0 : 1,
      lot.priority,
      lot.endsMs ?? never,
      lot.promotional ? 0 : 1,
      lot.id,
    ];
    return [...this.lots.values()]
      .filter(({ left }) => left > 0n)
      .sort((a, b) => {
        const [x, y] = [rank(a), rank(b)];
        const at = x.findIndex((value, index) => value !== y[index]);
        return at < 0 ? 0 : (x[at] ?? 0) - (y[at] ?? 0);
      });
  }

  /** Lots that may pay for a service, or for none, in spending order. */
  private usable(service: ModelService | undefined): ModelLot[] {
    return this.spendable().filter(({ services }) => {
      return services === null || (service !== undefined && services.includes(service));
    });
  }

  private take(lots: readonly ModelLot[], amount: bigint, told: (lot: ModelLot, taken: bigint) => void): bigint {
    let missing = amount;
    for (const lot of lots) {
      if (missing === 0n) break;
      const taken = lot.left < missing ? lot.left : missing;
      lot.left -= taken;
      missing -= taken;
      told(lot, taken);
    }
    return missing;
  }

  /** Adds credit; it pays debt first. */
  private put(id: number, amount: bigint): void {
    const lot = this.lots.get(id);
    if (!lot) throw new Error(`the model has no lot ${id}`);
    const debt = this.available < 0n ? -this.available : 0n;
    if (amount > debt) lot.left += amount - debt;
  }

  private note(said: Partial<ModelEntry> & { readonly type: string }): void {
    const entry: ModelEntry = {
      atMs: this.nowMs,
      available: 0n,
      held: 0n,
      cards: 0,
      lot: null,
      hold: null,
      contra: null,
      cardPaid: null,
      lotLeft: said.lot === undefined || said.lot === null ? null : (this.lots.get(said.lot)?.left ?? null),
      ...said,
    };
    this.entries.push(entry);
    this.available += entry.available;
    this.held += entry.held;
    this.cards += entry.cards;
    if (GAINED_BY_DEPOSIT.has(entry.type)) this.deposited += entry.available;
    if (this.deposited < 0n) this.deposited = 0n;
    const { contra } = entry;
    if (contra !== null && entry.cardPaid === null)
      this.contra.set(contra, (this.contra.get(contra) ?? 0n) - entry.available - entry.held);
  }
}

function sum(parts: readonly { readonly left: bigint }[]): bigint {
  return parts.reduce((total, { left }) => total + left, 0n);
}

function holdType(service: ModelService): string {
  return service === 'GIFT_CARD' ? 'GIFT_HOLD' : 'HOLD';
}

function releaseType(service: ModelService): string {
  return service === 'GIFT_CARD' ? 'GIFT_HOLD_RELEASE' : 'HOLD_RELEASE';
}
