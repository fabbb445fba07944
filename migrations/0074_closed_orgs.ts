import type { Knex } from 'knex';

/**
 * org.closed_at, closed_reason: set while an org is closed. A closed org is always suspended, so that a version of the program
 * that knows no closing does not let it spend either.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE org ADD COLUMN closed_at timestamptz,
      ADD COLUMN closed_reason text CHECK (length(closed_reason) BETWEEN 1 AND 1000),
      ADD CONSTRAINT org_closed_reason CHECK ((closed_at IS NULL) = (closed_reason IS NULL)),
      ADD CONSTRAINT org_closed_suspended CHECK (closed_at IS NULL OR suspended_at IS NOT NULL);`);
}
