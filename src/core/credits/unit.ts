/** Credits: whole units of what a user's wallet has, each worth a number of micros that the deployment fixes. */

/** The whole credits in an amount, rounded down; of a debt the next whole number below. */
export function wholeCredits(micros: bigint, creditMicros: bigint): bigint {
  const whole = micros / creditMicros;
  return micros < 0n && micros % creditMicros !== 0n ? whole - 1n : whole;
}

/** What a movement shows: the difference of the balances around it, so that what is shown always sums to the balance. */
export function creditsMoved(
  { beforeMicros, afterMicros }: { readonly beforeMicros: bigint; readonly afterMicros: bigint },
  creditMicros: bigint,
): bigint {
  return wholeCredits(afterMicros, creditMicros) - wholeCredits(beforeMicros, creditMicros);
}
