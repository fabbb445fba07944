/** Stores transfers out of our addresses, as they were read. */
import type { TransferEvent } from '../../core/chains/transfer.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { withLease, type Lease } from '../leases.ts';

/** Replaces the stored outgoing transfers of [fromBlock, toBlock] with those read there, and notes that they are read. */
export async function storeOutgoing(
  db: Database,
  lease: Lease,
  read: {
    readonly chain: string;
    readonly fromBlock: number;
    readonly toBlock: number;
    readonly events: readonly TransferEvent[];
    readonly at: Date;
  },
): Promise<void> {
  const { chain, fromBlock, toBlock } = read;
  await withLease(db, lease, async (trx) => {
    await trx.raw('DELETE FROM outgoing_transfer WHERE chain = ? AND block_number BETWEEN ? AND ?', [
      chain,
      fromBlock,
      toBlock,
    ]);
    await insertOutgoing(trx, read);
    await trx.raw('UPDATE chain_audit SET outgoing_next = greatest(outgoing_next, ?) WHERE chain = ?', [
      toBlock + 1,
      chain,
    ]);
  });
}

/** Adds outgoing transfers that an earlier reading missed. */
export async function addOutgoing(
  db: Database,
  lease: Lease,
  read: { readonly chain: string; readonly events: readonly TransferEvent[]; readonly at: Date },
): Promise<void> {
  await withLease(db, lease, async (trx) => insertOutgoing(trx, read));
}

async function insertOutgoing(
  trx: DatabaseTransaction,
  { chain, events, at }: { readonly chain: string; readonly events: readonly TransferEvent[]; readonly at: Date },
): Promise<void> {
  if (events.length === 0) return;
  await trx.raw(
    `INSERT INTO outgoing_transfer AS t (chain, read_at, token, tx_hash, ordinal, block_number, block_hash,
       from_address, to_address, amount)
     SELECT ?, ?, * FROM unnest(?::text[], ?::text[], ?::integer[], ?::bigint[], ?::text[], ?::text[], ?::text[],
       ?::numeric[])
     ON CONFLICT (chain, token, tx_hash, ordinal) DO UPDATE SET block_number = excluded.block_number,
       block_hash = excluded.block_hash, from_address = excluded.from_address, to_address = excluded.to_address,
       amount = excluded.amount, read_at = excluded.read_at`,
    [
      chain,
      at,
      events.map(({ token }) => token),
      events.map(({ txHash }) => txHash),
      events.map(({ ordinal }) => ordinal),
      events.map(({ blockNumber }) => blockNumber),
      events.map(({ blockHash }) => blockHash),
      events.map(({ from }) => from),
      events.map(({ to }) => to),
      events.map(({ amount }) => String(amount)),
    ],
  );
}
