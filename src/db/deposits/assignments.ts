/** Giving a deposit that found no org to one. The detector credits it then, as it credits every other. */
import { DEPOSIT_STATES, type DepositState } from '../../core/deposits/states.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { listRows, oneOf, orNull, textOf, type Row } from '../rows.ts';
import { tellDeposits } from './events.ts';

/** `claim`: the org signed from the sender. `admin`: an operator decided. */
export const ASSIGNERS = ['claim', 'admin'] as const;

export interface Assignment {
  readonly deposit: string;
  readonly org: string;
  readonly by: (typeof ASSIGNERS)[number];
  /** Who asked for it: `key:<id>`, `user:<id>` or `cli:<name>`. */
  readonly actor: string;
  /** Kept with it and shown where the deposit is explained; 1 to 1,000 characters. */
  readonly reason: string;
  readonly at: Date;
  /** States from which it may be taken; `unmatched` alone unless told otherwise. */
  readonly states?: readonly DepositState[];
}

/**
 * `assigned`: it goes to that org from now on. `kept`: it is that org's already, and nothing changed. `taken`: it is
 * another org's. `not_open`: it is in a state in which it cannot be given to anybody. `unknown`: there is no such deposit.
 */
export type AssignmentOutcome = 'assigned' | 'kept' | 'taken' | 'not_open' | 'unknown';

/** What goes with an assignment, whatever the deposits. */
export type AssignmentTerms = Omit<Assignment, 'deposit'>;

/** As `assignDeposits`, of one deposit. */
export async function assignDeposit(
  trx: DatabaseTransaction,
  { deposit, ...terms }: Assignment,
): Promise<AssignmentOutcome> {
  return (await assignDeposits(trx, [deposit], terms)).get(deposit) ?? 'unknown';
}

/**
 * Gives deposits to an org, each once: whoever commits first has it, against every other assignment and against the
 * detector, which settles where a deposit goes under the same row lock.
 */
export async function assignDeposits(
  trx: DatabaseTransaction,
  deposits: readonly string[],
  terms: AssignmentTerms,
): Promise<Map<string, AssignmentOutcome>> {
  const { org, by, actor, reason, at, states = ['unmatched'] } = terms;
  const held = await listRows(
    trx,
    heldOf,
    'SELECT id, state, org, wallet FROM deposit WHERE id = ANY(?::uuid[]) ORDER BY id FOR UPDATE',
    [[...deposits]],
  );
  const assigned = await findAssignments(trx, deposits);
  const outcomes = new Map(held.map((one) => [one.id, judge(one, assigned.get(one.id), { org, states })]));
  const fresh = held.map(({ id }) => id).filter((id) => outcomes.get(id) === 'assigned');
  if (fresh.length === 0) return outcomes;
  await trx.raw(
    `INSERT INTO deposit_assignment (deposit, org, from_address, amount, assigned_by, actor, reason, assigned_at)
     SELECT id, :org, from_address, amount, :by, :actor, :reason, :at FROM deposit WHERE id = ANY(:fresh::uuid[])
     ON CONFLICT (deposit) DO UPDATE SET org = excluded.org, from_address = excluded.from_address,
       amount = excluded.amount, assigned_by = excluded.assigned_by, actor = excluded.actor, reason = excluded.reason,
       assigned_at = excluded.assigned_at`,
    { fresh, org, by, actor, reason, at },
  );
  await trx.raw(
    `UPDATE deposit SET state = 'confirming', org = ?, reason = NULL, set_aside = false, updated_at = ?
     WHERE id = ANY(?::uuid[])`,
    [org, at, fresh],
  );
  await tellDeposits(trx, fresh, at);
  return outcomes;
}

interface Held {
  readonly id: string;
  readonly state: DepositState;
  readonly org: string | null;
  readonly wallet: string | null;
}

function heldOf(row: Row): Held {
  return {
    id: textOf(row['id']),
    state: oneOf(DEPOSIT_STATES, row['state']),
    org: orNull(row['org'], textOf),
    wallet: orNull(row['wallet'], textOf),
  };
}

function judge(
  held: Held,
  assigned: string | undefined,
  { org, states }: { readonly org: string; readonly states: readonly DepositState[] },
): AssignmentOutcome {
  // Until a wallet is settled, an org that was only matched gives way where its state may be taken from.
  const open = held.wallet === null && states.includes(held.state);
  const owner = assigned ?? (open ? null : held.org);
  if (owner !== null) return owner === org ? 'kept' : 'taken';
  return open ? 'assigned' : 'not_open';
}

/** The org that each of these deposits was given to; missing where it was not, or is not the same money any more. */
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
