/** `coffer database`: over which servers the database is spread. */
import type { Command } from 'commander';
import { appRoleOf } from '../../db/schema/migrate.ts';
import { distributeLedger, NotDistributable } from '../../db/schema/distribute.ts';
import { CliError, printJson, withSite } from '../context.ts';

/** Adds the noun. */
export function addDatabase(program: Command): void {
  const database = program.command('database').description('spread the ledger over the servers of a Citus cluster');
  database
    .command('distribute')
    .description('spread the ledger by wallet; says what the cluster lacks, and may be run again at any time')
    .option('--json', 'print JSON')
    .action(async ({ json }: { readonly json?: boolean }) => {
      await withSite(async ({ ownerUrl, appUrl }) => {
        const { servers, tables } = await distribute(ownerUrl, appRoleOf(appUrl, ownerUrl));
        if (json === true) return printJson({ servers, tables });
        const done = tables.length === 0 ? 'nothing to do' : tables.map((table) => `spread ${table}`).join('\n');
        console.log(`${done}\nservers: ${servers.join(', ')}`);
      });
    });
}

async function distribute(...asked: Parameters<typeof distributeLedger>): ReturnType<typeof distributeLedger> {
  try {
    return await distributeLedger(...asked);
  } catch (error) {
    if (error instanceof NotDistributable) throw new CliError(error.message);
    throw error;
  }
}
