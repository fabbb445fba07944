import type { Knex } from 'knex';

const TABLES = `
  -- While a row of a chain is not released, nothing is credited and nothing reversed on that chain. One open row for each
  -- kind of cause; rows are kept.
  CREATE TABLE chain_freeze (
    id          uuid PRIMARY KEY,
    chain       text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('deep_rewind', 'operator', 'token', 'reconciliation')),
    reason      text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    frozen_by   text NOT NULL,
    frozen_at   timestamptz NOT NULL,
    released_by text,
    released_at timestamptz,
    CHECK ((released_at IS NULL) = (released_by IS NULL))
  );
  CREATE UNIQUE INDEX chain_freeze_open ON chain_freeze (chain, kind) WHERE released_at IS NULL;
  CREATE INDEX chain_freeze_by_chain ON chain_freeze (chain, frozen_at);

  -- Credited under the early policy, within its org's limit; counts against that limit until hard_final_at is set.
  -- Screening: how often it has been asked without a verdict that lets the deposit go on, and when to ask again.
  ALTER TABLE deposit
    ADD COLUMN provisional boolean NOT NULL DEFAULT false,
    ADD COLUMN screening_tries integer NOT NULL DEFAULT 0 CHECK (screening_tries >= 0),
    ADD COLUMN screen_after timestamptz;
  CREATE INDEX deposit_provisional ON deposit (org) WHERE provisional AND hard_final_at IS NULL;

  -- How much an org may have credited under the early policy at a time, in micros. Set by operators alone.
  ALTER TABLE org_settings ADD COLUMN provisional_limit bigint NOT NULL DEFAULT 0 CHECK (provisional_limit >= 0);`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
