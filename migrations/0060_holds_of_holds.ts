import type { Knex } from 'knex';

/**
 * What an open hold has beside its end: the hold that its money came from, and how often its owner has to report, where it has to;
 * `ends_at` is then its end in any case, and `expires_at` its end without another report. The version before leaves them empty.
 */
const COLUMNS = `
  ALTER TABLE hold_open
    ADD COLUMN parent       bigint,
    ADD COLUMN heartbeat_ms integer CHECK (heartbeat_ms > 0),
    ADD COLUMN ends_at      timestamptz,
    ADD CONSTRAINT hold_open_ends CHECK ((heartbeat_ms IS NULL) = (ends_at IS NULL));
  CREATE INDEX hold_open_by_parent ON hold_open (wallet, parent) WHERE parent IS NOT NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(COLUMNS);
}
