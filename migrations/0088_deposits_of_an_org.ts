import type { Knex } from 'knex';

const STATEMENTS = `
  -- Every balance asks what an org has pending: few rows, however many of its deposits are credited.
  CREATE INDEX deposit_pending_of_org ON deposit (org) INCLUDE (amount) WHERE state IN ('observed', 'confirming');

  -- The row-level policy compares org::text with a setting. Without these statistics the planner expects that one row of two
  -- hundred fits, and reads and sorts all deposits of an org in place of the newest hundred.
  CREATE STATISTICS deposit_org_text ON ((org)::text) FROM deposit;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(STATEMENTS);
}
