import type { Knex } from 'knex';

/**
 * credit_ended_at: when credit that ends with its period was ended before credit_ends, since nothing is outstanding any more.
 * begun: `turn` for a period that followed another by itself, `change` for one that a change began, such as a paused
 * subscription that goes on: both may begin in the same second with the same price. What an older program writes is a `turn`.
 */
const STATEMENTS = `
  ALTER TABLE pack_order ADD COLUMN credit_ended_at timestamptz;
  CREATE INDEX pack_order_credit_ends ON pack_order (credit_ends)
    WHERE credit_ends IS NOT NULL AND credit_ended_at IS NULL;

  ALTER TABLE subscription_period
    ADD COLUMN begun text NOT NULL DEFAULT 'turn' CHECK (begun IN ('turn', 'change')),
    DROP CONSTRAINT subscription_period_pkey,
    ADD PRIMARY KEY (account, subscription, price, period_start, begun);`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(STATEMENTS);
}
