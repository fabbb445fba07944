/** Records the events of deposits that follow from no entry, in the transaction that changed them. */
import { tellDeposit, type DepositStanding, type Told } from '../../core/events/deposits.ts';
import { DEPOSIT_STATES } from '../../core/deposits/states.ts';
import type { DatabaseTransaction } from '../database.ts';
import { recordEvents } from '../events/log.ts';
import { transferOf } from '../events/transfer.ts';
import { listRows, micros, oneOf, orNull, small, textOf, type Row } from '../rows.ts';

/**
 * Records events for what changed on these deposits since their last recorded event. Call it after every change, in the
 * same transaction. A second call records nothing twice, and a change whose caller forgot it is recorded by the next one.
 */
export async function recordDepositEvents(trx: DatabaseTransaction, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return;
  const deposits = await listRows(
    trx,
    (row) => ({ standing: standingOf(row), before: toldOf(row) }),
    `SELECT d.id, d.org, d.state, d.reason, d.amount, d.chain, d.token, d.tx_hash, d.ordinal, d.from_address,
       d.to_address, d.block_number, d.block_time, t.log AS told_log, t.state AS told_state, t.turn AS told_turn
     FROM deposit d LEFT JOIN deposit_told t ON t.deposit = d.id WHERE d.id = ANY(?::uuid[])
     ORDER BY d.block_number, d.id`,
    [[...ids]],
  );
  const told = deposits.map(({ standing, before }) => {
    return { id: standing.id, before, ...tellDeposit(standing, before, at.getTime()) };
  });
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

function toldOf(row: Row): Told | undefined {
  const log = orNull(row['told_log'], textOf);
  if (log === null) return undefined;
  return { log, state: oneOf(DEPOSIT_STATES, row['told_state']), turn: small(row['told_turn']) };
}

function standingOf(row: Row): DepositStanding {
  return {
    id: textOf(row['id']),
    org: orNull(row['org'], textOf),
    state: oneOf(DEPOSIT_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    amountMicros: micros(row['amount']),
    transfer: transferOf(row),
  };
}
