import type { Knex } from 'knex';

/**
 * Budgets of the wallets of orgs. `version` grows with each change of any budget, in the order in which the changes commit, so
 * that a writer of the ledger finds out whether a budget was changed since it read it. What a budget is about never changes.
 */
const BUDGETS = `
  CREATE TABLE budget_book (
    id      boolean PRIMARY KEY DEFAULT true CHECK (id),
    version bigint NOT NULL
  );
  INSERT INTO budget_book (version) VALUES (0);

  CREATE TABLE budget (
    wallet       uuid NOT NULL,
    id           uuid NOT NULL,
    org          uuid NOT NULL,
    name         text CHECK (length(name) BETWEEN 1 AND 100),
    subject      text NOT NULL CHECK (subject IN ('userId', 'teamId', 'appId', 'serviceType', 'key')),
    value        text NOT NULL CHECK (length(value) BETWEEN 1 AND 255),
    period       text NOT NULL CHECK (period IN ('day', 'month', 'none')),
    amount       bigint NOT NULL CHECK (amount > 0),
    hard         boolean NOT NULL,
    warn_percent smallint CHECK (warn_percent BETWEEN 1 AND 99),
    zone         text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
    created_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    version      bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (wallet, id)
  );
  CREATE INDEX budget_version ON budget (version);
  CREATE UNIQUE INDEX budget_once ON budget (wallet, subject, value, period, hard) WHERE ended_at IS NULL;
  CREATE FUNCTION number_budget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE budget_book SET version = version + 1 RETURNING version INTO NEW.version;
      RETURN NEW;
    END $$;
  CREATE TRIGGER budget_numbered BEFORE INSERT OR UPDATE ON budget FOR EACH ROW EXECUTE FUNCTION number_budget();
  CREATE TRIGGER budget_acts AFTER INSERT OR UPDATE OR DELETE ON budget
    FOR EACH ROW EXECUTE FUNCTION note_act('id', 'org');

  -- Called by the statement that writes entries where they were judged by budgets that were changed meanwhile. The class of
  -- its code says that nothing was written, and that the same may succeed when it is judged again.
  CREATE FUNCTION refuse_stale_budgets() RETURNS boolean LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'a budget was changed' USING ERRCODE = '40B01';
    END $$;`;

/**
 * What budgets have counted. budget_period: what was spent and what is reserved in one period, and the limits at which it was
 * reported. budget_use: that the command whose first entry is seq counted there, so that all of it can be counted again from the
 * entries. budget_notice: what was to be reported of it.
 */
const COUNTS = `
  CREATE TABLE budget_period (
    wallet           uuid NOT NULL,
    budget           uuid NOT NULL,
    starts_at        timestamptz NOT NULL,
    ends_at          timestamptz,
    used             bigint NOT NULL,
    reserved         bigint NOT NULL,
    warned_amount    bigint,
    exhausted_amount bigint,
    renewed_at       timestamptz,
    PRIMARY KEY (wallet, budget, starts_at)
  ) WITH (fillfactor = 50);
  CREATE INDEX budget_period_to_renew ON budget_period (ends_at)
    WHERE renewed_at IS NULL AND (warned_amount IS NOT NULL OR exhausted_amount IS NOT NULL);

  CREATE TABLE budget_use (
    wallet      uuid NOT NULL,
    seq         bigint NOT NULL CHECK (seq > 0),
    budget      uuid NOT NULL,
    starts_at   timestamptz NOT NULL,
    amount_left bigint,
    PRIMARY KEY (wallet, seq, budget)
  );
  CREATE TRIGGER budget_use_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON budget_use
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  CREATE TABLE budget_notice (
    wallet    uuid NOT NULL,
    seq       bigint NOT NULL CHECK (seq > 0),
    budget    uuid NOT NULL,
    kind      text NOT NULL CHECK (kind IN ('warned', 'exhausted')),
    starts_at timestamptz NOT NULL,
    ends_at   timestamptz,
    amount    bigint NOT NULL,
    used      bigint NOT NULL,
    reserved  bigint NOT NULL,
    PRIMARY KEY (wallet, seq, budget, kind)
  );
  CREATE TRIGGER budget_notice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON budget_notice
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

/** The zone whose days and months an org goes by; NULL: UTC. Its budgets have it beside them, where a writer sees it. */
const ZONE = `
  ALTER TABLE org_settings ADD COLUMN time_zone text CHECK (length(time_zone) BETWEEN 1 AND 64);
  CREATE FUNCTION move_budgets() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE budget SET zone = coalesce(NEW.time_zone, 'UTC') WHERE org = NEW.org AND ended_at IS NULL;
      RETURN NULL;
    END $$;
  CREATE TRIGGER org_settings_zone AFTER UPDATE OF time_zone ON org_settings FOR EACH ROW
    WHEN (NEW.time_zone IS DISTINCT FROM OLD.time_zone) EXECUTE FUNCTION move_budgets();`;

/** As in 0012: with Citus, the tables of wallets lie together, and every node has the book. */
const DISTRIBUTE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN RETURN; END IF;
    SET LOCAL citus.enable_unsafe_triggers = on;
    PERFORM create_reference_table('budget_book');
    PERFORM create_distributed_table('budget', 'wallet', colocate_with => 'wallet');
    PERFORM create_distributed_table('budget_period', 'wallet', colocate_with => 'wallet');
    PERFORM create_distributed_table('budget_use', 'wallet', colocate_with => 'wallet');
    PERFORM create_distributed_table('budget_notice', 'wallet', colocate_with => 'wallet');
  END $$`;

export async function up(knex: Knex): Promise<void> {
  for (const statements of [BUDGETS, COUNTS, ZONE, DISTRIBUTE]) await knex.raw(statements);
}
