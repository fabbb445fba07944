/** An event as JSON: the same in the log, in the stream and in a webhook. */
import { PLATFORM_LOG, type EventData, type EventKind } from '../core/events/kinds.ts';
import { formatPosition } from '../core/events/positions.ts';
import type { LoggedEvent } from '../db/events/log.ts';
import { entryEventData } from './entry.ts';

const ID_PREFIX = 'evt_';

export interface EventView {
  readonly id: string;
  readonly type: EventKind;
  readonly timestamp: string;
  /** Null in the platform's own log. */
  readonly orgId: string | null;
  readonly cursor: string;
  readonly data: EventData;
}

/** The JSON of an event. */
export function viewOfEvent({ log, position, id, kind, atMs, carried }: LoggedEvent): EventView {
  return {
    id: formatEventId(id),
    type: kind,
    timestamp: new Date(atMs).toISOString(),
    orgId: log === PLATFORM_LOG ? null : log,
    cursor: formatPosition(position),
    data: 'entry' in carried ? entryEventData(carried.entry) : carried.data,
  };
}

/** The public id of an event, which is also the `webhook-id` of its deliveries. Contains no full stop. */
export function formatEventId(id: string): string {
  return ID_PREFIX + id;
}
