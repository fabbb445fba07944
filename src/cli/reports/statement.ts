/** `coffer statement`: prints the statement of an org for a period. */
import type { Command } from 'commander';
import { systemClock } from '../../core/clock.ts';
import { walletId } from '../../core/ids.ts';
import type { AskedPeriod } from '../../core/reports/period.ts';
import { findOrg } from '../../db/access/orgs.ts';
import { closePeriod, readStatement } from '../../db/reports/statement.ts';
import { csvHead, csvLines } from '../../views/csv.ts';
import { linesOfStatement, STATEMENT_COLUMNS, viewOfStatement } from '../../views/statement.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from '../context.ts';
import { readOrgId } from '../options.ts';
import { addFormats, addPeriod, periodOf, printCsv, type CsvOptions } from './period.ts';

async function show(org: string, options: AskedPeriod & CsvOptions): Promise<void> {
  const period = periodOf(options, systemClock.nowMs());
  const view = await withDatabase(async (db) => {
    if (!(await findOrg(db, org))) throw new CliError(`there is no org ${org}`, EXIT.notFound);
    const wallet = walletId({ kind: 'org', id: org });
    const asOfMs = await closePeriod({ db, clock: systemClock }, wallet, period);
    const statement = await readStatement(db, wallet, { period, asOfMs });
    return viewOfStatement(statement, { org, period, asOfMs });
  });
  if (options.json === true) return printJson(view);
  const lines = linesOfStatement(view);
  if (options.csv === true) return printCsv(csvHead(STATEMENT_COLUMNS) + csvLines(STATEMENT_COLUMNS, lines), options);
  const columns = [
    'line',
    'type',
    'serviceType',
    'entries',
    'availableUsd',
    'heldUsd',
    'paidUsd',
    'promotionalUsd',
    'restrictedTo',
  ] as const;
  printTable(
    columns,
    lines.map((line) => columns.map((column) => (line[column] === null ? null : String(line[column])))),
  );
  console.log(`${view.from} to ${view.to}${view.asOf === null ? '' : `, not closed, as of ${view.asOf}`}`);
}

/** `coffer statement`. */
export function addStatement(program: Command): void {
  const statement = program
    .command('statement')
    .description('the statement of an org for a period: opening, movements by type and service, closing; in USD')
    .argument('<org>', 'id of the org', readOrgId);
  addFormats(addPeriod(statement)).action(show);
}
