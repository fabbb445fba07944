/** How many RPCs of a chain must say the same before it is believed. */

/** Two where there are two or more, one where there is a single one, unless it is said. */
export function quorumOf({
  rpcUrls,
  quorum,
}: {
  readonly rpcUrls: readonly string[];
  readonly quorum?: number | undefined;
}): number {
  return quorum ?? Math.min(2, Math.max(1, rpcUrls.length));
}
