/** Reads backups: checks that one is whole, and loads it into an empty database. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { BACKUP_FORMAT, MANIFEST_FILE, type BackedUpTable, type BackupManifest } from '../../core/backup/manifest.ts';
import { count, getRow, listRows, textOf, truth } from '../rows.ts';
import { judgeMigrations } from '../schema/migrations.ts';
import { connectOwner, fileOf, queriesOf, RowDigest } from './dump.ts';
import { listTables, quoted, type TableShape } from './tables.ts';

const manifestSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  takenAt: z.iso.datetime(),
  version: z.string(),
  migrations: z.array(z.string()),
  entries: z.int().min(0),
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9_]+$/),
      columns: z.array(z.string()),
      rows: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

/** Called after each table with how many rows of it were read. */
export type OnTable = (table: BackedUpTable) => void;

/** Reads the manifest of a backup. @throws Error when the folder has none or one of another format */
export async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} is no whole backup: it has no ${MANIFEST_FILE}`, { cause });
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${path} is not a manifest that this version reads`, { cause });
  }
}

/** Reads every file of a backup and compares it with the manifest. @throws Error that names the file that differs */
export async function checkBackup(folder: string, onTable?: OnTable): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  for (const table of manifest.tables) {
    await readTable(folder, table, new Writable({ write: (_chunk, _encoding, done) => done() }));
    onTable?.(table);
  }
  return manifest;
}

/**
 * Loads a backup into a database that has the same schema and nothing in it, in one transaction: all of it or nothing.
 * @throws Error when the database holds something, its schema is another, or a file differs from the manifest
 */
export async function loadBackup(ownerUrl: string, folder: string, onTable?: OnTable): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  const client = await connectOwner(ownerUrl);
  try {
    await client.query('BEGIN');
    await loadAll(client, folder, manifest, onTable);
    await client.query('COMMIT');
    return manifest;
  } finally {
    // Ends the transaction as well, where it is still open.
    await client.end();
  }
}

/** Takes everything out of a database again that a backup was loaded into. For a check, whose result is not kept. */
export async function emptyDatabase(ownerUrl: string): Promise<void> {
  const client = await connectOwner(ownerUrl);
  try {
    const shapes = await listTables(queriesOf(client));
    await client.query('BEGIN');
    await withoutGuards(client, shapes, async () => truncateAll(client, shapes));
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function loadAll(client: Client, folder: string, manifest: BackupManifest, onTable?: OnTable): Promise<void> {
  const db = queriesOf(client);
  checkSchema(manifest);
  const shapes = await listTables(db);
  const { tables } = manifest;
  const [named, present] = [tables, shapes].map((list) => list.map(({ name }) => name).toSorted());
  if (JSON.stringify(named) !== JSON.stringify(present))
    throw new Error('the backup has other tables than the database');
  await client.query(`LOCK TABLE ${shapes.map(({ name }) => quoted(name)).join(', ')} IN ACCESS EXCLUSIVE MODE`);
  // Every table is locked, so that the two statements see the same.
  const isFilled = [
    await getRow(db, (row) => truth(row['filled']), 'SELECT EXISTS (SELECT 1 FROM entry) AS filled'),
    await getRow(db, (row) => truth(row['filled']), 'SELECT EXISTS (SELECT 1 FROM org) AS filled'),
  ];
  if (isFilled.includes(true)) throw new Error('the database is not empty: a backup is loaded into an empty one');
  await withoutGuards(client, shapes, async () => {
    // What migrations put into tables is in the backup as well.
    await truncateAll(client, shapes);
    for (const shape of shapes) {
      const table = tables.find(({ name }) => name === shape.name);
      if (!table) throw new Error(`the backup has no table ${shape.name}`);
      await loadTable(client, folder, table);
      onTable?.(table);
    }
    await advanceSequences(client);
  });
}

/** @throws Error when the backup's schema is not exactly the one of this version */
function checkSchema({ migrations, version }: BackupManifest): void {
  const { pending, unknown } = judgeMigrations(migrations);
  if (pending.length + unknown.length === 0) return;
  throw new Error(
    `the backup was made by version ${version}, which has another schema: restore it with that version, then upgrade`,
  );
}

/** Runs work on tables whose guards against changes are off, and turns them on again in the same transaction. */
async function withoutGuards(client: Client, shapes: readonly TableShape[], work: () => Promise<void>): Promise<void> {
  for (const { name, isForced } of shapes) {
    await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
    // COPY does not load into a table whose row-level security applies to whoever loads.
    if (isForced) await client.query(`ALTER TABLE ${quoted(name)} NO FORCE ROW LEVEL SECURITY`);
  }
  await work();
  // Checks that were put off until the end of the transaction would keep the tables from being altered.
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const { name, isForced } of shapes) {
    await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
    if (isForced) await client.query(`ALTER TABLE ${quoted(name)} FORCE ROW LEVEL SECURITY`);
  }
}

async function truncateAll(client: Client, shapes: readonly TableShape[]): Promise<void> {
  await client.query(`TRUNCATE ${shapes.map(({ name }) => quoted(name)).join(', ')}`);
}

async function loadTable(client: Client, folder: string, table: BackedUpTable): Promise<void> {
  const columns = table.columns.map(quoted).join(', ');
  await readTable(folder, table, client.query(copyFrom(`COPY ${quoted(table.name)} (${columns}) FROM STDIN`)));
  const loaded = await getRow(
    queriesOf(client),
    (row) => count(row['rows']),
    `SELECT count(*) AS rows FROM ${quoted(table.name)}`,
  );
  if (loaded !== table.rows) throw new Error(`${table.name}: ${loaded} of ${table.rows} rows were loaded`);
}

/** Reads a table's file into `into`. @throws Error when it is not what the manifest says */
async function readTable(folder: string, table: BackedUpTable, into: Writable): Promise<void> {
  const path = join(folder, fileOf(table.name));
  const digest = new RowDigest();
  await pipeline(createReadStream(path), createGunzip(), digest, into).catch((cause: unknown) => {
    throw new Error(`${path} cannot be read or loaded: ${cause instanceof Error ? cause.message : 'unknown error'}`, {
      cause,
    });
  });
  const { rows, sha256 } = digest.result();
  if (rows === table.rows && sha256 === table.sha256) return;
  throw new Error(`${path} is not what the manifest says: it was changed, or is not whole`);
}

/** Numbers that the database gives by itself go on after the highest that was loaded. */
async function advanceSequences(client: Client): Promise<void> {
  const owned = await listRows(
    queriesOf(client),
    (row) => ({ table: textOf(row['table']), column: textOf(row['column']) }),
    `SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
       AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL AND c.relname NOT LIKE 'knex\\_%'`,
  );
  for (const { table, column } of owned) {
    await client.query(
      `SELECT setval(pg_get_serial_sequence('${quoted(table)}', '${column}'), coalesce(max(${quoted(column)}), 0) + 1, false)
       FROM ${quoted(table)}`,
    );
  }
}
