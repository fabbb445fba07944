import type { Knex } from 'knex';

const TABLES = `
  -- Positions that no event has: pairs of the position before and the last one of each gap, in order. recovered_by: the
  -- recovery that made the newest gap.
  ALTER TABLE event_log
    ADD COLUMN gaps bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN recovered_by uuid;

  -- Where the chain had been read up to when it was restored, and when that was. Deposit addresses that an org of that
  -- time gets later are read from there: it may have had them before.
  ALTER TABLE chain_cursor
    ADD COLUMN restored_block bigint,
    ADD COLUMN restored_at timestamptz;

  -- Addresses that may have been given before a restore, and so are given to nobody.
  ALTER TABLE deposit_address_pool ADD COLUMN burnt_by uuid;

  -- Which database this is, and the server and timeline on which it was last found complete.
  CREATE TABLE database_identity (
    id                boolean PRIMARY KEY DEFAULT true CHECK (id),
    deployment        uuid NOT NULL,
    system_identifier text NOT NULL,
    timeline          bigint NOT NULL,
    noted_at          timestamptz NOT NULL
  );

  -- One row for each data folder of the service. Its processes count up here and keep the number outside the database.
  CREATE TABLE database_witness (
    id      uuid PRIMARY KEY,
    counter bigint NOT NULL CHECK (counter >= 1),
    seen_at timestamptz NOT NULL
  );

  -- Commands of the owner after a restore. restored_to: the time to which the database went back.
  CREATE TABLE recovery (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('restore', 'nothing_lost')),
    restored_to timestamptz,
    begun_by    text NOT NULL,
    begun_at    timestamptz NOT NULL,
    finished_at timestamptz,
    -- What it did, step by step, for the operator.
    report      jsonb NOT NULL DEFAULT '{}'
  );
  CREATE UNIQUE INDEX recovery_under_way ON recovery ((true)) WHERE finished_at IS NULL;

  CREATE TRIGGER recovery_acts AFTER INSERT OR UPDATE ON recovery FOR EACH ROW EXECUTE FUNCTION note_act('id', '');

  -- What a process found missing that was in the database before. Only the owner may end one.
  CREATE TABLE loss_report (
    id       uuid PRIMARY KEY,
    reason   text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    found_by text NOT NULL,
    found_at timestamptz NOT NULL,
    ended_by uuid REFERENCES recovery
  );
  CREATE INDEX loss_report_open ON loss_report (found_at) WHERE ended_by IS NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
