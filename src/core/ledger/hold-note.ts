/**
 * The notes on a hold's entries: when it ends, how often its owner reports, and the hold that its money came from. So all of it
 * is known after the hold is gone, and the hash chain covers it.
 */
import { toCount } from '../integers.ts';

const NUMBER = '[1-9][0-9]{0,14}';
const TIME = '[0-9TZ:.-]+';
const OPENED = new RegExp(
  `^Hold (?:for ([1-9][0-9]{0,6}) s|until (${TIME}))(?: in hold ${NUMBER})?(?:, heartbeat every ([1-9][0-9]{0,6}) s)?$`,
);
const EXTENDED = new RegExp(`^Hold extended to (${TIME})(?: in hold ${NUMBER})?$`);
const OF_CHILD = new RegExp(`^(?:Hold (?:until ${TIME}|extended to ${TIME}|expired) i|I)n hold (${NUMBER})(?:$|,)`);

/** The note on the end of a parent of which its holds have spent everything. */
export const USED_UP = 'Hold used up';

/** What the note on the entry that opens a hold says beside its duration. */
export interface NotedTerms {
  /** When it ends whatever is reported, in ms since the epoch. */
  readonly endsAtMs: number;
  readonly parent?: number | undefined;
  readonly heartbeatMs?: number | undefined;
}

/** The note on the entry that opens a hold: how long the hold lasts from then on, in whole seconds. */
export function holdNote(durationMs: number): string {
  return `Hold for ${Math.ceil(durationMs / 1_000)} s`;
}

/** The note on the entry that opens a hold of a parent, or one whose owner reports. */
export function termsNote({ endsAtMs, parent, heartbeatMs }: NotedTerms): string {
  const beats = heartbeatMs === undefined ? '' : `, heartbeat every ${heartbeatMs / 1_000} s`;
  return `Hold until ${timeOf(endsAtMs)}${inParent(parent)}${beats}`;
}

/** The note on an extension's entry: the hold's new end. */
export function extensionNote(endsAtMs: number, parent?: number): string {
  return `Hold extended to ${timeOf(endsAtMs)}${inParent(parent)}`;
}

/** The note on the entries of an expiry. */
export function expiryNote(parent?: number): string {
  return `Hold expired${inParent(parent)}`;
}

/** The note on the other entries of a hold of a parent. */
export function childNote(parent: number): string {
  return `In hold ${parent}`;
}

/** The note on the entry of a parent whose money goes to a hold of its, or comes back from there. */
export function moveNote(child: number, into: boolean): string {
  return into ? `To hold ${child}` : `From hold ${child}`;
}

function inParent(parent: number | undefined): string {
  return parent === undefined ? '' : ` in hold ${parent}`;
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

/**
 * The end of a hold (ms since the epoch) that an entry of it notes: the one that opened it or one that extended it.
 * Undefined when the entry notes no end.
 */
export function findHoldEnd(entry: { readonly atMs: number; readonly description: string | null }): number | undefined {
  const { atMs, description } = entry;
  const [, seconds, until] = OPENED.exec(description ?? '') ?? [];
  if (seconds !== undefined) return atMs + toCount(seconds) * 1_000;
  const end = new Date(until ?? EXTENDED.exec(description ?? '')?.[1] ?? '').getTime();
  return end >= 0 ? end : undefined;
}

/** How often the owner of a hold reports, in ms, as the entry that opened it notes; undefined where the owner does not. */
export function findHeartbeat(description: string | null): number | undefined {
  const seconds = OPENED.exec(description ?? '')?.[3];
  return seconds === undefined ? undefined : toCount(seconds) * 1_000;
}

/** The parent of the hold that an entry belongs to, as the entry notes; undefined where the hold has none. */
export function findParent(description: string | null): number | undefined {
  const parent = OF_CHILD.exec(description ?? '')?.[1];
  return parent === undefined ? undefined : toCount(parent);
}
