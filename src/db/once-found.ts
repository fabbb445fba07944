/**
 * Conditions on rows that are found by their key, written so that the planner looks for no other way to them. Its
 * statistics are older than a burst of deposits: it would take "confirming" for rare, and compare every deposit that is
 * with every one that was asked for.
 */
export function onceFound(conditions: string): string {
  return `CASE WHEN ${conditions} THEN true ELSE false END`;
}
