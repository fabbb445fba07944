import type { Knex } from 'knex';

/** A webhook is found by the ids that it mentions, before it is known which account it is of. */
const INDEXES = ['session', 'payment', 'charge', 'customer'].map(
  (column) => `CREATE INDEX order_checkout_by_${column} ON order_checkout (${column}) WHERE ${column} IS NOT NULL`,
);

export async function up(knex: Knex): Promise<void> {
  for (const index of INDEXES) await knex.raw(index);
}
