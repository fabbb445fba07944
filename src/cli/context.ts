/** What every command uses: the configuration, the database for as long as it runs, and the printing of results. */
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { readConfig, type Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { EXIT } from '../config/exit-codes.ts';
import { uuidV7 } from '../core/ids.ts';
import { runAct, type Act } from '../db/audit-context.ts';
import { audited, openDatabase, ownsLedger, type Database } from '../db/database.ts';
import { openDatabaseSite, prepareSite, type DatabaseSite } from '../db/schema/site.ts';
import { tableText } from './print/table.ts';

export { EXIT };

/** A failure that the user can fix; the message says how. */
export class CliError extends Error {
  override name = 'CliError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The exit code for an error that a command threw. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  return error instanceof ConfigError ? EXIT.config : EXIT.failed;
}

/** Runs work with the URLs of the configured database. Starts the built-in one for that time if it is not running. */
export async function withSite<T>(work: (site: DatabaseSite, config: Config) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const site = await openDatabaseSite({
    databaseUrl: config.databaseUrl?.reveal(),
    ownerUrl: config.databaseOwnerUrl?.reveal(),
    dataDir: config.dataDir,
  });
  try {
    return await work(site, config);
  } finally {
    await site.stop();
  }
}

/** Runs work on the configured database, whose schema must be the newest. */
export async function withDatabase<T>(
  work: (db: Database, config: Config, site: DatabaseSite) => Promise<T>,
): Promise<T> {
  return withSite(async (site, config) => {
    await prepareSite(site);
    const db = openDatabase(site.appUrl, 2);
    try {
      return await runAct(actHere(), async () => work(audited(db), config, site));
    } finally {
      await db.destroy();
    }
  });
}

/** Like {@link withDatabase}, as the owner of the tables. @throws CliError when the configured URL is not the owner's */
export async function withOwner<T>(work: (db: Database, config: Config, site: DatabaseSite) => Promise<T>): Promise<T> {
  return withSite(async (site, config) => {
    await prepareSite(site);
    const db = openDatabase(site.ownerUrl, 2);
    try {
      if (!(await ownsLedger(db))) throw new CliError('this needs DATABASE_OWNER_URL, the role that owns the tables');
      return await runAct(actHere(), async () => work(audited(db), config, site));
    } finally {
      await db.destroy();
    }
  });
}

/** The command as the audit log names it: its first words alone, since arguments may be secrets. */
export function actHere(): Act {
  const [noun = '', verb = ''] = process.argv.slice(2);
  const nowMs = Date.now();
  const action = ['coffer', ...[noun, verb].filter(isWord)].join(' ');
  return { id: uuidV7(nowMs), at: new Date(nowMs), actor: operatorHere(), action, requestId: null };
}

const isWord = (text: string): boolean => /^[a-z]+(-[a-z]+)*$/.test(text);

/** The actor of this command: the operating system's user. */
export function operatorHere(): string {
  return `cli:${userInfo().username}`;
}

/**
 * Asks at the terminal for confirmation. @throws CliError when the answer is not yes, or stdin is no terminal.
 */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError('there is no terminal to confirm at: pass --yes to go on', EXIT.usage);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} (yes/no) `);
    if (answer.trim().toLowerCase() !== 'yes') throw new CliError('not confirmed: nothing was changed');
  } finally {
    terminal.close();
  }
}

/** Prints one JSON value, for programs. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, undefined, 2));
}

/** Prints rows for people: see {@link tableText}. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | null)[])[]): void {
  console.log(tableText(head, rows));
}
