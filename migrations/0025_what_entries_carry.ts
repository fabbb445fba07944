import type { Knex } from 'knex';

/**
 * A service is text, so that a deployment may have its own. The version before sends its enum and compares with it: the
 * cast lets it go on.
 */
const SERVICES = `
  CREATE CAST (service_type AS text) WITH INOUT AS IMPLICIT;
  ALTER TABLE entry_approval ALTER COLUMN service TYPE text;
  ALTER TABLE entry ALTER COLUMN service TYPE text,
    -- Two conditions: a pattern that bounds its repeats costs five times as much, for each row that is written.
    ADD CONSTRAINT entry_service CHECK (length(service) <= 40 AND service ~ '^[A-Z][A-Z0-9_]*$');`;

const COLUMNS = `
  ALTER TABLE entry
    ADD COLUMN user_id text CHECK (length(user_id) <= 255),
    ADD COLUMN team_id text CHECK (length(team_id) <= 255),
    -- The key as the caller named it, where the column key is only its hash.
    ADD COLUMN idempotency_key text CHECK (length(idempotency_key) <= 255),
    ADD COLUMN text_hash bytea CHECK (length(text_hash) = 32),
    -- What a free gift card paid for, out of expenses:promo: nothing moves in the wallet.
    ADD COLUMN card_paid bigint CHECK (card_paid > 0),
    DROP CONSTRAINT entry_check2,
    ADD CONSTRAINT entry_contra CHECK ((contra IS NOT NULL OR (service IS NOT NULL AND available_delta + held_delta < 0))
      = (available_delta + held_delta <> 0 OR card_paid IS NOT NULL));
  CREATE INDEX entry_by_reference ON entry (wallet, reference, seq) WHERE reference IS NOT NULL;

  -- What a writer sends from this version on; entry_row is that of the versions before.
  CREATE TYPE entry_row_2 AS (
    wallet uuid, seq bigint, at timestamptz, available_delta bigint, held_delta bigint, available bigint, held bigint,
    deposited bigint, lot bigint, lot_left bigint, hold bigint, key uuid, gift_delta integer, gift_available integer,
    gift_held integer, type entry_type, service text, part smallint, contra text, input_hash bytea, deposit uuid,
    pack_order uuid, reference text, app_id text, description text, hash bytea, user_id text, team_id text,
    idempotency_key text, text_hash bytea, card_paid bigint
  );`;

const TEXTS = `
  -- What callers wrote with a command. Beside the ledger, so that it can be erased; entry.text_hash is its salted hash.
  CREATE TABLE entry_text (
    wallet      uuid NOT NULL,
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    salt        bytea NOT NULL CHECK (length(salt) = 16),
    description text CHECK (length(description) BETWEEN 1 AND 1000),
    metadata    jsonb,
    PRIMARY KEY (wallet, hash)
  );
  CREATE TRIGGER entry_text_is_kept BEFORE UPDATE OR TRUNCATE ON entry_text
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- By which metadata a command is found: 16 bytes of the hash of a name and its value; seq is its first entry.
  CREATE TABLE entry_metadata (
    wallet uuid NOT NULL,
    pair   bytea NOT NULL CHECK (length(pair) = 16),
    seq    bigint NOT NULL,
    PRIMARY KEY (wallet, pair, seq)
  );
  ALTER TABLE entry_approval ADD COLUMN metadata jsonb;`;

const GIFT_CARDS = `
  -- What a minter allows a free gift card of the org to pay for, in place of the deployment's ceiling.
  ALTER TABLE org_settings ADD COLUMN free_gift_card_allowed bigint CHECK (free_gift_card_allowed >= 0);`;

/** As in 0012: with Citus, the tables of wallets lie together. */
const DISTRIBUTE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
    SET LOCAL citus.enable_unsafe_triggers = on;
    PERFORM create_distributed_table('entry_text', 'wallet', colocate_with => 'wallet');
    PERFORM create_distributed_table('entry_metadata', 'wallet', colocate_with => 'wallet');
  END $$`;

/**
 * Statements that an open connection has prepared fail for good once a column has another type, and the versions before
 * do not drop such a connection. So the writers' connections are ended: they connect again, and wait for this migration.
 * An owner that may not end them leaves them as they are; docs/runbook.md, Upgrade, says what follows.
 */
const REPLAN = `
  DO $$ BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'coffer ledger writer' AND pid <> pg_backend_pid();
  EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'restart the processes of the version before: this role may not end their connections';
  END $$`;

export async function up(knex: Knex): Promise<void> {
  for (const statements of [SERVICES, COLUMNS, TEXTS, GIFT_CARDS, DISTRIBUTE, REPLAN]) await knex.raw(statements);
}
