/** Decides whether stored deposits that a quorum's logs no longer hold are gone from the chain. */
import { isHardFinal, type Heights } from '../../src/core/chains/finality.ts';
import type { KnownDeposit } from '../../src/core/deposits/diff.ts';
import { contentKey } from '../../src/core/chains/transfer.ts';
import { mapBounded } from '../../src/core/bounded.ts';
import { disagreement, type RpcPool } from '../rpc/pool.ts';
import { eventInReceipt } from './transfer-votes.ts';

const IN_FLIGHT_MAX = 8;

/**
 * A deposit is gone when a quorum has another block at its height. It is also gone when a quorum has its block but denies
 * its receipt, since a chain may give two different blocks the same hash. It is kept while no quorum denies it. A final
 * deposit whose block is in the chain is kept even against a denial, because a node that has pruned its history answers
 * as if it were empty; a deposit that was disputed from the start was never certain, so there a denial counts.
 * @throws RpcFault when the RPCs cannot answer.
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
    const isInChain = hashes.get(deposit.blockNumber) === deposit.blockHash;
    const isFinal = isHardFinal(deposit.blockNumber, heights) && deposit.disputed !== true;
    if (isInChain && (isFinal || !(await isDenied(pool, deposit)))) kept.add(deposit);
  });
  return { gone: missing.filter((one) => !kept.has(one)), kept: [...kept] };
}

/** True when a quorum's receipts show that the transaction does not move this money. */
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
