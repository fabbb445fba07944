/** The yardstick for PostgreSQL: pgbench's TPC-B, or the same transaction through pg where pgbench is not installed. */
import { execFileSync } from 'node:child_process';
import pg from 'pg';
import type { LedgerWorld } from './ledger-world.ts';
import { closedLoop } from './load.ts';
import type { Cell } from './rounds.ts';

const PGBENCH_SCALE = 50;

/** Whether pgbench is installed; npm's PostgreSQL does not include it. */
export function hasPgbench(): boolean {
  try {
    execFileSync('pgbench', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Creates the tables of {@link tpcB}. */
export async function prepareTpcB(world: LedgerWorld): Promise<void> {
  if (hasPgbench()) {
    execFileSync('pgbench', ['-i', '-q', '-s', String(PGBENCH_SCALE), world.adminUrl], { stdio: 'ignore' });
    return;
  }
  await world.client.query(`
    CREATE TABLE bench_accounts (id int PRIMARY KEY, balance bigint NOT NULL DEFAULT 0, filler char(84) DEFAULT '');
    CREATE TABLE bench_tellers (id int PRIMARY KEY, balance bigint NOT NULL DEFAULT 0, filler char(84) DEFAULT '');
    CREATE TABLE bench_branches (id int PRIMARY KEY, balance bigint NOT NULL DEFAULT 0, filler char(88) DEFAULT '');
    CREATE TABLE bench_history (teller int, branch int, account int, delta int, at timestamptz, filler char(22));
    INSERT INTO bench_accounts SELECT generate_series(1, ${PGBENCH_SCALE * 100_000});
    INSERT INTO bench_tellers SELECT generate_series(1, ${PGBENCH_SCALE * 10});
    INSERT INTO bench_branches SELECT generate_series(1, ${PGBENCH_SCALE});
    VACUUM ANALYZE`);
}

/** Runs pgbench's default transaction with 8 clients, through pg where pgbench is not installed. */
export function tpcB(world: LedgerWorld): Cell['run'] {
  return async (seconds) => {
    await world.checkpoint();
    if (hasPgbench()) {
      const options = ['-n', '-c', '8', '-j', '2', '-M', 'prepared', '-T', String(seconds), world.adminUrl];
      const output = execFileSync('pgbench', options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      const tps = /tps = ([0-9.]+)/.exec(output)?.[1];
      if (tps === undefined) throw new Error('pgbench printed no tps');
      return { opsPerSecond: JSON.parse(tps) };
    }
    const clients = await Promise.all(Array.from({ length: 8 }, async () => connected(world.adminUrl)));
    const measure = await closedLoop(8, seconds, async (caller) => tpcBOnce(clients[caller]));
    await Promise.all(clients.map(async (client) => client.end()));
    return measure;
  };
}

/** Opens a connection of its own. */
export async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function tpcBOnce(client: pg.Client | undefined): Promise<void> {
  if (!client) return;
  const below = (n: number): number => 1 + Math.floor(Math.random() * n);
  const [account, teller, branch, delta] = [
    below(PGBENCH_SCALE * 100_000),
    below(PGBENCH_SCALE * 10),
    below(PGBENCH_SCALE),
    below(10_000) - 5_000,
  ];
  const ask = async (name: string, text: string, values: number[]): Promise<unknown> =>
    client.query({ name, text, values });
  await client.query('BEGIN');
  await ask('a', 'UPDATE bench_accounts SET balance = balance + $1 WHERE id = $2', [delta, account]);
  await ask('b', 'SELECT balance FROM bench_accounts WHERE id = $1', [account]);
  await ask('c', 'UPDATE bench_tellers SET balance = balance + $1 WHERE id = $2', [delta, teller]);
  await ask('d', 'UPDATE bench_branches SET balance = balance + $1 WHERE id = $2', [delta, branch]);
  await ask('e', 'INSERT INTO bench_history VALUES ($1, $2, $3, $4, now())', [teller, branch, account, delta]);
  await client.query('COMMIT');
}
