/** `coffer holds`: lists the holds of an org. */
import type { Command } from 'commander';
import { walletId } from '../core/ids.ts';
import { listHoldNumbers, listOpenHolds, readHolds } from '../db/ledger/holds.ts';
import { SEQ_END } from '../db/ledger/entries.ts';
import { findOrg } from '../db/access/orgs.ts';
import { viewOfHold } from '../views/hold.ts';
import { CliError, EXIT, printJson, printTable, withDatabase } from './context.ts';
import { readLimit, readOrgId } from './options.ts';

const LIST_DEFAULT = 100;

interface ListOptions {
  readonly org: string;
  readonly all?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

async function list({ org, all, limit, json }: ListOptions): Promise<void> {
  const holds = await withDatabase(async (db) => {
    if (!(await findOrg(db, org))) throw new CliError(`there is no org ${org}`, EXIT.notFound);
    const filter = { wallet: walletId({ kind: 'org', id: org }), beforeHold: SEQ_END, nowMs: Date.now() };
    const numbers = await (all === true ? listHoldNumbers : listOpenHolds)(db, filter, limit);
    return (await readHolds(db, filter, numbers)).map(viewOfHold);
  });
  if (json === true) return printJson({ holds });
  const columns = ['holdId', 'state', 'serviceType', 'amountUsd', 'leftUsd', 'reference', 'expiresAt'] as const;
  printTable(
    columns,
    holds.map((hold) => columns.map((column) => hold[column])),
  );
}

/** `coffer holds`. */
export function addHolds(program: Command): void {
  const holds = program.command('holds').description('credit that orgs have set aside');

  holds
    .command('list')
    .description('list the holds of an org, newest first: the open ones, or all')
    .requiredOption('--org <id>', 'the org', readOrgId)
    .option('--all', 'also those that have ended')
    .option('--limit <n>', 'how many, up to 1000', readLimit, LIST_DEFAULT)
    .option('--json', 'print JSON')
    .action(list);
}
