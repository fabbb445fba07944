import type { Knex } from 'knex';

/**
 * Events of usage that were charged, kept for ever, so that none is charged twice. id and content are hashes, of the event's id and
 * of all that it says; seq is the first entry of the command that charged it, NULL where it cost nothing.
 */
const TABLE = `
  CREATE TABLE usage_event (
    wallet  uuid NOT NULL,
    id      bytea NOT NULL CHECK (length(id) = 16),
    content bytea NOT NULL CHECK (length(content) = 8),
    seq     bigint CHECK (seq > 0),
    PRIMARY KEY (wallet, id)
  );
  CREATE TRIGGER usage_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON usage_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** As in 0012: with Citus, the tables of wallets lie together. */
const DISTRIBUTE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
    SET LOCAL citus.enable_unsafe_triggers = on;
    PERFORM create_distributed_table('usage_event', 'wallet', colocate_with => 'wallet');
  END $$`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLE);
  await knex.raw(DISTRIBUTE);
}
