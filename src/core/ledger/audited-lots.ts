/** The lots of a wallet as its entries alone make them: what an audit knows of each after the entries that it read. */
import type { Restriction } from '../lots/restriction.ts';
import { mayMerge, spendsBefore, type LotTerms, type OpenLot } from './head.ts';

/** A lot that has something left, or of which something lies in open holds. */
export interface AuditedLot {
  left: bigint;
  /** The amount in open holds. */
  heldBack: bigint;
  readonly terms: LotTerms;
}

export class AuditedLots {
  /** The sum of what all lots have left. */
  total = 0n;
  readonly #lots = new Map<number, AuditedLot>();
  /** Those with something left, in spending order. */
  #order: OpenLot[] = [];
  readonly #ofOrders = new Set<number>();
  readonly #restrictions = new Map<number, Restriction>();
  /** Those to which money returned that had been taken back. */
  readonly #refilled = new Set<number>();

  get(lot: number): AuditedLot | undefined {
    return this.#lots.get(lot);
  }

  /** Those with something left, in spending order. */
  get inOrder(): readonly OpenLot[] {
    return this.#order;
  }

  /** Adds an empty lot. @param said what the entry that opened it says beside the table of lots. */
  add(
    lot: number,
    terms: LotTerms,
    said: { readonly ofOrder: boolean; readonly restrictedTo?: Restriction | undefined },
  ): void {
    if (said.ofOrder) this.#ofOrders.add(lot);
    if (said.restrictedTo) this.#restrictions.set(lot, said.restrictedTo);
    const restrictedTo = this.#restrictions.get(lot);
    this.#lots.set(lot, {
      left: 0n,
      heldBack: 0n,
      terms: {
        ...terms,
        ...(this.#ofOrders.has(lot) ? { ofOrder: true } : {}),
        ...(restrictedTo ? { restrictedTo } : {}),
      },
    });
  }

  /** Remembers a lot again to which money returns, and which was forgotten when it was emptied. */
  addAgain(lot: number, terms: LotTerms): void {
    this.#refilled.add(lot);
    if (!this.#lots.has(lot)) this.add(lot, terms, { ofOrder: false });
  }

  /**
   * A lot may have taken over the oldest lots of its terms: it then had `before`, which is its own amount and theirs. An
   * amount that no number of them explains changes nothing, for the caller to report.
   */
  takeOver(lot: number, state: AuditedLot, before: bigint): void {
    const missing = before - state.left;
    if (missing <= 0n) return;
    const equals = this.#order.filter((open) => open.lot !== lot && mayMerge(open.terms, state.terms));
    // A writer that has not read the wallet again since money returned to a lot leaves that lot apart.
    const others = equals.filter((open) => !this.#refilled.has(open.lot));
    const merged = this.#oldest(equals, missing) ?? this.#oldest(others, missing);
    if (!merged) return;
    for (const other of merged) {
      const emptied = this.#lots.get(other);
      if (emptied) emptied.left = 0n;
      this.forgetIfEmpty(other);
    }
    this.#order = this.#order.filter((open) => !merged.has(open.lot));
    // The total stays: the amounts move within the open lots.
    if (state.left === 0n) this.#insert({ lot, left: before, terms: state.terms });
    state.left = before;
  }

  setLeft(lot: number, state: AuditedLot, left: bigint): void {
    this.total += left - state.left;
    const [was, is] = [state.left > 0n, left > 0n];
    state.left = left;
    if (was && !is) this.#order = this.#order.filter((open) => open.lot !== lot);
    if (!was && is) this.#insert({ lot, left, terms: state.terms });
  }

  forgetIfEmpty(lot: number): void {
    const state = this.#lots.get(lot);
    if (state?.left === 0n && state.heldBack === 0n) this.#lots.delete(lot);
  }

  /** The first of the lots whose amounts add up to one; undefined when none do. */
  #oldest(lots: readonly OpenLot[], amount: bigint): ReadonlySet<number> | undefined {
    const merged = new Set<number>();
    let sum = 0n;
    for (const { lot } of lots) {
      if (sum >= amount) break;
      merged.add(lot);
      sum += this.#lots.get(lot)?.left ?? 0n;
    }
    return sum === amount ? merged : undefined;
  }

  #insert(open: OpenLot): void {
    this.#order.push(open);
    this.#order.sort(spendsBefore);
  }
}
