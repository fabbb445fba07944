/** The options by which commands name a period, and how they print CSV. */
import type { Command } from 'commander';
import { Refusal } from '../../core/errors.ts';
import { readPeriod, type AskedPeriod, type Period } from '../../core/reports/period.ts';
import { BYTE_ORDER_MARK } from '../../views/csv.ts';
import { CliError, EXIT } from '../context.ts';

/** What the options of a command that can print CSV give. */
export interface CsvOptions {
  readonly csv?: boolean;
  readonly bom?: boolean;
  readonly json?: boolean;
}

/** Adds the options of a period to a command. */
export function addPeriod(command: Command): Command {
  return command
    .option('--month <month>', 'a month, such as 2026-01')
    .option('--from <day>', 'in place of a month: the first day (2026-01-01), or a moment with a zone')
    .option('--to <day>', 'the first day or moment that does not belong to it any more')
    .option('--time-zone <zone>', 'the zone of months and days, such as Europe/Berlin', 'UTC');
}

/** Adds the options of what is printed. */
export function addFormats(command: Command): Command {
  return command
    .option('--json', 'print JSON')
    .option('--csv', 'print CSV')
    .option('--bom', 'begin the CSV with a byte order mark, by which Excel knows UTF-8');
}

/** The period that the options name. @throws CliError for one that does not fit */
export function periodOf(options: AskedPeriod, nowMs: number): Period {
  return usage(() => readPeriod(options, nowMs));
}

/** Reads something from the options. @throws CliError in place of a refusal */
export function usage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw new CliError(error.message, EXIT.usage);
    throw error;
  }
}

/** Prints CSV to standard output, with nothing before or after it. */
export function printCsv(text: string, { bom }: CsvOptions): void {
  process.stdout.write((bom === true ? BYTE_ORDER_MARK : '') + text);
}
