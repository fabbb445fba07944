import type { Knex } from 'knex';

/** The order in which addresses of the pool are searched, so that an org's is found in the index. */
const INDEX = `CREATE INDEX deposit_address_pool_places ON deposit_address_pool (sha256(decode(substr(address, 3), 'hex')))
  WHERE burnt_by IS NULL`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(INDEX);
}
