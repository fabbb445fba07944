import type { Knex } from 'knex';

/**
 * What more than one PostgreSQL needs, and only there: with the Citus extension installed before the first migration,
 * the tables of wallets are spread by wallet and lie together. Everything else stays on the coordinator.
 */
const DISTRIBUTE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
    -- The triggers refuse changes on each shard by themselves; that is all that is asked of them.
    SET LOCAL citus.enable_unsafe_triggers = on;
    PERFORM create_distributed_table('wallet', 'id');
    PERFORM create_distributed_table('entry', 'wallet', colocate_with => 'wallet');
    PERFORM create_distributed_table('lot', 'wallet', colocate_with => 'wallet');
    PERFORM create_distributed_table('lot_open', 'wallet', colocate_with => 'wallet');
    PERFORM create_distributed_table('hold_open', 'wallet', colocate_with => 'wallet');
  END $$`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(DISTRIBUTE);
}
