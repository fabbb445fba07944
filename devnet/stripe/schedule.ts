/** The fake's clock, which can be moved, and what happens later on it: money that arrives after days, deliveries. */

/** Longest pause of a real timer. */
const TIMER_MS_MAX = 3_600_000;

interface Planned {
  readonly atMs: number;
  readonly turn: number;
  readonly work: () => void;
}

/**
 * Runs planned work when its time has come. Time passes as on the machine, and beyond that only by `advance`, which runs
 * everything that falls due in between, in order of time.
 */
export class Schedule {
  /** The time that it stands at without `advance`; undefined: the machine's. */
  readonly #frozenMs: number | undefined;
  #aheadMs = 0;
  /** While time is moved, the time that has been reached. */
  #atMs: number | undefined;
  #turn = 0;
  #planned: Planned[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param frozenMs the time passes by `advance` alone, from this one on */
  constructor(frozenMs?: number) {
    this.#frozenMs = frozenMs;
  }

  nowMs(): number {
    return this.#atMs ?? (this.#frozenMs ?? Date.now()) + this.#aheadMs;
  }

  /** The time in whole seconds, as Stripe writes it. */
  now(): number {
    return Math.floor(this.nowMs() / 1_000);
  }

  /** Plans work for delayMs from now; returns a function that cancels it. */
  after(delayMs: number, work: () => void): () => void {
    const one = { atMs: this.nowMs() + delayMs, turn: (this.#turn += 1), work };
    this.#planned.push(one);
    this.#arm();
    return () => {
      this.#planned = this.#planned.filter((other) => other !== one);
    };
  }

  /** Moves time on, and runs what falls due. */
  advance(byMs: number): void {
    const untilMs = this.nowMs() + byMs;
    this.#runDue(untilMs);
    this.#aheadMs += byMs;
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#planned = [];
  }

  #runDue(untilMs: number): void {
    for (let due = this.#take(untilMs); due; due = this.#take(untilMs)) {
      this.#atMs = Math.max(due.atMs, this.#atMs ?? due.atMs);
      due.work();
    }
    this.#atMs = undefined;
  }

  #take(untilMs: number): Planned | undefined {
    const [next] = this.#planned.toSorted((a, b) => a.atMs - b.atMs || a.turn - b.turn);
    if (next === undefined || next.atMs > untilMs) return undefined;
    this.#planned = this.#planned.filter((one) => one !== next);
    return next;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const waits = this.#frozenMs === undefined && this.#planned.length > 0 && this.#atMs === undefined;
    if (this.#stopped || !waits) return;
    const nextMs = Math.min(...this.#planned.map(({ atMs }) => atMs)) - this.nowMs();
    this.#timer = setTimeout(
      () => {
        this.#runDue(this.nowMs());
        this.#arm();
      },
      Math.min(Math.max(nextMs, 0), TIMER_MS_MAX),
    );
    this.#timer.unref();
  }
}
