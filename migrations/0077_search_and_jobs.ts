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

export async function up(knex: Knex): Promise<void> {
  await knex.raw(SEARCH);
  await knex.raw(JOBS);
}
