/** An amount as the SDK takes it: exact, since it is far below 2^53. @throws RangeError for any other amount */
export function minor(amount: bigint): number {
  const exact = BigInt.asIntN(53, amount);
  if (exact !== amount || amount <= 0n) throw new RangeError('not an amount that Stripe takes');
  return +amount.toString();
}
