import type { Knex } from 'knex';

/**
 * order_checkout.item: the provider's id of what was sold, a price or a product; NULL for what had none, and of the orders before.
 * subscription_choice: a further price that a payer chose for their subscription, from when on; request: the request that asked
 * for it. Creem's payments do not say which product they are for, so that it follows from these.
 * subscription_unread: of a provider that lists no events, subscriptions are read again from time to time.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE order_checkout ADD COLUMN item text CHECK (length(item) BETWEEN 1 AND 255);

    CREATE TABLE subscription_choice (
      account      text NOT NULL,
      subscription text NOT NULL,
      request      uuid NOT NULL,
      price        text NOT NULL CHECK (length(price) BETWEEN 1 AND 255),
      from_at      timestamptz NOT NULL,
      PRIMARY KEY (account, subscription, request),
      FOREIGN KEY (account, subscription) REFERENCES subscription (account, id)
    );
    ALTER TABLE subscription_choice ENABLE ROW LEVEL SECURITY;
    ALTER TABLE subscription_choice FORCE ROW LEVEL SECURITY;
    CREATE POLICY of_one_org ON subscription_choice USING (current_setting('coffer.org', true) = '*'
      OR EXISTS (SELECT FROM subscription s WHERE s.account = subscription_choice.account
        AND s.id = subscription_choice.subscription));

    CREATE INDEX subscription_unread ON subscription (account, read_at) WHERE state <> 'ended';`);
}
