import type { Command } from 'commander';
import { migrateSite } from '../db/schema/site.ts';
import { migrationStatus } from '../db/schema/migrate.ts';
import { printJson, printTable, withSite } from './context.ts';

/** `coffer migrate`. */
export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database to the newest schema; safe to run several times at once')
    .option('--status', 'only list which migrations are applied and which are not')
    .option('--json', 'print JSON')
    .action(async ({ status, json }: { status?: boolean; json?: boolean }) => {
      await withSite(async (site) => {
        if (status !== true) {
          const applied = await migrateSite(site);
          if (json === true) printJson({ applied });
          else
            console.log(applied.length === 0 ? 'nothing to do' : applied.map((name) => `applied ${name}`).join('\n'));
          return;
        }
        const found = await migrationStatus(site.ownerUrl);
        if (json === true) return printJson(found);
        const rows = (['applied', 'pending', 'unknown'] as const).flatMap((state) =>
          found[state].map((name) => [name, state]),
        );
        printTable(['migration', 'state'], rows);
      });
    });
}
