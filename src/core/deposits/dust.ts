/** Dust: deposits too small to be credited one by one. They wait until those of an org add up to the minimum. */

/**
 * Whether a final deposit of an org is dust. A deposit that was assigned, and one whose org's dust has added up to the
 * minimum (`ripe`), are credited whatever their size.
 * @param minMicros the chain's minimum; 0 where it has none.
 */
export function isDust(
  deposit: { readonly amountMicros: bigint; readonly assigned: boolean; readonly ripe: boolean },
  minMicros: bigint,
): boolean {
  return deposit.amountMicros < minMicros && !deposit.assigned && !deposit.ripe;
}
