import type { Knex } from 'knex';

const TABLES = `
  -- What each RPC said of a transfer, last time it was asked: by its logs and by its receipt. Kept for transfers that
  -- never became a deposit too: what one node invented is told here.
  CREATE TABLE deposit_vote (
    chain   text NOT NULL,
    tx_hash text NOT NULL,
    token   text NOT NULL,
    ordinal integer NOT NULL,
    rpc     text NOT NULL,
    vote    text NOT NULL CHECK (vote IN ('log_seen', 'log_missing', 'receipt_holds', 'receipt_lacks', 'receipt_none',
                                          'no_answer')),
    detail  text NOT NULL,
    at      timestamptz NOT NULL,
    PRIMARY KEY (chain, tx_hash, token, ordinal, rpc, vote)
  );

  -- The RPCs of the chain contradict each other about it: it is not credited before a quorum's receipts hold it.
  ALTER TABLE deposit ADD COLUMN disputed boolean NOT NULL DEFAULT false;

  -- Where each RPC stands, as the leader of its chain last saw it.
  CREATE TABLE rpc_status (
    chain      text NOT NULL,
    rpc        text NOT NULL,
    state      text NOT NULL,
    head_block bigint,
    problem    text,
    since      timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    PRIMARY KEY (chain, rpc)
  );

  -- How many blocks an RPC answers at once, as learned by asking it; worth a day.
  CREATE TABLE rpc_range (
    chain      text NOT NULL,
    rpc        text NOT NULL,
    method     text NOT NULL,
    blocks     integer NOT NULL CHECK (blocks > 0),
    learned_at timestamptz NOT NULL,
    PRIMARY KEY (chain, rpc, method)
  );`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
