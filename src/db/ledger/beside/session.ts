/** Statements of the ledger's connection that are about the session itself, and not about wallets. */

import { WAITING_SESSIONS_MAX } from '../../admission.ts';

/** Longest wait for one statement; after it the connection is dropped and the outcome is unknown. */
export const STATEMENT_TIMEOUT_MS = 5_000;

/**
 * What the writer's connection must be like. While a writer's session waits for a standby, a further one would wait behind
 * it: so none is opened, and a lane leaves one waiting session at most, however long the standby is away.
 */
export const WRITER = {
  org: '',
  statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  waitingMax: WAITING_SESSIONS_MAX,
  waitingWritersMax: 0,
};

/** Commits nothing but itself. It is answered once everything that was committed before it is as durable as can be. */
export const BARRIER = "SELECT pg_logical_emit_message(true, 'coffer', '')";

/**
 * Every statement of the connection finds its rows by primary key, independent of statistics, which are wrong for a new or often
 * changed table: a scan over the dead rows of hold_open costs more than everything else.
 */
export const PLANNING =
  'SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off';

/**
 * Plans are made once, where the ledger is in one PostgreSQL. Citus has to see the values of parameters, since they say which
 * server is asked: it plans each statement anew, which is what it does by itself.
 * @returns in `is_spread`, whether the ledger may be spread over servers
 */
export const PLANNING_OF_ENGINE = `
  SELECT is_spread, set_config('plan_cache_mode', CASE WHEN is_spread THEN 'auto' ELSE 'force_generic_plan' END, false)
  FROM (SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') AS is_spread) AS engine`;
