/** `coffer reports`: prints reports on the place as a whole. */
import type { Command } from 'commander';
import { systemClock } from '../../core/clock.ts';
import { monthsOf, readMoment, readPeriod, type AskedMoment, type AskedPeriod } from '../../core/reports/period.ts';
import { readJournal, type JournalPosition } from '../../db/reports/journal.ts';
import { finish, readLiability, readMonths, readPlace } from '../../db/reports/place.ts';
import { csvHead, csvLines } from '../../views/csv.ts';
import {
  BREAKAGE_COLUMNS,
  DEFERRED_COLUMNS,
  JOURNAL_COLUMNS,
  LIABILITY_COLUMNS,
  REVENUE_COLUMNS,
  TRIAL_BALANCE_COLUMNS,
  viewOfBreakage,
  viewOfDeferred,
  viewOfJournal,
  viewOfLiability,
  viewOfRevenue,
  viewOfTrialBalance,
} from '../../views/reports.ts';
import { printJson, printTable, withDatabase } from '../context.ts';
import { addFormats, addPeriod, printCsv, usage, type CsvOptions } from './period.ts';

const JOURNAL_PAGE = 1_000;

type Cells<Column extends string> = { readonly [Name in Column]: string | number | null };

/** Prints rows as CSV or as a table, or the whole as JSON. */
function print<Column extends string>(
  options: CsvOptions,
  columns: readonly Column[],
  { rows, whole }: { readonly rows: readonly Cells<Column>[]; readonly whole: unknown },
): void {
  if (options.json === true) return printJson(whole);
  if (options.csv === true) return printCsv(csvHead(columns) + csvLines(columns, rows), options);
  const text = (cell: string | number | null): string | null => (cell === null ? null : String(cell));
  printTable(
    columns,
    rows.map((row) => columns.map((column) => text(row[column]))),
  );
}

/** The end of what is read: that of the period, or now. */
const endOf = ({ toMs }: { readonly toMs: number }): number => Math.min(toMs, systemClock.nowMs());

async function journal(options: AskedPeriod & CsvOptions): Promise<void> {
  const period = usage(() => readPeriod(options, systemClock.nowMs()));
  const span = { fromMs: period.fromMs, toMs: endOf(period) };
  await withDatabase(async (db) => {
    if (options.json !== true) printCsv(csvHead(JOURNAL_COLUMNS), options);
    let behind: JournalPosition | undefined;
    do {
      const page = await readJournal(db, span, { behind, limit: JOURNAL_PAGE });
      const lines = page.entries.flatMap(viewOfJournal);
      // One object a line: the journal may be longer than memory.
      if (options.json === true) for (const line of lines) console.log(JSON.stringify(line));
      else printCsv(csvLines(JOURNAL_COLUMNS, lines), {});
      behind = page.next;
    } while (behind);
  });
}

async function trialBalance(options: AskedMoment & CsvOptions): Promise<void> {
  const moment = usage(() => readMoment(options, systemClock.nowMs()));
  const books = await withDatabase(async (db) => finish(readPlace(db, [endOf(moment)], { withOpening: true })));
  const whole = viewOfTrialBalance(books);
  print(options, TRIAL_BALANCE_COLUMNS, { rows: whole.accounts, whole });
  if (options.json !== true && options.csv !== true) {
    console.log(`debits ${whole.debitUsd}, credits ${whole.creditUsd}, difference ${whole.differenceUsd}`);
  }
}

async function liability(options: AskedMoment & CsvOptions): Promise<void> {
  const moment = usage(() => readMoment(options, systemClock.nowMs()));
  const whole = viewOfLiability(await withDatabase(async (db) => finish(readLiability(db, endOf(moment)))));
  print(options, LIABILITY_COLUMNS, { rows: whole.ages, whole });
}

/** The months of the period that the options name, and what changed in each. */
async function monthly(options: AskedPeriod): Promise<Parameters<typeof viewOfRevenue>> {
  const nowMs = systemClock.nowMs();
  const period = usage(() => readPeriod(options, nowMs));
  const months = usage(() => monthsOf({ ...period, toMs: endOf(period) }, nowMs));
  return [months, await withDatabase(async (db) => finish(readMonths(db, months)))];
}

async function revenue(options: AskedPeriod & CsvOptions): Promise<void> {
  const rows = viewOfRevenue(...(await monthly(options)));
  print(options, REVENUE_COLUMNS, { rows, whole: { revenue: rows } });
}

async function breakage(options: AskedPeriod & CsvOptions): Promise<void> {
  const rows = viewOfBreakage(...(await monthly(options)));
  print(options, BREAKAGE_COLUMNS, { rows, whole: { breakage: rows } });
}

async function deferred(options: AskedPeriod & CsvOptions): Promise<void> {
  const period = usage(() => readPeriod(options, systemClock.nowMs()));
  const times = [period.fromMs, endOf(period)];
  const rows = viewOfDeferred(await withDatabase(async (db) => finish(readPlace(db, times, { withOpening: true }))));
  print(options, DEFERRED_COLUMNS, { rows, whole: { lines: rows } });
}

/** `coffer reports`. */
export function addReports(program: Command): void {
  const reports = program.command('reports').description('reports on the place as a whole, over all wallets; in USD');
  const of = (name: string, description: string): Command => reports.command(name).description(description);
  const atMoment = (command: Command): Command =>
    addFormats(
      command
        .option('--at <day>', 'the beginning of a day (2026-02-01), or a moment with a zone; now when left out')
        .option('--time-zone <zone>', 'the zone of days, such as Europe/Berlin', 'UTC'),
    );
  addPeriod(of('journal', 'every entry of a period with its two sides, as CSV, wallet by wallet'))
    .option('--json', 'print one JSON object a line')
    .option('--bom', 'begin the CSV with a byte order mark, by which Excel knows UTF-8')
    .action(journal);
  atMoment(of('trial-balance', 'the balance of every account before a moment; they add up to zero')).action(
    trialBalance,
  );
  addFormats(addPeriod(of('revenue', 'what each service earned in each month of a period'))).action(revenue);
  atMoment(of('liability', 'what is owed to the owners of wallets before a moment, by kind and age')).action(liability);
  addFormats(addPeriod(of('breakage', 'what expired in each month of a period'))).action(breakage);
  addFormats(addPeriod(of('deferred', 'the roll-forward of deferred revenue over a period'))).action(deferred);
}
