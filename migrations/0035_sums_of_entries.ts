import type { Knex } from 'knex';

/**
 * Sums of a wallet's entries from the first to `seq`, by group, each with the number of its entries. They follow from the
 * entries and the lots, and are written once for every so many entries, so that a statement reads few entries however many
 * there are. Nothing that decides about money reads them.
 */
const TABLE = `
  CREATE TABLE entry_sums (
    wallet uuid NOT NULL,
    seq    bigint NOT NULL CHECK (seq > 0),
    sums   jsonb NOT NULL,
    PRIMARY KEY (wallet, seq)
  );
  CREATE TRIGGER entry_sums_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry_sums
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`;

/** As in 0012: with Citus, the tables of wallets lie together. */
const DISTRIBUTE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
    SET LOCAL citus.enable_unsafe_triggers = on;
    PERFORM create_distributed_table('entry_sums', 'wallet', colocate_with => 'wallet');
  END $$`;

export async function up(knex: Knex): Promise<void> {
  for (const statement of [TABLE, DISTRIBUTE]) await knex.raw(statement);
}
