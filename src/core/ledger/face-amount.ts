/**
 * The amount that an entry is about, signed, in micros: what changed hands (a debit, or a capture whatever it frees),
 * else what moved between available and held (a hold as minus, its release as plus).
 */
export function faceAmount(entry: { readonly availableDelta: bigint; readonly heldDelta: bigint }): bigint {
  const changedHands = entry.availableDelta + entry.heldDelta;
  return changedHands === 0n ? entry.availableDelta : changedHands;
}
