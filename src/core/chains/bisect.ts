/** Finds by bisection where a condition begins to hold. */

/**
 * The number in (low, high] at which `holds` changes from false to true, given that it is false at `low` and true at
 * `high`. Where there are several such changes, any one of them. Calls `holds` about log2(high - low) times.
 */
export async function findChange(low: number, high: number, holds: (at: number) => Promise<boolean>): Promise<number> {
  let [not, yes] = [low, high];
  while (yes - not > 1) {
    const middle = not + Math.floor((yes - not) / 2);
    if (await holds(middle)) yes = middle;
    else not = middle;
  }
  return yes;
}
