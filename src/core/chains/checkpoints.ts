/** Which checkpoints are kept, and how the newest one that a chain still holds is found among them. */

/** Every checkpoint this close below the newest is kept; further back, their spacing doubles with the distance. */
const DENSE_BLOCKS = 64;

/**
 * The checkpoints that need not be kept, given all of them newest first. At most 64 are kept for each doubling of the
 * distance from the newest, so that a chain of any length needs about a thousand and a deep reorg few probes.
 */
export function checkpointsToDrop(newestFirst: readonly number[]): number[] {
  const [newest] = newestFirst;
  if (newest === undefined) return [];
  const drop: number[] = [];
  let kept: string | undefined;
  for (const number of newestFirst) {
    const spacing = spacingAt(newest - number);
    const slot = `${spacing}:${Math.floor(number / spacing)}`;
    if (slot === kept) drop.push(number);
    kept = slot;
  }
  return drop;
}

function spacingAt(age: number): number {
  return age < DENSE_BLOCKS ? 1 : 2 ** Math.floor(Math.log2(age / DENSE_BLOCKS));
}

/**
 * The newest checkpoint that the chain still holds, found in about log2(n) probes, since a chain that holds one also
 * holds all below it. Undefined when it holds none.
 */
export async function findAncestor<Checkpoint>(
  newestFirst: readonly Checkpoint[],
  isOnChain: (checkpoint: Checkpoint) => Promise<boolean>,
): Promise<Checkpoint | undefined> {
  const [newest] = newestFirst;
  if (newest === undefined || (await isOnChain(newest))) return newest;
  let [gone, held] = [0, newestFirst.length];
  while (held - gone > 1) {
    const middle = Math.floor((gone + held) / 2);
    const probe = newestFirst[middle];
    if (probe !== undefined && (await isOnChain(probe))) held = middle;
    else gone = middle;
  }
  return newestFirst[held];
}
