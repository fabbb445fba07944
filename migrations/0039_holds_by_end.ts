import type { Knex } from 'knex';

/** The head of a wallet is read with the holds that end first, however many are open. */
const INDEX = 'CREATE INDEX hold_open_by_end ON hold_open (wallet, expires_at, hold)';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(INDEX);
}
