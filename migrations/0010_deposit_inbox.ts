import type { Knex } from 'knex';

const TABLES = `
  -- set_aside: not to be credited, by somebody's decision, unless it is assigned. dust_ripe: small, but what its org has
  -- of such deposits was enough when last looked at. screening_waived: an operator assigned what screening had stopped.
  ALTER TABLE deposit
    ADD COLUMN set_aside boolean NOT NULL DEFAULT false,
    ADD COLUMN dust_ripe boolean NOT NULL DEFAULT false,
    ADD COLUMN screening_waived boolean NOT NULL DEFAULT false,
    ADD CHECK (NOT (set_aside AND wallet IS NOT NULL));

  CREATE INDEX deposit_pending ON deposit (chain, block_number, id)
    WHERE wallet IS NULL AND state IN ('observed', 'confirming', 'unmatched', 'screening', 'dust');
  CREATE INDEX deposit_newest ON deposit (observed_at, id);
  -- What goes its ordinary way never enters this: it would pay for it at every step.
  CREATE INDEX deposit_by_state ON deposit (state, observed_at, id)
    WHERE state IN ('unmatched', 'screening', 'ignored', 'dust', 'quarantined', 'orphaned', 'reversed');
  CREATE INDEX deposit_by_transaction ON deposit (tx_hash);
  CREATE INDEX deposit_dust ON deposit (chain, org) INCLUDE (amount) WHERE state = 'dust';

  -- What somebody did with a deposit, by hand: who, what, why, and how the deposit stood before and after.
  CREATE TABLE deposit_act (
    id      uuid PRIMARY KEY,
    deposit uuid NOT NULL REFERENCES deposit,
    action  text NOT NULL CHECK (action IN ('assign', 'ignore', 'note')),
    -- The id of the key, or the user at the command line.
    actor   text NOT NULL,
    words   text NOT NULL,
    before  jsonb NOT NULL,
    after   jsonb NOT NULL,
    at      timestamptz NOT NULL
  );
  CREATE INDEX deposit_act_by_deposit ON deposit_act (deposit, id);
  CREATE TRIGGER deposit_act_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deposit_act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
