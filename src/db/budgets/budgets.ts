/** The table of budgets: which ones an org has, and their changes. What they have counted is written with the entries. */
import { BUDGETS_MAX, type Budget } from '../../core/budgets/budget.ts';
import { Refusal } from '../../core/errors.ts';
import type { DatabaseTransaction } from '../database.ts';
import { changeRows, findRow, getRow, orNull, small, textOf } from '../rows.ts';

/** A budget that is made now. */
export type NewBudget = Omit<Budget, 'zone'> & { readonly wallet: string };

/** What may be changed of a budget; what is left out stays. */
export interface BudgetChange {
  readonly name?: string | null | undefined;
  readonly limitMicros?: bigint | undefined;
  readonly hard?: boolean | undefined;
  readonly warnPercent?: number | null | undefined;
}

/**
 * Adds a budget, in the time zone of its org. Other changes of the org's budgets wait meanwhile.
 * @throws Refusal NOT_FOUND without such an org, VALIDATION_FAILED where the org has too many or an equal one
 */
export async function addBudget(trx: DatabaseTransaction, budget: NewBudget): Promise<void> {
  const { wallet, id, org, subject, value, period, hard } = budget;
  const zone = await lockZone(trx, org);
  if (zone === undefined) throw new Refusal('NOT_FOUND', 'no such org');
  await checkEqual(trx, { wallet, subject, value, period, hard });
  const open = await getRow(
    trx,
    (row) => small(row['n']),
    'SELECT count(*)::int AS n FROM budget WHERE wallet = ? AND ended_at IS NULL',
    [wallet],
  );
  if (open >= BUDGETS_MAX) throw new Refusal('VALIDATION_FAILED', `an org has at most ${BUDGETS_MAX} budgets`);
  await changeRows(
    trx,
    `INSERT INTO budget (wallet, id, org, name, subject, value, period, amount, hard, warn_percent, zone, created_at)
     VALUES (:wallet, :id, :org, :name, :subject, :value, :period, :amount::bigint, :hard, :warnPercent, :zone, :at)`,
    {
      wallet,
      id,
      org,
      name: budget.name,
      subject,
      value,
      period,
      amount: String(budget.limitMicros),
      hard,
      warnPercent: budget.warnPercent,
      zone,
      at: new Date(budget.createdAtMs),
    },
  );
}

/** The org's time zone, UTC unless it set one; undefined when there is no such org. Keeps others from changing budgets. */
async function lockZone(trx: DatabaseTransaction, org: string): Promise<string | undefined> {
  return findRow(
    trx,
    (row) => textOf(row['zone']),
    `SELECT coalesce(time_zone, 'UTC') AS zone FROM org_settings WHERE org = ? FOR UPDATE`,
    [org],
  );
}

/** @throws Refusal VALIDATION_FAILED where another budget is about the same */
async function checkEqual(
  trx: DatabaseTransaction,
  about: Pick<NewBudget, 'wallet' | 'subject' | 'value' | 'period' | 'hard'>,
  except: string | null = null,
): Promise<void> {
  const equal = await findRow(
    trx,
    (row) => textOf(row['id']),
    `SELECT id FROM budget WHERE wallet = :wallet AND subject = :subject AND value = :value AND period = :period
       AND hard = :hard AND ended_at IS NULL AND id IS DISTINCT FROM :except::uuid`,
    { ...about, except },
  );
  if (equal === undefined) return;
  const message = `is like that of the budget ${equal}: change that one`;
  throw new Refusal('VALIDATION_FAILED', `the subject, period and mode are those of the budget ${equal}`, {
    issues: [{ path: 'subject', message }],
  });
}

/**
 * Changes a budget. What it has counted stays.
 * @returns whether the org has it
 * @throws Refusal VALIDATION_FAILED where it would become like another one
 */
export async function changeBudget(
  trx: DatabaseTransaction,
  { org, wallet, id }: Pick<NewBudget, 'org' | 'wallet' | 'id'>,
  change: BudgetChange,
): Promise<boolean> {
  await lockZone(trx, org);
  const before = await findRow(
    trx,
    (row) => ({ name: orNull(row['name'], textOf), warnPercent: orNull(row['warn_percent'], small) }),
    'SELECT name, warn_percent FROM budget WHERE wallet = ? AND id = ? AND ended_at IS NULL',
    [wallet, id],
  );
  if (!before) return false;
  const { name = before.name, warnPercent = before.warnPercent, limitMicros, hard } = change;
  if (hard !== undefined) await checkMode(trx, { wallet, id, hard });
  await changeRows(
    trx,
    `UPDATE budget SET name = :name, warn_percent = :warnPercent, amount = coalesce(:amount::bigint, amount),
       hard = coalesce(:hard::boolean, hard) WHERE wallet = :wallet AND id = :id`,
    {
      wallet,
      id,
      name,
      warnPercent,
      amount: limitMicros === undefined ? null : String(limitMicros),
      hard: hard ?? null,
    },
  );
  return true;
}

async function checkMode(
  trx: DatabaseTransaction,
  { wallet, id, hard }: { readonly wallet: string; readonly id: string; readonly hard: boolean },
): Promise<void> {
  const other = await findRow(
    trx,
    (row) => textOf(row['id']),
    `SELECT o.id FROM budget b JOIN budget o ON o.wallet = b.wallet AND o.subject = b.subject AND o.value = b.value
       AND o.period = b.period AND o.id <> b.id AND o.ended_at IS NULL AND o.hard = :hard
     WHERE b.wallet = :wallet AND b.id = :id`,
    { wallet, id, hard },
  );
  if (other === undefined) return;
  const message = `would make it like the budget ${other}: change that one`;
  throw new Refusal('VALIDATION_FAILED', `mode ${message}`, { issues: [{ path: 'mode', message }] });
}

/** Ends a budget: nothing more is counted by it, and what it has counted is kept. @returns whether the org had it */
export async function endBudget(
  trx: DatabaseTransaction,
  { org, wallet, id, at }: Pick<NewBudget, 'org' | 'wallet' | 'id'> & { readonly at: Date },
): Promise<boolean> {
  await lockZone(trx, org);
  const ended = await changeRows(
    trx,
    'UPDATE budget SET ended_at = ? WHERE wallet = ? AND id = ? AND ended_at IS NULL',
    [at, wallet, id],
  );
  return ended === 1;
}
