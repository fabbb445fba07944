import type { Entry } from './entry.ts';
import { WITHIN_HOLDS } from './vocabulary.ts';

/**
 * The amount that an entry is about, signed, in micros: the sum that changed hands (a debit; a capture without what it
 * frees), or else the sum that moved between available and held, or between two holds (negative for a hold, positive for its
 * release).
 */
export function faceAmount(entry: Pick<Entry, 'availableDelta' | 'heldDelta' | 'contra'>): bigint {
  if (entry.contra === WITHIN_HOLDS) return -entry.heldDelta;
  const changedHands = entry.availableDelta + entry.heldDelta;
  return changedHands === 0n ? entry.availableDelta : changedHands;
}
