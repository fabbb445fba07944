import type { Mutant } from './mutant.ts';

const BACKUP = ['test/process/backup.test.ts'];

/** Defences of backups: what is written is one moment and whole, and nothing else is loaded. */
export const BACKUP_MUTANTS: readonly Mutant[] = [
  {
    name: 'backup: tables are of different moments',
    file: 'src/db/backup/dump.ts',
    find: "'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'",
    replace: "'BEGIN READ ONLY'",
    tests: BACKUP,
  },
  {
    name: 'backup: a changed file is loaded',
    file: 'src/db/backup/load.ts',
    find: 'if (rows === table.rows && sha256 === table.sha256) return;',
    replace: 'if (rows >= 0) return;',
    tests: BACKUP,
  },
  {
    name: 'backup: a database that holds something is overwritten',
    file: 'src/db/backup/load.ts',
    find: "if (isFilled.includes(true)) throw new Error('the database is not empty: a backup is loaded into an empty one');",
    replace: '',
    tests: BACKUP,
  },
  {
    name: 'backup: a backup of another schema is loaded',
    file: 'src/db/backup/load.ts',
    find: 'if (pending.length + unknown.length === 0) return;',
    replace: 'if (pending.length + unknown.length >= 0) return;',
    tests: BACKUP,
  },
  {
    name: 'backup: guards stay off after a restore',
    file: 'src/db/backup/load.ts',
    find: 'ENABLE TRIGGER USER`);',
    replace: 'DISABLE TRIGGER USER`);',
    tests: BACKUP,
  },
  {
    name: 'backup: row-level security stays off after a restore',
    file: 'src/db/backup/load.ts',
    find: 'if (isForced) await client.query(`ALTER TABLE ${quoted(name)} FORCE ROW LEVEL SECURITY`);',
    replace: '',
    tests: BACKUP,
  },
  {
    name: 'backup: numbers that the database gives begin again',
    file: 'src/db/backup/load.ts',
    find: '    await advanceSequences(client);',
    replace: '',
    tests: BACKUP,
  },
];
