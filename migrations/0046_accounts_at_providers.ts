import type { Knex } from 'knex';

/**
 * What is kept of an account's events has a bound: the newest of each object, and the newest of the account. events_dropped: how
 * many of its events were deleted because of that; NULL: none.
 */
const BOUNDS = `
  ALTER TABLE payment_account ADD COLUMN events_dropped bigint CHECK (events_dropped >= 0);
  CREATE INDEX payment_event_of_account ON payment_event (account, received_at);`;

/**
 * Which account at its provider an org's own account is: provider_account, as the key said whose mark is in identified_by. What was
 * made at another account before is kept apart, and nothing uses it again.
 */
const FORMER = `
  ALTER TABLE payment_account ADD COLUMN provider_account text, ADD COLUMN identified_by text;
  CREATE TABLE payment_customer_former (
    account          text NOT NULL,
    mode             text NOT NULL,
    customer         text NOT NULL,
    org              uuid NOT NULL REFERENCES org,
    provider_account text NOT NULL,
    left_at          timestamptz NOT NULL,
    PRIMARY KEY (account, mode, customer)
  );
  CREATE TABLE product_former (
    product          uuid NOT NULL REFERENCES product,
    provider_product text NOT NULL,
    provider_price   text,
    org              uuid NOT NULL REFERENCES org,
    account          text NOT NULL,
    provider_account text NOT NULL,
    left_at          timestamptz NOT NULL,
    PRIMARY KEY (product, provider_product)
  );`;

const ISOLATION = ['payment_customer_former', 'product_former'].map(
  (table) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`,
);

export async function up(knex: Knex): Promise<void> {
  for (const statements of [BOUNDS, FORMER, ...ISOLATION]) await knex.raw(statements);
}
