/**
 * Gathers calls that come at about the same time into one. No timer and no minimum: what arrives while a batch is out is the next
 * batch, so that a single call waits for nobody and a burst costs few calls.
 */
import { Refusal } from './errors.ts';

/** What a {@link Gatherer} does with the items that it is given. */
export interface GatherOptions<Item, Result> {
  /** Works on a batch; gives one result for each item, in order. One batch is out at a time. */
  readonly run: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly batchSizeMax: number;
  /** Most items that wait; a further one is refused at once. */
  readonly waitingMax: number;
  /**
   * Whether a batch failed because of some of its items only: then its halves are tried apart, down to single items, so that
   * one item never fails another. Any other error fails the whole batch.
   */
  readonly isOfItems?: (error: unknown) => boolean;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** One queue of items; its batches follow each other while anything waits. */
export class Gatherer<Item, Result> {
  readonly #options: GatherOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #isRunning = false;

  constructor(options: GatherOptions<Item, Result>) {
    this.#options = options;
  }

  /**
   * Works on an item in the next batch.
   * @throws Refusal LEDGER_UNAVAILABLE when too many wait; what the work on its batch, or on the item alone, throws
   */
  async add(item: Item): Promise<Result> {
    if (this.#waiting.length >= this.#options.waitingMax) {
      throw new Refusal('LEDGER_UNAVAILABLE', 'too much of this kind waits; send it again later');
    }
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      if (this.#isRunning) return;
      this.#isRunning = true;
      // What arrives in the same turn of the event loop is in the first batch.
      setImmediate(() => void this.#runAll());
    });
  }

  /** Never rejects. */
  async #runAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#options.batchSizeMax);
      this.#waiting = this.#waiting.slice(batch.length);
      await this.#run(batch);
    }
    this.#isRunning = false;
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const { run, isOfItems = () => false } = this.#options;
    try {
      const results = await run(batch.map(({ item }) => item));
      if (results.length !== batch.length) {
        throw new Error(`${results.length} results for ${batch.length} items`);
      }
      results.forEach((result, at) => batch[at]?.resolve(result));
    } catch (error) {
      if (batch.length === 1 || !isOfItems(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await this.#run(batch.slice(0, middle));
      await this.#run(batch.slice(middle));
    }
  }
}
