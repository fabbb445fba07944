import type { Knex } from 'knex';

const ORDERS = `
  -- product: what was bought of an org's own products. asked: what the payer is asked for, where that is more than what
  -- becomes credit; NULL: the price. price is what becomes credit that was paid for, as the version before credits it.
  ALTER TABLE pack_order
    ADD COLUMN product uuid,
    ADD COLUMN asked bigint CHECK (asked > price);`;

const PRODUCTS = `
  -- What an org sells at its own account. price_cents is what the payer pays, amount what is credited, in micros.
  -- provider_product, provider_price: the provider's ids, stored as soon as it made them. revision grows with each change,
  -- and synced is the revision that the provider has: while it is lower, the product is pushed again from next_sync_at on.
  -- claim, claimed_until: who pushes it, so that no older state of it arrives after a newer one.
  CREATE TABLE product (
    id               uuid PRIMARY KEY,
    org              uuid NOT NULL REFERENCES org,
    account          text NOT NULL,
    mode             text NOT NULL CHECK (mode IN ('live', 'test')),
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    billing_model    text NOT NULL CHECK (billing_model IN ('one_time')),
    price_cents      bigint NOT NULL CHECK (price_cents > 0),
    amount           bigint NOT NULL CHECK (amount > 0),
    currency         text NOT NULL CHECK (currency = 'usd'),
    active           boolean NOT NULL,
    provider_product text,
    provider_price   text,
    revision         integer NOT NULL CHECK (revision >= 1),
    synced           integer NOT NULL CHECK (synced >= 0),
    tries            integer NOT NULL CHECK (tries >= 0),
    next_sync_at     timestamptz NOT NULL,
    claim            uuid,
    claimed_until    timestamptz,
    request_key      text NOT NULL CHECK (length(request_key) BETWEEN 1 AND 255),
    request_hash     text NOT NULL CHECK (length(request_hash) BETWEEN 1 AND 64),
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    UNIQUE (org, request_key),
    CHECK (synced <= revision),
    CHECK (provider_product IS NOT NULL OR provider_price IS NULL)
  );
  CREATE INDEX product_of_org ON product (org, mode, id);
  CREATE INDEX product_unsynced ON product (next_sync_at) WHERE synced < revision;
  CREATE TRIGGER product_acts AFTER INSERT OR UPDATE OR DELETE ON product
    FOR EACH ROW EXECUTE FUNCTION note_act('id', 'org');`;

const FREE_TIER = `
  -- What a new org is given, in micros: one row at most.
  CREATE TABLE free_tier (
    name       text PRIMARY KEY CHECK (name = 'free_tier'),
    amount     bigint NOT NULL CHECK (amount >= 0),
    changed_at timestamptz NOT NULL
  );
  CREATE TRIGGER free_tier_acts AFTER INSERT OR UPDATE OR DELETE ON free_tier
    FOR EACH ROW EXECUTE FUNCTION note_act('name', '');

  -- What each org is given, decided as it was created. entry_seq: its entry, once that is written.
  CREATE TABLE org_free_tier (
    org        uuid PRIMARY KEY REFERENCES org,
    amount     bigint NOT NULL CHECK (amount > 0),
    decided_at timestamptz NOT NULL,
    entry_seq  bigint
  );
  CREATE INDEX org_free_tier_unwritten ON org_free_tier (org) WHERE entry_seq IS NULL;`;

const SETTINGS = `
  -- billing_trusted: the org's own payment account may be set up by the org itself, and bring more credit than it is paid.
  ALTER TABLE org_settings ADD COLUMN billing_trusted boolean NOT NULL DEFAULT false;
  -- app_id: of a deposit by hand.
  ALTER TABLE entry_approval ADD COLUMN app_id text CHECK (length(app_id) BETWEEN 1 AND 255);`;

/** As in 0016, and it hides the secrets of webhooks too. */
const AUDIT = `
  CREATE OR REPLACE FUNCTION note_act() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      act     jsonb := nullif(current_setting('coffer.act', true), '')::jsonb;
      was     jsonb;
      is_now  jsonb;
      whole   jsonb;
      hidden  text[] := ARRAY['secret', 'previous_secret', 'secret_hash', 'webhook_secrets'];
    BEGIN
      IF act IS NULL THEN RETURN NULL; END IF;
      IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
      IF TG_OP <> 'DELETE' THEN is_now := to_jsonb(NEW); END IF;
      IF was = is_now THEN RETURN NULL; END IF;
      whole := coalesce(is_now, was);
      INSERT INTO audit (act, at, actor, action, request_id, subject, subject_id, org, before, after)
      VALUES ((act->>'id')::uuid, (act->>'at')::timestamptz, act->>'actor', act->>'action', act->>'requestId',
        TG_TABLE_NAME, whole->>TG_ARGV[0], (whole->>TG_ARGV[1])::uuid,
        (SELECT jsonb_object_agg(key, CASE WHEN key = ANY(hidden) THEN '"[secret]"' ELSE value END)
         FROM jsonb_each(was) WHERE is_now IS NULL OR is_now->key IS DISTINCT FROM value),
        (SELECT jsonb_object_agg(key, CASE WHEN key = ANY(hidden) THEN '"[secret]"' ELSE value END)
         FROM jsonb_each(is_now) WHERE was IS NULL OR was->key IS DISTINCT FROM value));
      RETURN NULL;
    END $$;
  CREATE TRIGGER payment_account_acts AFTER INSERT OR UPDATE OR DELETE ON payment_account
    FOR EACH ROW EXECUTE FUNCTION note_act('name', 'org');`;

/** Rows of an org are seen by that org. */
const ISOLATION = ['product', 'org_free_tier'].map(
  (table) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY of_one_org ON ${table} USING (current_setting('coffer.org', true) = '*'
    OR org::text = current_setting('coffer.org', true));`,
);

export async function up(knex: Knex): Promise<void> {
  for (const statements of [ORDERS, PRODUCTS, FREE_TIER, SETTINGS, AUDIT, ...ISOLATION]) await knex.raw(statements);
}
