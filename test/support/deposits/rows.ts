/** Deposits written straight into the table, in any state that a test needs. */
import { randomBytes } from 'node:crypto';
import { depositId } from '../../../src/core/ids.ts';
import type { DepositState } from '../../../src/core/deposits/states.ts';
import type { Database } from '../../../src/db/database.ts';
import { CREDITS, EVM, TOKENS } from '../http/api.ts';

export interface DepositToWrite {
  readonly chain?: string;
  readonly token?: string;
  readonly txHash?: string;
  readonly ordinal?: number;
  readonly from?: string;
  readonly to?: string;
  readonly amount?: bigint;
  readonly state?: DepositState;
  readonly reason?: string | null;
  readonly org?: string | null;
  readonly wallet?: string | null;
  readonly blockNumber?: number;
  readonly at?: Date;
}

/** Writes a deposit; fields left out are those of a plain unmatched deposit with a transaction of its own. */
export async function writeDeposit(db: Database, given: DepositToWrite = {}): Promise<{ id: string; txHash: string }> {
  const deposit = {
    chain: EVM,
    token: TOKENS.evm,
    txHash: `0x${randomBytes(32).toString('hex')}`,
    ordinal: 0,
    from: `0x${randomBytes(20).toString('hex')}`,
    to: CREDITS.evm,
    amount: 5_000_000n,
    state: 'unmatched',
    reason: 'unknown_sender',
    org: null,
    wallet: null,
    blockNumber: 10,
    at: new Date(),
    ...given,
  };
  const id = depositId(deposit);
  await db.raw(
    `INSERT INTO deposit (id, chain, token, tx_hash, ordinal, from_address, to_address, amount, block_number, block_hash,
       block_time, state, reason, org, wallet, observed_at, updated_at)
     VALUES (:id, :chain, :token, :txHash, :ordinal, :from, :to, :amount, :blockNumber, '0xbb', :at, :state, :reason,
       :org, :wallet, :at, :at)`,
    { ...deposit, id, amount: String(deposit.amount) },
  );
  return { id, txHash: deposit.txHash };
}
