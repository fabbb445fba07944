import type { Knex } from 'knex';

const TABLES = `
  -- Accounts at payment providers: 'stripe' is the platform's, whose key and secrets are in files, 'stripe:<org>' an org's
  -- own. secret, webhook_secrets: sealed. lacks: what its calls are refused for, by what they are for: 'key' or a
  -- permission of the key. swept_to: the list of its events has been read up to here. gap_from: events from here on were older than the provider
  -- lists when it was read, so that some may be missing.
  CREATE TABLE payment_account (
    name            text PRIMARY KEY CHECK (name IN ('stripe', 'creem') OR name ~ '^(stripe|creem):[0-9a-f-]{36}$'),
    org             uuid REFERENCES org,
    secret          text,
    secret_last4    text CHECK (length(secret_last4) = 4),
    webhook_secrets text[] NOT NULL DEFAULT '{}' CHECK (cardinality(webhook_secrets) <= 4),
    mode            text CHECK (mode IN ('live', 'test')),
    lacks           jsonb NOT NULL DEFAULT '{}',
    swept_to        timestamptz,
    swept_at        timestamptz,
    gap_from        timestamptz,
    updated_at      timestamptz NOT NULL,
    CHECK ((org IS NULL) = (name NOT LIKE '%:%')),
    CHECK (secret IS NULL OR org IS NOT NULL)
  );

  -- One row for each object of a provider that something happened to. However many events report it: the object is read
  -- from the provider and settled as it is then. received: how often something was reported; it is worked on again
  -- while that grows. next_attempt_at NULL: nothing to do. claim: who works on it, and until when nobody else does.
  CREATE TABLE payment_inbox (
    id              uuid PRIMARY KEY,
    account         text NOT NULL,
    org             uuid REFERENCES org,
    mode            text NOT NULL CHECK (mode IN ('live', 'test')),
    kind            text NOT NULL CHECK (kind IN ('checkout', 'payment', 'refund', 'dispute', 'early_warning')),
    object          text NOT NULL CHECK (length(object) BETWEEN 1 AND 255),
    state           text NOT NULL CHECK (state IN ('pending', 'waiting', 'settled', 'parked', 'foreign')),
    reason          text CHECK (length(reason) BETWEEN 1 AND 1000),
    order_id        uuid,
    received        bigint NOT NULL DEFAULT 1 CHECK (received >= 1),
    attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at timestamptz,
    claim           uuid,
    claimed_until   timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    UNIQUE (account, mode, kind, object),
    CHECK ((state IN ('pending', 'waiting')) = (next_attempt_at IS NOT NULL))
  );
  CREATE INDEX payment_inbox_due ON payment_inbox (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
  CREATE INDEX payment_inbox_by_state ON payment_inbox (state, id);
  CREATE INDEX payment_inbox_by_object ON payment_inbox (object);
  CREATE INDEX payment_inbox_by_order ON payment_inbox (order_id) WHERE order_id IS NOT NULL;

  -- The events that were received. Their bodies are not kept: nothing is ever read from them.
  CREATE TABLE payment_event (
    account     text NOT NULL,
    id          text NOT NULL CHECK (length(id) BETWEEN 1 AND 255),
    org         uuid REFERENCES org,
    type        text NOT NULL CHECK (length(type) BETWEEN 1 AND 100),
    mode        text NOT NULL CHECK (mode IN ('live', 'test')),
    object      text,
    api_version text,
    source      text NOT NULL CHECK (source IN ('webhook', 'sweep')),
    created_at  timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (account, id)
  );
  CREATE INDEX payment_event_by_object ON payment_event (object) WHERE object IS NOT NULL;
  CREATE INDEX payment_event_by_time ON payment_event (received_at);
  CREATE TRIGGER payment_inbox_acts AFTER UPDATE ON payment_inbox
    FOR EACH ROW EXECUTE FUNCTION note_act('id', 'org');`;

/** Rows of the platform's own account have no org, and no org sees them. */
const ISOLATION = ['payment_account', 'payment_inbox', 'payment_event'].map(
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
