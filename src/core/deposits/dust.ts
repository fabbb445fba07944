/** Deposits too small to be credited one by one: they wait until those of an org add up to the minimum. */

/**
 * Is a final deposit of an org dust? Not one that somebody assigned by hand, nor one whose org's dust was found to add
 * up to the minimum before (`ripe`): those are credited whatever their size.
 * @param minMicros the chain's minimum; 0 where it has none.
 */
export function isDust(
  deposit: { readonly amountMicros: bigint; readonly assigned: boolean; readonly ripe: boolean },
  minMicros: bigint,
): boolean {
  return deposit.amountMicros < minMicros && !deposit.assigned && !deposit.ripe;
}
