/** The transfer of a deposit, as events describe it. */
import type { TransferFacts } from '../../core/events/kinds.ts';
import { count, small, textOf, timeOf, type Row } from '../rows.ts';

/** The transfer in a row of `deposit`: what of it never changes. @throws TypeError or RangeError when it cannot be read */
export function transferOf(row: Row): TransferFacts {
  return {
    chain: textOf(row['chain']),
    token: textOf(row['token']),
    txHash: textOf(row['tx_hash']),
    ordinal: small(row['ordinal']),
    fromAddress: textOf(row['from_address']),
    toAddress: textOf(row['to_address']),
    blockNumber: count(row['block_number']),
    blockTime: timeOf(row['block_time']).toISOString(),
  };
}
