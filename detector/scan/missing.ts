/** Deposits that a quorum's logs do not hold any more: whether they are gone. */
import { isHardFinal, type Heights } from '../../src/core/chains/finality.ts';
import type { KnownDeposit } from '../../src/core/deposits/diff.ts';
import { contentKey } from '../../src/core/chains/transfer.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import { disagreement, type RpcPool } from '../rpc/pool.ts';
import { eventInReceipt } from './transfer-votes.ts';

const IN_FLIGHT_MAX = 8;

/**
 * A deposit is gone when a quorum has another block in the place of its own, or has its block and denies its receipt:
 * a chain may give two different blocks one hash. What the chain cannot take back and has not is kept whatever is said
 * of it, because a node that has thrown its history away answers that it is empty; so is what no quorum denies. What
 * was disputed from the first was never the chain's beyond doubt: a quorum's denial ends it.
 * @throws RpcFault when it cannot be asked.
 */
export async function judgeMissing(
  pool: RpcPool,
  missing: readonly KnownDeposit[],
  heights: Heights,
): Promise<{ readonly gone: KnownDeposit[]; readonly kept: KnownDeposit[] }> {
  const kept = new Set<KnownDeposit>();
  const numbers = [...new Set(missing.map(({ blockNumber }) => blockNumber))];
  const blocks = await mapBounded(numbers, IN_FLIGHT_MAX, async (number) => pool.block(number));
  const hashes = new Map(blocks.map(({ number, hash }) => [number, hash]));
  await mapBounded(missing, IN_FLIGHT_MAX, async (deposit) => {
    const stands = hashes.get(deposit.blockNumber) === deposit.blockHash;
    const isFinal = isHardFinal(deposit.blockNumber, heights) && deposit.disputed !== true;
    if (stands && (isFinal || !(await isDenied(pool, deposit)))) kept.add(deposit);
  });
  return { gone: missing.filter((one) => !kept.has(one)), kept: [...kept] };
}

/** True when a quorum's receipts say that the transaction does not move this money. */
async function isDenied(pool: RpcPool, deposit: KnownDeposit): Promise<boolean> {
  const key = contentKey({ ...deposit, malformed: null });
  const agreement = await pool.agree(
    async (source) => source.receipt(deposit.txHash, [deposit.token]),
    (receipt) => {
      const event = eventInReceipt(receipt, deposit);
      return event && contentKey(event) === key ? 'holds' : 'lacks';
    },
  );
  if (agreement.ballots.every(({ fault }) => fault)) throw disagreement('a receipt', agreement.ballots);
  if (!agreement.reached) return false;
  const event = eventInReceipt(agreement.value, deposit);
  return !event || contentKey(event) !== key;
}
