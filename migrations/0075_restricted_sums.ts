import type { Knex } from 'knex';

/**
 * entry_sums.restricted: what the restricted lots of the wallet had left at `seq`, in micros, by the text of their restriction.
 * NULL in rows of a version that does not know it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE entry_sums ADD COLUMN restricted jsonb');
}
