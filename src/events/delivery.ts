/**
 * Sends events to webhook endpoints. Each endpoint has a slot of its own, so that one that hangs delays no other.
 * Several deliveries to an endpoint run at once, so their order is not guaranteed. May run in every process: a claim
 * gives each delivery to one of them.
 */
import type { Logger } from 'pino';
import type { Clock } from '../core/clock.ts';
import type { Vault } from '../core/access/vault.ts';
import { nextAttemptMs, secretContext } from '../core/events/webhooks.ts';
import { uuidV7 } from '../core/ids.ts';
import type { Database } from '../db/database.ts';
import { findEvents, type LoggedEvent } from '../db/events/log.ts';
import { traced, traceHeaders } from '../db/tracing.ts';
import type { WebhookEndpoint } from '../db/webhooks/endpoints.ts';
import {
  claimDeliveries,
  fillQueue,
  listDueEndpoints,
  listUnfilledEndpoints,
  noteAttempt,
  purgeDeliveries,
  type ClaimedDelivery,
} from '../db/webhooks/queue.ts';
import { formatEventId, viewOfEvent } from '../views/event.ts';
import type { Outbound } from './outbound.ts';
import type { HookAnswer } from './outbound.ts';
import { signedHeaders } from './sign.ts';

/** Most endpoints that are sent to at once. */
const SLOTS_MAX = 32;
/** Most deliveries to one endpoint at once. */
const BATCH_MAX = 8;
/** Most batches for one endpoint before other endpoints get its slot. */
const BATCHES_MAX = 20;
const FILLS_MAX = 200;
/** Most waiting deliveries of one endpoint; further events stay in the log until there is room. */
const QUEUE_MAX = 1_000;
/** How long a claim is valid: longer than any attempt and the writing of its result take. */
const CLAIM_MS = 60_000;
const KEEP_FINISHED_MS = 30 * 24 * 3_600_000;
const PURGE_INTERVAL_MS = 60_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** What became of an attempt: the endpoint took it, it answered with another status, or no answer came. */
export type AttemptResult = 'delivered' | 'refused' | 'unreachable';

export interface DeliveryOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly vault: Vault;
  readonly outbound: Outbound;
  /** Called after each attempt with its outcome. */
  readonly onAttempt?: ((outcome: AttemptResult) => void) | undefined;
  /** Gives a number from 0 (inclusive) to 1 (exclusive), as Math.random does. */
  readonly random?: () => number;
  /** How long a claim excludes other processes, in milliseconds of the database's clock. */
  readonly claimMs?: number;
  readonly queueMax?: number;
}

/**
 * Claims due deliveries in rounds and sends them, endpoint by endpoint. A delivery is due, claimed, then delivered or
 * due again later; after its last attempt it has failed. `stop` claims nothing more and waits for what is under way.
 */
export class DeliveryWorker {
  private readonly options: DeliveryOptions;
  private readonly slots = new Map<string, Promise<void>>();
  private filledAfter = FIRST_ID;
  private dueAfter = FIRST_ID;
  private purgedAtMs = -Infinity;
  private stopping = false;

  constructor(options: DeliveryOptions) {
    this.options = options;
  }

