import type { Knex } from 'knex';

const TABLES = `
  -- Leadership. fence grows with every change of holder; writes of a chain carry the fence they were made under.
  CREATE TABLE lease (
    name       text PRIMARY KEY,
    holder     text NOT NULL,
    fence      bigint NOT NULL,
    expires_at timestamptz NOT NULL
  );

  -- next_block is the first block that has not been read to the end; it moves in the commit that stores what was read.
  CREATE TABLE chain_cursor (
    chain      text PRIMARY KEY,
    start_block bigint NOT NULL,
    next_block bigint NOT NULL,
    head_block bigint NOT NULL,
    -- Heights up to which deposits may be credited, and which the chain does not take back, when last looked at.
    credit_block bigint,
    hard_final_block bigint,
    scanned_at timestamptz NOT NULL
  );

  CREATE TABLE block_checkpoint (
    chain       text NOT NULL,
    number      bigint NOT NULL,
    hash        text NOT NULL,
    parent_hash text NOT NULL,
    block_time  timestamptz NOT NULL,
    PRIMARY KEY (chain, number)
  );

  -- What was read in which block: facts about the chain. The block is part of the identity here and only here.
  CREATE TABLE deposit_observation (
    chain        text NOT NULL,
    token        text NOT NULL,
    tx_hash      text NOT NULL,
    ordinal      integer NOT NULL,
    block_hash   text NOT NULL,
    block_number bigint NOT NULL,
    block_time   timestamptz NOT NULL,
    from_address text NOT NULL,
    to_address   text NOT NULL,
    amount       numeric(78, 0) NOT NULL,
    orphaned_at  timestamptz,
    observed_at  timestamptz NOT NULL,
    PRIMARY KEY (chain, token, tx_hash, ordinal, block_hash)
  );
  CREATE INDEX deposit_observation_by_block ON deposit_observation (chain, block_number) WHERE orphaned_at IS NULL;

  -- The money that one Transfer log moved, whatever block it lies in. wallet is the intent to credit, set once per
  -- revision before the entry is written; entry_seq is the entry, set after.
  CREATE TABLE deposit (
    id           uuid PRIMARY KEY,
    chain        text NOT NULL,
    token        text NOT NULL,
    tx_hash      text NOT NULL,
    ordinal      integer NOT NULL,
    from_address text NOT NULL,
    to_address   text NOT NULL,
    amount       numeric(78, 0) NOT NULL,
    block_number bigint NOT NULL,
    block_hash   text NOT NULL,
    block_time   timestamptz NOT NULL,
    state        text NOT NULL CHECK (state IN ('observed', 'confirming', 'credited', 'unmatched', 'screening',
                                                'ignored', 'dust', 'quarantined', 'orphaned', 'reversed')),
    reason       text,
    revision     integer NOT NULL DEFAULT 0,
    org          uuid REFERENCES org,
    wallet       uuid,
    pack_order   uuid REFERENCES pack_order,
    entry_seq    bigint,
    observed_at  timestamptz NOT NULL,
    credited_at  timestamptz,
    hard_final_at timestamptz,
    updated_at   timestamptz NOT NULL,
    UNIQUE (chain, token, tx_hash, ordinal),
    CHECK (wallet IS NULL OR org IS NOT NULL),
    CHECK (entry_seq IS NULL OR wallet IS NOT NULL)
  );
  CREATE INDEX deposit_by_block ON deposit (chain, block_number);
  CREATE INDEX deposit_by_org ON deposit (org, observed_at, id);
  CREATE INDEX deposit_by_sender ON deposit (chain, from_address) WHERE state IN ('observed', 'confirming', 'unmatched');
  CREATE INDEX deposit_open ON deposit (chain, state) WHERE state IN ('observed', 'confirming', 'unmatched', 'screening');
  CREATE INDEX deposit_exposed ON deposit (chain) WHERE state = 'credited' AND hard_final_at IS NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
