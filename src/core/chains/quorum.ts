/** The quorum: how many RPCs of a chain must agree before their answer is believed. */

/** The configured quorum; else two where there are two or more RPCs, and one where there is a single one. */
export function quorumOf({
  rpcUrls,
  quorum,
}: {
  readonly rpcUrls: readonly string[];
  readonly quorum?: number | undefined;
}): number {
  return quorum ?? Math.min(2, Math.max(1, rpcUrls.length));
}
