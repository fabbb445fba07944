/** Names on the computed chain that the node and the bench agree on. */
export const BENCH_CHAIN_ID = 31_337;
export const BENCH_TOKEN = `0x${'a'.repeat(40)}`;
export const BENCH_CREDITS = `0x${'c'.repeat(40)}`;
export const BENCH_SENDER = `0x${'d'.repeat(40)}`;
