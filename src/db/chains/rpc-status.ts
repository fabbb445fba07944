/** The states of the chains' RPCs, as each chain's leader last stored them: the detector is another process. */
import { cleanText } from '../../core/foreign-text.ts';
import { findCount } from '../../core/integers.ts';
import type { Database } from '../database.ts';
import { listRows, orNull, textOf, timeOf, type Row } from '../rows.ts';

/** The stored state of an RPC. */
export interface StoredRpcStatus {
  readonly chain: string;
  /** Name of the RPC: its host. */
  readonly rpc: string;
  /** `ok`, or why it is set aside: down, wrong_chain, stale, syncing, dissent. */
  readonly state: string;
  readonly headBlock: number | undefined;
  readonly problem: string | undefined;
  /** Since when it is in this state. */
  readonly since: Date;
  readonly seenAt: Date;
}

/** Stores the states of a chain's RPCs, and removes those of RPCs that it no longer has. */
export async function storeRpcStatuses(
  db: Database,
  chain: string,
  statuses: readonly {
    readonly rpc: string;
    readonly state: string;
    readonly headBlock: number | undefined;
    readonly problem: string | undefined;
    readonly sinceMs: number;
  }[],
  at: Date,
): Promise<void> {
  await db.raw(
    `WITH now AS (
       INSERT INTO rpc_status (chain, rpc, state, head_block, problem, since, seen_at)
       SELECT :chain, rpc, state, nullif(head, -1), nullif(problem, ''), since, :at::timestamptz
       FROM unnest(:rpcs::text[], :states::text[], :heads::bigint[], :problems::text[], :since::timestamptz[])
         AS seen (rpc, state, head, problem, since)
       ON CONFLICT (chain, rpc) DO UPDATE SET state = excluded.state, head_block = excluded.head_block,
         problem = excluded.problem, since = excluded.since, seen_at = excluded.seen_at)
     DELETE FROM rpc_status WHERE chain = :chain AND rpc <> ALL(:rpcs::text[])`,
    {
      chain,
      at,
      rpcs: statuses.map(({ rpc }) => rpc),
      states: statuses.map(({ state }) => state),
      heads: statuses.map(({ headBlock }) => headBlock ?? -1),
      problems: statuses.map(({ problem }) => cleanText(problem ?? '')),
      since: statuses.map(({ sinceMs }) => new Date(sinceMs).toISOString()),
    },
  );
}

function rpcStatusOf(row: Row): StoredRpcStatus {
  const headBlock = orNull(row['head_block'], textOf);
  return {
    chain: textOf(row['chain']),
    rpc: textOf(row['rpc']),
    state: textOf(row['state']),
    headBlock: headBlock === null ? undefined : findCount(headBlock),
    problem: orNull(row['problem'], textOf) ?? undefined,
    since: timeOf(row['since']),
    seenAt: timeOf(row['seen_at']),
  };
}

/** The states of the RPCs of all chains, in order of chain and name. */
export async function listRpcStatuses(db: Database): Promise<StoredRpcStatus[]> {
  return listRows(
    db,
    rpcStatusOf,
    'SELECT chain, rpc, state, head_block, problem, since, seen_at FROM rpc_status ORDER BY chain, rpc',
  );
}