  /** Fills queues and starts sending what is due and not under way. Does not wait for answers. */
  async round(): Promise<void> {
    const { db, clock, queueMax = QUEUE_MAX } = this.options;
    if (this.stopping) return;
    const now = new Date(clock.nowMs());
    const unfilled = await listUnfilledEndpoints(db, { after: this.filledAfter, limit: FILLS_MAX });
    for (const endpoint of unfilled) await fillQueue(db, endpoint, { at: now, most: queueMax });
    this.filledAfter = unfilled.at(-1) ?? this.filledAfter;
    const room = SLOTS_MAX - this.slots.size;
    const due =
      room <= 0
        ? []
        : await listDueEndpoints(db, { now, except: [...this.slots.keys()], after: this.dueAfter, limit: room });
    this.dueAfter = due.at(-1) ?? this.dueAfter;
    for (const endpoint of due) this.open(endpoint);
    await this.purge(now);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.slots.size > 0) await Promise.all(this.slots.values());
  }

  /** Starts nothing more; resolves when the deliveries under way have ended and are recorded. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.idle();
  }

  private open(endpoint: string): void {
    if (this.slots.has(endpoint)) return;
    const slot = this.sendDue(endpoint)
      .catch((error: unknown) => {
        this.options.log.warn({ err: error, endpoint }, 'sending webhooks failed; trying again');
      })
      .finally(() => this.slots.delete(endpoint));
    this.slots.set(endpoint, slot);
  }

  private async sendDue(endpoint: string): Promise<void> {
    const { db, clock, claimMs = CLAIM_MS } = this.options;
    for (let batch = 0; batch < BATCHES_MAX && !this.stopping; batch += 1) {
      const now = new Date(clock.nowMs());
      const claim = uuidV7(now.getTime());
      const claimed = await claimDeliveries(db, { endpoint, claim, now, leaseMs: claimMs, limit: BATCH_MAX });
      const [first] = claimed;
      if (!first) return;
      const events = await findEvents(
        db,
        first.endpoint.log,
        claimed.map(({ position }) => position),
      );
      const delivered = await Promise.all(
        claimed.map(async (one) => this.deliverTraced(one, events.get(one.position))),
      );
      // An endpoint that fails or hangs gives its slot to others before it goes on.
      if (delivered.includes(false)) return;
    }
  }

  private async deliverTraced(delivery: ClaimedDelivery, event: LoggedEvent | undefined): Promise<boolean> {
    const attributes = { 'coffer.endpoint': delivery.endpoint.id, 'coffer.event': event?.kind };
    return traced(
      () => ({ name: 'webhook delivery', kind: 'client', isRoot: true, attributes }),
      async (note) => {
        const delivered = await this.deliver(delivery, event);
        note({ 'coffer.delivered': delivered });
        return delivered;
      },
    );
  }

  private async deliver(delivery: ClaimedDelivery, event: LoggedEvent | undefined): Promise<boolean> {
    const { db, clock, log, onAttempt, random = Math.random } = this.options;
    const { endpoint } = delivery;
    if (!event) throw new Error(`the event ${delivery.position} of the log ${endpoint.log} is missing`);
    const at = new Date(clock.nowMs());
    const answer = await this.send(endpoint, event, at);
    const { statusCode, error, responseStart, retryAfterMs, durationMs } = answer;
    const delivered = error === null && statusCode !== null && statusCode >= 200 && statusCode < 300;
    const next = delivered ? undefined : nextAttemptMs(delivery.attempts + 1, clock.nowMs(), random(), retryAfterMs);
    const disabled = await noteAttempt(db, delivery, {
      delivered,
      statusCode,
      error,
      responseStart,
      durationMs,
      at,
      nextAttemptAt: next === undefined ? undefined : new Date(next),
    });
    onAttempt?.(delivered ? 'delivered' : statusCode === null ? 'unreachable' : 'refused');
    if (disabled) log.warn({ endpoint: endpoint.id, log: endpoint.log }, 'a webhook endpoint was disabled');
    return delivered;
  }

  private async send(endpoint: WebhookEndpoint, event: LoggedEvent, at: Date): Promise<HookAnswer> {
    const { outbound, log } = this.options;
    try {
      const body = JSON.stringify(viewOfEvent(event));
      const secrets = this.secretsOf(endpoint, at);
      const headers = signedHeaders({ id: formatEventId(event.id), atMs: at.getTime(), body, secrets });
      return await outbound.post({ url: endpoint.url, headers: { ...headers, ...traceHeaders() }, body });
    } catch (cause) {
      // A fault on our side, such as a missing key: it is recorded as an attempt and tried again.
      log.error({ err: cause, endpoint: endpoint.id }, 'an event could not be signed');
      const error = 'the event could not be signed';
      return { statusCode: null, error, responseStart: null, retryAfterMs: undefined, durationMs: 0 };
    }
  }

  private secretsOf(endpoint: WebhookEndpoint, at: Date): string[] {
    const { vault } = this.options;
    const { id, secret, previousSecret, previousExpiresAt } = endpoint;
    const open = (sealed: string): string => vault.open(secretContext(id), sealed);
    const both = previousSecret !== null && previousExpiresAt !== null && previousExpiresAt.getTime() > at.getTime();
    return both ? [open(secret), open(previousSecret)] : [open(secret)];
  }

  private async purge(now: Date): Promise<void> {
    if (Math.abs(now.getTime() - this.purgedAtMs) < PURGE_INTERVAL_MS) return;
    this.purgedAtMs = now.getTime();
    await purgeDeliveries(this.options.db, new Date(now.getTime() - KEEP_FINISHED_MS));
  }
}
