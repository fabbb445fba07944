/** The rows of the price book that one batch prices its commands by, all of one state of the book. */
import { Refusal } from '../../core/errors.ts';
import type { Command } from '../../core/ledger/commands.ts';
import type { PriceRow } from '../../core/pricing/price-book.ts';
import type { UsageLine } from '../../core/pricing/usage.ts';
import type { Priced, PriceSource } from '../../core/pricing/stamp.ts';

/** The price book has changed since the commands of a batch were priced; they are judged again. */
export class BookChanged extends Refusal {
  override name = 'BookChanged';

  constructor() {
    super('LEDGER_UNAVAILABLE', 'a price was changed meanwhile; try again');
  }
}

/** What a command asks the price book for, if it is priced. */
export function pricedOf(command: Command): Priced | undefined {
  return command.op === 'debit' || command.op === 'hold' ? command.priced : undefined;
}

/** The events that a command charges. */
export function usageOf(command: Command): readonly UsageLine[] {
  return pricedOf(command)?.lines ?? [];
}

/** Values by action, and then by the org whose own price counts. */
class ByPrice<Value> {
  readonly #byAction = new Map<string, Map<string | null, Value>>();

  get({ action, org }: Priced): Value | undefined {
    return this.#byAction.get(action)?.get(org);
  }

  set({ action, org }: Priced, value: Value): void {
    let byOrg = this.#byAction.get(action);
    if (!byOrg) this.#byAction.set(action, (byOrg = new Map()));
    byOrg.set(org, value);
  }
}

export class BatchPrices {
  readonly #source: PriceSource | undefined;
  readonly #rows = new ByPrice<readonly PriceRow[]>();
  #book: string | undefined;

  /** @param source left out: no command may be priced */
  constructor(source: PriceSource | undefined) {
    this.#source = source;
  }

  /** The state of the book that commands were priced by; null: none was. */
  get book(): string | null {
    return this.#book ?? null;
  }

  /** Reads the rows that commands need. @throws BookChanged when others were read in another state of the book */
  async load(commands: readonly Command[]): Promise<void> {
    const asked: Priced[] = [];
    const isAsked = new ByPrice<true>();
    for (const command of commands) {
      const priced = pricedOf(command);
      if (!priced || this.#rows.get(priced) || isAsked.get(priced)) continue;
      asked.push(priced);
      isAsked.set(priced, true);
    }
    if (asked.length === 0) return;
    if (!this.#source) throw new Refusal('LEDGER_UNAVAILABLE', 'this program prices no commands');
    const { book, rows } = await this.#source.load(asked);
    if (this.#book !== undefined && this.#book !== book) throw new BookChanged();
    this.#book = book;
    for (const [index, one] of asked.entries()) this.#rows.set(one, rows[index] ?? []);
  }

  /** The rows for a command; undefined for one that is not priced. */
  of(command: Command): readonly PriceRow[] | undefined {
    const priced = pricedOf(command);
    return priced && this.#rows.get(priced);
  }

  /** Makes sure that the book is still as it was read. @throws BookChanged when it is not */
  async confirm(): Promise<void> {
    if (this.#book === undefined || (await this.#source?.isCurrent(this.#book)) === true) return;
    this.forget();
    throw new BookChanged();
  }

  /** Makes the next batch read again what this one was priced by. */
  forget(): void {
    if (this.#book !== undefined) this.#source?.forget();
  }
}

/** The events that the commands of one batch charge. */
export class ChargedUsage {
  readonly #names = new Set<string>();

  /** Takes the events of a command, unless one of them is there already: then it belongs into a later batch. */
  takes({ wallet, command }: { readonly wallet: string; readonly command: Command }): boolean {
    const names = usageOf(command).map(({ id }) => `${wallet} ${id}`);
    if (names.some((name) => this.#names.has(name))) return false;
    for (const name of names) this.#names.add(name);
    return true;
  }
}
