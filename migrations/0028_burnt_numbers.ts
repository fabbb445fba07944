import type { Knex } from 'knex';

/**
 * A burnt address stays watched: it gets a number of its series, as an address that is given does, so that the detector
 * reads blocks for it from where the restored database was.
 */
const STATEMENTS = [
  'ALTER TABLE deposit_address_pool ADD COLUMN burnt_number bigint',
  `UPDATE deposit_address_pool p SET burnt_number = s.last_number + b.nth
   FROM (SELECT address, row_number() OVER (ORDER BY address) AS nth FROM deposit_address_pool
         WHERE burnt_by IS NOT NULL) b, deposit_address_series s
   WHERE p.address = b.address AND s.family = 'starknet'`,
  `UPDATE deposit_address_series
   SET last_number = greatest(last_number, (SELECT max(burnt_number) FROM deposit_address_pool))
   WHERE family = 'starknet'`,
  `CREATE UNIQUE INDEX deposit_address_pool_burnt ON deposit_address_pool (burnt_number)
   WHERE burnt_number IS NOT NULL`,
];

export async function up(knex: Knex): Promise<void> {
  for (const statement of STATEMENTS) await knex.raw(statement);
}
