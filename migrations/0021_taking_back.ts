import type { Knex } from 'knex';

/**
 * Types of entries that give back what was taken, and that take back what came with a payment. In the check, types are
 * compared as text: a value of an enum cannot be used in the transaction that adds it.
 */
const TYPES = `
  ALTER TYPE entry_type ADD VALUE 'CLAWBACK_REVERSAL';
  ALTER TYPE entry_type ADD VALUE 'GRANT_REVERSAL';
  ALTER TABLE entry DROP CONSTRAINT entry_check1, ADD CONSTRAINT entry_debt CHECK (available >= 0 OR available_delta >= 0
    OR type::text IN ('CLAWBACK', 'GRANT_REVERSAL', 'DEPOSIT_REVERSAL', 'ADJUSTMENT'));`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TYPES);
}
