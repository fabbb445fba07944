/** What every command needs: the configuration, the database while it works, and a way to say what came of it. */
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import Table from 'cli-table3';
import { readConfig, type Config } from '../config/config.ts';
import { ConfigError } from '../config/error.ts';
import { EXIT } from '../config/exit-codes.ts';
import { uuidV7 } from '../core/ids.ts';
import { runAct, type Act } from '../db/audit-context.ts';
import { audited, openDatabase, type Database } from '../db/database.ts';
import { openDatabaseSite, prepareSite, type DatabaseSite } from '../db/schema/site.ts';

export { EXIT };

/** A reason to stop that is the user's to mend; the message says how. */
export class CliError extends Error {
  override name = 'CliError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The exit code of whatever a command threw. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  return error instanceof ConfigError ? EXIT.config : EXIT.failed;
}

/** Runs work with the configured database's addresses; starts the one of our own for that long if it does not run. */
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

/** Runs work on the configured database, its schema being the newest. */
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

/** Named by the words of the command; what follows them may be a secret. */
function actHere(): Act {
  const [noun = '', verb = ''] = process.argv.slice(2);
  const nowMs = Date.now();
  const action = ['coffer', ...[noun, verb].filter(isWord)].join(' ');
  return { id: uuidV7(nowMs), at: new Date(nowMs), actor: operatorHere(), action, requestId: null };
}

const isWord = (text: string): boolean => /^[a-z]+(-[a-z]+)*$/.test(text);

/** Who acts at the command line: whoever is logged in. */
export function operatorHere(): string {
  return `cli:${userInfo().username}`;
}

/**
 * Asks the person at the terminal for a yes. @throws CliError when they say anything else, or nobody is there to ask.
 */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new CliError('nobody is there to ask: say --yes if you mean it', EXIT.usage);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} (yes/no) `);
    if (answer.trim().toLowerCase() !== 'yes') throw new CliError('nothing was done');
  } finally {
    terminal.close();
  }
}

/** Prints one JSON value, for programs. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, undefined, 2));
}

/** Prints a table, for people; null cells stay empty. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | null)[])[]): void {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  for (const row of rows) table.push(row.map((cell) => cell ?? ''));
  console.log(table.toString());
}
