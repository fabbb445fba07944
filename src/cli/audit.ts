/** `coffer audit`: prints the requests and changes of operators. */
import type { Command } from 'commander';
import { listAudit } from '../db/access/audit.ts';
import { viewOfAudit } from '../views/audit.ts';
import { printJson, printTable, withDatabase } from './context.ts';
import { readLimit, readOrgId } from './options.ts';

const LIST_DEFAULT = 50;

interface ListOptions {
  readonly org?: string;
  readonly actor?: string;
  readonly subject?: string;
  readonly limit: number;
  readonly json?: boolean;
}

async function list({ json, ...filter }: ListOptions): Promise<void> {
  const rows = await withDatabase(async (db) => listAudit(db, filter));
  if (json === true) return printJson({ acts: rows.map(viewOfAudit) });
  const shown = (value: unknown): string => (value === null ? '' : JSON.stringify(value));
  printTable(
    ['time', 'who', 'what', 'of', 'before', 'after'],
    rows.map(({ at, actor, action, subject, subjectId, before, after }) => [
      at.toISOString(),
      actor,
      action,
      `${subject} ${subjectId}`.trim(),
      shown(before),
      shown(after),
    ]),
  );
}

/** `coffer audit`. */
export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('the audit log, newest first: who did what, with the values before and after')
    .option('--org <id>', 'only records about this org', readOrgId)
    .option('--actor <name>', 'only records of this actor: key:<id>, user:<id> or cli:<name>')
    .option('--subject <name>', '`request`, or the name of the changed table')
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .option('--json', 'print JSON')
    .action(list);
}
