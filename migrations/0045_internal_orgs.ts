import type { Knex } from 'knex';

/** org.internal: an org of the operator's own, such as that of the canary, which reports leave out. It is set as the org is created. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE org ADD COLUMN internal boolean NOT NULL DEFAULT false;
    CREATE INDEX org_internal ON org (id) WHERE internal;`);
}
