import type { Knex } from 'knex';

/**
 * Providers that list no events have their payments read page by page, from the first page to the last and then again.
 * seen_page: the page that is read next. seen_since: when the reading of all pages began that is under way. seen_to: when the last
 * one that came to its end began: everything that happened before is known. seen_at: when a page was read last.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE payment_account
      ADD COLUMN seen_page integer CHECK (seen_page >= 1),
      ADD COLUMN seen_since timestamptz,
      ADD COLUMN seen_to timestamptz,
      ADD COLUMN seen_at timestamptz;
    CREATE INDEX order_checkout_unpaid ON order_checkout (account, order_id)
      WHERE session IS NOT NULL AND paid_minor IS NULL AND parked_minor IS NULL`);
}
