/** A delivery of an event to a webhook endpoint, as JSON. */
import type { EventKind } from '../core/events/kinds.ts';
import type { Delivery, DeliveryState } from '../db/webhooks/deliveries.ts';
import { formatPosition } from '../core/events/positions.ts';
import { formatEventId } from './event.ts';

export interface DeliveryView {
  readonly id: string;
  readonly eventId: string;
  readonly type: EventKind;
  readonly eventCursor: string;
  readonly state: DeliveryState;
  readonly redeliveryOf: string | null;
  /** Null once it is finished. */
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  /** Oldest first. */
  readonly attempts: {
    at: string;
    durationMs: number;
    statusCode: number | null;
    error: string | null;
    /** The first bytes of the response body. */
    responseStart: string | null;
  }[];
}

/** The JSON of a delivery. */
export function viewOfDelivery(delivery: Delivery): DeliveryView {
  return {
    id: delivery.id,
    eventId: formatEventId(delivery.eventId),
    type: delivery.kind,
    eventCursor: formatPosition(delivery.position),
    state: delivery.state,
    redeliveryOf: delivery.redeliveryOf,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    createdAt: delivery.createdAt.toISOString(),
    finishedAt: delivery.finishedAt?.toISOString() ?? null,
    attempts: delivery.attempts.map(({ at, ...attempt }) => ({ at: at.toISOString(), ...attempt })),
  };
}
