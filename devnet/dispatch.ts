/** Sends the deliveries of a fake's webhooks: at once or after a delay, held back and let go in another order, and again later. */
import { setImmediate } from 'node:timers/promises';
import type { Schedule } from './stripe/schedule.ts';

/** How long a fake waits for the answer to a webhook. */
const ANSWER_TIMEOUT_MS = 20_000;

export interface DispatchParts<Delivery> {
  readonly schedule: Schedule;
  readonly random: () => number;
  /** Attempts a delivery. @returns after how long it is attempted again, in milliseconds; undefined: not again */
  readonly attempt: (delivery: Delivery) => Promise<number | undefined>;
}

export class Dispatch<Delivery> {
  readonly #parts: DispatchParts<Delivery>;
  #held: Delivery[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #waiting = 0;

  constructor(parts: DispatchParts<Delivery>) {
    this.#parts = parts;
  }

  /** Holds a delivery back, or sends it after a random time up to `delayMsMax`. */
  add(delivery: Delivery, { hold, delayMsMax }: { readonly hold: boolean; readonly delayMsMax: number }): void {
    if (hold) this.#held.push(delivery);
    else this.#plan(delivery, Math.floor(this.#parts.random() * delayMsMax));
  }

  /** Sends what is held, shuffled unless `arrange` gives another order. */
  async release(arrange: <One>(all: readonly One[]) => One[] = (all) => this.#shuffled(all)): Promise<void> {
    const all = arrange(this.#held);
    this.#held = [];
    for (const delivery of all) await this.#attempt(delivery);
  }

  /** What is held, oldest first. */
  held(): readonly Delivery[] {
    return this.#held;
  }

  /** Resolves when nothing is being sent and nothing is due now. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0 || this.#waiting > 0) {
      await Promise.all(this.#underWay);
      if (this.#waiting > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  #shuffled<One>(all: readonly One[]): One[] {
    return all
      .map((one) => ({ one, at: this.#parts.random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ one }) => one);
  }

  #plan(delivery: Delivery, delayMs: number): void {
    if (delayMs <= 0) {
      this.#start(delivery);
      return;
    }
    this.#waiting += 1;
    this.#parts.schedule.after(delayMs, () => {
      this.#waiting -= 1;
      this.#start(delivery);
    });
  }

  #start(delivery: Delivery): void {
    const sending = this.#attempt(delivery).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    // Signed when it is sent, which is after a step of the clock that it falls due in.
    await setImmediate();
    const againMs = await this.#parts.attempt(delivery);
    if (againMs !== undefined) this.#parts.schedule.after(againMs, () => this.#start(delivery));
  }
}

/** Posts a signed body to an endpoint. @returns the status of the answer; 0 where there was none */
export async function postSigned(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
