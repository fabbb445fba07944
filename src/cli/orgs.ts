import type { Command } from 'commander';
import { uuidV7, walletId } from '../core/ids.ts';
import { createOrg, ExternalIdTaken, listOrgs, type Org } from '../db/orgs.ts';
import { CliError, printJson, printTable, withDatabase } from './context.ts';
import { readExternalId, readName } from './options.ts';

const LIST_MAX = 1_000;

function viewOf(org: Org): Record<string, string | null> {
  return {
    id: org.id,
    name: org.name,
    externalId: org.externalId,
    walletId: walletId({ kind: 'org', id: org.id }),
    suspendedAt: org.suspendedAt?.toISOString() ?? null,
    createdAt: org.createdAt.toISOString(),
  };
}

/** `coffer orgs`. */
export function addOrgs(program: Command): void {
  const orgs = program.command('orgs').description('customers, each with a wallet');

  orgs
    .command('create')
    .description('create an org with its wallet')
    .requiredOption('--name <name>', 'what people call it', readName)
    .option('--external-id <id>', 'your own id for it; unique', readExternalId)
    .option('--json', 'print JSON')
    .action(async ({ name, externalId, json }: { name: string; externalId?: string; json?: boolean }) => {
      const createdAt = new Date();
      const id = uuidV7(createdAt.getTime());
      const org = await withDatabase(async (db) => {
        try {
          return await createOrg(db, { id, name, externalId: externalId ?? null, createdAt });
        } catch (error) {
          throw error instanceof ExternalIdTaken ? new CliError(error.message) : error;
        }
      });
      if (json === true) printJson(viewOf(org));
      else console.log(`created ${org.id}  ${org.name}`);
    });

  orgs
    .command('list')
    .description(`list orgs, newest first, up to ${LIST_MAX}`)
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const found = (await withDatabase(async (db) => listOrgs(db, { limit: LIST_MAX }))).map(viewOf);
      if (json === true) return printJson({ orgs: found });
      const columns = ['id', 'name', 'externalId', 'suspendedAt', 'createdAt'];
      printTable(
        columns,
        found.map((org) => columns.map((column) => org[column] ?? null)),
      );
    });
}
