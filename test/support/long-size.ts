/** Sizes and seeds of the long random tests: small and the same each time by default. */
import { toCount } from '../../src/core/integers.ts';

const DEFAULTS = {
  LONG_DETECTOR_RUNS: 25,
  LONG_LEDGER_RUNS: 60,
  LONG_FUZZ_REQUESTS: 3_000,
  LONG_SUBSCRIPTION_RUNS: 8,
  LONG_LIVES_RUNS: 10,
  LONG_SDK_CALLS: 10_000,
  LONG_SOAK_MINUTES: 2,
  LONG_SEED: 2,
} as const;

/** The environment's value of that name, or the small default. @throws Error when the value is not a count. */
export function longSize(name: keyof typeof DEFAULTS): number {
  const given = process.env[name];
  return given === undefined || given === '' ? DEFAULTS[name] : toCount(given);
}
