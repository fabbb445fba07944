import type { Knex } from 'knex';

const TABLES = `
  -- The customer of an org at an account of a provider, one for each mode. request_key: the idempotency key of the call that
  -- makes it, stored before that call; customer: its id there, once it is known. method: the payment method that was saved
  -- last, NULL when there is none or it cannot be used any more; method_order: the order whose payment saved it.
  CREATE TABLE payment_customer (
    org          uuid NOT NULL REFERENCES org,
    account      text NOT NULL,
    mode         text NOT NULL CHECK (mode IN ('live', 'test')),
    request_key  uuid NOT NULL,
    asked_at     timestamptz NOT NULL,
    customer     text CHECK (length(customer) BETWEEN 1 AND 255),
    method       text CHECK (length(method) BETWEEN 1 AND 255),
    method_order uuid REFERENCES pack_order,
    PRIMARY KEY (org, account, mode),
    CHECK (method IS NULL OR (customer IS NOT NULL AND method_order IS NOT NULL))
  );
  CREATE UNIQUE INDEX payment_customer_once ON payment_customer (account, mode, customer) WHERE customer IS NOT NULL;

  -- Each time that auto-refill was turned on or its terms were changed while it was on: who agreed to what, and when.
  -- threshold and target in micros; ceilings in cents.
  CREATE TABLE auto_refill_consent (
    id            uuid PRIMARY KEY,
    org           uuid NOT NULL REFERENCES org,
    account       text NOT NULL,
    at            timestamptz NOT NULL,
    actor         text NOT NULL CHECK (length(actor) BETWEEN 1 AND 300),
    threshold     bigint NOT NULL,
    pack          text,
    product       uuid,
    target        bigint,
    max_day       bigint NOT NULL,
    max_month     bigint NOT NULL,
    max_day_count integer NOT NULL,
    text_version  text CHECK (length(text_version) BETWEEN 1 AND 100),
    CHECK (num_nonnulls(pack, product, target) = 1)
  );
  CREATE INDEX auto_refill_consent_of_org ON auto_refill_consent (org, account, id);
  CREATE TRIGGER auto_refill_consent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auto_refill_consent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- What an org has set for an account: the platform's, or its own. consent: of the terms in force. failures: purchases that
  -- failed since the last that succeeded. next_attempt_at: nothing is bought before it. stopped_at: when the service turned
  -- it off by itself.
  CREATE TABLE auto_refill (
    org             uuid NOT NULL REFERENCES org,
    account         text NOT NULL,
    wallet          uuid NOT NULL,
    enabled         boolean NOT NULL,
    threshold       bigint CHECK (threshold >= 0),
    pack            text,
    product         uuid,
    target          bigint CHECK (target > threshold),
    max_day         bigint NOT NULL CHECK (max_day > 0),
    max_month       bigint NOT NULL CHECK (max_month > 0),
    max_day_count   integer NOT NULL CHECK (max_day_count > 0),
    consent         uuid REFERENCES auto_refill_consent,
    failures        integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    next_attempt_at timestamptz,
    stopped_at      timestamptz,
    stopped_reason  text,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (org, account),
    CHECK (num_nonnulls(pack, product, target) <= 1),
    CHECK (NOT enabled OR (threshold IS NOT NULL AND consent IS NOT NULL AND num_nonnulls(pack, product, target) = 1)),
    CHECK ((stopped_at IS NULL) = (stopped_reason IS NULL)),
    CHECK (NOT enabled OR stopped_at IS NULL)
  );
  -- An org has at most one of its settings enabled.
  CREATE UNIQUE INDEX auto_refill_enabled ON auto_refill (org) WHERE enabled;
  CREATE TRIGGER auto_refill_acts AFTER INSERT OR UPDATE OR DELETE ON auto_refill
    FOR EACH ROW EXECUTE FUNCTION note_act('org', 'org');`;

const ISOLATION = ['payment_customer', 'auto_refill_consent', 'auto_refill'].map(
  (table) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`,
);

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
  for (const statements of ISOLATION) await knex.raw(statements);
}
