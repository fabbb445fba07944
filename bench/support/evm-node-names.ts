/** Names on the computed chain that the node and the bench share. */
export const BENCH_CHAIN_ID = 31_337;
export const BENCH_TOKEN = `0x${'a'.repeat(40)}`;
export const BENCH_CREDITS = `0x${'c'.repeat(40)}`;
/** Each belongs to an org of its own. */
export const BENCH_SENDERS: readonly string[] = Array.from(
  { length: 1_000 },
  (_, index) => `0x${index.toString(16).padStart(40, 'd')}`,
);
