/** What the owner of a stream is advised after each capture of its hold. */

export const ADVICES = ['continue', 'wind_down', 'stop'] as const;
export type Advice = (typeof ADVICES)[number];

/** With less than so many further captures like the last one, it is time to come to an end. */
const CAPTURES_AHEAD = 3n;

/**
 * `stop` when another capture like this one could not be paid from what the hold has left and what is available together,
 * `wind_down` when three could not, else `continue`. Amounts in micros.
 */
export function adviceAfter(capture: {
  readonly spent: bigint;
  readonly holdLeft: bigint;
  readonly available: bigint;
}): Advice {
  const { spent, holdLeft, available } = capture;
  const reach = holdLeft + (available > 0n ? available : 0n);
  if (reach < spent || reach === 0n) return 'stop';
  return reach < CAPTURES_AHEAD * spent ? 'wind_down' : 'continue';
}
