/** Tells of deposits what no entry tells, in the transaction that changed them. */
import { tellDeposit, type Told } from '../../core/events/deposits.ts';
import type { DepositState } from '../../core/chains/transfer.ts';
import type { DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { count, micros } from '../rows.ts';

interface StandingRow {
  id: string;
  org: string | null;
  state: DepositState;
  reason: string | null;
  amount: string;
  chain: string;
  token: string;
  tx_hash: string;
  ordinal: number;
  from_address: string;
  to_address: string;
  block_number: string;
  block_time: Date;
  told_log: string | null;
  told_state: DepositState;
  told_turn: number;
}

/**
 * Records what is new of these deposits since it was last told: to be called behind whatever changed them, in the same
 * transaction. Calling it again tells nothing twice, and what an earlier caller left out is told now.
 */
export async function tellDeposits(trx: DatabaseTransaction, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  const result: { rows: StandingRow[] } = await trx.raw(
    `SELECT d.id, d.org, d.state, d.reason, d.amount, d.chain, d.token, d.tx_hash, d.ordinal, d.from_address,
       d.to_address, d.block_number, d.block_time, t.log AS told_log, t.state AS told_state, t.turn AS told_turn
     FROM deposit d LEFT JOIN deposit_told t ON t.deposit = d.id WHERE d.id = ANY(?::uuid[])
     ORDER BY d.block_number, d.id`,
    [[...ids]],
  );
  const told = result.rows.map((row) => ({ id: row.id, before: toldOf(row), ...tellRow(row, at) }));
  await recordEvents(
    trx,
    told.flatMap(({ events }) => events),
  );
  const changed = told.flatMap(({ id, before, told: now }) => (now && now !== before ? [{ id, ...now }] : []));
  if (changed.length === 0) return;
  await trx.raw(
    `INSERT INTO deposit_told (deposit, log, state, turn)
     SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::integer[])
     ON CONFLICT (deposit) DO UPDATE SET log = excluded.log, state = excluded.state, turn = excluded.turn`,
    [
      changed.map(({ id }) => id),
      changed.map(({ log }) => log),
      changed.map(({ state }) => state),
      changed.map(({ turn }) => turn),
    ],
  );
}

function toldOf(row: StandingRow): Told | undefined {
  return row.told_log === null ? undefined : { log: row.told_log, state: row.told_state, turn: row.told_turn };
}

function tellRow(row: StandingRow, at: Date): ReturnType<typeof tellDeposit> {
  const standing = {
    id: row.id,
    org: row.org,
    state: row.state,
    reason: row.reason,
    amountMicros: micros(row.amount),
    transfer: {
      chain: row.chain,
      token: row.token,
      txHash: row.tx_hash,
      ordinal: row.ordinal,
      fromAddress: row.from_address,
      toAddress: row.to_address,
      blockNumber: count(row.block_number),
      blockTime: row.block_time.toISOString(),
    },
  };
  return tellDeposit(standing, toldOf(row), at.getTime());
}
