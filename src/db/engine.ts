/** Which kind of database this is: one PostgreSQL, or the coordinator of a Citus cluster over which the ledger is spread. */
import { listRows, small, textOf, type Queries } from './rows.ts';

/** Whether the database has the extension that spreads tables over servers. */
export async function hasCitus(db: Queries): Promise<boolean> {
  const found = await listRows(db, () => true, "SELECT 1 FROM pg_extension WHERE extname = 'citus'");
  return found.length > 0;
}

/** The tables that are spread over servers, or that every server has; none on a plain PostgreSQL. */
export async function listDistributed(db: Queries): Promise<ReadonlySet<string>> {
  if (!(await hasCitus(db))) return new Set();
  const tables = await listRows(
    db,
    (row) => textOf(row['name']),
    'SELECT c.relname AS name FROM pg_dist_partition p JOIN pg_class c ON c.oid = p.logicalrelid',
  );
  return new Set(tables);
}

/**
 * The lowest hash of each part in which wallets lie, in ascending order; empty where they are not spread. Parts that are split
 * afterwards cost time only: which part a wallet is written to is decided by the cluster.
 */
export async function listShards(db: Queries): Promise<number[]> {
  if (!(await listDistributed(db)).has('wallet')) return [];
  return listRows(
    db,
    (row) => small(row['first']),
    `SELECT shardminvalue::integer AS first FROM pg_dist_shard WHERE logicalrelid = 'wallet'::regclass ORDER BY 1`,
  );
}
