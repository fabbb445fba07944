import type { Knex } from 'knex';

const TABLES = `
  -- Transfers of watched tokens from addresses of ours, as last read: what lies in a range is replaced when it is read again.
  CREATE TABLE outgoing_transfer (
    chain        text NOT NULL,
    token        text NOT NULL,
    tx_hash      text NOT NULL,
    ordinal      integer NOT NULL,
    block_number bigint NOT NULL,
    block_hash   text NOT NULL,
    from_address text NOT NULL,
    to_address   text NOT NULL,
    amount       numeric(78, 0) NOT NULL,
    read_at      timestamptz NOT NULL,
    PRIMARY KEY (chain, token, tx_hash, ordinal)
  );
  CREATE INDEX outgoing_by_block ON outgoing_transfer (chain, block_number);
  CREATE INDEX outgoing_by_sender ON outgoing_transfer (chain, token, from_address, block_number) INCLUDE (amount);
  CREATE INDEX observation_by_recipient ON deposit_observation (chain, token, to_address, block_number) INCLUDE (amount)
    WHERE orphaned_at IS NULL;

  -- How far the audit of a chain has read: first blocks that are not read to the end.
  CREATE TABLE chain_audit (
    chain           text PRIMARY KEY,
    outgoing_next   bigint NOT NULL,
    notices_next    bigint NOT NULL,
    addresses_known integer NOT NULL DEFAULT 0,
    audited_block   bigint,
    audited_at      timestamptz,
    problem         text
  );

  -- The balance of an address of ours: reckoned from base_amount at the end of base_block on, and found on the chain.
  -- proven_*: the newest block at which both agreed; it becomes the base once the chain cannot take it back.
  CREATE TABLE watched_balance (
    chain           text NOT NULL,
    token           text NOT NULL,
    address         text NOT NULL,
    base_block      bigint,
    base_amount     numeric(78, 0),
    proven_block    bigint,
    proven_hash     text,
    proven_amount   numeric(78, 0),
    checked_block   bigint,
    checked_at      timestamptz,
    found_amount    numeric(78, 0),
    reckoned_amount numeric(78, 0),
    state           text NOT NULL DEFAULT 'UNKNOWN' CHECK (state IN ('OK', 'GAP', 'UNKNOWN')),
    problem         text,
    -- Audits in a row that ended with the gap open.
    repeats         integer NOT NULL DEFAULT 0 CHECK (repeats >= 0),
    PRIMARY KEY (chain, token, address),
    CHECK ((base_block IS NULL) = (base_amount IS NULL))
  );
  CREATE INDEX watched_balance_oldest ON watched_balance (chain, checked_at NULLS FIRST);

  -- Blocks in which a balance changed otherwise than what was read explains. Kept: each was an alarm.
  CREATE TABLE balance_gap (
    chain        text NOT NULL,
    token        text NOT NULL,
    address      text NOT NULL,
    block_number bigint NOT NULL,
    block_hash   text NOT NULL,
    amount       numeric(78, 0) NOT NULL,
    -- What another reading of the block found and was recorded; none: unexplained.
    found        jsonb NOT NULL,
    found_at     timestamptz NOT NULL,
    PRIMARY KEY (chain, token, address, block_number, block_hash)
  );

  CREATE TABLE token_watch (
    chain      text NOT NULL,
    token      text NOT NULL,
    code       text,
    paused     boolean NOT NULL DEFAULT false,
    blocked    text[] NOT NULL DEFAULT '{}',
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (chain, token)
  );

  CREATE TABLE token_notice (
    chain        text NOT NULL,
    token        text NOT NULL,
    tx_hash      text NOT NULL,
    position     integer NOT NULL,
    block_number bigint NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('paused', 'unpaused', 'blocked', 'unblocked', 'code')),
    about        text,
    seen_at      timestamptz NOT NULL,
    PRIMARY KEY (chain, token, tx_hash, position, kind)
  );

  -- A range of blocks to be read again by the chain's leader, piece by piece, beside its rounds.
  CREATE TABLE rescan_order (
    id          uuid PRIMARY KEY,
    chain       text NOT NULL,
    from_block  bigint NOT NULL CHECK (from_block >= 0),
    to_block    bigint NOT NULL,
    next_block  bigint NOT NULL,
    ordered_by  text NOT NULL,
    ordered_at  timestamptz NOT NULL,
    state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'refused')),
    -- Counts of what was new, moved and gone, and the first of them.
    changes     jsonb NOT NULL DEFAULT '[]',
    new_count   integer NOT NULL DEFAULT 0,
    moved_count integer NOT NULL DEFAULT 0,
    gone_count  integer NOT NULL DEFAULT 0,
    problem     text,
    ended_at    timestamptz,
    CHECK (to_block >= from_block)
  );
  CREATE INDEX rescan_order_open ON rescan_order (chain, ordered_at) WHERE state = 'open';
  CREATE INDEX rescan_order_newest ON rescan_order (chain, ordered_at);

  -- Where each detector process stands with each chain.
  CREATE TABLE chain_status (
    chain   text NOT NULL,
    holder  text NOT NULL,
    status  jsonb NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (chain, holder)
  );

  -- What the books say of each chain against its deposits, and what wallets are owed; repeats counts passes in a row
  -- that found a fault.
  CREATE TABLE books_check (
    account          text PRIMARY KEY,
    ledger_micros    numeric(78, 0) NOT NULL,
    source_micros    numeric(78, 0) NOT NULL,
    faults           jsonb NOT NULL,
    fault_count      integer NOT NULL,
    repeats          integer NOT NULL DEFAULT 0,
    checked_at       timestamptz NOT NULL
  );
  CREATE TABLE owed_check (
    id             boolean PRIMARY KEY DEFAULT true CHECK (id),
    wallets        bigint NOT NULL,
    owed_micros    numeric(78, 0) NOT NULL,
    debt_micros    numeric(78, 0) NOT NULL,
    checked_at     timestamptz NOT NULL
  );

  -- Few rows beside all others: entries that move money into or out of the place. A debit's row is not among them.
  CREATE INDEX entry_of_assets ON entry (wallet, seq) WHERE contra LIKE 'assets:usdc:%';
  CREATE INDEX deposit_by_wallet ON deposit (wallet) WHERE wallet IS NOT NULL;
  CREATE INDEX deposit_credited ON deposit (chain, credited_at) WHERE credited_at IS NOT NULL;`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(TABLES);
}
