/** Writes a backup: every table as of one moment, by COPY in one snapshot, with a manifest of what is in it. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BACKUP_FORMAT, MANIFEST_FILE, type BackedUpTable, type BackupManifest } from '../../core/backup/manifest.ts';
import { SEES_EVERY_ORG, withOptions } from '../database.ts';
import { hostsOf } from '../hosts.ts';
import { count, getRow, listOf, textOf, timeOf, type Queries } from '../rows.ts';
import { MIGRATIONS_TABLE } from '../schema/migrations.ts';
import { listTables, quoted, type TableShape } from './tables.ts';

const CONNECT_TIMEOUT_MS = 10_000;
const LINE_FEED = 10;

export interface BackupOptions {
  /** Version of this program, for the manifest. */
  readonly version: string;
  /** Called after each table. */
  readonly onTable?: (table: BackedUpTable) => void;
}

/** Name of a table's file in a backup. */
export function fileOf(table: string): string {
  return `${table}.copy.gz`;
}

/** Opens a connection as the owner of the tables, who sees the rows of every org. */
export async function connectOwner(ownerUrl: string): Promise<Client> {
  const connectionString = withOptions(await hostsOf(ownerUrl).choose(), SEES_EVERY_ORG);
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection lost between statements makes the next one fail.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** The same connection for the readers of rows. Statements have no placeholders here. */
export function queriesOf(client: Client): Queries {
  return { raw: async (sql) => client.query(sql) };
}

/**
 * Backs the whole database up into a new folder, while everything goes on: what was committed before the snapshot is in
 * it, nothing else. The folder has its name only once it is whole and on the disk; until then it is `<folder>.part`.
 * @throws Error when the folder exists, the disk is full or the connection is lost; then no folder of that name is left.
 */
export async function writeBackup(ownerUrl: string, folder: string, options: BackupOptions): Promise<BackupManifest> {
  const target = resolve(folder);
  if (await exists(target)) throw new Error(`${target} exists already; a backup is written to a new folder`);
  const part = `${target}.part`;
  const client = await connectOwner(ownerUrl);
  try {
    await rm(part, { recursive: true, force: true });
    await mkdir(part, { recursive: true, mode: 0o700 });
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const manifest = await dumpAll(client, part, options);
    await client.query('COMMIT');
    await writeDurably(join(part, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
    await syncFolder(part);
    await rename(part, target);
    await syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function dumpAll(client: Client, folder: string, { version, onTable }: BackupOptions): Promise<BackupManifest> {
  const db = queriesOf(client);
  const shapes = await listTables(db);
  // Keeps migrations out until the end; writers are not held up.
  await client.query(`LOCK TABLE ${shapes.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`);
  const about = await getRow(
    db,
    (row) => ({
      takenAt: timeOf(row['at']).toISOString(),
      migrations: listOf(row['migrations'], textOf),
      entries: count(row['entries']),
    }),
    `SELECT clock_timestamp() AS at, (SELECT count(*) FROM entry) AS entries,
       ARRAY(SELECT name::text FROM ${MIGRATIONS_TABLE} ORDER BY name) AS migrations`,
  );
  const tables: BackedUpTable[] = [];
  for (const shape of shapes) {
    const table = await dumpTable(client, folder, shape);
    tables.push(table);
    onTable?.(table);
  }
  return { format: BACKUP_FORMAT, version, ...about, tables };
}

async function dumpTable(client: Client, folder: string, { name, columns }: TableShape): Promise<BackedUpTable> {
  const path = join(folder, fileOf(name));
  const rows = client.query(copyTo(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) TO STDOUT`));
  const digest = new RowDigest();
  await pipeline(
    rows,
    digest,
    createGzip({ level: 6 }),
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return { name, columns, ...digest.result() };
}

/** Passes COPY's text through, counts its rows and hashes it. A line feed within a value is written as `\n`. */
export class RowDigest extends Transform {
  readonly #hash = createHash('sha256');
  #rows = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) this.#rows += 1;
    done(null, chunk);
  }

  /** To be called once, after the end. */
  result(): { readonly rows: number; readonly sha256: string } {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function writeDurably(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
