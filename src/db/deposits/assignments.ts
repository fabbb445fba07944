/** Assigns deposits without an org to one. The detector then credits them like all others. */
import { DEPOSIT_STATES, type DepositState } from '../../core/deposits/states.ts';
import { judgeAssignment, type AssignedBy, type AssignmentVerdict } from '../../core/deposits/acts.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { listRows, micros, oneOf, orNull, textOf, truth, type Row } from '../rows.ts';
import { recordDepositEvents } from './events.ts';

/** The terms of an assignment, the same for all deposits of a call. */
export interface AssignmentTerms {
  readonly org: string;
  /** `claim`: the org proved that the sender is its own. `admin`: an operator decided. */
  readonly by: AssignedBy;
  /** Who asked for it: `key:<id>`, `user:<id>` or `cli:<name>`. */
  readonly actor: string;
  /** Stored with it and shown where the deposit is explained; 1 to 1,000 characters. */
  readonly reason: string;
  readonly at: Date;
}

/**
 * `assigned`: it belongs to that org from now on. `kept`: it did already, and nothing changed. `taken`: it belongs to
 * another org. `not_open`: its state allows no assignment.
 */
export type AssignmentOutcome = 'assigned' | 'kept' | 'taken' | 'not_open';

/**
 * Gives deposits to an org that proved that their sender is its own. The first to commit gets a deposit: other assignments,
 * and the detector, which decides where a deposit goes, take the same row lock.
 * @returns the outcome of each; unknown deposits are missing.
 */
export async function claimEach(
  trx: DatabaseTransaction,
  deposits: readonly string[],
  terms: Omit<AssignmentTerms, 'by'>,
): Promise<Map<string, AssignmentOutcome>> {
  const held = await listRows(
    trx,
    heldOf,
    `SELECT id, state, reason, amount, org, wallet, set_aside FROM deposit WHERE id = ANY(?::uuid[])
     ORDER BY id FOR UPDATE`,
    [[...deposits]],
  );
  const assigned = await findAssignments(trx, deposits);
  const outcomes = new Map(
    held.map((one) => [one.id, outcomeOf(judgeClaim(one, assigned.get(one.id) ?? null, terms.org))]),
  );
  const fresh = held.map(({ id }) => id).filter((id) => outcomes.get(id) === 'assigned');
  await giveDeposits(trx, fresh, { ...terms, by: 'claim' });
  return outcomes;
}

interface Held {
  readonly id: string;
  readonly state: DepositState;
  readonly reason: string | null;
  readonly amount: bigint;
  readonly org: string | null;
  readonly wallet: string | null;
  readonly setAside: boolean;
}

function heldOf(row: Row): Held {
  return {
    id: textOf(row['id']),
    state: oneOf(DEPOSIT_STATES, row['state']),
    reason: orNull(row['reason'], textOf),
    amount: micros(row['amount']),
    org: orNull(row['org'], textOf),
    wallet: orNull(row['wallet'], textOf),
    setAside: truth(row['set_aside']),
  };
}

function judgeClaim(held: Held, assignedOrg: string | null, org: string): AssignmentVerdict {
  const committedOrg = held.wallet === null ? null : held.org;
  // The token of a deposit that waits unmatched is always one that is credited.
  return judgeAssignment({ ...held, tokenCredited: true, assignedOrg, committedOrg }, org, 'claim');
}

function outcomeOf(verdict: AssignmentVerdict): AssignmentOutcome {
  if (verdict === 'do') return 'assigned';
  return verdict === 'repeat' ? 'kept' : verdict.kind;
}

/** Stores that deposits belong to an org. The caller holds their row locks and has checked that this is allowed. */
export async function giveDeposits(
  trx: DatabaseTransaction,
  deposits: readonly string[],
  terms: AssignmentTerms,
): Promise<void> {
  if (deposits.length === 0) return;
  const { org, by, actor, reason, at } = terms;
  await trx.raw(
    `INSERT INTO deposit_assignment (deposit, org, from_address, amount, assigned_by, actor, reason, assigned_at)
     SELECT id, :org, from_address, amount, :by, :actor, :reason, :at FROM deposit WHERE id = ANY(:deposits::uuid[])
     ON CONFLICT (deposit) DO UPDATE SET org = excluded.org, from_address = excluded.from_address,
       amount = excluded.amount, assigned_by = excluded.assigned_by, actor = excluded.actor, reason = excluded.reason,
       assigned_at = excluded.assigned_at`,
    { deposits: [...deposits], org, by, actor, reason, at },
  );
  await trx.raw(
    `UPDATE deposit SET state = 'confirming', org = ?, reason = NULL, set_aside = false, updated_at = ?
     WHERE id = ANY(?::uuid[])`,
    [org, at, [...deposits]],
  );
  await recordDepositEvents(trx, deposits, at);
}

/**
 * The org that each of these deposits was given to. One is missing if it was not, or if its sender or amount has changed
 * since (after a reorg).
 */
export async function findAssignments(
  db: Database | DatabaseTransaction,
  deposits: readonly string[],
): Promise<Map<string, string>> {
  const assignments = await listRows(
    db,
    (row) => [textOf(row['deposit']), textOf(row['org'])] as const,
    `SELECT a.deposit, a.org FROM deposit_assignment a JOIN deposit d ON d.id = a.deposit
     WHERE a.deposit = ANY(?::uuid[]) AND a.from_address = d.from_address AND a.amount = d.amount`,
    [[...deposits]],
  );
  return new Map(assignments);
}
