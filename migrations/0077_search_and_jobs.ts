import type { Knex } from 'knex';

/**
 * What operators search by: the beginnings of names, in the order of code points, and ids that had no index of their own.
 * name_key is a column, since the policy of orgs lets no condition on a computed text reach an index.
 */
const SEARCH = `
  ALTER TABLE org ADD COLUMN name_key text COLLATE "C" GENERATED ALWAYS AS (lower(name)) STORED;
  CREATE INDEX org_by_name ON org (name_key);
  CREATE INDEX wallet_user_by_name ON wallet_user (id COLLATE "C");
  CREATE INDEX org_member_by_name ON org_member (user_id COLLATE "C");
  CREATE INDEX webhook_endpoint_by_url ON webhook_endpoint (url COLLATE "C");
  CREATE INDEX deposit_by_from_address ON deposit (from_address, observed_at);
  CREATE INDEX order_refund_by_id ON order_refund (id);
  CREATE INDEX order_dispute_by_id ON order_dispute (id);`;

/**
 * The rounds of the jobs of each process, as it notes them every few seconds. failures: how many rounds have failed in a row.
 * A process removes its rows when it ends; those of one that died are removed after a day.
 */
const JOBS = `
  CREATE TABLE job_status (
    process     text NOT NULL CHECK (length(process) BETWEEN 1 AND 300),
    job         text NOT NULL CHECK (length(job) BETWEEN 1 AND 40),
    role        text NOT NULL CHECK (length(role) BETWEEN 1 AND 40),
    started_at  timestamptz,
    ended_at    timestamptz,
    duration_ms bigint CHECK (duration_ms >= 0),
    next_at     timestamptz,
    failed_at   timestamptz,
    problem     text CHECK (length(problem) <= 500),
    failures    bigint NOT NULL CHECK (failures >= 0),
    noted_at    timestamptz NOT NULL,
    PRIMARY KEY (process, job)
  );`;

/** As in 0031, without the key of a name, which says what the name says. */
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
      IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - 'name_key'; END IF;
      IF TG_OP <> 'DELETE' THEN is_now := to_jsonb(NEW) - 'name_key'; END IF;
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
    END $$;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(SEARCH);
  await knex.raw(JOBS);
  await knex.raw(AUDIT);
}
