/**
 * The amount that an entry is about, signed, in micros: the sum that changed hands (a debit; a capture without what it
 * frees), or else the sum that moved between available and held (negative for a hold, positive for its release).
 */
export function faceAmount(entry: { readonly availableDelta: bigint; readonly heldDelta: bigint }): bigint {
  const changedHands = entry.availableDelta + entry.heldDelta;
  return changedHands === 0n ? entry.availableDelta : changedHands;
}
