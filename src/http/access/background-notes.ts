/** Notes that are written in the background: what is noted while a statement runs is written by the next one. */

/** Most notes of one statement, and most that wait for the next one; a note beyond that is dropped. */
const AT_ONCE_MAX = 1_000;
const WAITING_MAX = 10_000;

export interface NotesOptions<Note> {
  readonly write: (notes: readonly Note[]) => Promise<void>;
  /** Called when notes were not written; nothing is tried again. */
  readonly onTrouble: (error: unknown, count: number) => void;
}

/** One statement at a time; of several notes with one name, the last counts. */
export class BackgroundNotes<Note> {
  readonly #options: NotesOptions<Note>;
  readonly #waiting = new Map<string, Note>();
  #writing: Promise<void> | undefined;

  constructor(options: NotesOptions<Note>) {
    this.#options = options;
  }

  /** Returns at once. */
  add(name: string, note: Note): void {
    if (this.#waiting.size >= WAITING_MAX && !this.#waiting.has(name)) return;
    this.#waiting.set(name, note);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves when nothing is being written any more. To be called once nothing is noted any more. */
  async stop(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#waiting.size > 0) {
      const some = [...this.#waiting].slice(0, AT_ONCE_MAX);
      for (const [name] of some) this.#waiting.delete(name);
      try {
        await this.#options.write(some.map(([, note]) => note));
      } catch (error) {
        this.#options.onTrouble(error, some.length);
      }
    }
  }
}
