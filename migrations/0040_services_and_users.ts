import type { Knex } from 'knex';

/**
 * The deployment's own services that were configured once, so that a start notices one that was removed while entries name it.
 * Those of entries that are there already are found once.
 */
const SERVICES = `
  CREATE TABLE service_name (
    name  text PRIMARY KEY,
    since timestamptz NOT NULL
  );
  INSERT INTO service_name SELECT service, min(at) FROM entry
    WHERE service NOT IN ('SKU_PURCHASE', 'GIFT_CARD', 'AI_API', 'GAS_SUBSIDY', 'ORG_CHARGE', 'FEATURE') GROUP BY service;`;

/** The entries of a person, whose texts may have to be erased. Entries that name no user are not in it. */
const USERS = 'CREATE INDEX entry_by_user ON entry (user_id, wallet, seq) WHERE user_id IS NOT NULL;';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(SERVICES);
  await knex.raw(USERS);
}
