/**
 * Writes conditions on rows so that the planner cannot use them to find the rows, which are found by their key. Its
 * statistics may be older than a burst of deposits: it would assume that "confirming" is rare, and compare every deposit
 * in that state with every deposit asked for.
 */
export function onceFound(conditions: string): string {
  return `CASE WHEN ${conditions} THEN true ELSE false END`;
}
