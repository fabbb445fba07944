import type { Knex } from 'knex';

const TABLES = `
  -- What all processes together have leased of a rate limit in its newest window; granted: what the last lease gave.
  -- Unlogged: after a crash of the database a window begins anew, and nothing here is worth a write to the log.
  CREATE UNLOGGED TABLE rate_share (
    name      text PRIMARY KEY,
    window_at timestamptz NOT NULL,
    granted   bigint NOT NULL CHECK (granted >= 0),
    taken     bigint NOT NULL CHECK (taken >= 0)
  );
  CREATE INDEX rate_share_by_window ON rate_share (window_at);`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
