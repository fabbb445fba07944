/** The keys that an org makes for itself: none of them may do more than the one who makes it. */
import { Refusal } from '../errors.ts';
import type { Scope } from './api-key.ts';
import { isWithinRanges } from './ip-ranges.ts';

/** What bounds a key: its rights, from where it may be used (null: from everywhere), and until when (null: for ever). */
export interface KeyBounds {
  readonly scopes: readonly Scope[];
  readonly allowedIps: readonly string[] | null;
  readonly expiresAt: Date | null;
}

/** A key that is wanted; what is left out is as its maker's. */
export interface WantedKey {
  readonly scopes: readonly Scope[];
  readonly allowedIps?: readonly string[] | undefined;
  readonly expiresAt?: Date | undefined;
}

/**
 * The bounds of a new key: what is wanted, within the bounds of who makes it.
 * @throws Refusal FORBIDDEN naming the first field that goes beyond them
 */
export function boundsOfOwnKey(wanted: WantedKey, maker: KeyBounds): KeyBounds {
  const { scopes, allowedIps = maker.allowedIps, expiresAt = maker.expiresAt } = wanted;
  const lacking = scopes.filter((scope) => !maker.scopes.includes(scope));
  if (lacking.length > 0) throw beyond('scopes', `may not have ${lacking.join(', ')}`);
  const { allowedIps: ranges } = maker;
  if (ranges !== null && allowedIps?.every((range) => isWithinRanges(range, ranges)) !== true) {
    throw beyond('allowedIps', `must be within ${ranges.join(', ')}`);
  }
  const { expiresAt: end } = maker;
  if (end !== null && (expiresAt === null || expiresAt > end)) {
    throw beyond('expiresAt', `may be at most ${end.toISOString()}`);
  }
  return { scopes, allowedIps, expiresAt };
}

function beyond(field: string, problem: string): Refusal {
  return new Refusal('FORBIDDEN', `${field} ${problem}: a key does no more than the one who makes it`, {
    details: { field },
  });
}
