/**
 * Sends events to webhook endpoints as Creem does: signed in its two ways, tried again after 30 seconds, a minute, five minutes and
 * an hour, and then no more. And, on request, worse than that: late, twice, in another order, not at all, of a kind that is new.
 */
import { createHmac } from 'node:crypto';
import { Dispatch, postSigned } from '../dispatch.ts';
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
  readonly #dispatch: Dispatch<Delivery>;

  constructor(schedule: Schedule, random: () => number) {
    this.#schedule = schedule;
    this.#random = random;
    this.#dispatch = new Dispatch({ schedule, random, attempt: async (delivery) => this.#attempt(delivery) });
  }

  /** Sends an event to these endpoints, as the weather is. */
  send(event: CreemEvent, endpoints: readonly Endpoint[]): void {
    const strange = { ...event, id: `${event.id}x`, eventType: 'checkout.reconsidered' };
    const events = this.#random() < this.weather.unknownKind ? [event, strange] : [event];
    for (const one of events) for (const endpoint of endpoints) this.#sendOne(one, endpoint);
  }

  #sendOne(event: CreemEvent, endpoint: Endpoint): void {
    if (this.#random() < this.weather.drop) return;
    const copies = this.#random() < this.weather.duplicate ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.#dispatch.add({ event, endpoint, attempts: 0 }, this.weather);
  }

  /** Sends what is held, shuffled unless `arrange` gives another order. */
  async release(arrange?: <One>(all: readonly One[]) => One[]): Promise<void> {
    await this.#dispatch.release(arrange);
  }

  /** The kinds of the events that are held, oldest first. */
  held(): string[] {
    return this.#dispatch.held().map(({ event }) => event.eventType);
  }

  /** Resolves when nothing is being sent and nothing is due now. */
  async idle(): Promise<void> {
    await this.#dispatch.idle();
  }

  async #attempt(delivery: Delivery): Promise<number | undefined> {
    const { event, endpoint } = delivery;
    const body = JSON.stringify(event);
    const about = { id: event.id, secret: endpoint.secret, atMs: this.#schedule.nowMs() };
    const headers = { 'content-type': 'application/json', ...signedHeaders(body, about, this.weather.scheme) };
    const status = await postSigned(endpoint.url, body, headers);
    this.attempts.push({ event: event.id, type: event.eventType, status });
    delivery.attempts += 1;
    return status >= 200 && status < 300 ? undefined : RETRY_MS[delivery.attempts - 1];
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
