/**
 * Sends events to webhook endpoints as Stripe does: signed over the exact bytes, tried again with growing pauses for up
 * to three days, until the first answer 2xx. And, on request, worse than Stripe does: late, twice, in another order, not
 * at all, in an old version, with the mode turned around.
 */
import { createHmac } from 'node:crypto';
import type { Stored, StoredEvent } from './books.ts';
import { Dispatch, postSigned } from '../dispatch.ts';
import type { Schedule } from './schedule.ts';

/** Where the events of an account go. */
export interface Endpoint {
  readonly url: string;
  /** Two while a secret is being replaced: every delivery is signed with all of them. */
  secrets: string[];
  /** The version in which its events are written; undefined: that of the event. */
  readonly apiVersion?: string;
  /** Kinds of events; undefined: all. */
  readonly types?: readonly string[];
  /** A disabled endpoint gets nothing, not even later. */
  disabled: boolean;
}

/** How deliveries misbehave. Each chance is from 0 to 1. */
export interface Weather {
  /** Each delivery waits for a random time up to this. */
  delayMsMax: number;
  /** The same event is sent a second time. */
  duplicate: number;
  /** A second event, with an id of its own, reports the same change. */
  twin: number;
  /** The event is never sent; only the list of events has it. */
  drop: number;
  /** Nothing is sent until `release`. */
  hold: boolean;
  /** The mode that the event claims is the other one. */
  swapMode: boolean;
  /** Deliveries of a call's events end before the call is answered. */
  beforeAnswer: boolean;
}

export const CALM: Weather = {
  delayMsMax: 0,
  duplicate: 0,
  twin: 0,
  drop: 0,
  hold: false,
  swapMode: false,
  beforeAnswer: false,
};

const RETRY_MS = [10_000, 60_000, 300_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000];
const GIVE_UP_MS = 72 * 3_600_000;

/** One event on its way to one endpoint. */
interface Delivery {
  readonly event: StoredEvent;
  readonly endpoint: Endpoint;
  readonly firstAtMs: number;
  attempts: number;
}

/** What became of an attempt; the status is 0 where there was no answer. */
export interface Attempt {
  readonly event: string;
  readonly type: string;
  readonly url: string;
  readonly status: number;
}

export class Deliveries {
  readonly weather: Weather = { ...CALM };
  /** Every attempt, in order. */
  readonly attempts: Attempt[] = [];
  readonly #schedule: Schedule;
  readonly #random: () => number;
  readonly #render: (object: Stored, version: string) => Readonly<Record<string, unknown>>;
  readonly #dispatch: Dispatch<Delivery>;

  constructor(parts: {
    readonly schedule: Schedule;
    readonly random: () => number;
    readonly render: (object: Stored, version: string) => Readonly<Record<string, unknown>>;
  }) {
    const { schedule, random } = parts;
    this.#schedule = schedule;
    this.#random = random;
    this.#render = parts.render;
    this.#dispatch = new Dispatch({ schedule, random, attempt: async (delivery) => this.#attempt(delivery) });
  }

  /** Sends an event to these endpoints, as the weather is. */
  send(event: StoredEvent, endpoints: readonly Endpoint[]): void {
    const wanted = endpoints.filter(
      ({ types, disabled }) => !disabled && (types === undefined || types.includes(event.type)),
    );
    for (const endpoint of wanted) {
      if (this.#random() < this.weather.drop) continue;
      const copies = this.#random() < this.weather.duplicate ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        event.pending_webhooks += 1;
        const delivery = { event, endpoint, firstAtMs: this.#schedule.nowMs(), attempts: 0 };
        this.#dispatch.add(delivery, this.weather);
      }
    }
  }

  /** Sends what is held, in the order that `arrange` gives; by default shuffled. */
  async release(arrange?: <One>(all: readonly One[]) => One[]): Promise<void> {
    await this.#dispatch.release(arrange);
  }

  /** The types of the events that are held, oldest first. */
  held(): string[] {
    return this.#dispatch.held().map(({ event }) => event.type);
  }

  /** Resolves when nothing is being sent and nothing is due now. */
  async idle(): Promise<void> {
    await this.#dispatch.idle();
  }

  async #attempt(delivery: Delivery): Promise<number | undefined> {
    const { event, endpoint } = delivery;
    if (endpoint.disabled) return undefined;
    const body = this.textOf(event, endpoint.apiVersion);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': sign(body, endpoint.secrets, this.#schedule.now()),
    };
    const status = await postSigned(endpoint.url, body, headers);
    this.attempts.push({ event: event.id, type: event.type, url: endpoint.url, status });
    if (status >= 200 && status < 300) {
      event.pending_webhooks -= 1;
      return undefined;
    }
    const pauseMs = RETRY_MS[delivery.attempts] ?? RETRY_MS.at(-1) ?? 0;
    delivery.attempts += 1;
    return this.#schedule.nowMs() + pauseMs - delivery.firstAtMs > GIVE_UP_MS ? undefined : pauseMs;
  }

  /** The exact text of an event as it is sent. */
  textOf(event: StoredEvent, version = event.api_version): string {
    const live = this.weather.swapMode ? !event.livemode : event.livemode;
    const object =
      version === event.api_version ? event.data.object : this.#render(event.data.object as unknown as Stored, version);
    const shown = 'livemode' in object ? { ...object, livemode: live } : object;
    return JSON.stringify({ ...event, api_version: version, livemode: live, data: { object: shown } }, undefined, 2);
  }
}

/** The header of a delivery: a time in seconds and one signature for each secret. */
export function sign(body: string, secrets: readonly string[], atSeconds: number): string {
  const signatures = secrets.map((secret) => createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex'));
  return [`t=${atSeconds}`, ...signatures.map((one) => `v1=${one}`)].join(',');
}
