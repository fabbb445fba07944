/** Statements of the ledger's connection that are about the session itself, and not about wallets. */

/** Commits nothing but itself. It is answered once everything that was committed before it is as durable as can be. */
export const BARRIER = "SELECT pg_logical_emit_message(true, 'coffer', '')";

/**
 * Every statement of the connection finds its rows by primary key. Plans are made once, independent of statistics, which are wrong for
 * a new or often changed table: a scan over the dead rows of hold_open costs more than everything else.
 */
export const PLANNING = `SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin = off;
  SET enable_mergejoin = off; SET jit = off`;
