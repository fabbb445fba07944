/** Up to which change of budgets the heads are good that a lane remembers. */
import type { ChangedBudgets } from './state.ts';

/**
 * How old that may become before it is read again. It bounds how many changes a write looks through; whether one of them
 * concerns its wallets, each write finds out for itself.
 */
const KNOWN_MS = 1_000;

export class KnownBudgets {
  #version = 0;
  #isRead = false;
  #readAtMs = -Infinity;

  /** The version of all budgets up to which every remembered head is good. */
  get version(): number {
    return this.#version;
  }

  /** False until it is read in an epoch of the connection. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Whether it has to be read before a batch is judged. @param elapsedMs in time that nobody sets */
  isDue(elapsedMs: number): boolean {
    return !this.#isRead || elapsedMs - this.#readAtMs >= KNOWN_MS;
  }

  /** Takes in what was read. The heads of the wallets that it names must be forgotten. */
  take({ version }: ChangedBudgets, elapsedMs: number): void {
    [this.#version, this.#isRead, this.#readAtMs] = [version, true, elapsedMs];
  }

  /** It may have changed: it is read before the next batch. */
  doubt(): void {
    this.#readAtMs = -Infinity;
  }

  /** Nothing is known in a new epoch of the connection, and no head is remembered. */
  forget(): void {
    this.#isRead = false;
  }
}
