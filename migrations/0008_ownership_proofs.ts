import type { Knex } from 'knex';

const TABLES = `
  -- What an org was asked to sign, to show that an address is its own. A nonce is used once; what was used is kept, with
  -- the signature, as the evidence for what it changed.
  CREATE TABLE ownership_challenge (
    nonce      text PRIMARY KEY CHECK (nonce ~ '^[0-9a-f]{32}$'),
    org        uuid NOT NULL REFERENCES org,
    chain      text NOT NULL,
    address    text NOT NULL,
    purpose    text NOT NULL CHECK (purpose IN ('register', 'claim')),
    tx_hash    text,
    domain     text NOT NULL,
    uri        text NOT NULL,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    signature  text,
    CHECK ((purpose = 'claim') = (tx_hash IS NOT NULL)),
    CHECK ((used_at IS NULL) = (signature IS NULL))
  );
  CREATE INDEX ownership_challenge_open ON ownership_challenge (org, issued_at) WHERE used_at IS NULL;
  -- The challenge that proved a binding.
  ALTER TABLE sender ADD COLUMN proof text REFERENCES ownership_challenge;

  -- Who was given a deposit that nobody could be found for, by whom and why. It holds for the money as it was then: a
  -- transfer that a reorg gave another sender or amount is judged anew.
  CREATE TABLE deposit_assignment (
    deposit      uuid PRIMARY KEY REFERENCES deposit,
    org          uuid NOT NULL REFERENCES org,
    from_address text NOT NULL,
    amount       numeric(78, 0) NOT NULL,
    assigned_by  text NOT NULL CHECK (assigned_by IN ('claim', 'admin')),
    -- The API key that asked for it.
    actor        text NOT NULL,
    reason       text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    assigned_at  timestamptz NOT NULL
  );
  CREATE INDEX deposit_assignment_by_org ON deposit_assignment (org);`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
