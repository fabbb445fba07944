/** The status that detector processes report of their chains: they write it, all other processes read it. */
import type { ChainStanding, RpcStanding, TokenStanding, WorkerReport } from '../../core/chains/standing.ts';
import { cleanOrNull } from '../../core/foreign-text.ts';
import { listChainDues, listFreezes } from './freezes.ts';
import type { Database } from '../database.ts';
import { listChainProgress } from './progress.ts';
import { count, float, listOf, listRows, rowOf, orNull, small, textOf, timeOf, truth, type Row } from '../rows.ts';

/** A process without a report for this long counts as gone. */
const SEEN_MS_MAX = 24 * 60 * 60_000;

/** How many due deposits of a frozen chain are listed. */
const DUES_SHOWN_MAX = 100;

/** Stores a process's reports on its chains in place of its earlier ones, and removes those of processes that are gone. */
export async function saveWorkerReports(
  db: Database,
  reports: { readonly holder: string; readonly rows: readonly WorkerReport[]; readonly at: Date },
): Promise<void> {
  const { holder, at } = reports;
  const rows = reports.rows.map((row) => ({ ...row, problem: cleanOrNull(row.problem) }));
  await db.raw(
    `INSERT INTO chain_status (chain, holder, status, seen_at)
     SELECT n->>'chain', :holder, n, :at FROM jsonb_array_elements(:rows::jsonb) AS n
     ON CONFLICT (chain, holder) DO UPDATE SET status = excluded.status, seen_at = excluded.seen_at`,
    { holder, rows: JSON.stringify(rows), at },
  );
  await db.raw('DELETE FROM chain_status WHERE seen_at < ?', [new Date(at.getTime() - SEEN_MS_MAX)]);
}

/** Removes the reports of a process that has ended. */
export async function dropWorkerReports(db: Database, holder: string): Promise<void> {
  await db.raw('DELETE FROM chain_status WHERE holder = ?', [holder]);
}

/** The state of these chains as stored in the database, with what is due on those that are frozen. */
export async function listChainStandings(db: Database, chains: readonly string[]): Promise<ChainStanding[]> {
  const states = await listChainStates(db, chains);
  const standings = states.map(async (state): Promise<ChainStanding> => {
    const { chain, freezes } = state;
    return { ...state, dues: freezes.length === 0 ? null : await listChainDues(db, { chain, limit: DUES_SHOWN_MAX }) };
  });
  return Promise.all(standings);
}

/** Like {@link listChainStandings} without what is due: a few small look-ups, however many deposits there are. */
export async function listChainStates(db: Database, chains: readonly string[]): Promise<Omit<ChainStanding, 'dues'>[]> {
  const [progress, freezes, leaders, workers, rpcs, tokens] = await Promise.all([
    listChainProgress(db),
    listFreezes(db),
    listLeaders(db),
    listWorkers(db, chains),
    listRpcs(db, chains),
    listTokens(db, chains),
  ]);
  return chains.map((chain) => ({
    chain,
    progress: progress.get(chain),
    leader: leaders.get(chain) ?? null,
    workers: workers.filter((worker) => worker.chain === chain),
    rpcs: rpcs.filter((rpc) => rpc.chain === chain),
    tokens: tokens.filter((token) => token.chain === chain),
    freezes: freezes.filter((freeze) => freeze.chain === chain),
  }));
}

async function listLeaders(db: Database): Promise<Map<string, NonNullable<ChainStanding['leader']>>> {
  const leaders = await listRows(
    db,
    (row) => {
      const leader = { holder: textOf(row['holder']), until: timeOf(row['expires_at']) };
      return [textOf(row['name']).slice('chain:'.length), leader] as const;
    },
    `SELECT name, holder, expires_at FROM lease WHERE name LIKE 'chain:%' AND expires_at > clock_timestamp()`,
  );
  return new Map(leaders);
}

async function listWorkers(db: Database, chains: readonly string[]): Promise<ChainStanding['workers']> {
  return listRows(
    db,
    (row) => ({
      ...reportOf(rowOf(row['status'])),
      holder: textOf(row['holder']),
      seenAt: timeOf(row['seen_at']),
    }),
    'SELECT holder, status, seen_at FROM chain_status WHERE chain = ANY(?::text[]) ORDER BY holder',
    [[...chains]],
  );
}

/** The report that {@link saveWorkerReports} stored, as the process wrote it. */
function reportOf(status: Row): WorkerReport {
  return {
    chain: textOf(status['chain']),
    state: textOf(status['state']),
    headBlock: orNull(status['headBlock'], small),
    nextBlock: orNull(status['nextBlock'], small),
    roundEndedAt: orNull(status['roundEndedAt'], textOf),
    problem: orNull(status['problem'], textOf),
  };
}

async function listRpcs(
  db: Database,
  chains: readonly string[],
): Promise<(RpcStanding & { readonly chain: string })[]> {
  return listRows(
    db,
    (row) => ({
      chain: textOf(row['chain']),
      rpc: textOf(row['rpc']),
      state: textOf(row['state']),
      headBlock: orNull(row['head_block'], count),
      problem: orNull(row['problem'], textOf),
      since: timeOf(row['since']),
      seenAt: timeOf(row['seen_at']),
    }),
    `SELECT chain, rpc, state, head_block, problem, since, seen_at FROM rpc_status WHERE chain = ANY(?::text[])
     ORDER BY chain, rpc`,
    [[...chains]],
  );
}

async function listTokens(
  db: Database,
  chains: readonly string[],
): Promise<(TokenStanding & { readonly chain: string })[]> {
  return listRows(
    db,
    (row) => ({
      chain: textOf(row['chain']),
      token: textOf(row['token']),
      code: orNull(row['code'], textOf),
      paused: truth(row['paused']),
      blocked: listOf(row['blocked'], textOf),
      changedAt: timeOf(row['changed_at']),
    }),
    `SELECT chain, token, code, paused, blocked, changed_at FROM token_watch WHERE chain = ANY(?::text[])
     ORDER BY chain, token`,
    [[...chains]],
  );
}

/** How long deposits took from first sight to credit, since a time: median and 95th percentile of each chain. */
export async function readCreditDelays(
  db: Database,
  since: Date,
): Promise<{ readonly chain: string; readonly quantile: string; readonly seconds: number }[]> {
  return listRows(
    db,
    (row) => ({
      chain: textOf(row['chain']),
      quantile: textOf(row['quantile']),
      seconds: float(row['seconds']),
    }),
    `SELECT chain, q.quantile::text AS quantile, q.seconds FROM (
       SELECT chain, percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (
         ORDER BY extract(epoch FROM credited_at - observed_at)::float8) AS at
       FROM deposit WHERE credited_at > ? GROUP BY chain) AS d,
     unnest(ARRAY[0.5, 0.95], d.at) AS q (quantile, seconds)`,
    [since],
  );
}
