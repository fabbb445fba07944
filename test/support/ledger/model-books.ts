/** What the model of a wallet has beside its holds: lots, entries and balances. */

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

const GAINED_BY_DEPOSIT = new Set(['DEPOSIT', 'CLAWBACK', 'DEPOSIT_REVERSAL']);

/** The books of one wallet. */
export class ModelBooks {
  clockMs: number;
  readonly entries: ModelEntry[] = [];
  readonly lots = new Map<number, ModelLot>();
  readonly contra = new Map<string, bigint>();
  available = 0n;
  held = 0n;
  deposited = 0n;
  cards = 0;
  cardsHeld = 0;
  /** Money was taken back, so a balance below zero is allowed. */
  takenBack = false;
  protected nowMs = 0;

  constructor(clockMs: number) {
    this.clockMs = clockMs;
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
  protected usable(service: ModelService | undefined): ModelLot[] {
    return this.spendable().filter(({ services }) => {
      return services === null || (service !== undefined && services.includes(service));
    });
  }

  protected take(lots: readonly ModelLot[], amount: bigint, told: (lot: ModelLot, taken: bigint) => void): bigint {
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
  protected put(id: number, amount: bigint): void {
    const lot = this.lots.get(id);
    if (!lot) throw new Error(`the model has no lot ${id}`);
    const debt = this.available < 0n ? -this.available : 0n;
    if (amount > debt) lot.left += amount - debt;
  }

  protected note(said: Partial<ModelEntry> & { readonly type: string }): void {
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

/** What parts have left together. */
export function sum(parts: readonly { readonly left: bigint }[]): bigint {
  return parts.reduce((total, { left }) => total + left, 0n);
}
