import type { Knex } from 'knex';

const NOTICES = `
  -- Days before the end of credit at which an org hears of it; NULL: the ordinary ones.
  ALTER TABLE org_settings ADD COLUMN expiry_notice_days smallint[]
    CHECK (cardinality(expiry_notice_days) <= 5 AND 1 <= ALL (expiry_notice_days) AND 90 >= ALL (expiry_notice_days));

  -- How far each of these numbers of days was announced: every lot that ends at or before this place was looked at.
  CREATE TABLE expiry_notice (
    days    smallint PRIMARY KEY CHECK (days BETWEEN 1 AND 90),
    ends_at timestamptz NOT NULL,
    wallet  uuid NOT NULL,
    lot     bigint NOT NULL
  );

  -- Lots are read in this order, page by page. It serves what the index that it takes the place of did.
  CREATE INDEX lot_open_ending ON lot_open (expires_at, wallet, lot) WHERE expires_at IS NOT NULL;
  DROP INDEX lot_open_expiry;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(NOTICES);
}
