import type { Knex } from 'knex';

const RATE_SHARES = `
  -- What all processes together have leased of a rate limit in its newest window; granted: what the last lease gave.
  -- Unlogged: after a crash of the database a window begins anew, and nothing here is worth a write to the log.
  CREATE UNLOGGED TABLE rate_share (
    name      text PRIMARY KEY,
    window_at timestamptz NOT NULL,
    granted   bigint NOT NULL CHECK (granted >= 0),
    taken     bigint NOT NULL CHECK (taken >= 0)
  );
  CREATE INDEX rate_share_by_window ON rate_share (window_at);`;

const AUDIT = `
  -- What operators did: the request itself, and each row that it changed, written by triggers in the transaction that
  -- changed it. act: a version 7 UUID, one for each request or command; position: order within an act. before and after
  -- hold the columns that differ, or all of a row that came or went; secrets are named there and not shown.
  CREATE TABLE audit (
    act        uuid NOT NULL,
    position   bigint GENERATED ALWAYS AS IDENTITY,
    at         timestamptz NOT NULL,
    actor      text NOT NULL,
    action     text NOT NULL,
    request_id text,
    subject    text NOT NULL,
    subject_id text NOT NULL,
    org        uuid,
    before     jsonb,
    after      jsonb,
    PRIMARY KEY (act, position)
  );
  CREATE INDEX audit_by_actor ON audit (actor, act, position);
  CREATE INDEX audit_by_org ON audit (org, act, position) WHERE org IS NOT NULL;
  CREATE INDEX audit_by_subject ON audit (subject, subject_id, act, position);
  CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

  -- Everybody's acts are noted; they are shown to whoever sees every org.
  ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
  ALTER TABLE audit FORCE ROW LEVEL SECURITY;
  CREATE POLICY noted ON audit FOR INSERT WITH CHECK (true);
  CREATE POLICY shown ON audit FOR SELECT USING (current_setting('coffer.org', true) = '*');

  -- Arguments: the column that names the row, and the one that names its org (empty: none).
  CREATE FUNCTION note_act() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      act     jsonb := nullif(current_setting('coffer.act', true), '')::jsonb;
      was     jsonb;
      is_now  jsonb;
      whole   jsonb;
      hidden  text[] := ARRAY['secret', 'previous_secret', 'secret_hash'];
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

  -- Addresses come by the thousand: how many, not which.
  CREATE FUNCTION note_act_count() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      act   jsonb := nullif(current_setting('coffer.act', true), '')::jsonb;
      added integer := (SELECT count(*) FROM fresh);
    BEGIN
      IF act IS NULL OR added = 0 THEN RETURN NULL; END IF;
      INSERT INTO audit (act, at, actor, action, request_id, subject, subject_id, after)
      VALUES ((act->>'id')::uuid, (act->>'at')::timestamptz, act->>'actor', act->>'action', act->>'requestId',
        TG_TABLE_NAME, '', jsonb_build_object('added', added));
      RETURN NULL;
    END $$;
  CREATE TRIGGER deposit_address_pool_acts AFTER INSERT ON deposit_address_pool REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION note_act_count();`;

/** Tables that operators change: the columns that name a row, and its org. */
const NOTED: Readonly<Record<string, readonly [id: string, org: string]>> = {
  org: ['id', 'id'],
  org_settings: ['org', 'org'],
  org_suspension: ['id', 'org'],
  api_key: ['id', 'org'],
  entry_approval: ['id', 'org'],
  chain_freeze: ['id', ''],
  rescan_order: ['id', ''],
  deposit_act: ['id', ''],
  deposit_assignment: ['deposit', 'org'],
  deposit_xpub: ['xpub', ''],
  sender: ['id', 'org'],
  webhook_endpoint: ['id', ''],
};

export async function up(knex: Knex): Promise<void> {
  await knex.raw(RATE_SHARES);
  await knex.raw(AUDIT);
  for (const [table, [id, org]] of Object.entries(NOTED)) {
    await knex.raw(`CREATE TRIGGER ${table}_acts AFTER INSERT OR UPDATE OR DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION note_act('${id}', '${org}')`);
  }
}
