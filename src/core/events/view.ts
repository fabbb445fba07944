/** An event as everybody sees it: in the log, in the stream and in a webhook it is the same JSON. */
import { findCount } from '../integers.ts';
import type { EventData, EventKind } from './kinds.ts';
import { PLATFORM_LOG } from './kinds.ts';

const ID_PREFIX = 'evt_';
const POSITION_DIGITS = 16;

/** An event as the log keeps it. */
export interface LoggedEvent {
  readonly log: string;
  readonly position: number;
  readonly id: string;
  readonly kind: EventKind;
  readonly atMs: number;
  readonly data: EventData;
}

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
export function viewOfEvent({ log, position, id, kind, atMs, data }: LoggedEvent): EventView {
  return {
    id: formatEventId(id),
    type: kind,
    timestamp: new Date(atMs).toISOString(),
    orgId: log === PLATFORM_LOG ? null : log,
    cursor: formatPosition(position),
    data,
  };
}

/** The public id of an event; it is the `webhook-id` of every delivery of it, too. Holds no full stop. */
export function formatEventId(id: string): string {
  return ID_PREFIX + id;
}

/** A position as callers see it: text of one length, so that it sorts as the events do. */
export function formatPosition(position: number): string {
  return String(position).padStart(POSITION_DIGITS, '0');
}

/** The position in a cursor; undefined for what is none. */
export function parsePosition(cursor: string): number | undefined {
  return cursor.length === POSITION_DIGITS && /^[0-9]+$/.test(cursor) ? findCount(cursor) : undefined;
}
