import type { Knex } from 'knex';

const TABLES = `
  -- Grows with every change of a threshold: what tells that a status must be looked at again.
  ALTER TABLE org_settings ADD COLUMN thresholds_revision integer NOT NULL DEFAULT 0;

  -- How far the statuses of a wallet have been derived from its entries, and under which thresholds.
  CREATE TABLE status_position (
    wallet   uuid PRIMARY KEY,
    seq      bigint NOT NULL CHECK (seq >= 0),
    status   text NOT NULL CHECK (status IN ('OK', 'LOW', 'CRITICAL', 'SUSPENDED')),
    revision integer NOT NULL
  );

  -- A change of status: after the entry seq, under the thresholds of that revision. Derived, never on the hot path.
  CREATE TABLE status_event (
    wallet      uuid NOT NULL,
    seq         bigint NOT NULL,
    revision    integer NOT NULL,
    status_from text NOT NULL,
    status_to   text NOT NULL CHECK (status_to <> status_from),
    available   bigint NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (wallet, seq, revision)
  );`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
