import type { Knex } from 'knex';

/** The id of the pepper under which a key is hashed; NULL: hashed by a version that did not write it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`ALTER TABLE api_key ADD COLUMN pepper text CHECK (pepper ~ '^[0-9a-f]{8}$')`);
}
