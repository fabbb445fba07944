import type { Knex } from 'knex';

/** Finds the orders whose checkouts nobody heard of any more, however many orders there are. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `CREATE INDEX pack_order_unseen ON pack_order (opened_at) WHERE channel = 'card' AND state = 'awaiting_payment'`,
  );
}
