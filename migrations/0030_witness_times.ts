import type { Knex } from 'knex';

/** Every process asks each second for the newest witness, and removes those that are too old. */
const INDEX = 'CREATE INDEX database_witness_seen ON database_witness (seen_at)';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(INDEX);
}
