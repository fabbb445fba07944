/** Deposits without a wallet, and their steps towards one. Each step is a compare-and-set under the chain's lease. */
import type { ChainFamily } from '../../core/chains/address.ts';
import { DEPOSIT_STATES, type DepositState } from '../../core/deposits/states.ts';
import { OPEN_TO_ROUNDS, PENDING } from '../../core/deposits/states.ts';
import { onceFound } from '../once-found.ts';
import type { Database } from '../database.ts';
import { positionOf } from './dues.ts';
import { recordDepositEvents } from './events.ts';
import { withLease, type Lease } from '../leases.ts';
import { count, listRows, micros, oneOf, orNull, small, textOf, timeMsOf, truth, type Row } from '../rows.ts';
import { stateList } from '../state-list.ts';

export const OPEN_STATES = stateList(OPEN_TO_ROUNDS);

/** A deposit without a wallet yet. */
export interface PendingDeposit {
  readonly id: string;
  readonly token: string;
  readonly txHash: string;
  readonly ordinal: number;
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly blockTimeMs: number;
  readonly state: DepositState;
  /** What it waits for, if it waits. */
  readonly reason: string | null;
  readonly org: string | null;
  readonly revision: number;
  /** The RPCs contradict each other about it. */
  readonly disputed: boolean;
  /** An operator ignored it, which overrides the rules. */
  readonly setAside: boolean;
  /** Below the minimum, but the dust of its org adds up to it. */
  readonly dustRipe: boolean;
  /** An operator assigned it after screening had stopped it, so that it is not screened again. */
  readonly screeningWaived: boolean;
  /** How many screenings did not let it pass. */
  readonly screeningTries: number;
}

function pendingOf(row: Row): PendingDeposit {
  return {
    id: textOf(row['id']),
    token: textOf(row['token']),
    txHash: textOf(row['tx_hash']),
    ordinal: small(row['ordinal']),
    from: textOf(row['from_address']),
    to: textOf(row['to_address']),
    amount: micros(row['amount']),
    blockNumber: count(row['block_number']),
    blockHash: textOf(row['block_hash']),
    blockTimeMs: timeMsOf(row['block_time']),
    state: oneOf(DEPOSIT_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    org: orNull(row['org'], textOf),
    revision: small(row['revision']),
    disputed: truth(row['disputed']),
    setAside: truth(row['set_aside']),
    dustRipe: truth(row['dust_ripe']),
    screeningWaived: truth(row['screening_waived']),
    screeningTries: small(row['screening_tries']),
  };
}

/**
 * Deposits that may now be credited, oldest block first: those on their way, and those without an org (unmatched, or dust)
 * whose sender is registered by now, that were given to an org, or whose org was closed and is open again. Only from blocks
 * below `nextBlock`, which were read on the current chain.
 */
export async function listPendingDeposits(
  db: Database,
  page: {
    readonly chain: string;
    readonly family: ChainFamily;
    readonly nextBlock: number;
    readonly after: PendingDeposit | undefined;
    readonly limit: number;
    /** The present time: deposits that wait for another screening are listed once their pause is over. */
    readonly at: Date;
  },
): Promise<PendingDeposit[]> {
  const { chain, family, nextBlock, after, limit, at } = page;
  return listRows(
    db,
    pendingOf,
    `SELECT id, token, tx_hash, ordinal, from_address, to_address, amount, block_number, block_hash, block_time, state,
       reason, org, revision, disputed, set_aside, dust_ripe, screening_waived, screening_tries
     FROM deposit d
     WHERE chain = :chain AND wallet IS NULL AND block_number < :nextBlock
       AND (block_number, id) > (:afterBlock::bigint, :afterId::uuid)
       AND state IN (${OPEN_STATES})
       AND (state IN (${stateList(PENDING)}) OR (state = 'screening' AND screen_after <= :at) OR ((state = 'unmatched' OR org IS NULL) AND EXISTS (
         SELECT FROM sender s JOIN org o ON o.id = s.org
         WHERE s.family = :family AND s.address = d.from_address AND s.state = 'bound'
           AND s.unbound_at IS NULL AND (s.chain IS NULL OR s.chain = :chain) AND o.closed_at IS NULL))
         OR (d.reason = 'org_closed' AND EXISTS (SELECT FROM deposit_address a JOIN org o ON o.id = a.org
           WHERE a.family = :family AND a.address = d.to_address AND o.closed_at IS NULL))
         OR EXISTS (SELECT FROM deposit_assignment a WHERE a.deposit = d.id))
     ORDER BY block_number, id LIMIT :limit`,
    {
      chain,
      family,
      nextBlock,
      limit,
      at,
      ...positionOf(after),
    },
  );
}

/** A step of a deposit without a wallet: on its way to that org, unmatched, or set aside. */
export interface Progress {
  readonly id: string;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly org: string | null;
}

/** Stores steps of deposits. One that has a wallet by now, or left the chain, is not changed. */
export async function noteProgress(db: Database, lease: Lease, steps: readonly Progress[], at: Date): Promise<void> {
  if (steps.length === 0) return;
  await withLease(db, lease, async (trx) => {
    await trx.raw(
      `UPDATE deposit d SET state = step.state, reason = nullif(step.reason, ''), org = nullif(step.org, '')::uuid,
         updated_at = ?
       FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) AS step (id, state, reason, org)
       WHERE d.id = step.id AND ${onceFound(`d.wallet IS NULL AND d.state IN (${OPEN_STATES})`)}`,
      [
        at,
        steps.map(({ id }) => id),
        steps.map(({ state }) => state),
        steps.map(({ reason }) => reason ?? ''),
        steps.map(({ org }) => org ?? ''),
      ],
    );
    await recordDepositEvents(
      trx,
      steps.map(({ id }) => id),
      at,
    );
  });
}
