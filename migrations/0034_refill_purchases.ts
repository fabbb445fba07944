import type { Knex } from 'knex';

const ORDERS = `
  -- auto_refill: nobody asked for this order but a setting of auto-refill. Its channel stays 'card', which the version before
  -- knows; its payment is one without a checkout, so that session stays NULL.
  ALTER TABLE pack_order ADD COLUMN auto_refill boolean NOT NULL DEFAULT false;
  ALTER TABLE order_checkout
    DROP CONSTRAINT order_checkout_check,
    ADD CONSTRAINT order_checkout_paid CHECK (paid_minor IS NULL OR session IS NOT NULL OR payment IS NOT NULL);`;

const PURCHASES = `
  -- One row for each purchase of auto-refill. It counts against the ceilings of its UTC day from the transaction that decides
  -- it until it is certain that nothing is charged for it (state 'released'). seen_seq: the entry at which the balance was
  -- found below the threshold. decided: no payment is known at the provider. bound: the id of its payment is stored.
  -- confirming: it may have been charged. credited_seq: the entry that its credit is.
  CREATE TABLE auto_refill_purchase (
    order_id        uuid PRIMARY KEY REFERENCES pack_order,
    org             uuid NOT NULL REFERENCES org,
    account         text NOT NULL,
    consent         uuid NOT NULL REFERENCES auto_refill_consent,
    customer        text NOT NULL,
    method          text NOT NULL,
    seen_seq        bigint NOT NULL CHECK (seen_seq >= 0),
    spendable       bigint NOT NULL,
    price_minor     bigint NOT NULL CHECK (price_minor > 0),
    day             date NOT NULL,
    state           text NOT NULL
      CHECK (state IN ('decided', 'bound', 'confirming', 'succeeded', 'parked', 'released')),
    credited_seq    bigint,
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz,
    claim           uuid,
    claimed_until   timestamptz,
    decided_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    CHECK ((state IN ('succeeded', 'parked', 'released')) = (ended_at IS NOT NULL)),
    CHECK ((ended_at IS NULL) = (next_attempt_at IS NOT NULL)),
    CHECK ((state = 'succeeded') = (credited_seq IS NOT NULL))
  );
  -- One purchase at a time, and one for each entry at which the balance was found too low.
  CREATE UNIQUE INDEX auto_refill_purchase_open ON auto_refill_purchase (org) WHERE ended_at IS NULL;
  CREATE UNIQUE INDEX auto_refill_purchase_once ON auto_refill_purchase (org, seen_seq)
    WHERE state IN ('decided', 'bound', 'confirming', 'succeeded');
  CREATE INDEX auto_refill_purchase_spent ON auto_refill_purchase (org, day) WHERE state <> 'released';
  CREATE INDEX auto_refill_purchase_due ON auto_refill_purchase (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  ALTER TABLE auto_refill_purchase ENABLE ROW LEVEL SECURITY;
  ALTER TABLE auto_refill_purchase FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON auto_refill_purchase USING (current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(ORDERS);
  await knex.raw(PURCHASES);
}
