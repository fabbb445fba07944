/**
 * Sends events to webhook endpoints as Creem does: signed in its two ways, tried again after 30 seconds, a minute, five minutes and
 * an hour, and then no more. And, on request, worse than that: late, twice, in another order, not at all, of a kind that is new.
 */
import { createHmac } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Schedule } from '../stripe/schedule.ts';
import type { CreemEvent } from './objects.ts';

export interface Endpoint {
  readonly url: string;
  /** `whsec_` and base64; the older signature takes the whole text as its key. */
  readonly secret: string;
}

/** How deliveries misbehave. Each chance is from 0 to 1. */
export interface Weather {
  /** Each delivery waits for a random time up to this. */
  delayMsMax: number;
  /** The same event is sent a second time. */
  duplicate: number;
  /** The event is never sent, and nothing else reports it. */
  drop: number;
  /** An event of a kind that nobody knows is sent beside it. */
  unknownKind: number;
  /** Nothing is sent until `release`. */
  hold: boolean;
  /** Which signatures deliveries have. */
  scheme: 'older' | 'standard' | 'both';
}

export const CALM: Weather = { delayMsMax: 0, duplicate: 0, drop: 0, unknownKind: 0, hold: false, scheme: 'both' };

const RETRY_MS = [30_000, 60_000, 300_000, 3_600_000];
const ANSWER_TIMEOUT_MS = 20_000;

interface Delivery {
  readonly event: CreemEvent;
  readonly endpoint: Endpoint;
  attempts: number;
}

/** What became of an attempt; the status is 0 where there was no answer. */
export interface Attempt {
  readonly event: string;
  readonly type: string;
  readonly status: number;
}

export class Deliveries {
  readonly weather: Weather = { ...CALM };
  readonly attempts: Attempt[] = [];
  readonly #schedule: Schedule;
  readonly #random: () => number;
  #held: Delivery[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #waiting = 0;

  constructor(schedule: Schedule, random: () => number) {
    this.#schedule = schedule;
    this.#random = random;
  }

  /** Sends an event to these endpoints, as the weather is. */
  send(event: CreemEvent, endpoints: readonly Endpoint[]): void {
    const strange = { ...event, id: `${event.id}x`, eventType: 'checkout.reconsidered' };
    const events = this.#random() < this.weather.unknownKind ? [event, strange] : [event];
    for (const one of events) for (const endpoint of endpoints) this.#sendOne({ event: one, endpoint, attempts: 0 });
  }

  #sendOne(delivery: Delivery): void {
    if (this.#random() < this.weather.drop) return;
    const copies = this.#random() < this.weather.duplicate ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const own = { ...delivery };
      if (this.weather.hold) this.#held.push(own);
      else this.#plan(own, Math.floor(this.#random() * this.weather.delayMsMax));
    }
  }

  /** Sends what is held, shuffled unless `arrange` gives another order. */
  async release(arrange: <One>(all: readonly One[]) => One[] = (all) => this.#shuffled(all)): Promise<void> {
    const all = arrange(this.#held);
    this.#held = [];
    for (const delivery of all) await this.#attempt(delivery);
  }

  /** The kinds of the events that are held, oldest first. */
  held(): string[] {
    return this.#held.map(({ event }) => event.eventType);
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
      .map((one) => ({ one, at: this.#random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ one }) => one);
  }

  #plan(delivery: Delivery, delayMs: number): void {
    if (delayMs <= 0) {
      this.#start(delivery);
      return;
    }
    this.#waiting += 1;
    this.#schedule.after(delayMs, () => {
      this.#waiting -= 1;
      this.#start(delivery);
    });
  }

  #start(delivery: Delivery): void {
    const sending = this.#attempt(delivery).finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { event, endpoint } = delivery;
    // Signed when it is sent, which is after a step of the clock that it falls due in.
    await setImmediate();
    const status = await this.#post(event, endpoint);
    this.attempts.push({ event: event.id, type: event.eventType, status });
    const pauseMs = RETRY_MS[delivery.attempts];
    delivery.attempts += 1;
    if ((status >= 200 && status < 300) || pauseMs === undefined) return;
    this.#schedule.after(pauseMs, () => this.#start(delivery));
  }

  async #post(event: CreemEvent, { url, secret }: Endpoint): Promise<number> {
    const body = JSON.stringify(event);
    const signed = signedHeaders(body, { id: event.id, secret, atMs: this.#schedule.nowMs() }, this.weather.scheme);
    const headers = { 'content-type': 'application/json', ...signed };
    try {
      const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
      const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
}

/** The headers that sign a body. */
export function signedHeaders(
  body: string,
  { id, secret, atMs }: { readonly id: string; readonly secret: string; readonly atMs: number },
  scheme: Weather['scheme'] = 'both',
): Record<string, string> {
  const at = String(Math.floor(atMs / 1_000));
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const standard = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return {
    ...(scheme !== 'standard' && { 'creem-signature': createHmac('sha256', secret).update(body).digest('hex') }),
    ...(scheme !== 'older' && {
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': `v1,${standard}`,
    }),
  };
}
