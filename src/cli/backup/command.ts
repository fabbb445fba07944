/** `coffer backup` and `coffer restore`: the whole database into a folder, and back into an empty database. */
import type { Command } from 'commander';
import project from '../../../package.json' with { type: 'json' };
import type { BackedUpTable, BackupManifest } from '../../core/backup/manifest.ts';
import { writeBackup } from '../../db/backup/dump.ts';
import { checkBackup, emptyDatabase, loadBackup } from '../../db/backup/load.ts';
import { openDatabase } from '../../db/database.ts';
import { verifyLedger } from '../../db/ledger/verify.ts';
import { CliError, printJson, withSite } from '../context.ts';
import { assertMigrated } from '../../db/schema/migrate.ts';

interface RestoreOptions {
  readonly check?: boolean;
  readonly filesOnly?: boolean;
  readonly json?: boolean;
}

const progress = ({ name, rows }: BackedUpTable): void => {
  if (rows > 0) process.stderr.write(`${name}: ${rows} rows\n`);
};

const rowsIn = ({ tables }: BackupManifest): number => tables.reduce((sum, { rows }) => sum + rows, 0);

/** Adds the noun. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('back the whole database up into a new folder, while everything goes on')
    .argument('<folder>', 'a folder that does not exist yet')
    .option('--json', 'print JSON')
    .action(async (folder: string, { json }: { readonly json?: boolean }) => {
      await withSite(async ({ ownerUrl }) => {
        const manifest = await writeBackup(ownerUrl, folder, { version: project.version, onTable: progress });
        if (json === true) return printJson(manifest);
        console.log(`${folder}: ${rowsIn(manifest)} rows, ${manifest.entries} entries, as of ${manifest.takenAt}`);
      });
    });
}

/** Adds the noun. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('load a backup into an empty database, and verify its ledger; then run `coffer recover`')
    .argument('<folder>', 'a backup')
    .option('--check', 'only try it: load, verify, and empty the database again')
    .option('--files-only', 'with --check: compare the files with the manifest, without a database')
    .option('--json', 'print JSON')
    .action(async (folder: string, { check = false, filesOnly = false, json = false }: RestoreOptions) => {
      if (filesOnly && !check) throw new CliError('--files-only goes with --check');
      const manifest = filesOnly ? await checkBackup(folder, progress) : await restore(folder, check);
      if (json) return printJson(manifest);
      const done = filesOnly ? 'every file is what the manifest says' : 'loaded; the ledger verifies';
      console.log(
        `${folder}: ${rowsIn(manifest)} rows, ${manifest.entries} entries, as of ${manifest.takenAt}: ${done}`,
      );
      if (!check) console.log('This is an earlier state: run `coffer recover` before anything serves it.');
    });
}

async function restore(folder: string, isCheck: boolean): Promise<BackupManifest> {
  return withSite(async ({ ownerUrl }) => {
    await assertMigrated(ownerUrl);
    const manifest = await loadBackup(ownerUrl, folder, progress);
    try {
      await verifyLoaded(ownerUrl, manifest);
    } finally {
      if (isCheck) await emptyDatabase(ownerUrl);
    }
    return manifest;
  });
}

async function verifyLoaded(ownerUrl: string, manifest: BackupManifest): Promise<void> {
  const db = openDatabase(ownerUrl, 2);
  try {
    const { faults, entries } = await verifyLedger(db);
    if (faults.length > 0) {
      throw new CliError(`the ledger does not verify: ${faults.length} faults; coffer ledger verify names them`);
    }
    if (entries !== manifest.entries) throw new CliError(`${entries} of ${manifest.entries} entries verify`);
  } finally {
    await db.destroy();
  }
}
