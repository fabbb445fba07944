/** `coffer budgets`: lists, creates, changes and deletes the budgets of an org, and counts them again. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { BUDGET_PERIODS, BUDGET_SUBJECTS, type BudgetPeriod, type BudgetSubject } from '../../core/budgets/budget.ts';
import { findCount } from '../../core/integers.ts';
import { uuidV7, walletId } from '../../core/ids.ts';
import { parseUsd } from '../../core/money.ts';
import { findOrg } from '../../db/access/orgs.ts';
import { addBudget, changeBudget, endBudget } from '../../db/budgets/budgets.ts';
import { listMiscounted, recountBudgets } from '../../db/budgets/recount.ts';
import type { Database } from '../../db/database.ts';
import { findBudgets } from '../../db/ledger/balance-now.ts';
import { viewOfBudget, type BudgetView } from '../../views/spending/budget.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from '../context.ts';
import { readName, readOrgId } from '../options.ts';

const MODES = ['hard', 'soft'] as const;

interface OfOrg {
  readonly org: string;
  readonly json?: boolean;
}

interface Limits {
  readonly name?: string;
  readonly limit?: bigint;
  readonly mode?: (typeof MODES)[number];
  readonly warn?: number;
}

interface CreateOptions extends OfOrg, Limits {
  readonly subject: BudgetSubject;
  readonly value: string;
  readonly period: BudgetPeriod;
  readonly limit: bigint;
  readonly mode: (typeof MODES)[number];
}

function readLimitUsd(text: string): bigint {
  try {
    return parseUsd(text);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : 'not an amount');
  }
}

function readPercent(text: string): number {
  const percent = findCount(text);
  if (percent === undefined || percent < 1 || percent > 99) {
    throw new InvalidArgumentError('must be a whole number from 1 to 99');
  }
  return percent;
}

async function openOrg(db: Database, org: string): Promise<string> {
  if (!(await findOrg(db, org))) throw new CliError(`there is no org ${org}`, EXIT.notFound);
  return walletId({ kind: 'org', id: org });
}

async function readViews(db: Database, wallet: string): Promise<BudgetView[]> {
  const found = (await findBudgets(db, wallet, new Date())) ?? [];
  return found.map(({ budget, counter }) => viewOfBudget(budget, counter));
}

async function readOne(db: Database, wallet: string, id: string): Promise<BudgetView> {
  const found = (await readViews(db, wallet)).find((budget) => budget.id === id);
  if (!found) throw new CliError(`the org has no budget ${id}`, EXIT.notFound);
  return found;
}

function print(budgets: readonly BudgetView[]): void {
  const columns = [
    'id',
    'name',
    'subject',
    'value',
    'period',
    'mode',
    'limitUsd',
    'usedUsd',
    'reservedUsd',
    'leftUsd',
  ] as const;
  printTable(
    [...columns, 'renewsAt'],
    budgets.map((budget) => [...columns.map((column) => budget[column]), budget.renewsAt]),
  );
}

async function list({ org, json }: OfOrg): Promise<void> {
  const budgets = await withDatabase(async (db) => readViews(db, await openOrg(db, org)));
  if (json === true) return printJson({ budgets });
  print(budgets);
}

async function create({ org, subject, value, period, limit, mode, name, warn, json }: CreateOptions): Promise<void> {
  const made = await withDatabase(async (db) => {
    const wallet = await openOrg(db, org);
    const id = uuidV7(Date.now());
    const about = { id, org, wallet, name: name ?? null, subject, value, period, createdAtMs: Date.now() };
    const limits = { limitMicros: limit, hard: mode === 'hard', warnPercent: warn ?? null };
    await db.transaction(async (trx) => addBudget(trx, { ...about, ...limits }));
    return readOne(db, wallet, id);
  });
  if (json === true) printJson(made);
  else print([made]);
}

async function change(id: string, { org, name, limit, mode, warn, json }: OfOrg & Limits): Promise<void> {
  const changed = await withDatabase(async (db) => {
    const wallet = await openOrg(db, org);
    const to = { name, limitMicros: limit, hard: mode === undefined ? undefined : mode === 'hard', warnPercent: warn };
    await db.transaction(async (trx) => changeBudget(trx, { org, wallet, id }, to));
    return readOne(db, wallet, id);
  });
  if (json === true) printJson(changed);
  else print([changed]);
}

async function remove(id: string, { org }: OfOrg): Promise<void> {
  await withDatabase(async (db) => {
    const about = { org, wallet: await openOrg(db, org), id, at: new Date() };
    const ended = await db.transaction(async (trx) => endBudget(trx, about));
    if (!ended) throw new CliError(`the org has no budget ${id}`, EXIT.notFound);
  });
  console.log(`deleted ${id}`);
}

async function recount({ json }: { readonly json?: boolean }): Promise<void> {
  const wrong = await withDatabase(async (db) => {
    const found = await listMiscounted(db);
    for (const wallet of new Set(found.map((one) => one.wallet))) await recountBudgets(db, wallet);
    return found.length;
  });
  if (json === true) printJson({ corrected: wrong });
  else console.log(wrong === 0 ? 'every budget is counted as its entries add up' : `${wrong} counters corrected`);
}

const withLimits = (command: Command): Command =>
  command
    .option('--name <text>', 'for people', readName)
    .option('--warn <percent>', 'the part of the limit from which on it warns, 1 to 99', readPercent)
    .option('--json', 'print JSON');

/** `coffer budgets`. */
export function addBudgets(program: Command): void {
  const budgets = program.command('budgets').description('how much of the wallet of an org may be spent for whom');
  const limit = ['--limit <usd>', 'what may be spent and reserved in a period', readLimitUsd] as const;
  const mode = (): Option =>
    new Option('--mode <mode>', 'whether it refuses what would pass the limit, or only counts and warns').choices(
      MODES,
    );

  budgets
    .command('list')
    .description('list the budgets of an org with what is used, reserved and left')
    .requiredOption('--org <id>', 'the org', readOrgId)
    .option('--json', 'print JSON')
    .action(list);

  withLimits(budgets.command('create'))
    .description('create a budget, which counts from the next spend on')
    .requiredOption('--org <id>', 'the org', readOrgId)
    .addOption(new Option('--subject <field>', 'what it is about').choices(BUDGET_SUBJECTS).makeOptionMandatory())
    .requiredOption('--value <id>', 'the user, team, app, service or key', readName)
    .addOption(new Option('--period <period>', 'when it begins anew').choices(BUDGET_PERIODS).makeOptionMandatory())
    .requiredOption(...limit)
    .addOption(mode().makeOptionMandatory())
    .action(create);

  withLimits(budgets.command('change'))
    .description('change a budget; what it has counted stays')
    .argument('<id>', 'the budget')
    .requiredOption('--org <id>', 'the org', readOrgId)
    .option(...limit)
    .addOption(mode())
    .action(change);

  budgets
    .command('delete')
    .description('delete a budget: it refuses nothing from the next spend on')
    .argument('<id>', 'the budget')
    .requiredOption('--org <id>', 'the org', readOrgId)
    .action(remove);

  budgets
    .command('recount')
    .description('count all budgets again from the entries, and correct those that differ')
    .option('--json', 'print JSON')
    .action(recount);
}
